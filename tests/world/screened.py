"""Scanners that learn, and letters on which they change their mind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from skrytka.accounts.models import Box, Institution, User
from skrytka.gateways.installed import installed
from skrytka.gateways.malware import Finding, MarkScanner, ScannerSilentError, ScanResult, Silent
from skrytka.ledger.operations import Actor
from skrytka.letters.models import Letter
from skrytka.letters.operations.documents import freeze_document
from skrytka.letters.operations.signing import send_unsigned
from skrytka.letters.operations.submission import submit_letter
from tests.world.attachments import added, scan_with
from tests.world.files import txt
from tests.world.letters import LATER, written_draft

WORM = b"robak"
OLD = MarkScanner(b"nothing has this mark", "mark, baza 1")
NEW = MarkScanner(WORM, "mark, baza 2")


@dataclass(frozen=True)
class SilentOn:
    """A scanner that answers for everything but one file."""

    mark: bytes
    engine: str = "shy, baza 2"

    def scan(self, chunks: Iterable[bytes]) -> ScanResult:
        if self.mark in b"".join(chunks):
            raise ScannerSilentError
        return ScanResult(Finding.CLEAN, self.engine)

    def in_use(self) -> str:
        return self.engine


def letter_with(author: User, institution: Institution, **files: bytes) -> Letter:
    """A letter sent with text files and no signature: letter_with(anna, cuw, faktura=b"...")."""
    return letter_sent_at(LATER, author, institution, files)


def letter_sent_at(
    sent_at: datetime, author: User, institution: Institution, files: Mapping[str, bytes]
) -> Letter:
    Box.objects.filter(institution=institution).update(accepts_unsigned=True)
    draft = written_draft(author, institution)
    for name, data in files.items():
        added(draft, f"{name}.txt", data)
    freeze_document(draft.id, at=LATER)
    send_unsigned(draft.id)
    sent = submit_letter(draft.id, actor=Actor(str(author.pk)), at=sent_at)
    return Letter.objects.get(id=sent.letter_id)


def letter_in_waiting(author: User, institution: Institution, **files: bytes) -> Letter:
    """A letter that came while the scanner was silent; afterwards the earlier one answers."""
    before = installed().malware
    scan_with(Silent())
    letter = letter_with(author, institution, **(files or {"faktura": txt()}))
    scan_with(before)
    return letter


def wormy(text: str = "") -> bytes:
    return txt() + WORM + text.encode()


def renamed(scanner: MarkScanner, engine: str) -> MarkScanner:
    return replace(scanner, engine=engine)
