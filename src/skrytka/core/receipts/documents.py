"""The files that a receipt speaks of, compared with the files that a person holds."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from skrytka.core.receipts.facts import ReceiptAttachment, UpdFacts
from skrytka.core.signatures.evidence import Cover
from skrytka.core.signatures.words import Scope


class DocumentState(StrEnum):
    MATCHES = "MATCHES"
    DIFFERS = "DIFFERS"
    NOT_GIVEN = "NOT_GIVEN"


@dataclass(frozen=True)
class DocumentCheck:
    """One file: ``name`` is the receipt's, or the given one's when the receipt knows no such file.

    ``sha256`` is what the receipt states; ``given`` the name under which a file was handed in.
    """

    name: str
    sha256: str | None
    state: DocumentState
    given: str | None


@dataclass(frozen=True)
class StatedFile:
    """A file as a receipt states it: its name and its SHA-256 in 64 hex."""

    name: str
    sha256: str


def compare_documents(
    stated: tuple[StatedFile, ...], documents: Mapping[str, bytes | str]
) -> tuple[DocumentCheck, ...]:
    """This will compare each file the receipt states with those given, by digest.

    People rename files, so a file is known by its digest first, then by its name. A file that
    fits nothing differs: it is never passed over. ``documents`` maps names to bytes, or to their
    SHA-256 in hex.
    """
    given = {name: _digest(value) for name, value in documents.items()}
    checks = tuple(_check(item, given) for item in stated)
    known = {check.given for check in checks} | {
        name for name, digest in given.items() if digest in {item.sha256 for item in stated}
    }
    strangers = (name for name in given if name not in known)
    return checks + tuple(
        DocumentCheck(name, None, DocumentState.DIFFERS, name) for name in strangers
    )


def stated_by_seal(
    covers: tuple[Cover, ...], attachments: tuple[ReceiptAttachment, ...]
) -> tuple[StatedFile, ...]:
    """This will list the files that the seal itself covers, and those that only the text names."""
    detached = tuple(
        StatedFile(cover.name, cover.sha256)
        for cover in covers
        if cover.scope is Scope.DIGEST and cover.sha256
    )
    return _with(detached, attachments)


def stated_by_text(facts: UpdFacts) -> tuple[StatedFile, ...]:
    """This will list the files of an UPD, whose signatures cover the receipt and no file beside."""
    digest = facts.document_sha256
    document = (StatedFile(facts.document_id, digest),) if digest else ()
    return _with(document, facts.attachments)


def _with(
    first: tuple[StatedFile, ...], attachments: tuple[ReceiptAttachment, ...]
) -> tuple[StatedFile, ...]:
    known = {item.sha256 for item in first}
    named = (StatedFile(item.file_name, item.sha256) for item in attachments)
    return (*first, *(item for item in named if item.sha256 not in known))


def _check(item: StatedFile, given: Mapping[str, str]) -> DocumentCheck:
    if given.get(item.name) not in {None, item.sha256}:
        return DocumentCheck(item.name, item.sha256, DocumentState.DIFFERS, item.name)
    fitting = next((name for name, digest in given.items() if digest == item.sha256), None)
    state = DocumentState.NOT_GIVEN if fitting is None else DocumentState.MATCHES
    return DocumentCheck(item.name, item.sha256, state, fitting)


def _digest(value: bytes | str) -> str:
    return value.lower() if isinstance(value, str) else hashlib.sha256(value).hexdigest()
