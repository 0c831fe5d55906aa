"""Infected files of refused letters: held back from everybody, destroyed when their time is over.

Nobody is given their bytes, not even the administrator: the sender has the file, the record has
its digest, and what is not handed out infects nobody. Who knows every room and may touch the bytes
is `config.quarantine`; here stands what is on record.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction

from skrytka.core.calendar import civil_date
from skrytka.ledger.operations import Actor, EventKind, Subject, record_event
from skrytka.ledger.statements import append_all
from skrytka.letters.models import Letter, Quarantined, QuarantineState
from skrytka.letters.operations.flags import flag_same_bytes
from skrytka.letters.operations.screenings import ScreenedFile, found_in
from skrytka.letters.queries.policies import attachment_policy_for

SYSTEM = Actor("SYSTEM")
BATCH = 100
HELD = ("attachment_id", "attachment__sha256", "institution_id")


class DestroyFault(StrEnum):
    """Why nothing is destroyed."""

    NOT_HELD = "NOT_HELD"


class CannotDestroy(Exception):
    """Nothing was changed."""

    def __init__(self, reason: DestroyFault) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class HeldFile:
    """A quarantined file by the id of its attachment, the digest of its bytes, and whose it is."""

    attachment_id: int
    sha256: str
    institution_id: int


def hold_infected(letter: Letter, files: Iterable[ScreenedFile], *, at: datetime) -> None:
    """This will put the infected files of a refused letter into quarantine.

    In the transaction that refuses the letter. Accepted letters that hold the same bytes by an
    older verdict are flagged, never emptied.
    """
    policy = attachment_policy_for(letter.institution_id, civil_date(at), letter.box_id)
    days = policy.quarantine_days
    infected = [each for each in files if each.is_infected]
    held = [_held(letter, each, at, timedelta(days=days)) for each in infected]
    append_all(held)
    for row in held:
        _record(EventKind.FILE_QUARANTINED, row, at)
    for each in infected:
        flag_same_bytes(each.attachment.sha256, each.verdict, at=at)


def ask_destruction(attachment_id: int, institution_id: int, *, actor: Actor, at: datetime) -> None:
    """This will have a held file destroyed now and not on its day. Raises CannotDestroy."""
    with transaction.atomic():
        found = Quarantined.objects.select_related("attachment").filter(
            attachment=attachment_id, institution=institution_id, state=QuarantineState.HELD
        )
        row = found.first()
        if row is None or not found.update(destroy_after=at):
            raise CannotDestroy(DestroyFault.NOT_HELD)
        _record(EventKind.DESTRUCTION_ASKED, row, at, actor=actor)


def files_to_lock(limit: int = BATCH) -> tuple[HeldFile, ...]:
    """This will list held files whose bytes still lie among the others.

    The newest first: those that another letter needs stay where they are and hold up no other.
    """
    waiting = Quarantined.objects.filter(state=QuarantineState.HELD, locked_at__isnull=True)
    rows = waiting.order_by("-since")
    return _listed(rows.values_list(*HELD)[:limit])


def note_locked(file: HeldFile, *, at: datetime) -> None:
    """This will note that the bytes lie where no reading finds them."""
    Quarantined.objects.filter(attachment=file.attachment_id).update(locked_at=at)


def files_to_destroy(*, at: datetime, limit: int = BATCH) -> tuple[HeldFile, ...]:
    """This will list held files whose time is over."""
    rows = Quarantined.objects.filter(state=QuarantineState.HELD, destroy_after__lte=at)
    ordered = rows.order_by("destroy_after")
    return _listed(ordered.values_list(*HELD)[:limit])


def is_held_elsewhere(file: HeldFile) -> bool:
    """This will tell whether the same bytes are held for another letter to the institution, too."""
    same = Quarantined.objects.filter(
        attachment__sha256=file.sha256,
        institution=file.institution_id,
        state=QuarantineState.HELD,
    )
    return same.exclude(attachment=file.attachment_id).exists()


def note_destroyed(file: HeldFile, bytes_left: str, *, at: datetime) -> None:
    """This will note the end of a quarantine; the row with the digest stays.

    `bytes_left` says why equal bytes still exist: empty when there are none.
    """
    with transaction.atomic():
        held = Quarantined.objects.select_related("attachment").filter(
            attachment=file.attachment_id, state=QuarantineState.HELD
        )
        row = held.first()
        if row and held.update(state=QuarantineState.DESTROYED, destroyed_at=at):
            _record(EventKind.FILE_DESTROYED, row, at, bytes_left=bytes_left)


def _held(letter: Letter, file: ScreenedFile, at: datetime, term: timedelta) -> Quarantined:
    engine, rule = found_in(file.verdict)
    return Quarantined(
        attachment=file.attachment,
        institution_id=letter.institution_id,
        engine=engine,
        rule=rule,
        since=at,
        destroy_after=at + term,
    )


def _listed(rows: Iterable[tuple[int, str, int]]) -> tuple[HeldFile, ...]:
    return tuple(HeldFile(*row) for row in rows)


def _record(
    kind: EventKind, row: Quarantined, at: datetime, *, actor: Actor = SYSTEM, bytes_left: str = ""
) -> None:
    attachment = row.attachment
    data: dict[str, str | int | bool | None] = {
        "position": attachment.position,
        "sha256": attachment.sha256,
        "engine": row.engine,
        "rule": row.rule,
    }
    if bytes_left:
        data["bytes_left"] = bytes_left
    record_event(
        kind,
        Subject("LETTER", str(attachment.letter_id)),
        at=at,
        actor=actor,
        institution_id=row.institution_id,
        data=data,
    )
