"""UPP, urzędowe poświadczenie przedłożenia: facts to bytes and back.

Namespace and element names follow the official UPO of 9 May 2008; the content follows art. 3 pkt 20
of the act on informatisation (ustawa z 17.02.2005): who received, when it entered the system, when
the receipt was made, and data joined so that any later change can be told.
"""

from skrytka.core.receipts import writing
from skrytka.core.receipts.facts import UppFacts
from skrytka.core.receipts.reading import Fields, open_receipt
from skrytka.core.signatures.canonical import CanonicalDocument

KIND = "UPP"


def render_upp(facts: UppFacts) -> CanonicalDocument:
    """This will write the unsealed UPP; the same facts always give the same bytes.

    Note the element name ``DataWytworzeniaPoswiadczenia`` ("Wytworzenia" in a UPP, "Utworzenia" in
    a UPD). Raises `ReceiptUnwritable` for characters that XML cannot carry.
    """
    lines = [
        writing.text_line("IdentyfikatorPoswiadczenia", facts.receipt_no),
        writing.party_line("Adresat", facts.addressee),
        writing.party_line("Nadawca", facts.sender),
        writing.date_line("DataDoreczenia", facts.delivered_at),
        writing.date_line("DataWytworzeniaPoswiadczenia", facts.produced_at),
        writing.text_line("IdentyfikatorDokumentu", facts.document_id),
        *(writing.information_line(item) for item in facts.information),
    ]
    return writing.document(KIND, lines)


def read_upp(data: bytes) -> UppFacts:
    """This will read the facts of a UPP; signatures beside it are passed over, not checked.

    Attributes are read qualified and unqualified. Raises `ReceiptUnreadable`.
    """
    return upp_in(open_receipt(data))


def upp_in(fields: Fields) -> UppFacts:
    """This will read the facts from an opened receipt. Raises `ReceiptUnreadable`."""
    fields.require_kind(KIND)
    fields.refuse_unknown(
        "IdentyfikatorPoswiadczenia",
        "Adresat",
        "Nadawca",
        "DataDoreczenia",
        "DataWytworzeniaPoswiadczenia",
        "IdentyfikatorDokumentu",
        "InformacjaUzupelniajaca",
    )
    return UppFacts(
        receipt_no=fields.text("IdentyfikatorPoswiadczenia"),
        addressee=fields.party("Adresat"),
        sender=fields.party("Nadawca"),
        delivered_at=fields.instant("DataDoreczenia"),
        produced_at=fields.instant("DataWytworzeniaPoswiadczenia"),
        document_id=fields.text("IdentyfikatorDokumentu"),
        information=fields.information(),
    )
