"""What a file is by its content, whatever its name says; and whether it is whole and unlocked."""

from collections.abc import Callable

from skrytka.letters.screening.faults import AttachmentFault, NotAcceptableError
from skrytka.letters.screening.formats import TEXTS, FileFormat
from skrytka.letters.screening.images import check_bmp, check_gif, check_jpg, check_tif
from skrytka.letters.screening.office import check_doc, check_xls, ole_label_of
from skrytka.letters.screening.papers import check_pdf, check_rtf
from skrytka.letters.screening.signatures import (
    OLE,
    ZIP,
    is_script_too,
    label_of,
    second_label_of,
)
from skrytka.letters.screening.specimen import Specimen
from skrytka.letters.screening.texts import decodes, markup_of

Check = Callable[[Specimen], None]
CHECKS: dict[FileFormat, Check] = {
    FileFormat.DOC: check_doc,
    FileFormat.XLS: check_xls,
    FileFormat.RTF: check_rtf,
    FileFormat.GIF: check_gif,
    FileFormat.TIF: check_tif,
    FileFormat.BMP: check_bmp,
    FileFormat.JPG: check_jpg,
    FileFormat.PDF: check_pdf,
}
# A ZIP that other programs call a document of theirs, by a name every such file holds.
ZIP_KINDS = (
    (b"word/", "DOCX"),
    (b"xl/", "XLSX"),
    (b"ppt/", "PPTX"),
    (b"META-INF/MANIFEST.MF", "JAR"),
    (b"AndroidManifest.xml", "APK"),
)
MIMETYPE_KINDS = (
    (b"opendocument.text", "ODT"),
    (b"opendocument.spreadsheet", "ODS"),
    (b"opendocument.presentation", "ODP"),
    (b"epub+zip", "EPUB"),
    (b"vnd.etsi.asic", "ASiC"),
)


def check_content(specimen: Specimen, expected: FileFormat) -> None:
    """This will check by hard evidence that the bytes are what the name promises, whole, unlocked.

    Raises NotAcceptableError: OTHER_CONTENT with what was found (empty where nothing is known),
    BROKEN or LOCKED. The last word on texts is the model's, after the malware scan.
    """
    label = label_of(specimen) or _label_of_text(specimen)
    if label == OLE:
        label = ole_label_of(specimen)
    if label == ZIP:
        label = _kind_of_zip(specimen)
    if not _agrees(label, expected):
        raise NotAcceptableError(AttachmentFault.OTHER_CONTENT, detected=label)
    second = second_label_of(specimen, label)
    if second:
        raise NotAcceptableError(AttachmentFault.OTHER_CONTENT, detected=second)
    check = CHECKS.get(expected)
    if check is not None:
        check(specimen)
    if is_script_too(specimen, label):
        raise NotAcceptableError(AttachmentFault.OTHER_CONTENT, detected="JS")


def _agrees(label: str, expected: FileFormat) -> bool:
    if label == FileFormat.TXT:
        return expected in TEXTS
    return label == expected


def _label_of_text(specimen: Specimen) -> str:
    """TXT stands for any text here: the difference to CSV is in the name alone."""
    if not decodes(specimen):
        return ""
    return markup_of(specimen) or FileFormat.TXT


def _kind_of_zip(specimen: Specimen) -> str:
    """Office documents start with one of a few entries and list the others in plain at the end."""
    head = specimen.head(200)
    if head[30:38] == b"mimetype":
        return next((kind for mark, kind in MIMETYPE_KINDS if mark in head), FileFormat.ZIP)
    if b"[Content_Types].xml" not in head + specimen.tail(64 * 1024):
        return _kind_by_listing(specimen, ZIP_KINDS[3:])
    return _kind_by_listing(specimen, ZIP_KINDS[:3])


def _kind_by_listing(specimen: Specimen, kinds: tuple[tuple[bytes, str], ...]) -> str:
    tail = specimen.tail(64 * 1024)
    return next((kind for mark, kind in kinds if mark in tail), FileFormat.ZIP)
