"""What the public check says of an UPD: who collected, or that nobody did."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skrytka.core.receipts import (
    DeliveryWay,
    Information,
    InformationKind,
    ReceiptCheck,
    UpdFacts,
    day_in,
    instant_in,
)
from skrytka.core.signatures.verdict import SignatureVerdict
from skrytka.core.signatures.words import SignatureKind
from skrytka.ui.formats import day, short_moment
from skrytka.ui.parts import Fact, Pill, Tone

TITLES = {
    DeliveryWay.COLLECTED: gettext_lazy("Urzędowe poświadczenie doręczenia (UPD)"),
    DeliveryWay.DEEMED: gettext_lazy("Poświadczenie doręczenia (UPD): uznanie za doręczone"),
    DeliveryWay.REFUSED: gettext_lazy("Poświadczenie doręczenia (UPD): odmowa przyjęcia"),
}
PILLS = {
    DeliveryWay.COLLECTED: (gettext_lazy("Odebrane"), Tone.OK, "check"),
    DeliveryWay.DEEMED: (gettext_lazy("Uznane za doręczone"), Tone.WARN, "clock-alert"),
    DeliveryWay.REFUSED: (gettext_lazy("Odmowa przyjęcia"), Tone.WARN, "x"),
}
DATED = {
    DeliveryWay.COLLECTED: gettext_lazy("Odebrano"),
    DeliveryWay.DEEMED: gettext_lazy("Uznano za doręczone"),
    DeliveryWay.REFUSED: gettext_lazy("Odmówiono przyjęcia"),
}
# The words for what the lines of an UPD say; other lines are shown under their own names.
LINES = {
    InformationKind.BASIS: gettext_lazy("Podstawa"),
    InformationKind.FIRST_NOTICE: gettext_lazy("Pierwsze zawiadomienie"),
    InformationKind.REPEAT_NOTICE: gettext_lazy("Powtórne zawiadomienie"),
    InformationKind.RULE: gettext_lazy("Reguła"),
    InformationKind.DEEMED_ON: gettext_lazy("Dzień uznania za doręczone"),
    InformationKind.ACCESS_UNTIL: gettext_lazy("Treść dostępna do"),
}
SIGNED = {
    SignatureKind.TRUSTED: gettext_lazy("podpis zaufany"),
    SignatureKind.QUALIFIED: gettext_lazy("podpis kwalifikowany"),
    SignatureKind.PERSONAL: gettext_lazy("podpis osobisty"),
    SignatureKind.ADVANCED: gettext_lazy("zaawansowany podpis elektroniczny"),
}


def delivery_pill(way: DeliveryWay) -> Pill:
    text, tone, icon = PILLS[way]
    return Pill(str(text), tone, icon)


def delivery_text(check: ReceiptCheck) -> str:
    """This will say how the letter came to count as delivered; of whom it may be said, who took it.

    Empty when the receipt is no UPD.
    """
    if check.way is DeliveryWay.COLLECTED:
        return _("Odebrane przez: %(name)s.") % {"name": name_of(check.signer)}
    if check.way is DeliveryWay.DEEMED:
        return _("Uznane za doręczone. Adresat nie potwierdził odbioru.")
    if check.way is DeliveryWay.REFUSED:
        return _("Adresat odmówił przyjęcia. Pismo uznaje się za doręczone.")
    return ""


def delivery_facts(facts: UpdFacts, check: ReceiptCheck) -> tuple[Fact, ...]:
    """This will list what an UPD says, less its files."""
    issuer, addressee = facts.issuer, facts.addressee
    case = (Fact(_("Znak sprawy"), (facts.case_mark,)),) if facts.case_mark else ()
    return (
        Fact(_("Numer"), (facts.receipt_no,), mono=True),
        Fact(_("Sposób doręczenia"), (), pill=delivery_pill(facts.way)),
        Fact(str(DATED[facts.way]), (short_moment(facts.received_at),)),
        *_collected(check),
        Fact(_("Wystawca"), (issuer.name, issuer.identifier), mono=True),
        Fact(_("Adresat"), (addressee.name, addressee.identifier), mono=True),
        *case,
        Fact(_("Identyfikator pisma"), (facts.document_id,), mono=True),
        *_lines(facts.information),
        *_sealed(check),
    )


def name_of(verdict: SignatureVerdict | None) -> str:
    return verdict.signer.name if verdict and verdict.signer else ""


def _collected(check: ReceiptCheck) -> tuple[Fact, ...]:
    if check.signer is None:
        return ()
    kind = SIGNED.get(check.signer.kind)
    lines = (name_of(check.signer), str(kind)) if kind else (name_of(check.signer),)
    return (Fact(_("Odebrane przez"), lines),)


def _lines(information: tuple[Information, ...]) -> Iterator[Fact]:
    """The lines with a name of their own; all steps of the explanation under one."""
    for item in information:
        if item.kind in LINES:
            yield Fact(str(LINES[InformationKind(item.kind)]), (_said(item),))
    steps = tuple(item.text for item in information if item.kind == InformationKind.REASON)
    if steps:
        yield Fact(_("Uzasadnienie"), steps)


def _said(item: Information) -> str:
    at, on = instant_in(item), day_in(item)
    if at is not None:
        return short_moment(at)
    return day(on) if on is not None else item.text


def _sealed(check: ReceiptCheck) -> tuple[Fact, ...]:
    if check.seal is None:
        return ()
    claimed = check.seal.claimed_signing_time or check.at
    signer = check.seal.signer
    name = (signer.organisation or signer.name) if signer else ""
    return (
        Fact(_("Pieczęć"), (name,)),
        Fact(_("Opatrzono pieczęcią"), (short_moment(claimed),)),
    )
