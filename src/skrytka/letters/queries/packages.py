"""The package of a letter: document, attachments, receipt and a manifest of digests, as one ZIP."""

import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import RawIOBase
from uuid import UUID

from typing_extensions import Buffer

from skrytka.core.calendar import civil_moment
from skrytka.core.documents.manifest import ManifestEntry, render_manifest
from skrytka.evidence.pdf import receipt_pdf
from skrytka.evidence.queries import StoredReceipt, check_public_receipt, receipt_of
from skrytka.gateways.installed import installed
from skrytka.letters.models import Letter
from skrytka.letters.operations.documents import name_in_package

DOCUMENT = "pismo.xml"
MANIFEST = "manifest-sha256.txt"
Stamp = tuple[int, int, int, int, int, int]


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


def package_name(letter_id: UUID) -> str:
    """This will return the file name of the package, safe everywhere."""
    receipt = receipt_of(letter_id)
    return f"{receipt.receipt_no if receipt else letter_id}.zip"


def package_chunks(letter_id: UUID) -> Iterator[bytes]:
    """This will yield the ZIP piece by piece: 150 MB go through without lying in memory."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        yield from _letter_chunks(_Writer(archive, sink), letter_id)
    yield sink.taken()


def packages_chunks(letter_ids: Sequence[UUID]) -> Iterator[bytes]:
    """This will yield one ZIP with a folder for each letter, each as in its own package."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for letter_id in letter_ids:
            folder = package_name(letter_id).removesuffix(".zip")
            yield from _letter_chunks(_Writer(archive, sink, f"{folder}/"), letter_id)
    yield sink.taken()


def receipt_as_pdf(letter_id: UUID) -> bytes | None:
    """This will return the PDF view of the receipt, or None while there is no receipt."""
    receipt = receipt_of(letter_id)
    return None if receipt is None else _pdf(receipt)


@dataclass(frozen=True)
class _Writer:
    """An archive being written, and the folder in it where a letter goes."""

    archive: zipfile.ZipFile
    sink: _Sink
    folder: str = ""

    def entry(self, path: str, stamp: Stamp) -> zipfile.ZipInfo:
        return zipfile.ZipInfo(f"{self.folder}{path}", date_time=stamp)


def _letter_chunks(writer: _Writer, letter_id: UUID) -> Iterator[bytes]:
    letter = Letter.objects.get(id=letter_id)
    receipt = receipt_of(letter_id)
    stamp = _stamp(letter.submitted_at)
    for path, sha256 in _stored_files(letter):
        with writer.archive.open(writer.entry(path, stamp), "w", force_zip64=True) as member:
            for chunk in installed().blobs.stream(sha256):
                member.write(chunk)
                yield writer.sink.taken()
    for path, data in _small_files(letter, receipt):
        writer.archive.writestr(writer.entry(path, stamp), data)
    yield writer.sink.taken()


def _pdf(receipt: StoredReceipt) -> bytes:
    return receipt_pdf(receipt.xml, check_public_receipt(receipt.xml, {}, at=receipt.sealed_at))


def _stored_files(letter: Letter) -> list[tuple[str, str]]:
    attachments = [
        (name_in_package(row.position, row.file_name), row.sha256)
        for row in letter.attachments.all()
    ]
    return [(DOCUMENT, letter.document_sha256), *attachments]


def _small_files(letter: Letter, receipt: StoredReceipt | None) -> list[tuple[str, bytes]]:
    made = []
    if receipt is not None:
        made = [
            (f"{receipt.receipt_no}.xml", receipt.xml),
            (f"{receipt.receipt_no}.pdf", _pdf(receipt)),
        ]
    return [*made, (MANIFEST, render_manifest(_entries(letter, made)))]


def _entries(letter: Letter, made: list[tuple[str, bytes]]) -> tuple[ManifestEntry, ...]:
    sizes = {letter.document_sha256: letter.document_size}
    sizes |= {row.sha256: row.size for row in letter.attachments.all()}
    stored = [ManifestEntry(path, sha256, sizes[sha256]) for path, sha256 in _stored_files(letter)]
    fresh = [
        ManifestEntry(path, hashlib.sha256(data).hexdigest(), len(data)) for path, data in made
    ]
    return (*stored, *fresh)


def _stamp(at: datetime) -> Stamp:
    here = civil_moment(at)
    return (here.year, here.month, here.day, here.hour, here.minute, here.second)
