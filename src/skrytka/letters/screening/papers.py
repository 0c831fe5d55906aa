"""Hard checks of PDF and RTF: whole from header to end."""

import re

from skrytka.letters.screening.faults import AttachmentFault, NotAcceptableError
from skrytka.letters.screening.specimen import CHUNK, Specimen

# ISO 32000-1, annex H.3.4.4: readers look for the end marker in the last 1024 bytes; some tools
# pad the file with zeros after it.
PDF_TAIL = 1024
PADDED_TAIL = 64 * 1024
PADDING = b"\x00\t\n\x0c\r \x1a"
START = re.compile(rb"startxref\s{1,16}(\d{1,19})\s")


def check_pdf(specimen: Specimen) -> None:
    """This will check that a PDF reaches its end marker and says where its table of objects is."""
    tail = specimen.tail(PADDED_TAIL).rstrip(PADDING)[-PDF_TAIL:]
    if b"%%EOF" not in tail:
        raise NotAcceptableError(AttachmentFault.BROKEN)
    starts = START.findall(specimen.tail(PADDED_TAIL))
    if not starts or int(starts[-1]) >= specimen.size:
        raise NotAcceptableError(AttachmentFault.BROKEN)


def check_rtf(specimen: Specimen) -> None:
    """This will check that the outermost group of an RTF file is closed at its end."""
    if not specimen.tail(CHUNK).rstrip(PADDING).endswith(b"}"):
        raise NotAcceptableError(AttachmentFault.BROKEN)
