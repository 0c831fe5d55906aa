"""Malware found in bytes that an institution sent, or is about to send.

What was sent stays sent, its bytes and its receipt untouched: nobody may take the file until an
administrator of the institution that sends it finds that it was a false alarm. The institution that
received it decides for itself, by the flags of its own letter.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from skrytka.delivery.models import (
    FlaggedBytes,
    OutgoingDraft,
    OutgoingFile,
    OutgoingLetterFile,
    OutgoingState,
)
from skrytka.gateways.blobs import InstitutionId
from skrytka.ledger.operations import Actor, EventKind, Subject
from skrytka.ledger.operations.events import SYSTEM, Happening, record_many
from skrytka.letters.models import FlagState
from skrytka.letters.operations.flags import LONGEST_REASON, CannotRelease, ReleaseFault
from skrytka.letters.operations.screenings import found_in
from skrytka.letters.screening import Verdict

# A draft of these may still go out, or be looked at.
KEPT = (OutgoingState.OPEN, OutgoingState.WAITING, OutgoingState.DISCARDED)


def flag_sent_bytes(sha256: str, verdict: Verdict, *, at: datetime) -> int:
    """This will flag the bytes at every institution that sends them; how many had not been.

    In the caller's transaction. What an administrator once released stays released for the same
    finding; another finding flags the bytes anew.
    """
    return sum(_flag(each, verdict, at) for each in _senders(sha256).values())


def sends_bytes(sha256: str, kept_by: InstitutionId) -> bool:
    """This will tell whether a file that an institution sends has these bytes; None: of any."""
    if kept_by is None:
        return bool(_senders(sha256))
    return kept_by in _senders(sha256)


def release_sent_bytes(
    flag_id: int, institution_id: int, reason: str, *, actor: Actor, at: datetime
) -> None:
    """This will let the bytes be taken and sent again, as a false alarm, for a reason that is kept.

    Raises CannotRelease.
    """
    text = reason.strip()[:LONGEST_REASON]
    if not text:
        raise CannotRelease(ReleaseFault.NO_REASON)
    with transaction.atomic():
        flagged = FlaggedBytes.objects.filter(
            id=flag_id, institution=institution_id, state=FlagState.FLAGGED
        )
        flag = flagged.first()
        released = {"released_at": at, "released_by": int(actor.id), "reason": text}
        if flag is None or not flagged.update(state=FlagState.RELEASED, **released):
            raise CannotRelease(ReleaseFault.NOT_FLAGGED)
        _record(EventKind.FLAG_RELEASED, flag, at, actor)


@dataclass(frozen=True)
class _Own:
    """The bytes as an institution names them itself; others may call them otherwise."""

    institution_id: int
    file_name: str
    size: int
    sha256: str


def _senders(sha256: str) -> dict[int, _Own]:
    """Each institution that sends the bytes or is about to, by its id."""
    sent = OutgoingLetterFile.objects.filter(sha256=sha256).order_by()
    written = OutgoingFile.objects.filter(sha256=sha256, draft__state__in=KEPT).order_by()
    rows = (
        *written.values_list("draft__institution_id", "file_name", "size").distinct(),
        *sent.values_list("letter__institution_id", "file_name", "size").distinct(),
    )
    return {row[0]: _Own(*row, sha256) for row in rows}


def _flag(own: _Own, verdict: Verdict, at: datetime) -> bool:
    engine, rule = found_in(verdict)
    found = {"file_name": own.file_name, "size": own.size, "engine": engine, "flagged_at": at}
    flag, is_new = FlaggedBytes.objects.get_or_create(
        institution_id=own.institution_id, digest=own.sha256, rule=rule, defaults=found
    )
    if is_new:
        _record(EventKind.FILE_FLAGGED, flag, at, SYSTEM)
    return is_new


def _record(kind: EventKind, flag: FlaggedBytes, at: datetime, actor: Actor) -> None:
    """An event for every letter and draft that carries the bytes, so that each tells of it."""
    record_many(kind, list(_happenings(flag)), at=at, actor=actor)


def _happenings(flag: FlaggedBytes) -> Iterator[Happening]:
    found = {"sha256": flag.digest, "engine": flag.engine, "rule": flag.rule}
    sent = OutgoingLetterFile.objects.filter(
        sha256=flag.digest, letter__institution=flag.institution_id
    )
    for letter_id, position in sent.values_list("letter_id", "position"):
        subject = Subject("OUTGOING", str(letter_id))
        yield Happening(subject, flag.institution_id, {"position": position, **found})
    drafts = OutgoingDraft.objects.filter(
        institution=flag.institution_id, state__in=KEPT, files__sha256=flag.digest
    )
    for draft_id in drafts.values_list("id", flat=True).distinct():
        yield Happening(Subject("OUTGOING_DRAFT", str(draft_id)), flag.institution_id, found)
