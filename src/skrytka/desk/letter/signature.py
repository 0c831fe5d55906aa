"""The report on a letter's signature in three outcomes: who, when, what it covers, what to do.

Source of the outcomes: instrukcja kancelaryjna § 21 („ważny / nieważny / brak możliwości
weryfikacji”). Source of the call to mend: KPA art. 64 § 2, at least seven days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skrytka.core.signatures.verdict import Scope, SignatureKind
from skrytka.evidence.facts import JsonValue
from skrytka.evidence.queries import Outcome, StoredReport
from skrytka.ui.formats import day, moment
from skrytka.ui.parts import Fact, Tone

Report = Mapping[str, JsonValue]
Text = str | Promise

KINDS: dict[SignatureKind, Text] = {
    SignatureKind.QUALIFIED: gettext_lazy("kwalifikowany podpis elektroniczny"),
    SignatureKind.TRUSTED: gettext_lazy("podpis zaufany tej instalacji"),
    SignatureKind.PERSONAL: gettext_lazy("podpis osobisty"),
    SignatureKind.ADVANCED: gettext_lazy("zaawansowany podpis elektroniczny"),
    SignatureKind.SEAL: gettext_lazy("pieczęć elektroniczna"),
    SignatureKind.UNKNOWN: gettext_lazy("rodzaj nieznany"),
}
HEADINGS: dict[Outcome, Text] = {
    Outcome.VALID: gettext_lazy("Ważny"),
    Outcome.INVALID: gettext_lazy("Nieważny"),
    Outcome.UNKNOWN: gettext_lazy("Brak możliwości weryfikacji"),
    Outcome.NONE: gettext_lazy("Pismo bez podpisu"),
}
WHAT_TO_DO: dict[Outcome, Text] = {
    Outcome.VALID: gettext_lazy("Dokument nie zmienił się po podpisaniu. Możesz prowadzić sprawę."),
    Outcome.INVALID: gettext_lazy(
        "Nie uznawaj tego podpisu. Wezwij nadawcę, żeby podpisał pismo jeszcze raz, i daj na to "
        "co najmniej 7 dni (art. 64 § 2 KPA)."
    ),
    Outcome.UNKNOWN: gettext_lazy(
        "Nie wiemy, czy podpis jest ważny. Pobierz dokument i sprawdź go u dostawcy usług "
        "zaufania albo poproś nadawcę o inny podpis."
    ),
    Outcome.NONE: gettext_lazy(
        "Sprawdź, czy to pismo wymaga podpisu. Jeśli tak, wezwij nadawcę do uzupełnienia i daj "
        "na to co najmniej 7 dni (art. 64 § 2 KPA)."
    ),
}
TONES = {
    Outcome.VALID: Tone.OK,
    Outcome.INVALID: Tone.BAD,
    Outcome.UNKNOWN: Tone.WARN,
    Outcome.NONE: Tone.WARN,
}


@dataclass(frozen=True)
class SignatureCard:
    """What the page shows of the signature."""

    heading: str
    what_to_do: str
    callout: str
    verified: str
    signatures: tuple[tuple[Fact, ...], ...]


def signature_card(report: StoredReport | None) -> SignatureCard:
    """This will lay out the kept report; a letter without one was sent without a signature."""
    outcome = report.outcome if report else Outcome.NONE
    tone = TONES[outcome]
    return SignatureCard(
        heading=str(HEADINGS[outcome]),
        what_to_do=str(WHAT_TO_DO[outcome]),
        callout="" if tone is Tone.OK else tone.value,
        verified=_verified(report, outcome) if report else "",
        signatures=tuple(map(_facts, _signatures(report.report))) if report else (),
    )


def _verified(report: StoredReport, outcome: Outcome) -> str:
    """The sentence a printout carries (instrukcja kancelaryjna § 21)."""
    return _(
        "Podpis elektroniczny zweryfikowany w dniu %(day)s; wynik weryfikacji: %(result)s."
    ) % {
        "day": day(report.at),
        "result": str(HEADINGS[outcome]).lower(),
    }


def _facts(signature: Report) -> tuple[Fact, ...]:
    signer = _mapping(signature.get("signer"))
    kind = SignatureKind(_text(signature.get("kind")) or SignatureKind.UNKNOWN)
    rows = (
        Fact(_("Kto"), _some(_text(signer.get("name")) or _text(signer.get("organisation")))),
        Fact(_("Rodzaj"), (str(KINDS[kind]),)),
        Fact(_("Kiedy"), _some(_when(signature))),
        Fact(_("Co obejmuje"), tuple(map(_cover, _mappings(signature.get("covers"))))),
        Fact(_("Wystawca"), _some(_text(signer.get("issuer")))),
        Fact(_("Uwagi"), tuple(_text(each.get("text")) for each in _reasons(signature))),
    )
    return tuple(row for row in rows if row.lines)


def _when(signature: Report) -> str:
    claimed = _text(signature.get("claimed_signing_time"))
    if not claimed:
        return ""
    told = _("%(moment)s (czas podany przez podpisującego)")
    return told % {"moment": moment(datetime.fromisoformat(claimed))}


def _cover(cover: Report) -> str:
    name = _text(cover.get("name"))
    shown = name if name and not name.startswith("#") else _("treść pisma")
    scope = {
        Scope.FULL.value: _("w całości"),
        Scope.PARTIAL.value: _("tylko część"),
        Scope.DIGEST.value: _("przez skrót"),
    }.get(_text(cover.get("scope")), "")
    return f"{shown}, {scope}" if scope else shown


def told_of_file(report: Report) -> tuple[str, ...]:
    """This will return what was found wrong with the file as a whole."""
    return tuple(_text(each.get("text")) for each in _reasons(report))


def _reasons(signature: Report) -> tuple[Report, ...]:
    return _mappings(signature.get("reasons"))


def _signatures(report: Report) -> tuple[Report, ...]:
    return _mappings(report.get("signatures"))


def _mapping(value: JsonValue) -> Report:
    return value if isinstance(value, dict) else {}


def _mappings(value: JsonValue) -> tuple[Report, ...]:
    return tuple(map(_mapping, value)) if isinstance(value, list) else ()


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else ""


def _some(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)
