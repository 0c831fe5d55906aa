"""From the kept facts to the bytes of a receipt, and back for the comparison."""

from datetime import datetime

from skrytka.core.identifiers import ReceiptKind
from skrytka.core.receipts import (
    WAY_WORDS,
    Information,
    InformationKind,
    NppFacts,
    ReceiptParty,
    ReceiptUnreadable,
    RefusalCause,
    SealedFacts,
    UpdFacts,
    UppFacts,
    read_npp,
    read_upd,
    read_upp,
    render_npp,
    render_upd,
    render_upp,
)
from skrytka.evidence.delivery_facts import DeliveryFacts
from skrytka.evidence.facts import ReceiptFacts

READERS = {ReceiptKind.UPP: read_upp, ReceiptKind.UPD: read_upd, ReceiptKind.NPP: read_npp}


def render(kind: ReceiptKind, facts: ReceiptFacts | DeliveryFacts, at: datetime) -> bytes:
    """This will write the receipt, made at `at`, without its seal. Raises ReceiptUnwritable."""
    said = sealed_facts(kind, facts, at)
    if isinstance(said, UpdFacts):
        return render_upd(said)
    return render_npp(said) if isinstance(said, NppFacts) else render_upp(said)


def reads_back(
    kind: ReceiptKind, facts: ReceiptFacts | DeliveryFacts, xml: bytes, at: datetime
) -> bool:
    """This will tell whether the bytes, parsed anew, say exactly these facts."""
    try:
        return READERS[kind](xml) == sealed_facts(kind, facts, at)
    except ReceiptUnreadable:
        return False


def sealed_facts(
    kind: ReceiptKind, facts: ReceiptFacts | DeliveryFacts, at: datetime
) -> SealedFacts:
    """This will put the kept facts into the words of the receipt of that kind."""
    if isinstance(facts, DeliveryFacts):
        return upd_facts(facts, at)
    return npp_facts(facts, at) if kind is ReceiptKind.NPP else upp_facts(facts, at)


def upp_facts(facts: ReceiptFacts, at: datetime) -> UppFacts:
    return UppFacts(
        receipt_no=facts.receipt_no,
        addressee=ReceiptParty(facts.institution_name, facts.institution_entity),
        sender=ReceiptParty(facts.sender_name, facts.sender_entity),
        delivered_at=facts.submitted_at,
        produced_at=at,
        document_id=facts.document_no,
        information=facts.lines,
    )


def upd_facts(facts: DeliveryFacts, at: datetime) -> UpdFacts:
    """This will name the way of the delivery first of all, unless the addressee collected."""
    words = WAY_WORDS.get(facts.way)
    way = (Information(InformationKind.WAY, words),) if words else ()
    return UpdFacts(
        receipt_no=facts.receipt_no,
        issuer=ReceiptParty(facts.institution_name, facts.institution_entity),
        addressee=ReceiptParty(facts.addressee_name, facts.addressee_entity),
        received_at=facts.received_at,
        produced_at=at,
        case_mark=facts.case_mark,
        document_id=facts.document_no,
        information=(*way, *facts.lines),
    )


def npp_facts(facts: ReceiptFacts, at: datetime) -> NppFacts:
    cause = RefusalCause(facts.refusal_code, facts.refusal_text, facts.refused_file or None)
    return NppFacts(
        receipt_no=facts.receipt_no,
        addressee=ReceiptParty(facts.institution_name, facts.institution_entity),
        sender=ReceiptParty(facts.sender_name, facts.sender_entity),
        attempted_at=facts.submitted_at,
        produced_at=at,
        document_id=facts.document_no,
        causes=(cause,),
        information=facts.lines,
    )
