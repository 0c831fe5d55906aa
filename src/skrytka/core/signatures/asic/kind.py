"""What kind of package an archive is, and which files are payload (EN 319 162-1 §4.3, §4.4)."""

import re
from dataclasses import dataclass
from enum import Enum

from skrytka.core.signatures.asic.archive import Archive, Entry
from skrytka.core.signatures.asic.refusal import ContainerRefused
from skrytka.core.signatures.reasons import ReasonCode

MIMETYPE = "mimetype"
_META = "META-INF/"
_XML_SIGNATURES = re.compile(r"META-INF/.*signatures.*\.xml", re.IGNORECASE)
_CMS_SIGNATURE = re.compile(r"META-INF/.*signature.*\.p7[sm]", re.IGNORECASE)
_TOKEN = re.compile(r"META-INF/.*timestamp.*\.tst", re.IGNORECASE)
_EVIDENCE_RECORD = re.compile(r"META-INF/.*evidencerecord.*\.(?:ers|xml)", re.IGNORECASE)
_MANIFEST = re.compile(r"META-INF/ASiC.*Manifest.*\.xml", re.IGNORECASE)
_SIMPLE_SIGNATURES = frozenset({"META-INF/signatures.xml", "META-INF/signature.p7s"})
_SIMPLE = b"application/vnd.etsi.asic-s+zip"
_EXTENDED = frozenset(
    {
        b"application/vnd.etsi.asic-e+zip",
        b"application/vnd.bdoc-1.0",
        b"application/vnd.bdoc-1.1",
        b"application/vnd.bdoc-1.2",
    }
)
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_PUBLICATION = b"application/epub+zip"
_OFFICE_PARTS = "[Content_Types].xml"


class ContainerKind(Enum):
    """ASiC-S, ASiC-E, or an OpenDocument package (ODF 1.2 part 3 §5) that is signed inside."""

    SIMPLE = "ASiC-S"
    EXTENDED = "ASiC-E"
    OPEN_DOCUMENT = "ODF"


@dataclass(frozen=True)
class Container:
    """An archive, sorted. ``codes`` say what of its form is not as the standard asks."""

    archive: Archive
    kind: ContainerKind
    payload: tuple[Entry, ...]
    xml_signatures: tuple[Entry, ...]
    cms_signatures: tuple[Entry, ...]
    manifests: tuple[Entry, ...]
    tokens: tuple[Entry, ...]
    codes: tuple[ReasonCode, ...]


def sort_container(archive: Archive) -> Container:
    """This will tell the kind and sort the files. Raises `ContainerRefused` when it is not ASiC."""
    told = _told(archive)
    signed = [entry for entry in archive.entries if _is_proof(entry.name)]
    foreign = told == _PUBLICATION or archive.find(_OFFICE_PARTS) is not None
    if not signed or (foreign and told != _SIMPLE and told not in _EXTENDED):
        raise ContainerRefused(ReasonCode.NOT_ASIC)
    kind = _kind(told, archive)
    payload = tuple(entry for entry in archive.entries if _is_payload(entry.name, kind))
    return Container(
        archive,
        kind,
        payload,
        _matching(archive, _XML_SIGNATURES),
        _matching(archive, _CMS_SIGNATURE),
        _matching(archive, _MANIFEST),
        _matching(archive, _TOKEN),
        tuple(_codes(archive, told, kind, payload)),
    )


def _told(archive: Archive) -> bytes:
    entry = archive.by_name.get(MIMETYPE)
    return entry.data[:256].strip() if entry else b""


def _kind(told: bytes, archive: Archive) -> ContainerKind:
    """Without a known type the names of the signatures tell: a simple container has one alone."""
    if told.startswith(_OPEN_DOCUMENT):
        return ContainerKind.OPEN_DOCUMENT
    if told == _SIMPLE:
        return ContainerKind.SIMPLE
    inside = [entry.name for entry in archive.entries if entry.name.startswith(_META)]
    alone = len(inside) == 1 and inside[0] in _SIMPLE_SIGNATURES
    return ContainerKind.SIMPLE if alone and told not in _EXTENDED else ContainerKind.EXTENDED


def _codes(
    archive: Archive, told: bytes, kind: ContainerKind, payload: tuple[Entry, ...]
) -> list[ReasonCode]:
    codes = []
    first = archive.entries[0]
    known = told == _SIMPLE or told in _EXTENDED or kind is ContainerKind.OPEN_DOCUMENT
    if not (known and first.name == MIMETYPE and first.plain and first.data == told):
        codes.append(ReasonCode.ASIC_MIMETYPE)
    if kind is ContainerKind.SIMPLE and [entry.name.count("/") for entry in payload] != [0]:
        codes.append(ReasonCode.ASIC_STRUCTURE)
    return codes


def _is_proof(name: str) -> bool:
    kinds = (_XML_SIGNATURES, _CMS_SIGNATURE, _TOKEN, _EVIDENCE_RECORD)
    return any(kind.fullmatch(name) for kind in kinds)


def _is_payload(name: str, kind: ContainerKind) -> bool:
    """In OpenDocument the list of parts and the type are themselves to be signed."""
    if kind is ContainerKind.OPEN_DOCUMENT:
        return not _XML_SIGNATURES.fullmatch(name)
    return name != MIMETYPE and not name.startswith(_META)


def _matching(archive: Archive, pattern: re.Pattern[str]) -> tuple[Entry, ...]:
    return tuple(entry for entry in archive.entries if pattern.fullmatch(entry.name))
