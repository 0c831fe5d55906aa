"""What the receipt of a letter says, collected from the record."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from skrytka.core.identifiers import RegisterNo
from skrytka.core.receipts import Information
from skrytka.evidence.facts import ReceiptFacts
from skrytka.letters.models import Letter, LetterAttachment

Files = Iterable[LetterAttachment]
ISSUED_BY_SYSTEM = "Poświadczenie wystawione automatycznie przez elektroniczną skrzynkę podawczą"


@dataclass(frozen=True)
class Refusal:
    """Why a received letter is refused: the code of the error catalogue, the file and the text."""

    code: str
    file_name: str
    text: str


def submission_facts(letter: Letter, files: Files, number: RegisterNo) -> ReceiptFacts:
    """This will collect the facts of an UPP (domain: UPO/2008/05/09, art. 3 pkt 20 UoI)."""
    return _facts(letter, files, Information("Numer RPW", number.value))


def refusal_facts(letter: Letter, files: Files, refusal: Refusal) -> ReceiptFacts:
    """This will collect the facts of a sealed refusal, naming the file and the rule."""
    return replace(
        _facts(letter, files),
        refusal_code=refusal.code,
        refused_file=refusal.file_name,
        refusal_text=refusal.text,
    )


def _facts(letter: Letter, files: Files, *more: Information) -> ReceiptFacts:
    institution = letter.institution
    return ReceiptFacts(
        receipt_no="",
        institution_name=institution.name,
        institution_entity=institution.entity,
        sender_name=letter.sender_name,
        sender_entity=letter.sender.box_entity,
        submitted_at=letter.submitted_at,
        document_no=letter.document_no,
        document_sha256=letter.document_sha256,
        lines=(
            Information("Źródło", ISSUED_BY_SYSTEM),
            Information("Adres skrytki", letter.box_address),
            *more,
            Information("Skrót SHA-256 dokumentu", letter.document_sha256),
            *(
                Information("Załącznik", f"{a.file_name}; {a.size} B; SHA-256 {a.sha256}")
                for a in files
            ),
            *_channel(letter),
        ),
    )


def _channel(letter: Letter) -> tuple[Information, ...]:
    """The effect of the channel is the institution's own word, never ours."""
    effect = letter.institution.channel_effect
    return (Information("Podstawa kanału", effect),) if effect else ()
