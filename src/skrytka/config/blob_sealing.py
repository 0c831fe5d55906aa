"""What an earlier release stored unencrypted goes to the blobs of whoever refers to it, encrypted.

Reading finds the bytes in the old place and in the new one, so this may run beside everything else;
cut off at any moment, run again it goes on.
"""

import logging
from dataclasses import dataclass

from skrytka.config.blob_references import keepers_of
from skrytka.gateways.blobs import BlobDamagedError, BlobMissingError, InstitutionId
from skrytka.gateways.installed import blobs_of, installed

log = logging.getLogger("skrytka.blobs")


@dataclass(frozen=True)
class Sealed:
    """How many old blobs were encrypted, and how many stay because they are damaged."""

    sealed: int = 0
    damaged: int = 0


def seal_old_blobs() -> Sealed:
    """This will encrypt every blob of an earlier release and remove the unencrypted one.

    What no row names goes to the installation's own blobs, where the sweep finds it. A blob that
    is not what its name says stays where it is: `skrytka doctor --blobs` names it.
    """
    sealed, damaged = 0, 0
    for digests in installed().blobs.plain.digests():
        keepers = keepers_of(digests)
        for sha256 in digests:
            if _seal(sha256, keepers.get(sha256, {None})):
                sealed += 1
            else:
                damaged += 1
    return Sealed(sealed, damaged)


def _seal(sha256: str, keepers: set[InstitutionId]) -> bool:
    old_blobs = installed().blobs.plain
    try:
        for institution_id in keepers:
            blobs_of(institution_id).take_from(old_blobs, sha256)
    except BlobMissingError:
        return True  # another process was faster
    except BlobDamagedError:
        log.error("blob_damaged sha256=%s", sha256)  # noqa: TRY400 - the digest says it all
        return False
    old_blobs.delete(sha256)
    return True
