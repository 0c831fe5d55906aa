"""Validation of XML signatures, XAdES-B-B: one call from bytes to report, without any I/O."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from skrytka.core.signatures.checks import conclude_file
from skrytka.core.signatures.evidence import FileEvidence
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.verdict import ValidationReport
from skrytka.core.signatures.xmldsig.examine import examine_file, examine_xml
from skrytka.core.signatures.xmldsig.intake import SignedFile
from skrytka.core.signatures.xmldsig.references import DetachedFiles, Missing

# Letters being signed and sent at one time: a few kilobytes each.
_KEPT = 64
_KEPT_SIZE = 32 * 1024


def validate_xades(
    data: bytes, *, detached: Mapping[str, bytes], trust: TrustStore, at: datetime
) -> ValidationReport:
    """This will validate every signature of an XML file as of ``at`` (ETSI EN 319 102-1 §5.3).

    Enveloped, enveloping and detached signatures, several in one file. ``detached`` maps the names
    that references use to file contents; nothing is ever fetched. The report's ``payload`` is the
    content that an intact signature covers: read that, never ``data``. Raises nothing for what the
    file holds: a refusal is a verdict with its reason.
    """
    return conclude_file(examine_xml(data, DetachedFiles(detached)), trust, at)


def validate_remembered(data: bytes, *, trust: TrustStore, at: datetime) -> ValidationReport:
    """This will validate as `validate_xades` does without detached files, decoding a file once.

    A letter is judged when it is signed and once more when it is sent. The verdict, which depends
    on trust and time, is drawn anew each time.
    """
    evidence = _examined(data) if len(data) <= _KEPT_SIZE else _decoded(data)
    return conclude_file(evidence, trust, at)


def _decoded(data: bytes) -> FileEvidence:
    return examine_xml(data, DetachedFiles({}))


@lru_cache(maxsize=_KEPT)
def _examined(data: bytes) -> FileEvidence:
    """What a file holds depends on its bytes alone."""
    return _decoded(data)


def validate_by_digest(
    signed_file: SignedFile, *, trust: TrustStore, at: datetime
) -> ValidationReport:
    """This will validate a parsed file while its detached files are known by their digests only.

    Such a reference is covered with scope DIGEST; whoever holds the file compares the digests.
    """
    detached = DetachedFiles({}, Missing.TRUST_DIGEST)
    return conclude_file(examine_file(signed_file, detached), trust, at)
