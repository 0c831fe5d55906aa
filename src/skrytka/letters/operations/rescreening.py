"""Files of letters on record are screened again when the scanners know more than they did.

In the background, a few at a time, the newest letters first. Which files are due stands in the
rows: whose newest answer is older than the engine and database in use now. Cut off at any moment,
the next run goes on. Which letters they are says who holds them: those that came are found here,
those that institutions sent in `delivery.operations.rescreening`.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from skrytka.core.calendar import civil_date
from skrytka.gateways.blobs import BlobMissingError
from skrytka.gateways.installed import blobs_of, installed
from skrytka.gateways.malware import Finding, ScannerSilentError
from skrytka.gateways.turns import TURNS
from skrytka.letters.models import (
    EngineSeen,
    FileScreening,
    IntakeState,
    LetterAttachment,
)
from skrytka.letters.operations.attachments import screened_again
from skrytka.letters.operations.flags import flag_same_bytes
from skrytka.letters.operations.screenings import (
    LONGEST_ENGINE,
    Unanswered,
    is_infected,
    keep_answer_again,
    keep_unanswered,
)
from skrytka.letters.queries.policies import attachment_policy_for
from skrytka.letters.screening import AttachmentFault, Fault, FaultData, Outcome, Verdict

# A run is over after so many files or bytes, whichever comes first; one file goes in any case.
MOST_FILES = 10
MOST_BYTES = 32 << 20
log = logging.getLogger("skrytka.letters")


@dataclass(frozen=True)
class FileOnRecord:
    """A file of a letter that is due: its bytes, and by the rules of which box and day it came in.

    The answer is kept for each of `draft_ids`: the letters of a series carry the same bytes, which
    are read once. `letter_id` names one of them in the log.
    """

    draft_ids: tuple[UUID, ...]
    letter_id: UUID
    institution_id: int
    box_id: int | None
    on: date
    file_name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Rescreened:
    """What one run did; `is_done` tells that nothing was due any more, or nobody answers."""

    screened: int = 0
    flagged: int = 0
    is_done: bool = True

    def __add__(self, then: "Rescreened") -> "Rescreened":
        """Two runs as one, which is done when the later one is."""
        return Rescreened(
            self.screened + then.screened, self.flagged + then.flagged, is_done=then.is_done
        )


# The files whose answers are older than an instant, no more than so many of them.
DueFiles = Callable[[datetime, int], Sequence[FileOnRecord]]


def rescreen_letters(*, days: int, at: datetime) -> Rescreened:
    """This will screen again a few files of accepted letters of the last `days` that are due.

    A file in which malware is found now is flagged, wherever its bytes are on record. Other rules
    of the day of submission were kept then and are not asked about anew.
    """
    if not days:
        return Rescreened()
    return rescreen_files(partial(_due, at - timedelta(days=days)), at=at)


def rescreen_files(due_files: DueFiles, *, at: datetime) -> Rescreened:
    """This will screen again a few of the files that somebody holds and that are due."""
    seen_at = _engine_seen(at)
    if seen_at is None:
        return Rescreened()
    screened, flagged, read = 0, 0, 0
    due = due_files(seen_at, MOST_FILES)
    for file in due:
        with TURNS.aside():  # whoever waits for a page or a receipt goes first
            pass
        found = _screen_again(file, at)
        if found is None:
            return Rescreened(screened, flagged)
        screened, flagged, read = screened + 1, flagged + found, read + file.size
        if read >= MOST_BYTES:
            return Rescreened(screened, flagged, is_done=False)
    return Rescreened(screened, flagged, is_done=len(due) < MOST_FILES)


def engine_in_use() -> str | None:
    """This will name the engines and databases that answer now, or None while they are silent."""
    try:
        return installed().malware.in_use()[:LONGEST_ENGINE]
    except ScannerSilentError:
        return None


def _engine_seen(at: datetime) -> datetime | None:
    """Since when the engine in use is known: the first who asks of it writes that down."""
    engine = engine_in_use()
    if engine is None:
        return None
    row, _is_new = EngineSeen.objects.get_or_create(engine=engine, defaults={"first_seen_at": at})
    return row.first_seen_at


def answered_since(seen_at: datetime, draft: str) -> Exists:
    """This will say, in a query for files, whether a scanner answered for one since an instant.

    `draft` leads to the id of its draft. By the time of the answer and not by its engine: not every
    engine answers for every file.
    """
    return Exists(
        FileScreening.objects.filter(
            draft_id=OuterRef(draft), digest=OuterRef("sha256"), screened_at__gte=seen_at
        )
    )


def _due(since: datetime, seen_at: datetime, most: int) -> list[FileOnRecord]:
    recent = LetterAttachment.objects.filter(
        ~answered_since(seen_at, "letter__draft_id"),
        letter__submitted_at__gte=since,
        letter__intake__state=IntakeState.ACCEPTED,
    )
    rows = recent.select_related("letter").order_by("-letter__submitted_at", "position")
    return list(map(_on_record, rows[:most]))


def _on_record(attachment: LetterAttachment) -> FileOnRecord:
    letter = attachment.letter
    return FileOnRecord(
        draft_ids=(letter.draft_id,),
        letter_id=letter.id,
        institution_id=letter.institution_id,
        box_id=letter.box_id,
        on=civil_date(letter.submitted_at),
        file_name=attachment.file_name,
        size=attachment.size,
        sha256=attachment.sha256,
    )


def _screen_again(file: FileOnRecord, at: datetime) -> int | None:
    """How many files were flagged by it; None while no scanner answers at all.

    What cannot be answered for one file is noted, so that it holds up no other.
    """
    try:
        verdict = _verdict(file)
    except BlobMissingError:
        log.exception("rescreening_misses letter=%s", file.letter_id)
        keep_unanswered(file.draft_ids, file.sha256, Unanswered.MISSING, at=at)
        return 0
    except ScannerSilentError:
        if engine_in_use() is None:
            return None
        keep_unanswered(file.draft_ids, file.sha256, Unanswered.SILENT, at=at)
        return 0
    with transaction.atomic():
        keep_answer_again(file.draft_ids, verdict, at=at)
        return flag_same_bytes(file.sha256, verdict, at=at) if is_infected(verdict) else 0


def _verdict(file: FileOnRecord) -> Verdict:
    """By the rules of the day it came in; what breaks one now is scanned as it lies there."""
    policy = attachment_policy_for(file.institution_id, file.on, file.box_id)
    blobs = blobs_of(file.institution_id)
    verdict = screened_again(blobs, file.file_name, file.sha256, policy)
    if verdict.engine:
        return verdict
    result = installed().malware.scan(blobs.stream(file.sha256))
    whole = replace(verdict, outcome=Outcome.SAFE, fault=None, engine=result.engine)
    if result.finding is Finding.CLEAN:
        return whole
    fault = Fault(AttachmentFault.MALWARE, FaultData(file.file_name, rule=result.rule))
    return replace(whole, outcome=Outcome.REFUSED, fault=fault)
