"""NPP, poświadczenie nieprzedłożenia: a sealed refusal that names the file and the rule.

The precedent is the NPP of the customs platform, under the same root namespace; the element names
inside are our own. It is no UPO: it says that the letter was *not* taken.
"""

from skrytka.core.receipts import writing
from skrytka.core.receipts.facts import (
    NppFacts,
    ReceiptUnreadable,
    ReceiptUnwritable,
    RefusalCause,
    UnreadableReason,
)
from skrytka.core.receipts.reading import Fields, attribute, leaf, open_receipt
from skrytka.core.signatures.canonical import CanonicalDocument

KIND = "NPP"


def render_npp(facts: NppFacts) -> CanonicalDocument:
    """This will write the unsealed NPP. Raises `ReceiptUnwritable`, also when no cause is given."""
    if not facts.causes:
        raise ReceiptUnwritable("Przyczyna")
    lines = [
        writing.text_line("IdentyfikatorPoswiadczenia", facts.receipt_no),
        writing.party_line("Adresat", facts.addressee),
        writing.party_line("Nadawca", facts.sender),
        writing.date_line("DataProbyPrzedlozenia", facts.attempted_at),
        writing.date_line("DataWytworzeniaPoswiadczenia", facts.produced_at),
        writing.text_line("IdentyfikatorDokumentu", facts.document_id),
        *(_cause_line(cause) for cause in facts.causes),
        *(writing.information_line(item) for item in facts.information),
    ]
    return writing.document(KIND, lines)


def read_npp(data: bytes) -> NppFacts:
    """This will read the facts of an NPP; signatures beside it are passed over, not checked.

    Raises `ReceiptUnreadable`.
    """
    return npp_in(open_receipt(data))


def npp_in(fields: Fields) -> NppFacts:
    """This will read the facts from an opened receipt. Raises `ReceiptUnreadable`."""
    fields.require_kind(KIND)
    fields.refuse_unknown(
        "IdentyfikatorPoswiadczenia",
        "Adresat",
        "Nadawca",
        "DataProbyPrzedlozenia",
        "DataWytworzeniaPoswiadczenia",
        "IdentyfikatorDokumentu",
        "Przyczyna",
        "InformacjaUzupelniajaca",
    )
    return NppFacts(
        receipt_no=fields.text("IdentyfikatorPoswiadczenia"),
        addressee=fields.party("Adresat"),
        sender=fields.party("Nadawca"),
        attempted_at=fields.instant("DataProbyPrzedlozenia"),
        produced_at=fields.instant("DataWytworzeniaPoswiadczenia"),
        document_id=fields.text("IdentyfikatorDokumentu"),
        causes=_causes(fields),
        information=fields.information(),
    )


def _cause_line(cause: RefusalCause) -> str:
    attributes = (
        ("NazwaPliku", cause.file_name),
        ("Regula", cause.rule),
        ("SkrotSHA256", cause.sha256),
    )
    return writing.attributed_line("Przyczyna", attributes, cause.text)


def _causes(fields: Fields) -> tuple[RefusalCause, ...]:
    causes = tuple(
        RefusalCause(
            rule=attribute(item, "Regula") or "",
            text=leaf(item),
            file_name=attribute(item, "NazwaPliku"),
            sha256=attribute(item, "SkrotSHA256"),
        )
        for item in fields.every("Przyczyna")
    )
    if not causes:
        raise ReceiptUnreadable(UnreadableReason.STRUCTURE)
    return causes
