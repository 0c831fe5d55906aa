"""What is remarked of a file by its format: macros, scripts, other files in it, a password."""

import re
from collections.abc import Callable, Iterable

from skrytka.letters.screening.formats import FileFormat
from skrytka.letters.screening.office import doc_remarks, xls_remarks
from skrytka.letters.screening.pdf_search import PdfSearch
from skrytka.letters.screening.remarks import Remark, Remarks, in_order
from skrytka.letters.screening.specimen import Specimen

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
