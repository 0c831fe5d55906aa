"""Every blob read to its end, and every row that names one: what is damaged, missing, too many.

A blob at a time goes through, a few hundred digests are in memory at most. It may run beside
everything else: what is deleted or comes meanwhile is no fault.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from skrytka.config.blob_references import every_mention, keepers_of, referred_in
from skrytka.gateways.blobs import (
    BlobDamagedError,
    BlobKeysUnusableError,
    BlobMissingError,
    InstitutionId,
    scope_name,
)
from skrytka.gateways.installed import blobs_of, installed

NOBODY = "nobody refers to it"


class BlobFault(StrEnum):
    """What is wrong with a blob. UNREFERRED is none: the sweep takes it within two days."""

    DAMAGED = "DAMAGED"
    MISSING = "MISSING"
    UNREFERRED = "UNREFERRED"
    UNSEALED = "UNSEALED"


@dataclass(frozen=True)
class BlobFinding:
    """One blob and what is wrong with it; `row` names who refers to a missing one."""

    fault: BlobFault
    scope: str
    sha256: str
    text: str = ""
    row: str = ""


@dataclass
class BlobCount:
    """What was looked at: blobs and their bytes, and rows that name one."""

    blobs: int = 0
    bytes: int = 0
    rows: int = 0


def check_blobs(count: BlobCount, pace: Callable[[int], None]) -> Iterator[BlobFinding]:
    """This will yield what is wrong, and count on; `pace` is told of every few bytes read.

    Raises BlobNotStoredError when the store cannot be reached.
    """
    for institution_id in installed().blobs.scopes():
        yield from _scope(institution_id, count, pace)
    yield from _unsealed(count, pace)
    yield from _missing(count)


def _scope(
    institution_id: InstitutionId, count: BlobCount, pace: Callable[[int], None]
) -> Iterator[BlobFinding]:
    blobs, scope = blobs_of(institution_id), scope_name(institution_id)
    for digests in blobs.stored():
        for sha256 in digests:
            text = _damage(blobs.stream, sha256, count, pace)
            if text:
                yield BlobFinding(BlobFault.DAMAGED, scope, sha256, text)
        for sha256 in sorted(set(digests) - referred_in(institution_id, digests)):
            yield BlobFinding(BlobFault.UNREFERRED, scope, sha256)


def _unsealed(count: BlobCount, pace: Callable[[int], None]) -> Iterator[BlobFinding]:
    """What an earlier release left, whose names say what they are to be."""
    old_blobs = installed().blobs.plain
    for digests in old_blobs.digests():
        keepers = keepers_of(digests)
        for sha256 in digests:
            text = _damage(old_blobs.stream, sha256, count, pace)
            fault = BlobFault.DAMAGED if text else BlobFault.UNSEALED
            yield BlobFinding(fault, "", sha256, text or ("" if sha256 in keepers else NOBODY))


def _damage(
    stream: Callable[[str], Iterator[bytes]],
    sha256: str,
    count: BlobCount,
    pace: Callable[[int], None],
) -> str:
    """Why a blob is not what its name says; empty for a whole one, and for one just deleted."""
    digest = hashlib.sha256()
    count.blobs += 1
    try:
        for chunk in stream(sha256):
            digest.update(chunk)
            count.bytes += len(chunk)
            pace(len(chunk))
    except BlobMissingError:
        return ""
    except (BlobDamagedError, BlobKeysUnusableError) as error:
        return str(error)
    return "" if digest.hexdigest() == sha256 else "other content than its name says"


def _missing(count: BlobCount) -> Iterator[BlobFinding]:
    for one in every_mention():
        count.rows += 1
        if not blobs_of(one.institution_id).has(one.sha256) and one.still_stands():
            scope, row = scope_name(one.institution_id), f"{one.reference} {one.row_id}"
            yield BlobFinding(BlobFault.MISSING, scope, one.sha256, row=row)
