"""The antivirus engine of the operator: ClamAV's daemon, asked by INSTREAM.

A file that clamd is too small for, or gave up on, is one it cannot tell about: silence. By default
clamd calls what it skips clean; only with `AlertExceedsMax` it says so. So before it is believed,
it is handed an archive in an archive in an archive, deeper than it goes, and must say that it
stopped. The findings of a clamd that does not still count; its clean is silence.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from threading import BoundedSemaphore
from time import monotonic
from typing import Self
from zipfile import ZipFile

from skrytka.gateways.clamd_wire import ClamdAddress, ClamdSession, ClamdVersion, Patience
from skrytka.gateways.malware import Finding, ScannerSilentError, ScanResult
from skrytka.gateways.turns import TURNS

# Debian's clamd scans on 12 threads; more at once would only wait inside it.
MOST_AT_ONCE = 8
# Clamd reads its settings when it starts: one that was started anew is asked again soon.
BELIEVED_FOR_SECONDS = 60
# By default clamd goes 17 archives deep. One that is set to go deeper than this is not believed.
DEEPER_THAN_ANY = 120
FOUND = re.compile(r"stream: (\S+) FOUND")
CLEAN = "stream: OK"
GAVE_UP = "Heuristics.Limits.Exceeded"
SKIPS = "clamd calls clean what it skips: set AlertExceedsMax yes"


def finding_of(word: str) -> str:
    """This will return the name of what was found, empty for a clean file.

    Raises ScannerSilentError where clamd gave up on the file, or said anything else.
    """
    if word == CLEAN:
        return ""
    match = FOUND.fullmatch(word)
    if match is None:
        raise ScannerSilentError("clamd gives no verdict")
    if gave_up(word):
        raise ScannerSilentError(f"clamd gave up: {match[1]}")
    return match[1]


def gave_up(word: str) -> bool:
    """This will tell whether clamd says that it went no further into a file."""
    return (match := FOUND.fullmatch(word)) is not None and match[1].startswith(GAVE_UP)


@cache
def too_deep() -> bytes:
    """This will return a small archive that nests deeper than a clamd in its senses goes."""
    data = b"skrytka"
    for _ in range(DEEPER_THAN_ANY):
        whole = BytesIO()
        with ZipFile(whole, "w") as archive:
            archive.writestr("a.zip", data)
        data = whole.getvalue()
    return data


@dataclass
class ClamdScanner:
    """Scans by a running clamd, a connection for each file and a few files at once."""

    address: ClamdAddress
    patience: Patience = field(default_factory=Patience)
    _places: BoundedSemaphore = field(
        init=False, default_factory=lambda: BoundedSemaphore(MOST_AT_ONCE)
    )
    _believed_until: float = field(init=False, default=0)

    def scan(self, chunks: Iterable[bytes]) -> ScanResult:
        """This will have one file scanned. Raises ScannerSilentError."""
        with self.stream() as stream:
            for _ in stream.passing(chunks):
                if stream.is_silent:
                    break
            return stream.answer()

    def in_use(self) -> str:
        """This will name engine and database of the running clamd. Raises ScannerSilentError."""
        return self.version().name

    def version(self) -> ClamdVersion:
        """This will ask clamd for engine and database. Raises ScannerSilentError."""
        with ClamdSession(self.address, self.patience) as session:
            return session.version()

    def stream(self) -> "ClamdStream":
        """This will prepare a file on its way to clamd; use it in a `with` block."""
        return ClamdStream(self)

    @contextmanager
    def session(self) -> Iterator[ClamdSession]:
        """This will connect when there is a place. Raises ScannerSilentError."""
        self._take_place()
        try:
            with ClamdSession(self.address, self.patience) as session:
                yield session
        finally:
            self._places.release()

    def _take_place(self) -> None:
        if self._places.acquire(blocking=False):
            return
        with TURNS.aside():
            has_place = self._places.acquire(timeout=self.patience.place)
        if not has_place:
            raise ScannerSilentError("clamd has too much to do")

    def is_candid(self, session: ClamdSession) -> bool:
        """This will tell whether clamd says what it skips, by what it said a moment ago or now.

        Raises ScannerSilentError where it gives no answer.
        """
        if monotonic() < self._believed_until:
            return True
        session.begin()
        session.send(too_deep())
        if not gave_up(session.verdict()):
            return False
        self._believed_until = monotonic() + BELIEVED_FOR_SECONDS
        return True


class ClamdStream:
    """One file on its way to clamd, beside whoever else reads the same bytes.

    Silence on the way is kept for `answer`, so that the others may read on.
    """

    def __init__(self, scanner: ClamdScanner) -> None:
        self._scanner, self._silence = scanner, ""
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with self._kept():
            self._session = self._stack.enter_context(self._scanner.session())
            self._version = self._session.version()
            self._is_candid = self._scanner.is_candid(self._session)
            self._session.begin()
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    @property
    def is_silent(self) -> bool:
        return bool(self._silence)

    def passing(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """This will hand on the chunks, and each to clamd before."""
        for chunk in chunks:
            if not self._silence:
                with self._kept():
                    self._session.send(chunk)
            yield chunk

    def answer(self) -> ScanResult:
        """This will end the file and return the verdict. Raises ScannerSilentError."""
        if self._silence:
            raise ScannerSilentError(self._silence)
        rule = finding_of(self._session.verdict())
        if not rule and not self._is_candid:
            raise ScannerSilentError(SKIPS)
        finding = Finding.MALWARE if rule else Finding.CLEAN
        return ScanResult(finding, self._version.name, rule)

    @contextmanager
    def _kept(self) -> Iterator[None]:
        try:
            yield
        except ScannerSilentError as silence:
            self._silence = str(silence) or "clamd is silent"
