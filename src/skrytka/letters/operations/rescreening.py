"""Files of accepted letters are screened again when the scanners know more than they did.

In the background, a few at a time, the newest letters first. Which files are due stands in the
rows: whose newest answer is older than the engine and database in use now. Cut off at any moment,
the next run goes on.
"""

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

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
    Occasion,
)
from skrytka.letters.operations.attachments import screened_again
from skrytka.letters.operations.flags import flag_same_bytes
from skrytka.letters.operations.screenings import (
    LONGEST_ENGINE,
    Unanswered,
    is_infected,
    keep_answers,
    keep_unanswered,
)
from skrytka.letters.queries.policies import attachment_policy_for
from skrytka.letters.screening import AttachmentFault, Fault, FaultData, Outcome, Verdict

# A run is over after so many files or bytes, whichever comes first; one file goes in any case.
MOST_FILES = 10
MOST_BYTES = 32 << 20
log = logging.getLogger("skrytka.letters")


@dataclass(frozen=True)
class Rescreened:
    """What one run did; `is_done` tells that nothing was due any more, or nobody answers."""

    screened: int = 0
    flagged: int = 0
    is_done: bool = True


def rescreen_letters(*, days: int, at: datetime) -> Rescreened:
    """This will screen again a few files of letters of the last `days` that are due.

    A file in which malware is found now is flagged, wherever its bytes are on record. Other rules
    of the day of submission were kept then and are not asked about anew.
    """
    seen_at = _engine_seen(at)
    if seen_at is None or not days:
        return Rescreened()
    screened, flagged, read = 0, 0, 0
    due = list(_due(seen_at, at - timedelta(days=days))[:MOST_FILES])
    for attachment in due:
        with TURNS.aside():  # whoever waits for a page or a receipt goes first
            pass
        found = _screen_again(attachment, at)
        if found is None:
            return Rescreened(screened, flagged)
        screened, flagged, read = screened + 1, flagged + found, read + attachment.size
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


def _due(seen_at: datetime, since: datetime) -> QuerySet[LetterAttachment]:
    """By the time of the answer and not by its engine: not every engine answers for every file."""
    answered = FileScreening.objects.filter(
        draft_id=OuterRef("letter__draft_id"),
        digest=OuterRef("sha256"),
        screened_at__gte=seen_at,
    )
    recent = LetterAttachment.objects.filter(
        ~Exists(answered),
        letter__submitted_at__gte=since,
        letter__intake__state=IntakeState.ACCEPTED,
    )
    return recent.select_related("letter").order_by("-letter__submitted_at", "position")


def _screen_again(attachment: LetterAttachment, at: datetime) -> int | None:
    """How many files were flagged by it; None while no scanner answers at all.

    What cannot be answered for one file is noted, so that it holds up no other.
    """
    draft_id, sha256 = attachment.letter.draft_id, attachment.sha256
    try:
        verdict = _verdict(attachment)
    except BlobMissingError:
        log.exception("rescreening_misses letter=%s", attachment.letter_id)
        keep_unanswered(draft_id, sha256, Unanswered.MISSING, at=at)
        return 0
    except ScannerSilentError:
        if engine_in_use() is None:
            return None
        keep_unanswered(draft_id, sha256, Unanswered.SILENT, at=at)
        return 0
    with transaction.atomic():
        keep_answers(draft_id, [verdict], Occasion.AGAIN, at=at)
        return flag_same_bytes(sha256, verdict, at=at) if is_infected(verdict) else 0


def _verdict(attachment: LetterAttachment) -> Verdict:
    """By the rules of the day of submission; what breaks one now is scanned as it lies there."""
    letter = attachment.letter
    submitted_on = civil_date(letter.submitted_at)
    policy = attachment_policy_for(letter.institution_id, submitted_on, letter.box_id)
    blobs = blobs_of(letter.institution_id)
    verdict = screened_again(blobs, attachment.file_name, attachment.sha256, policy)
    if verdict.engine:
        return verdict
    result = installed().malware.scan(blobs.stream(attachment.sha256))
    whole = replace(verdict, outcome=Outcome.SAFE, fault=None, engine=result.engine)
    if result.finding is Finding.CLEAN:
        return whole
    fault = Fault(AttachmentFault.MALWARE, FaultData(attachment.file_name, rule=result.rule))
    return replace(whole, outcome=Outcome.REFUSED, fault=fault)
