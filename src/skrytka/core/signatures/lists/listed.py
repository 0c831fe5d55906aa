"""What a validation asks of trusted lists: services by certificate, and which lists they came from.

A snapshot answers, and so does one that was kept in a file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Protocol

from skrytka.core.signatures.lists.index import ServiceIndex


@dataclass(frozen=True)
class ListEdition:
    """One list as it was read; ``sha256`` is of its bytes, ``next_update`` None: a closed list."""

    territory: str
    sequence: int
    issued_at: datetime
    next_update: datetime | None
    sha256: str

    def is_stale_at(self, time: datetime) -> bool:
        """This will tell whether a newer edition should have been there (TS 119 612 §5.3.15)."""
        return self.next_update is not None and self.next_update < time


@dataclass(frozen=True)
class SnapshotIdentity:
    """Which lists stood behind a verdict, so that it can be replayed.

    ``missing`` are the territories whose list was not there or not fit for use; ``refused`` those
    whose list was not either, but an earlier one serves on.
    """

    taken_at: datetime
    editions: Sequence[ListEdition]
    missing: Sequence[str] = ()
    refused: Sequence[str] = ()

    @property
    def sha256(self) -> str:
        """The digest of all editions: the same lists have the same, whenever they were read."""
        lines = (f"{one.territory} {one.sequence} {one.sha256}\n" for one in self.editions)
        return sha256("".join(lines).encode()).hexdigest()

    def edition(self, territory: str) -> ListEdition | None:
        """This will return the list of a territory, if there is one."""
        return next((one for one in self.editions if one.territory == territory), None)


@dataclass(frozen=True)
class ListedService:
    """The trust service by which a certificate was judged, in its state at the signature."""

    territory: str
    provider: str
    name: str
    type: str
    status: str
    since: datetime


class ListedServices(Protocol):
    """Verified lists, ready to be asked."""

    @property
    def identity(self) -> SnapshotIdentity:
        """This will say which lists these are."""
        ...

    @property
    def index(self) -> ServiceIndex:
        """This will lead from a certificate or a name to services."""
        ...
