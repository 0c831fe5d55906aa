"""Bytes that nothing refers to any more: removed attachments, purged drafts, older versions.

Only here are the rows of every room known. Nothing is deleted at once. A blob that no row refers to
and that is older than a day is set aside, where reading still finds it; only what a later sweep, a
day on, finds unreferred still is deleted. A person who adds the very same bytes at the moment of a
sweep therefore loses nothing: their row stands long before that day is over, and the next sweep
brings the bytes back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from skrytka.delivery.models import (
    IssuedUpd,
    OutgoingDraft,
    OutgoingFile,
    OutgoingLetter,
    OutgoingLetterFile,
)
from skrytka.gateways.installed import installed
from skrytka.letters.models import Draft, DraftAttachment, Letter, LetterAttachment

KEPT = timedelta(days=1)
# Every column that names a blob; a test compares this list with the models.
REFERENCES = (
    (Letter, "document_sha256"),
    (LetterAttachment, "sha256"),
    (Draft, "document_sha256"),
    (Draft, "signed_sha256"),
    (DraftAttachment, "sha256"),
    (OutgoingLetter, "document_sha256"),
    (OutgoingLetterFile, "sha256"),
    (OutgoingDraft, "document_sha256"),
    (OutgoingDraft, "signed_sha256"),
    (OutgoingFile, "sha256"),
    (IssuedUpd, "sha256"),
)


@dataclass(frozen=True)
class Swept:
    """How many blobs were set aside, brought back and deleted."""

    set_aside: int = 0
    brought_back: int = 0
    deleted: int = 0


def sweep_blobs(*, at: datetime) -> Swept:
    """This will set aside what nothing refers to, and delete what was set aside a day ago.

    A blob of a letter is always referred to: rows of letters cannot be deleted. Run again at any
    moment, or cut off at any, it only goes on.
    """
    brought_back, deleted = _settle_aside(at)
    return Swept(_set_aside(at), brought_back, deleted)


def _settle_aside(at: datetime) -> tuple[int, int]:
    blobs = installed().blobs
    brought_back, deleted = 0, 0
    for found in blobs.aside():
        referred = _referred(sha256 for sha256, _since in found)
        for sha256, since in found:
            if sha256 in referred:
                blobs.bring_back(sha256)
                brought_back += 1
            elif since <= at - KEPT:
                blobs.forget_aside(sha256)
                deleted += 1
    return brought_back, deleted


def _set_aside(at: datetime) -> int:
    blobs = installed().blobs
    count = 0
    for digests in blobs.older_than(at - KEPT):
        for sha256 in set(digests) - _referred(digests):
            blobs.set_aside(sha256, at=at)
            count += 1
    return count


def _referred(digests: Iterable[str]) -> set[str]:
    """Those of the digests that any row names."""
    asked = list(digests)
    found: set[str] = set()
    for model, field in REFERENCES:
        rows = model._default_manager.filter(**{f"{field}__in": asked})  # noqa: SLF001
        found |= set(rows.values_list(field, flat=True))
    return found
