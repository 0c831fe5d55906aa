"""Everything of one letter in one ZIP, sent as it is made."""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import RawIOBase

from typing_extensions import Buffer

from skrytka.core.calendar import civil_moment
from skrytka.core.documents.manifest import ManifestEntry, render_manifest
from skrytka.evidence.pdf import receipt_pdf
from skrytka.evidence.queries import StoredReceipt, check_public_receipt
from skrytka.gateways.installed import blobs_of

DOCUMENT = "pismo.xml"
MANIFEST = "manifest-sha256.txt"
Stamp = tuple[int, int, int, int, int, int]


@dataclass(frozen=True)
class PackedFile:
    """A stored file and its path in the package; size in bytes, SHA-256 in hex."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Package:
    """What one letter's package holds; `at` dates the files, a `folder` ends with a slash.

    The files lie among the blobs of the institution.
    """

    institution_id: int
    files: tuple[PackedFile, ...]
    receipt: StoredReceipt | None
    at: datetime
    folder: str = ""


def packed_chunks(packages: Iterable[Package]) -> Iterator[bytes]:
    """This will yield the ZIP piece by piece: 150 MB go through without lying in memory."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for package in packages:
            yield from _chunks(_Writer(archive, sink, package))
    yield sink.taken()


def pdf_of(receipt: StoredReceipt) -> bytes:
    """This will return the receipt for reading, with what the verifier says of it."""
    return receipt_pdf(receipt.xml, check_public_receipt(receipt.xml, {}, at=receipt.sealed_at))


class _Sink(RawIOBase):
    """What zipfile writes into: bytes wait here until they are sent on."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer, /) -> int:
        self._parts.append(bytes(data))
        return len(self._parts[-1])

    def taken(self) -> bytes:
        parts, self._parts = b"".join(self._parts), []
        return parts


@dataclass(frozen=True)
class _Writer:
    """An archive being written, and the package that goes into it."""

    archive: zipfile.ZipFile
    sink: _Sink
    package: Package

    def entry(self, path: str) -> zipfile.ZipInfo:
        stamp = _stamp(self.package.at)
        return zipfile.ZipInfo(f"{self.package.folder}{path}", date_time=stamp)


def _chunks(writer: _Writer) -> Iterator[bytes]:
    blobs = blobs_of(writer.package.institution_id)
    for file in writer.package.files:
        with writer.archive.open(writer.entry(file.path), "w", force_zip64=True) as member:
            for chunk in blobs.stream(file.sha256):
                member.write(chunk)
                yield writer.sink.taken()
    for path, data in _made(writer.package):
        writer.archive.writestr(writer.entry(path), data)
    yield writer.sink.taken()


def _made(package: Package) -> list[tuple[str, bytes]]:
    made = []
    if package.receipt is not None:
        name = package.receipt.receipt_no
        made = [(f"{name}.xml", package.receipt.xml), (f"{name}.pdf", pdf_of(package.receipt))]
    return [*made, (MANIFEST, render_manifest(_entries(package, made)))]


def _entries(package: Package, made: list[tuple[str, bytes]]) -> tuple[ManifestEntry, ...]:
    stored = [ManifestEntry(file.path, file.sha256, file.size) for file in package.files]
    fresh = [
        ManifestEntry(path, hashlib.sha256(data).hexdigest(), len(data)) for path, data in made
    ]
    return (*stored, *fresh)


def _stamp(at: datetime) -> Stamp:
    here = civil_moment(at)
    return (here.year, here.month, here.day, here.hour, here.minute, here.second)
