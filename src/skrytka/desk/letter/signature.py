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

from skrytka.core.signatures.lists.names import CA_QC, VOUCHING
from skrytka.core.signatures.words import Scope, SignatureKind
from skrytka.evidence.facts import JsonValue
from skrytka.evidence.queries import Outcome, StoredReport
from skrytka.ui.formats import day, moment
from skrytka.ui.parts import Fact, Tone
from skrytka.ui.signature_kinds import kind_text

Report = Mapping[str, JsonValue]
Text = str | Promise

OF_THIS_INSTALLATION = gettext_lazy("podpis zaufany tej instalacji")
UNKNOWN_KIND = gettext_lazy("rodzaj nieznany")
GRANTED = gettext_lazy("status kwalifikowany")
NOT_GRANTED = gettext_lazy("bez statusu kwalifikowanego")
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
    rows = (
        Fact(_("Kto"), _some(_text(signer.get("name")) or _text(signer.get("organisation")))),
        Fact(_("Rodzaj"), (_kind(signature),)),
        Fact(_("Kiedy"), _some(_when(signature))),
        Fact(_("Co obejmuje"), tuple(map(_cover, _mappings(signature.get("covers"))))),
        Fact(_("Wystawca"), _some(_text(signer.get("issuer")))),
        Fact(_("Usługa z listy zaufania"), _some(_service(_mapping(signature.get("service"))))),
        Fact(_("Uwagi"), tuple(_text(each.get("text")) for each in _reasons(signature))),
    )
    return tuple(row for row in rows if row.lines)


def _kind(signature: Report) -> str:
    kind = _text(signature.get("kind"))
    if kind == SignatureKind.TRUSTED:
        return str(OF_THIS_INSTALLATION)
    return kind_text(kind, _text(signature.get("qualification"))) or str(UNKNOWN_KIND)


def _service(service: Report) -> str:
    """Who vouched for the signer, in what state when it was signed: why this is the kind."""
    if not service:
        return ""
    vouches = service.get("type") == CA_QC and service.get("status") in VOUCHING
    told = _("%(territory)s: %(provider)s, %(name)s, %(status)s od %(day)s")
    return told % {
        "territory": _text(service.get("territory")),
        "provider": _text(service.get("provider")),
        "name": _text(service.get("name")),
        "status": GRANTED if vouches else NOT_GRANTED,
        "day": day(datetime.fromisoformat(_text(service.get("since")))),
    }


def lists_used(report: Report) -> tuple[str, ...]:
    """This will name the lists that stood behind a verdict, by their age and digest."""
    lists = _mapping(report.get("trusted_lists"))
    if not lists:
        return ()
    taken = moment(datetime.fromisoformat(_text(lists.get("taken_at"))))
    return (taken, f"SHA-256 {_text(lists.get('sha256'))}")


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
    """This will return what was found wrong with the file, less what its signatures tell."""
    told = {_text(each.get("text")) for one in _signatures(report) for each in _reasons(one)}
    return tuple(text for each in _reasons(report) if (text := _text(each.get("text"))) not in told)


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
