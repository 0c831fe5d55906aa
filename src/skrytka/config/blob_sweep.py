"""Bytes that nothing refers to any more: removed attachments, purged drafts, older versions.

Nothing is deleted at once. A blob that no row refers to
and that is older than a day is set aside, where reading still finds it; only what a later sweep, a
day on, finds unreferred still is deleted. A person who adds the very same bytes at the moment of a
sweep therefore loses nothing: their row stands long before that day is over, and the next sweep
brings the bytes back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from skrytka.config.blob_references import referred_in
from skrytka.gateways.blobs import InstitutionId
from skrytka.gateways.installed import blobs_of, installed

KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Swept:
    """How many blobs were set aside, brought back and deleted."""

    set_aside: int = 0
    brought_back: int = 0
    deleted: int = 0

    def __add__(self, other: "Swept") -> "Swept":
        return Swept(
            self.set_aside + other.set_aside,
            self.brought_back + other.brought_back,
            self.deleted + other.deleted,
        )


def sweep_blobs(*, at: datetime) -> Swept:
    """This will set aside what nothing refers to, and delete what was set aside a day ago.

    A blob of a letter is always referred to: rows of letters cannot be deleted. Each scope is swept
    by itself: what one institution still needs another may be rid of. Run again at any moment, or
    cut off at any, it only goes on.
    """
    swept = Swept()
    for institution_id in installed().blobs.scopes():
        brought_back, deleted = _settle_aside(institution_id, at)
        swept += Swept(_set_aside(institution_id, at), brought_back, deleted)
    return swept


def _settle_aside(institution_id: InstitutionId, at: datetime) -> tuple[int, int]:
    blobs = blobs_of(institution_id)
    brought_back, deleted = 0, 0
    for found in blobs.aside():
        referred = referred_in(institution_id, (sha256 for sha256, _since in found))
        for sha256, since in found:
            if sha256 in referred:
                blobs.bring_back(sha256)
                brought_back += 1
            elif since <= at - KEPT:
                blobs.forget_aside(sha256)
                deleted += 1
    return brought_back, deleted


def _set_aside(institution_id: InstitutionId, at: datetime) -> int:
    blobs = blobs_of(institution_id)
    count = 0
    for digests in blobs.older_than(at - KEPT):
        for sha256 in set(digests) - referred_in(institution_id, digests):
            blobs.set_aside(sha256, at=at)
            count += 1
    return count
