"""The latest pictures, in memory: a page shows one a moment after it was drawn to be counted.

Never on the disk, where files of letters may lie encrypted.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

Key = tuple[str, str, int]


@dataclass(frozen=True)
class RenderedPage:
    """A page as a picture (PNG), its size in pixels, and how many pages its file has."""

    png: bytes
    pages: int
    width: int
    height: int


@dataclass
class RecentPages:
    """Pictures by digest, type and page; the one asked for longest ago leaves first."""

    most: int
    _pages: OrderedDict[Key, RenderedPage] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def find(self, key: Key) -> RenderedPage | None:
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def keep(self, key: Key, page: RenderedPage) -> None:
        with self._lock:
            self._pages[key] = page
            while self.size > self.most:
                self._pages.popitem(last=False)

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return sum(len(page.png) for page in self._pages.values())
