"""Revocation lists fetched from where authorities publish them, and kept for a while.

What is fetched is not verified here: whoever judges takes a list only when its issuer signed it.
The addresses stand in certificates under a trusted anchor, and still none may lead into the
operator's own network.
"""

import os
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit
from urllib.request import Request

from skrytka.gateways.bounded_http import BoundedHttp, NotAnsweredError

LARGEST = 16 * 1024 * 1024
TIMEOUT_SECONDS = 10.0
FRESH_SECONDS = 3600.0
MOST_ASKED = 8
SCHEMES = frozenset({"http", "https"})


class RevocationLists(Protocol):
    """A source of revocation lists. What it returns is not verified in any way."""

    def fetch(self, addresses: Iterable[str]) -> tuple[bytes, ...]:
        """This will return the lists that could be had, in DER; it raises nothing."""
        ...


@dataclass(frozen=True)
class NoRevocationLists:
    """The operator did not allow the network: nothing is fetched."""

    def fetch(self, addresses: Iterable[str]) -> tuple[bytes, ...]:  # noqa: ARG002 - the Protocol's
        """This will return nothing."""
        return ()


def is_public(host: str) -> bool:
    """This will tell whether every address of a host lies in the public network."""
    try:
        found = socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        return False
    return bool(found) and all(ip_address(each[4][0]).is_global for each in found)


@dataclass(frozen=True)
class HttpRevocationLists:
    """Lists over HTTP, asked for anew after an hour.

    ``folder`` keeps every list that was handed out by its digest, for good: a verdict names by
    digest what it rests on. Beside them a note for each address says which list it gave last.
    Where none can be had anew, that one is handed out, however old: it says itself until when it
    counts. May be used from any thread and from several processes.
    """

    folder: Path
    may_ask: Callable[[str], bool] = is_public
    http: BoundedHttp = field(default_factory=lambda: BoundedHttp(LARGEST, TIMEOUT_SECONDS))
    fresh_seconds: float = FRESH_SECONDS

    def fetch(self, addresses: Iterable[str]) -> tuple[bytes, ...]:
        asked = list(dict.fromkeys(addresses))[:MOST_ASKED]
        return tuple(dict.fromkeys(self._lists(asked)))

    def _lists(self, addresses: list[str]) -> Iterator[bytes]:
        for address in addresses:
            note = self.folder / f"{sha256(address.encode()).hexdigest()}.last"
            if not self._is_fresh(note):
                self._renew(note, address)
            try:
                yield self._kept(note.read_text()).read_bytes()
            except FileNotFoundError:
                continue

    def _kept(self, digest: str) -> Path:
        return self.folder / f"{digest}.crl"

    def _is_fresh(self, note: Path) -> bool:
        try:
            return time.time() - note.stat().st_mtime < self.fresh_seconds
        except FileNotFoundError:
            return False

    def _renew(self, note: Path, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in SCHEMES or not self.may_ask(parts.hostname or ""):
            return
        try:
            found = self.http.ask(Request(address))  # noqa: S310  # http or https, a public host
        except NotAnsweredError:
            return
        digest = sha256(found).hexdigest()
        self.folder.mkdir(parents=True, exist_ok=True)
        _write(self._kept(digest), found)
        _write(note, digest.encode())


def _write(path: Path, data: bytes) -> None:
    """This will write a file so that nobody ever reads half of it."""
    written = path.with_suffix(f".{os.getpid()}-{time.monotonic_ns()}")
    written.write_bytes(data)
    written.replace(path)
