"""Revocation lists and answers (OCSP), fetched from where authorities publish them, and kept.

What is fetched is not verified here: whoever judges takes it only when its authority signed it.
The addresses stand in certificates under a trusted anchor, and still none may lead into the
operator's own network.
"""

import os
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
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
OCSP = {"Content-Type": "application/ocsp-request", "Accept": "application/ocsp-response"}


@dataclass(frozen=True)
class Asked:
    """Something to be had at an address: what lies there, or the answer to a request in DER."""

    address: str
    request: bytes | None = None

    @property
    def name(self) -> str:
        """This will return the name under which what came last is noted."""
        return sha256(self.address.encode() + b"\0" + (self.request or b"")).hexdigest()

    @property
    def as_http(self) -> Request:
        if self.request is None:
            return Request(self.address)  # noqa: S310  # the scheme was looked at
        return Request(self.address, data=self.request, headers=OCSP)  # noqa: S310


class RevocationSource(Protocol):
    """A source of revocation data. What it returns is not verified in any way."""

    def fetch(self, asked: Iterable[Asked]) -> tuple[bytes, ...]:
        """This will return in DER what could be had of it; it raises nothing."""
        ...


@dataclass(frozen=True)
class NoRevocationSource:
    """The operator did not allow the network: nothing is fetched."""

    def fetch(self, asked: Iterable[Asked]) -> tuple[bytes, ...]:  # noqa: ARG002 - the Protocol's
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
class HttpRevocationSource:
    """Lists and answers over HTTP, asked for anew after an hour.

    ``folder`` keeps everything that was handed out by its digest, for good: a verdict names by
    digest what it rests on. Beside it a note for each thing asked for says what came last. Where
    nothing can be had anew, that is handed out, however old: it says itself until when it counts.
    May be used from any thread and from several processes.
    """

    folder: Path
    may_ask: Callable[[str], bool] = is_public
    http: BoundedHttp = field(default_factory=lambda: BoundedHttp(LARGEST, TIMEOUT_SECONDS))
    fresh_seconds: float = FRESH_SECONDS

    def fetch(self, asked: Iterable[Asked]) -> tuple[bytes, ...]:
        several = list(dict.fromkeys(asked))[:MOST_ASKED]
        return tuple(dict.fromkeys(self._found(several)))

    def _found(self, several: list[Asked]) -> Iterator[bytes]:
        for asked in several:
            note = self.folder / f"{asked.name}.last"
            if not self._is_fresh(note):
                self._renew(note, asked)
            with suppress(OSError):
                yield self._kept(note.read_text()).read_bytes()

    def _kept(self, digest: str) -> Path:
        return self.folder / f"{digest}.der"

    def _is_fresh(self, note: Path) -> bool:
        try:
            return time.time() - note.stat().st_mtime < self.fresh_seconds
        except OSError:
            return False

    def _renew(self, note: Path, asked: Asked) -> None:
        parts = urlsplit(asked.address)
        if parts.scheme not in SCHEMES or not self.may_ask(parts.hostname or ""):
            return
        try:
            found = self.http.ask(asked.as_http)
        except NotAnsweredError:
            return
        digest = sha256(found).hexdigest()
        with suppress(OSError):  # what cannot be kept is not handed out
            self.folder.mkdir(parents=True, exist_ok=True)
            _write(self._kept(digest), found)
            _write(note, digest.encode())


def _write(path: Path, data: bytes) -> None:
    """This will write a file so that nobody ever reads half of it."""
    written = path.with_suffix(f".{os.getpid()}-{time.monotonic_ns()}")
    written.write_bytes(data)
    written.replace(path)
