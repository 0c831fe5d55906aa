"""UPD, urzędowe poświadczenie doręczenia: facts to bytes and back.

The same official UPO as the UPP, from the other side: the public entity wrote, and a party
collected its letter and signed this (KPA art. 46); or nobody did, and the system says so under its
own seal.
Content: art. 3 pkt 20 of the act on informatisation.
"""

from skrytka.core.receipts import writing
from skrytka.core.receipts.facts import (
    ReceiptUnreadable,
    UnreadableReason,
    UpdFacts,
    way_in,
)
from skrytka.core.receipts.reading import Fields, open_receipt
from skrytka.core.signatures.canonical import CanonicalDocument

KIND = "UPD"


def render_upd(facts: UpdFacts) -> CanonicalDocument:
    """This will write the unsigned UPD; the same facts always give the same bytes.

    Note the element name ``DataUtworzeniaPoswiadczenia`` ("Utworzenia" in an UPD, "Wytworzenia" in
    a UPP). Raises `ReceiptUnwritable` for characters that XML cannot carry.
    """
    case = [writing.text_line("IdentyfikatorSprawy", facts.case_mark)] if facts.case_mark else []
    lines = [
        writing.text_line("IdentyfikatorPoswiadczenia", facts.receipt_no),
        writing.party_line("PodmiotWystawiajacyPoswiadczenie", facts.issuer),
        writing.party_line("Adresat", facts.addressee),
        writing.date_line("DataOdbioru", facts.received_at),
        writing.date_line("DataUtworzeniaPoswiadczenia", facts.produced_at),
        *case,
        writing.text_line("IdentyfikatorDokumentu", facts.document_id),
        *(writing.information_line(item) for item in facts.information),
    ]
    return writing.document(KIND, lines)


def read_upd(data: bytes) -> UpdFacts:
    """This will read the facts of an UPD; signatures beside it are passed over, not checked.

    Attributes are read qualified and unqualified. Raises `ReceiptUnreadable`.
    """
    return upd_in(open_receipt(data))


def upd_in(fields: Fields) -> UpdFacts:
    """This will read the facts from an opened receipt. Raises `ReceiptUnreadable`.

    Lines that leave open whether the addressee collected are no facts: nothing is read from them.
    """
    fields.require_kind(KIND)
    fields.refuse_unknown(
        "IdentyfikatorPoswiadczenia",
        "PodmiotWystawiajacyPoswiadczenie",
        "Adresat",
        "DataOdbioru",
        "DataUtworzeniaPoswiadczenia",
        "IdentyfikatorSprawy",
        "IdentyfikatorDokumentu",
        "InformacjaUzupelniajaca",
    )
    information = fields.information()
    if way_in(information) is None:
        raise ReceiptUnreadable(UnreadableReason.STRUCTURE)
    return UpdFacts(
        receipt_no=fields.text("IdentyfikatorPoswiadczenia"),
        issuer=fields.party("PodmiotWystawiajacyPoswiadczenie"),
        addressee=fields.party("Adresat"),
        received_at=fields.instant("DataOdbioru"),
        produced_at=fields.instant("DataUtworzeniaPoswiadczenia"),
        case_mark=fields.text_or_empty("IdentyfikatorSprawy"),
        document_id=fields.text("IdentyfikatorDokumentu"),
        information=information,
    )
