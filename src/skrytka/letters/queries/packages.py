"""The package of a letter: document, attachments, receipt and a manifest of digests, as one ZIP."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from skrytka.evidence.queries import receipt_of
from skrytka.letters.models import Letter
from skrytka.letters.operations.documents import name_in_package
from skrytka.letters.queries.packing import DOCUMENT, Package, PackedFile, packed_chunks, pdf_of
from skrytka.letters.queries.screenings import may_be_taken


def package_name(letter_id: UUID) -> str:
    """This will return the file name of the package, safe everywhere."""
    receipt = receipt_of(letter_id)
    return f"{receipt.receipt_no if receipt else letter_id}.zip"


def package_chunks(letter_id: UUID) -> Iterator[bytes]:
    """This will yield the ZIP of one letter piece by piece."""
    return packed_chunks((_package(letter_id),))


def packages_chunks(letter_ids: Sequence[UUID]) -> Iterator[bytes]:
    """This will yield one ZIP with a folder for each letter, each as in its own package."""
    return packed_chunks(_in_folder(letter_id) for letter_id in letter_ids)


def receipt_as_pdf(letter_id: UUID) -> bytes | None:
    """This will return the PDF view of the receipt, or None while there is no receipt."""
    receipt = receipt_of(letter_id)
    return None if receipt is None else pdf_of(receipt)


def _in_folder(letter_id: UUID) -> Package:
    folder = package_name(letter_id).removesuffix(".zip")
    return replace(_package(letter_id), folder=f"{folder}/")


def _package(letter_id: UUID) -> Package:
    letter = Letter.objects.get(id=letter_id)
    document = PackedFile(DOCUMENT, letter.document_sha256, letter.document_size)
    attachments = (
        PackedFile(name_in_package(row.position, row.file_name), row.sha256, row.size)
        for row in letter.attachments.filter(may_be_taken())
    )
    files = (document, *attachments)
    return Package(letter.institution_id, files, receipt_of(letter_id), letter.submitted_at)
