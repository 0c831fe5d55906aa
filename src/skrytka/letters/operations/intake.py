"""Between the last byte and the receipt: a letter that came in is accepted or refused, once.

Its bytes are durable and its instant is fixed. When every attachment is known to be safe the letter
is accepted and numbered; when one holds malware the letter is refused with a sealed refusal and the
file goes into quarantine; while the scanner is silent it waits, and its instant does not move.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from skrytka.core.identifiers import ReceiptKind
from skrytka.evidence.facts import ReceiptFacts
from skrytka.evidence.operations import IntendedReceipt, record_intent
from skrytka.ledger.operations import Effect, EventKind, Subject, close, enqueue, record_event
from skrytka.ledger.statements import append
from skrytka.letters.models import IntakeState, Letter, LetterAttachment, LetterIntake, Occasion
from skrytka.letters.operations.arrivals import put_on_desk
from skrytka.letters.operations.judging import ask_on_arrival
from skrytka.letters.operations.quarantine import hold_infected
from skrytka.letters.operations.receipt_facts import Refusal, refusal_facts, submission_facts
from skrytka.letters.operations.receipts import make_receipt_now, receipt_key
from skrytka.letters.operations.register import register_letter
from skrytka.letters.operations.screenings import keep_answers
from skrytka.letters.screening.stored import JudgedLetter, judge_stored

# The request that accepts a letter seals its receipt itself; the outbox steps in when it dies.
TIME_TO_SEAL = timedelta(seconds=5)


def wait_for_screening(letter: Letter, *, at: datetime) -> None:
    """This will note that the letter came, and have it judged as soon as the scanner answers."""
    append(LetterIntake(letter=letter, state=IntakeState.AWAITING_SCREENING))
    enqueue(Effect.FINISH_INTAKE, _intake_key(letter.id), {"letter": str(letter.id)}, at=at)


def accept_at_once(letter: Letter, files: list[LetterAttachment], *, at: datetime) -> None:
    """This will accept a letter whose files are all known to be safe, in one transaction."""
    append(LetterIntake(letter=letter, state=IntakeState.ACCEPTED, decided_at=at))
    _take_on(letter, files, at)


def _accept(letter: Letter, at: datetime) -> None:
    LetterIntake.objects.filter(letter=letter).update(state=IntakeState.ACCEPTED, decided_at=at)
    _take_on(letter, list(letter.attachments.all()), at)


def _take_on(letter: Letter, files: list[LetterAttachment], at: datetime) -> None:
    """Number the letter, put it on the desk and fix its UPP."""
    number = register_letter(letter, letter.institution, at=at)
    put_on_desk(letter, number, at=at)
    record_event(
        EventKind.LETTER_ACCEPTED,
        Subject("LETTER", str(letter.id)),
        at=at,
        institution_id=letter.institution_id,
        data={"register_no": number.value},
    )
    _intend(ReceiptKind.UPP, letter, submission_facts(letter, files, number), at)
    ask_on_arrival(letter, at=at)


def _refuse(letter: Letter, refusal: Refusal, at: datetime) -> None:
    """Refuse a letter that waited and fix its sealed refusal."""
    LetterIntake.objects.filter(letter=letter).update(
        state=IntakeState.REFUSED,
        decided_at=at,
        refusal_code=refusal.code,
        refused_file=refusal.file_name,
    )
    record_event(
        EventKind.LETTER_REFUSED,
        Subject("LETTER", str(letter.id)),
        at=at,
        institution_id=letter.institution_id,
        data={"code": refusal.code},
    )
    _intend(ReceiptKind.NPP, letter, refusal_facts(letter, letter.attachments.all(), refusal), at)


def finish_intake(letter_id: UUID, *, at: datetime) -> None:
    """This will bring a waiting letter to its receipt; called again it changes nothing.

    Raises ScannerSilentError while a file cannot be judged: the letter waits, its instant stays.
    """
    if LetterIntake.objects.filter(letter=letter_id, state=IntakeState.AWAITING_SCREENING).exists():
        judged = judge_stored(letter_id)
        _decide(letter_id, judged, at)
    make_receipt_now(letter_id, at=at)


def _decide(letter_id: UUID, judged: JudgedLetter, at: datetime) -> None:
    with transaction.atomic():
        intake = LetterIntake.objects.select_for_update().get(letter=letter_id)
        if intake.state != IntakeState.AWAITING_SCREENING:
            return
        letter = Letter.objects.select_related("institution", "box", "sender").get(id=letter_id)
        said = [file.verdict for file in judged.files]
        keep_answers(letter.draft_id, said, Occasion.LATER, at=at)
        if judged.refusal is None:
            _accept(letter, at)
        else:
            _refuse(letter, judged.refusal, at)
            hold_infected(letter, judged.files, at=at)
        close(_intake_key(letter_id), at=at)


def _intend(kind: ReceiptKind, letter: Letter, facts: ReceiptFacts, at: datetime) -> None:
    record_intent(IntendedReceipt(kind, letter.id, letter.institution_id, facts), at=at)
    enqueue(
        Effect.SEAL_RECEIPT,
        receipt_key(letter.id),
        {"letter": str(letter.id)},
        at=at,
        wait=TIME_TO_SEAL,
    )


def _intake_key(letter_id: UUID) -> str:
    return f"intake:{letter_id}"
