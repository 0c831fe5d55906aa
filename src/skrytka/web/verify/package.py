"""The whole copy of a letter as it was downloaded: the receipt and the files it speaks of in a ZIP.

Nothing is unpacked to disk. An archive is somebody's file: how much comes out of it is counted
while it comes, whatever its directory says.
"""

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Final
from zlib import error as ZlibError  # noqa: N812 - named as the exception that it is

from skrytka.web.verify.limits import DOCUMENTS, DOCUMENTS_BYTES, RECEIPT_BYTES

BEGINNING: Final = b"PK\x03\x04"
DOCUMENT: Final = "pismo.xml"
ATTACHMENTS: Final = "zalaczniki"
# Document, receipt, its reading copy and the digests beside the attachments.
MOST_MEMBERS: Final = DOCUMENTS + 10
CHUNK: Final = 1 << 20
BROKEN: Final = (
    zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError,
    OSError, ValueError, ZlibError,
)  # fmt: skip


@dataclass(frozen=True)
class Package:
    """The receipt, and the SHA-256 of each document of the letter by its name."""

    receipt: bytes
    documents: dict[str, str]


class NotAPackageError(Exception):
    """The archive cannot be read, is too much, or holds no receipt."""


def is_package(file: IO[bytes]) -> bool:
    """This will look at the beginning, whatever the name says, and go back to it."""
    file.seek(0)
    beginning = file.read(len(BEGINNING))
    file.seek(0)
    return beginning == BEGINNING


def read_package(file: IO[bytes]) -> Package:
    """This will take the receipt and the digests out of the archive. Raises NotAPackageError."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _read(archive)
    except BROKEN as error:
        raise NotAPackageError from error


def _read(archive: zipfile.ZipFile) -> Package:
    members = [member for member in archive.infolist() if not member.is_dir()]
    receipts = [member for member in members if _is_receipt(member.filename)]
    if len(members) > MOST_MEMBERS or len(receipts) != 1:
        raise NotAPackageError
    documents: dict[str, str] = {}
    left = DOCUMENTS_BYTES
    for member in filter(lambda one: _is_document(one.filename), members):
        digest, size = _digest(archive, member, left)
        left -= size
        documents[member.filename] = digest
    return Package(_receipt(archive, receipts[0]), documents)


def _is_document(name: str) -> bool:
    path = PurePosixPath(name)
    return name == DOCUMENT or path.parts[:1] == (ATTACHMENTS,)


def _is_receipt(name: str) -> bool:
    path = PurePosixPath(name)
    return len(path.parts) == 1 and path.suffix.lower() == ".xml" and name != DOCUMENT


def _receipt(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with archive.open(member) as stream:
        data = stream.read(RECEIPT_BYTES + 1)
    if len(data) > RECEIPT_BYTES:
        raise NotAPackageError
    return data


def _digest(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > left:
                raise NotAPackageError
            digest.update(chunk)
    return digest.hexdigest(), size
