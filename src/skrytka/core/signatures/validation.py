"""Validation of a signed file of any format: one call from bytes to report, without any I/O."""

from collections.abc import Mapping
from datetime import datetime

from skrytka.core.signatures.asic.examine import examine_container
from skrytka.core.signatures.checks import conclude_file
from skrytka.core.signatures.cms.examine import examine_cms
from skrytka.core.signatures.cms.opening import looks_like_cms
from skrytka.core.signatures.evidence import FileEvidence
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.verdict import ValidationReport
from skrytka.core.signatures.xmldsig.examine import examine_xml
from skrytka.core.signatures.xmldsig.references import DetachedFiles

_ZIP = b"PK\x03\x04"
_ZIP_END = b"PK\x05\x06"
_ZIP_TAIL = 22 + 0xFFFF
_PDF, _PDF_WITHIN = b"%PDF-", 1024  # readers look for the header that far
_BLANK = b" \t\r\n"
_UTF8_BOM = b"\xef\xbb\xbf"
_WIDE_XML = (b"\xff\xfe<\x00", b"\xfe\xff\x00<", b"<\x00", b"\x00<")


def validate(
    data: bytes, *, detached: Mapping[str, bytes], trust: TrustStore, at: datetime
) -> ValidationReport:
    """This will validate every signature of a file as of ``at`` (ETSI EN 319 102-1).

    The format is told by the content, never by a name. ``detached`` maps the names of the files
    that were handed in beside the signature to their contents; nothing is ever fetched. The
    report's ``payload`` is the content that an intact signature covers: read that, never ``data``.
    Raises nothing for what the file holds: a refusal is a verdict with its reason.
    """
    return conclude_file(examine(data, detached), trust, at)


def examine(data: bytes, detached: Mapping[str, bytes]) -> FileEvidence:
    """This will decode every signature of a file of any known format."""
    if data.startswith(_ZIP):
        return examine_container(data, detached)
    if _looks_like_xml(data):
        return examine_xml(data, DetachedFiles(detached))
    if looks_like_cms(data):
        return examine_cms(data, detached)
    if _PDF in data[:_PDF_WITHIN]:
        return _examine_pdf(data)
    if _hides_archive(data):
        return FileEvidence(refusal=ReasonCode.ZIP_HEADER)
    return FileEvidence(refusal=ReasonCode.NO_SIGNATURE)


def get_ready_for(data: bytes) -> None:
    """This will load what the format of a file needs, for whoever counts the cost of the file."""
    if _PDF in data[:_PDF_WITHIN]:
        from skrytka.core.signatures.pdf import examine  # noqa: PLC0415, F401


def _examine_pdf(data: bytes) -> FileEvidence:
    """The reader of PDF takes a while to load, and most files are none."""
    from skrytka.core.signatures.pdf.examine import examine_pdf  # noqa: PLC0415

    return examine_pdf(data)


def _looks_like_xml(data: bytes) -> bool:
    start = data[:1024].removeprefix(_UTF8_BOM).lstrip(_BLANK)
    return start.startswith(b"<") or data.startswith(_WIDE_XML)


def _hides_archive(data: bytes) -> bool:
    """Many programs open an archive with something else in front of it; here it is refused."""
    return _ZIP in data and _ZIP_END in data[-_ZIP_TAIL:]
