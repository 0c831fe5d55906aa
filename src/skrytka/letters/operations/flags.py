"""Malware found in a file of a letter that was accepted long ago.

The letter stays accepted, its receipt and its bytes untouched: nobody may take the file until an
administrator finds that it was a false alarm.
"""

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from skrytka.ledger.operations import Actor, EventKind, Subject, record_event
from skrytka.letters.models import FlaggedFile, FlagState, IntakeState, LetterAttachment
from skrytka.letters.operations.elsewhere import flag_elsewhere
from skrytka.letters.operations.screenings import found_in
from skrytka.letters.screening import Verdict

LONGEST_REASON = 1000


class ReleaseFault(StrEnum):
    """Why a file stays flagged."""

    NOT_FLAGGED = "NOT_FLAGGED"
    NO_REASON = "NO_REASON"


class CannotRelease(Exception):
    """Nothing was changed."""

    def __init__(self, reason: ReleaseFault) -> None:
        super().__init__(reason)
        self.reason = reason


def flag_same_bytes(sha256: str, verdict: Verdict, *, at: datetime) -> int:
    """This will flag every accepted file of these bytes, and return how many were not yet.

    So are the files of letters that institutions send (`elsewhere`). In the caller's transaction.
    What an administrator once released stays released for the same finding; another finding flags
    the file anew.
    """
    accepted = LetterAttachment.objects.filter(
        sha256=sha256, letter__intake__state=IntakeState.ACCEPTED
    )
    flagged = sum(_flag(each, verdict, at) for each in accepted.select_related("letter"))
    return flagged + flag_elsewhere(sha256, verdict, at=at)


def release_file(
    flag_id: int, institution_id: int, reason: str, *, actor: Actor, at: datetime
) -> None:
    """This will let a file be taken again, as a false alarm, for a reason that is kept.

    Raises CannotRelease.
    """
    text = reason.strip()[:LONGEST_REASON]
    if not text:
        raise CannotRelease(ReleaseFault.NO_REASON)
    with transaction.atomic():
        flagged = FlaggedFile.objects.select_related("attachment").filter(
            id=flag_id, institution=institution_id, state=FlagState.FLAGGED
        )
        flag = flagged.first()
        released = {"released_at": at, "released_by": int(actor.id), "reason": text}
        if flag is None or not flagged.update(state=FlagState.RELEASED, **released):
            raise CannotRelease(ReleaseFault.NOT_FLAGGED)
        _record(EventKind.FLAG_RELEASED, flag, at, actor)


def _flag(attachment: LetterAttachment, verdict: Verdict, at: datetime) -> bool:
    engine, rule = found_in(verdict)
    institution_id = attachment.letter.institution_id
    flag, is_new = FlaggedFile.objects.get_or_create(
        attachment=attachment,
        rule=rule,
        defaults={"institution_id": institution_id, "engine": engine, "flagged_at": at},
    )
    if is_new:
        _record(EventKind.FILE_FLAGGED, flag, at)
    return is_new


def _record(kind: EventKind, flag: FlaggedFile, at: datetime, actor: Actor | None = None) -> None:
    attachment = flag.attachment
    record_event(
        kind,
        Subject("LETTER", str(attachment.letter_id)),
        at=at,
        actor=actor or Actor("SYSTEM"),
        institution_id=flag.institution_id,
        data={
            "position": attachment.position,
            "sha256": attachment.sha256,
            "engine": flag.engine,
            "rule": flag.rule,
        },
    )
