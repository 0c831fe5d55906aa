"""Files on record above this room, which letters cannot know and owe the same care.

Malware found in a file of an incoming letter is malware in the letter that an institution sent with
the same bytes. Imports go down only, so `config.wiring` says here who else holds files, once in a
process, and they are asked in the transaction that found it. An effect of the outbox would leave
the file open until a worker comes; one table for the rows of both rooms would have no foreign keys.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from skrytka.gateways.blobs import InstitutionId
from skrytka.letters.screening import Verdict


class FlagBytes(Protocol):
    """Flags what the room holds of these bytes, and returns how many were not flagged yet."""

    def __call__(self, sha256: str, verdict: Verdict, *, at: datetime) -> int: ...


class HasBytes(Protocol):
    """Tells whether a file of the room needs these bytes among those of an institution.

    Of no institution: among those of any, where an earlier release left them.
    """

    def __call__(self, sha256: str, kept_by: InstitutionId) -> bool: ...


@dataclass(frozen=True)
class Holder:
    """A room with files on record."""

    flag: FlagBytes
    has: HasBytes


_HOLDERS: dict[str, Holder] = {}


def hold_files_too(room: str, holder: Holder) -> None:
    """This will have the room asked from now on; said again it changes nothing."""
    _HOLDERS[room] = holder


def flag_elsewhere(sha256: str, verdict: Verdict, *, at: datetime) -> int:
    """This will flag the bytes in every room that said so, in the caller's transaction."""
    return sum(holder.flag(sha256, verdict, at=at) for holder in _HOLDERS.values())


def is_needed_elsewhere(sha256: str, kept_by: InstitutionId) -> bool:
    """This will tell whether another room needs the bytes, which are then never deleted."""
    return any(holder.has(sha256, kept_by) for holder in _HOLDERS.values())
