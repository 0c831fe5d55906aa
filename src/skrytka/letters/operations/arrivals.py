"""An accepted letter is put on the desk of its institution, with all that lists go by."""

from datetime import datetime

from skrytka.core.identifiers import RegisterNo
from skrytka.evidence.queries import Outcome, signature_report_of
from skrytka.ledger.statements import append
from skrytka.letters.models import HandlingState, Letter, LetterHandling

# Polish letters right after the plain ones, whatever the collation of the database: zz stands
# behind any pair of letters that Polish words hold.
AFTER = str.maketrans(
    {
        "ą": "azz", "ć": "czz", "ę": "ezz", "ł": "lzz", "ń": "nzz", "ó": "ozz", "ś": "szz",
        "ź": "zzy", "ż": "zzz",
    }
)  # fmt: skip
LONGEST_KEY = 250


def put_on_desk(letter: Letter, number: RegisterNo, *, at: datetime) -> None:
    """This will show the letter in the inbox of its institution, in the caller's transaction."""
    handling = LetterHandling(
        letter=letter,
        institution=letter.institution,
        box=letter.box,
        state=HandlingState.NEW,
        signature_outcome=_outcome(letter),
        submitted_at=letter.submitted_at,
        updated_at=at,
        sender_key=sender_key(letter.sender_name),
        search_text=f"{letter.title} {letter.sender_name} {number.value}".casefold(),
    )
    append(handling)


def sender_key(name: str) -> str:
    """This will return the text that sorts senders as a Polish index does: Lis, Lubicz, Łoś."""
    return name.casefold().translate(AFTER)[:LONGEST_KEY]


def _outcome(letter: Letter) -> Outcome:
    report = signature_report_of(letter.id)
    return Outcome.NONE if report is None else report.outcome
