"""ASiCManifest: which file proves which entries, by their digests (EN 319 162-1 annex A.4)."""

import hmac
from dataclasses import dataclass

from lxml.etree import _Element as Element

from skrytka.core.documents.xml import XmlRefused, parse_xml
from skrytka.core.signatures.algorithms import DIGESTS
from skrytka.core.signatures.asic.archive import Archive, Entry
from skrytka.core.signatures.asic.costs import XML_LIMITS
from skrytka.core.signatures.asic.refusal import ContainerRefused
from skrytka.core.signatures.evidence import AlgorithmUse, Cover, Use
from skrytka.core.signatures.names import ds
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.words import Scope
from skrytka.core.signatures.xmldsig.structure import Refused, elements, from_base64, leaf_text

_ASIC = "{http://uri.etsi.org/02918/v1.2.1#}"
_MOST_ENTRIES = 1_000


@dataclass(frozen=True)
class ManifestEntry:
    """One line of a manifest as written."""

    uri: str
    digest_uri: str
    digest: bytes


@dataclass(frozen=True)
class Manifest:
    """A manifest as written: ``proof`` names the signature or token that covers it."""

    source: Entry
    proof: str
    entries: tuple[ManifestEntry, ...]


@dataclass(frozen=True)
class Compared:
    """A manifest against the container: what it covers, and what does not fit."""

    covers: tuple[Cover, ...]
    codes: tuple[ReasonCode, ...]
    algorithms: tuple[AlgorithmUse, ...]


def read_manifest(source: Entry) -> Manifest:
    """This will read a manifest. Raises `ContainerRefused` when it is not one."""
    try:
        return _read(source, parse_xml(source.data, XML_LIMITS))
    except (XmlRefused, Refused):
        raise ContainerRefused(ReasonCode.ASIC_MANIFEST) from None


def compare_manifest(manifest: Manifest, archive: Archive) -> Compared:
    """This will compare every digest of a manifest with the entry it names, one by one."""
    covers, codes, used = [], [], []
    for line in manifest.entries:
        found = archive.find(line.uri)
        algorithm = DIGESTS.get(line.digest_uri)
        if algorithm is None:
            codes.append(ReasonCode.ALG_UNKNOWN)
        elif found is None:
            codes.append(ReasonCode.REF_NOT_FOUND)
        else:
            used.append(AlgorithmUse(Use.MANIFEST_ENTRY, algorithm.name))
            digest = algorithm.digest(found.data)
            if hmac.compare_digest(digest, line.digest):
                covers.append(Cover(found.name, found.sha256, Scope.FULL))
            else:
                codes += [ReasonCode.ASIC_MANIFEST, ReasonCode.REF_DIGEST]
    return Compared(tuple(covers), tuple(dict.fromkeys(codes)), tuple(dict.fromkeys(used)))


def _read(source: Entry, root: Element) -> Manifest:
    """Some programs write the lines inside SigReference; they belong to it all the same."""
    proofs = list(root.iter(f"{_ASIC}SigReference"))
    lines = list(root.iter(f"{_ASIC}DataObjectReference"))
    if root.tag != f"{_ASIC}ASiCManifest" or len(proofs) != 1 or not lines:
        raise Refused(ReasonCode.ASIC_MANIFEST)
    if len(lines) > _MOST_ENTRIES:
        raise ContainerRefused(ReasonCode.RES_REFS)
    entries = tuple(map(_read_entry, lines))
    return Manifest(source, proofs[0].get("URI", ""), entries)


def _read_entry(node: Element) -> ManifestEntry:
    children = {str(child.tag): child for child in elements(node)}
    method, value = children.get(ds("DigestMethod")), children.get(ds("DigestValue"))
    uri = node.get("URI")
    if uri is None or method is None or value is None:
        raise Refused(ReasonCode.ASIC_MANIFEST)
    return ManifestEntry(uri, method.get("Algorithm", ""), from_base64(leaf_text(value)))
