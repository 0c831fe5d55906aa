"""What the public check says, in plain words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skrytka.core.receipts import (
    CheckCode,
    DeliveryWay,
    DocumentCheck,
    DocumentState,
    NppFacts,
    Outcome,
    ReceiptCheck,
    UpdFacts,
    UppFacts,
)
from skrytka.ui.formats import short_moment
from skrytka.ui.parts import Fact, Pill, Tone
from skrytka.web.verify.delivery import TITLES, delivery_facts, delivery_text


@dataclass(frozen=True)
class Verdict:
    """The heading of the page and what follows from it."""

    heading: str | Promise
    text: str | Promise
    tone: str
    icon: str


@dataclass(frozen=True)
class DocumentLine:
    name: str
    pill: Pill
    sha256: str


@dataclass(frozen=True)
class Report:
    verdict: Verdict
    title: str
    reasons: tuple[str, ...]
    facts: tuple[Fact, ...]
    documents: tuple[DocumentLine, ...]
    is_sound: bool
    delivery: str
    shows_seal: bool


GENUINE = Verdict(
    gettext_lazy("UPO jest prawdziwe"),
    gettext_lazy("Pieczęć jest ważna i nikt nie zmienił poświadczenia."),
    "",
    "circle-check-big",
)
OTHER_FILES = Verdict(
    gettext_lazy("UPO jest prawdziwe, ale plik się nie zgadza"),
    gettext_lazy("Pieczęć jest ważna, ale co najmniej jeden plik nie jest tym, który doręczono."),
    "bad",
    "circle-x",
)
SIGNED_OTHER_FILES = Verdict(
    gettext_lazy("UPO jest prawdziwe, ale plik się nie zgadza"),
    gettext_lazy("Podpis jest ważny, ale co najmniej jeden plik nie jest tym, który doręczono."),
    "bad",
    "circle-x",
)
NOT_GENUINE = Verdict(
    gettext_lazy("UPO nie jest prawdziwe"),
    gettext_lazy("Nie opieraj się na tym pliku. Poproś nadawcę o oryginalny plik XML."),
    "bad",
    "circle-x",
)
SIGNED = Verdict(
    gettext_lazy("UPO jest prawdziwe"),
    gettext_lazy("Podpis jest ważny i nikt nie zmienił poświadczenia."),
    "",
    "circle-check-big",
)
CANNOT_TELL = Verdict(
    gettext_lazy("Nie możemy tego sprawdzić"),
    gettext_lazy("Nie znamy pieczęci na tym pliku. Zapytaj instytucję, która go wydała."),
    "warn",
    "circle-question-mark",
)
SIGNER_UNKNOWN = Verdict(
    gettext_lazy("Nie możemy tego sprawdzić"),
    gettext_lazy("Nie znamy wystawcy podpisu na tym pliku. Zapytaj osobę, która go podpisała."),
    "warn",
    "circle-question-mark",
)
PILLS = {
    DocumentState.MATCHES: (gettext_lazy("To ten sam plik"), Tone.OK, "check"),
    DocumentState.DIFFERS: (gettext_lazy("To inny plik"), Tone.BAD, "x"),
    DocumentState.NOT_GIVEN: (gettext_lazy("Nie dodano pliku"), Tone.PLAIN, ""),
}


def undecodable_text(incident: str) -> str:
    """This will tell that the check came to no end, which says nothing of the receipt."""
    return _(
        "Nie udało się sprawdzić tego pliku. Spróbuj jeszcze raz. Jeśli to nie pomoże, "
        "zapytaj instytucję, która go wydała, i podaj numer zdarzenia: %(incident)s."
    ) % {"incident": incident}


def report_of(check: ReceiptCheck) -> Report:
    """This will tell the verdict, which files match, who sealed the receipt and when."""
    return Report(
        verdict=verdict_of(check),
        title=_title(check),
        reasons=_reasons(check),
        facts=_facts(check),
        documents=tuple(map(_document, check.documents)),
        is_sound=is_sound(check),
        delivery=delivery_text(check) if is_sound(check) else "",
        shows_seal=check.seal is not None,
    )


def _reasons(check: ReceiptCheck) -> tuple[str, ...]:
    """The sentences of the core in the reader's language; those on files carry a name."""
    general = (reason.text for reason in check.reasons if reason.code is not CheckCode.DOCUMENT)
    differing = (item for item in check.documents if item.state is DocumentState.DIFFERS)
    return (
        *(_(text) for text in general),
        *(
            _("Plik „%(name)s” różni się od tego, którego dotyczy poświadczenie.")
            % {"name": item.given}
            for item in differing
        ),
    )


