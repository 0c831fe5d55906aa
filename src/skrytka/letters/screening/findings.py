"""What is remarked of a file by its format: macros, scripts, other files in it, a password."""

import re
from collections.abc import Callable, Iterable, Iterator

from skrytka.letters.screening.formats import FileFormat
from skrytka.letters.screening.office import doc_remarks, macro_sources, xls_remarks
from skrytka.letters.screening.pdf_search import PdfSearch, packed_scripts
from skrytka.letters.screening.remarks import Remark, Remarks, in_order
from skrytka.letters.screening.specimen import Specimen

WITH_MACROS = frozenset({FileFormat.DOC, FileFormat.XLS})
OBJECT_DATA = re.compile(rb"\\objdata\b")


def _pdf_remarks(specimen: Specimen) -> Iterable[Remark]:
    return PdfSearch(specimen).remarks()


def _rtf_remarks(specimen: Specimen) -> Iterable[Remark]:
    """An object of another program is kept as hexadecimal digits after this word."""
    if specimen.holds(OBJECT_DATA, longest=16):
        yield Remark.EMBEDDED_FILES


SEARCHES: dict[FileFormat, Callable[[Specimen], Iterable[Remark]]] = {
    FileFormat.PDF: _pdf_remarks,
    FileFormat.DOC: doc_remarks,
    FileFormat.XLS: xls_remarks,
    FileFormat.RTF: _rtf_remarks,
}


def remarks_on(specimen: Specimen, kind: FileFormat) -> Remarks:
    """This will say what a file holds beside its document. Raises NotAcceptableError: BROKEN."""
    search = SEARCHES.get(kind)
    return in_order(search(specimen)) if search else ()


def parts_to_scan(specimen: Specimen, kind: FileFormat, remarks: Remarks) -> Iterator[bytes]:
    """This will yield what the malware scanner would not see: packed macros and scripts.

    Raises NotAcceptableError: BROKEN.
    """
    if kind in WITH_MACROS:
        yield from macro_sources(specimen)
    if kind is FileFormat.PDF and Remark.SCRIPT in remarks:
        yield from packed_scripts(specimen)
