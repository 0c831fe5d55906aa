"""Where trusted lists come from: a folder the operator fills, or the addresses of the lists."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit
from urllib.request import Request

from skrytka.gateways.bounded_http import BoundedHttp, NotAnsweredError

LARGEST = 32 * 1024 * 1024
TIMEOUT_SECONDS = 30.0


class ListNotFetchedError(Exception):
    """The list was not fetched; the message says why."""


class TrustedLists(Protocol):
    """A source of lists. What it returns is not verified in any way."""

    def fetch(self, address: str) -> bytes:
        """This will return the bytes at an address. Raises `ListNotFetchedError`."""


@dataclass(frozen=True)
class MemoryLists:
    """Lists kept in memory, by address."""

    lists: Mapping[str, bytes] = field(default_factory=dict)

    def fetch(self, address: str) -> bytes:
        """This will return the bytes at an address. Raises `ListNotFetchedError`."""
        if address not in self.lists:
            raise ListNotFetchedError("not there")
        return self.lists[address]


@dataclass(frozen=True)
class FolderLists:
    """A folder that holds each list under the last part of its address, as ``eu-lotl.xml``."""

    folder: Path
    largest: int = LARGEST

    def fetch(self, address: str) -> bytes:
        """This will return the file of that name. Raises `ListNotFetchedError`."""
        name = Path(unquote(urlsplit(address).path)).name
        path = self.folder / name
        if not name or not path.is_file():
            raise ListNotFetchedError("not there")
        if path.stat().st_size > self.largest:
            raise ListNotFetchedError("too large")
        return path.read_bytes()


@dataclass(frozen=True)
class HttpLists:
    """The addresses themselves, over https alone; no redirect is followed.

    Ask only for addresses from verified pointers and from settings.
    """

    http: BoundedHttp = field(default_factory=lambda: BoundedHttp(LARGEST, TIMEOUT_SECONDS))

    def fetch(self, address: str) -> bytes:
        """This will fetch an address. Raises `ListNotFetchedError`."""
        if urlsplit(address).scheme != "https":
            raise ListNotFetchedError("only https")
        try:
            return self.http.ask(Request(address))  # noqa: S310  # https
        except NotAnsweredError as error:
            raise ListNotFetchedError(str(error)) from error