def verdict_of(check: ReceiptCheck) -> Verdict:
    genuine, other_files, cannot_tell = (
        (SIGNED, SIGNED_OTHER_FILES, SIGNER_UNKNOWN)
        if check.way is DeliveryWay.COLLECTED
        else (GENUINE, OTHER_FILES, CANNOT_TELL)
    )
    if check.valid:
        return genuine
    if check.outcome is Outcome.UNVERIFIABLE:
        return cannot_tell
    return other_files if is_sound(check) else NOT_GENUINE


def is_sound(check: ReceiptCheck) -> bool:
    """This will tell whether the receipt itself passed, whatever the files brought with it."""
    return check.outcome is not Outcome.UNVERIFIABLE and all(
        reason.code is CheckCode.DOCUMENT for reason in check.reasons
    )


def _title(check: ReceiptCheck) -> str:
    if check.way is not None:
        return str(TITLES[check.way])
    if isinstance(check.facts, NppFacts):
        return _("Poświadczenie nieprzedłożenia")
    return _("Urzędowe poświadczenie odbioru (UPO)")


def _facts(check: ReceiptCheck) -> tuple[Fact, ...]:
    """Facts of a receipt that failed are never shown: somebody would believe them."""
    facts = check.facts
    if facts is None or not is_sound(check):
        return ()
    if isinstance(facts, UpdFacts):
        return delivery_facts(facts, check)
    return (
        Fact(_("Numer"), (facts.receipt_no,), mono=True),
        _moment(facts),
        Fact(_("Adresat"), (facts.addressee.name, facts.addressee.identifier), mono=True),
        Fact(_("Nadawca"), (facts.sender.name, facts.sender.identifier), mono=True),
        Fact(_("Identyfikator pisma"), (facts.document_id,), mono=True),
        *_causes(facts),
        Fact(_("Pieczęć"), (_sealed_by(check),)),
        Fact(_("Opatrzono pieczęcią"), (short_moment(_sealed_at(check)),)),
    )


def _moment(facts: UppFacts | NppFacts) -> Fact:
    if isinstance(facts, UppFacts):
        return Fact(_("Doręczono"), (short_moment(facts.delivered_at),))
    return Fact(_("Próba wysłania"), (short_moment(facts.attempted_at),))


def _causes(facts: UppFacts | NppFacts) -> tuple[Fact, ...]:
    if isinstance(facts, UppFacts):
        return ()
    return tuple(
        Fact(_("Powód"), tuple(filter(None, (cause.file_name, cause.text))))
        for cause in facts.causes
    )


def _sealed_by(check: ReceiptCheck) -> str:
    signer = check.seal.signer if check.seal else None
    return (signer.organisation or signer.name) if signer else ""


def _sealed_at(check: ReceiptCheck) -> datetime:
    claimed = check.seal.claimed_signing_time if check.seal else None
    return claimed or check.at


def _document(item: DocumentCheck) -> DocumentLine:
    text, tone, icon = PILLS[item.state]
    name = item.name if item.given in {None, item.name} else f"{item.name} ({item.given})"
    return DocumentLine(name, Pill(str(text), tone, icon), item.sha256 or "")
