"""Where in a tree of archives a file lies, and what the whole tree has taken so far."""

from dataclasses import dataclass, field, replace

from skrytka.letters.screening.archives import Listing
from skrytka.letters.screening.policy import ArchiveLimits


@dataclass
class Tally:
    """Entries and unpacked bytes of every archive of one file, counted before they are unpacked."""

    entries: int = 0
    unpacked: int = 0

    def take(self, listing: Listing) -> None:
        self.entries += listing.entries
        self.unpacked += listing.unpacked


@dataclass(frozen=True)
class Nest:
    """How many archives lie around a file, and how many folders with them."""

    archives: int = 0
    folders: int = 0
    tally: Tally = field(default_factory=Tally)

    def inside(self, folders: int) -> "Nest":
        """This will step into an archive that lies that many folders deep in this one."""
        return replace(self, archives=self.archives + 1, folders=self.folders + folders + 1)

    def left_of(self, limits: ArchiveLimits) -> ArchiveLimits:
        """This will return what the tree may still take: the limits of the next archive in it."""
        return replace(
            limits,
            entries=limits.entries - self.tally.entries,
            unpacked_bytes=limits.unpacked_bytes - self.tally.unpacked,
            depth=limits.depth - self.folders,
            nesting=limits.nesting - self.archives,
        )
