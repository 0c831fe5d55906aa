"""The bytes of infected files: locked away once they are held, destroyed when their time is over.

Only here are the rows of every room known: bytes that a letter or a draft still rightly holds stay
where they are, whatever lies in quarantine.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from skrytka.config.blob_references import REFERENCES, Reference
from skrytka.gateways.installed import blobs_of
from skrytka.letters.models import (
    AttachmentState,
    DraftAttachment,
    DraftState,
    IntakeState,
    LetterAttachment,
)
from skrytka.letters.operations.quarantine import (
    HeldFile,
    files_to_destroy,
    files_to_lock,
    is_held_elsewhere,
    note_destroyed,
    note_locked,
)

HELD_FOR_OTHERS = "HELD_FOR_OTHERS"
IN_USE = "IN_USE"


@dataclass(frozen=True)
class QuarantineSwept:
    """How many files were locked away and destroyed."""

    locked: int = 0
    destroyed: int = 0


def keep_quarantine(*, at: datetime) -> QuarantineSwept:
    """This will lock away what is held and destroy what is over; cut off anywhere, it goes on."""
    locked = sum(_lock(file, at) for file in files_to_lock())
    destroyed = sum(_destroy(file, at) for file in files_to_destroy(at=at))
    return QuarantineSwept(locked, destroyed)


def _lock(file: HeldFile, at: datetime) -> bool:
    """Looked at once more afterwards: the same bytes may have come again in that very moment."""
    if _is_in_use(file):
        return False
    blobs = blobs_of(file.institution_id)
    blobs.lock_away(file.sha256)
    if _is_in_use(file):
        blobs.unlock(file.sha256)
        return False
    note_locked(file, at=at)
    return True


def _destroy(file: HeldFile, at: datetime) -> bool:
    """The bytes first: what is noted as destroyed is no more, even after a crash in between."""
    bytes_left = _why_kept(file)
    if not bytes_left:
        blobs = blobs_of(file.institution_id)
        blobs.delete(file.sha256)
        blobs.forget_locked(file.sha256)
    note_destroyed(file, bytes_left, at=at)
    return True


def _why_kept(file: HeldFile) -> str:
    if is_held_elsewhere(file):
        return HELD_FOR_OTHERS
    return IN_USE if _is_in_use(file) else ""


def _is_in_use(file: HeldFile) -> bool:
    """Whether anything but refused files refers to these bytes of the institution."""
    return any(
        _rows(each).filter(**{each.field: file.sha256, each.keeper: file.institution_id}).exists()
        for each in REFERENCES
    )


def _rows(reference: Reference) -> QuerySet[Any]:
    model: type[Model] = reference.model
    if model is LetterAttachment:
        return LetterAttachment.objects.exclude(letter__intake__state=IntakeState.REFUSED)
    if model is DraftAttachment:
        open_ones = DraftAttachment.objects.exclude(state=AttachmentState.REFUSED)
        return open_ones.exclude(draft__state=DraftState.SENT)
    return model._default_manager.all()  # noqa: SLF001 - Django's documented model API
