"""Where trusted lists come from: a folder the operator fills, or the addresses of the lists."""

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Protocol
from urllib.parse import unquote, urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

LARGEST = 32 * 1024 * 1024
TIMEOUT_SECONDS = 30.0
_CHUNK = 64 * 1024


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

    Ask only for addresses from verified pointers and from settings. ``largest`` is in bytes,
    ``timeout`` in seconds for the whole list.
    """

    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    largest: int = LARGEST
    timeout: float = TIMEOUT_SECONDS

    def fetch(self, address: str) -> bytes:
        """This will fetch an address. Raises `ListNotFetchedError`."""
        if urlsplit(address).scheme != "https":
            raise ListNotFetchedError("only https")
        opener = build_opener(HTTPSHandler(context=self.context), _NoRedirect)
        ends_at = time.monotonic() + self.timeout
        try:
            with opener.open(Request(address), timeout=self.timeout) as response:  # noqa: S310  # https
                return self._read(response, ends_at)
        except (OSError, HTTPException, ValueError) as error:
            raise ListNotFetchedError(type(error).__name__) from error

    def _read(self, response: IO[bytes], ends_at: float) -> bytes:
        """This will read within the limits: a slow server does not hold the others up."""
        data = bytearray()
        while chunk := response.read(_CHUNK):
            data += chunk
            if len(data) > self.largest:
                raise ListNotFetchedError("too large")
            if time.monotonic() > ends_at:
                raise ListNotFetchedError("too slow")
        return bytes(data)


class _NoRedirect(HTTPRedirectHandler):
    """A redirect would lead where no verified list points."""

    def redirect_request(  # the signature is the standard library's
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """This will refuse to follow."""
