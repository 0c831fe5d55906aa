"""The lists this installation uses: the bytes they were verified from, and the file judges read.

`DATA/trusted-lists/` holds every list in use under its territory, the pivots of the list of lists,
and what is written from them for judging. All of it can be made again from the lists' addresses.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from skrytka.core.signatures.lists.listed import SnapshotIdentity
from skrytka.core.signatures.lists.pivots import Certificates
from skrytka.core.signatures.lists.snapshot import ListBytes, Snapshot
from skrytka.gateways.kept_lists import read_kept, replace_file, write_kept
from skrytka.gateways.lists_folder import read_certificates, read_lists

_KEPT = "lists.kept"


@dataclass(frozen=True)
class ListsStore:
    """Where the lists are kept; ``pins`` holds the certificates trusted to sign, as `*.pem`."""

    folder: Path
    pins: Path

    @property
    def kept(self) -> Path:
        """The file that judging processes read; it is not there before the first lists came."""
        return self.folder / _KEPT

    def identity(self) -> SnapshotIdentity | None:
        """This will say which lists are in use. Raises OSError and ValueError."""
        kept = read_kept(self.kept)
        return kept.identity if kept else None

    def pinned(self) -> Certificates:
        """This will read whom the operator trusts to sign. Raises OSError and ValueError."""
        return read_certificates(self.pins)

    def snapshot(self) -> Snapshot | None:
        """This will verify the lists in use again, as of when they were taken into use.

        None before the first lists, and when what was kept is of another release or broken: then
        everything is taken anew. Raises OSError and ValueError for lists that cannot be read.
        """
        try:
            identity = self.identity()
        except ValueError:
            return None
        if identity is None:
            return None
        return read_lists(self.folder, identity.taken_at, self.pinned())

    def replace(self, snapshot: Snapshot, given: ListBytes) -> None:
        """This will put lists in use: only those that the snapshot took. Raises OSError."""
        top = (given.list_of_lists,) if given.list_of_lists is not None else ()
        held = _by_digest((*top, *given.national.values()))
        for edition in snapshot.identity.editions:
            if edition.sha256 in held:
                replace_file(self.folder / f"{edition.territory}.xml", held[edition.sha256])
        taken = snapshot.list_of_lists
        pivots = given.pivots if taken and taken.sha256 in held else {}
        for address, data in pivots.items():
            replace_file(self.folder / f"{_last_part(address)}.xml", data)
        write_kept(snapshot, self.kept)


def _by_digest(lists: Iterable[bytes]) -> Mapping[str, bytes]:
    return {sha256(data).hexdigest(): data for data in lists}


def _last_part(address: str) -> str:
    """Pivots are named by verified lists, but a name is never a way out of the folder."""
    name = urlsplit(address).path.rsplit("/", 1)[-1]
    return name.removesuffix(".xml").lstrip(".") or "pivot"
