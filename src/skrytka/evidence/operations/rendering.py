"""From the kept facts to the bytes of an UPP or NPP, and back for the comparison."""

from datetime import datetime

from skrytka.core.identifiers import ReceiptKind
from skrytka.core.receipts import (
    Information,
    NppFacts,
    ReceiptParty,
    ReceiptUnreadable,
    RefusalCause,
    UppFacts,
    read_npp,
    read_upp,
    render_npp,
    render_upp,
)
from skrytka.evidence.facts import ReceiptFacts


def render(kind: ReceiptKind, facts: ReceiptFacts, at: datetime) -> bytes:
    """This will write the receipt, made at `at`, without its seal. Raises ReceiptUnwritable."""
    if kind is ReceiptKind.NPP:
        return render_npp(npp_facts(facts, at))
    return render_upp(upp_facts(facts, at))


def reads_back(kind: ReceiptKind, facts: ReceiptFacts, xml: bytes, at: datetime) -> bool:
    """This will tell whether the bytes, parsed anew, say exactly these facts."""
    try:
        if kind is ReceiptKind.NPP:
            return read_npp(xml) == npp_facts(facts, at)
        return read_upp(xml) == upp_facts(facts, at)
    except ReceiptUnreadable:
        return False


def upp_facts(facts: ReceiptFacts, at: datetime) -> UppFacts:
    return UppFacts(
        receipt_no=facts.receipt_no,
        addressee=ReceiptParty(facts.institution_name, facts.institution_entity),
        sender=ReceiptParty(facts.sender_name, facts.sender_entity),
        delivered_at=facts.submitted_at,
        produced_at=at,
        document_id=facts.document_no,
        information=_information(facts),
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
        information=_information(facts),
    )


def _information(facts: ReceiptFacts) -> tuple[Information, ...]:
    return tuple(Information(line.type, line.text) for line in facts.lines)
