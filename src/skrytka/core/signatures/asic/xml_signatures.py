"""Signatures in XML inside a container: their references name entries (EN 319 162-1 §4.4.3)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree
from lxml.etree import _Element as Element

from skrytka.core.documents.xml import XmlRefused, parse_xml
from skrytka.core.signatures.asic.archive import Archive, Entry
from skrytka.core.signatures.asic.costs import XML_LIMITS, Budget
from skrytka.core.signatures.asic.coverage import by_entries
from skrytka.core.signatures.asic.kind import Container
from skrytka.core.signatures.evidence import SignatureEvidence
from skrytka.core.signatures.names import SIGNATURE
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.words import SignatureFormat, SignatureLevel
from skrytka.core.signatures.xmldsig.examine import examine_xml
from skrytka.core.signatures.xmldsig.references import DetachedFiles


@dataclass(frozen=True)
class ByReference(Mapping[str, bytes]):
    """The entries as a reference names them. None is listed: a reference has to name its entry."""

    archive: Archive

    def __getitem__(self, uri: str) -> bytes:
        entry = self.archive.find(uri)
        if entry is None:
            raise KeyError(uri)
        return entry.data

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def examine_xml_signatures(
    container: Container, source: Entry, budget: Budget
) -> tuple[SignatureEvidence, ...]:
    """This will decode the signatures of one file; what is wrong becomes the code of a signature.

    Raises `ContainerRefused` when digesting all that they refer to would cost too much.
    """
    try:
        excused = _look_over(source, container.archive, budget)
    except XmlRefused as refusal:
        return (_unread(ReasonCode(refusal.fault.value)),)
    found = examine_xml(source.data, DetachedFiles(ByReference(container.archive)))
    if found.refusal is not None:
        return () if found.refusal is ReasonCode.NO_SIGNATURE else (_unread(found.refusal),)
    return tuple(_in_container(one, container.archive, excused) for one in found.signatures)


def _look_over(source: Entry, archive: Archive, budget: Budget) -> ReasonCode | None:
    """This will pay for a file and name the code that does not count in it.

    The wrapper around signatures is nothing that a person sees, so it need not be signed.
    """
    budget.parse(len(source.data))
    root = parse_xml(source.data, XML_LIMITS)
    budget.count_signatures(root)
    budget.digest_references(root, archive)
    return ReasonCode.XSW_SCOPE if _holds_signatures_only(root) else None


def _in_container(
    signature: SignatureEvidence, archive: Archive, excused: ReasonCode | None
) -> SignatureEvidence:
    covers = by_entries(archive, signature.covers)
    codes = tuple(code for code in signature.security if code is not excused)
    return replace(signature, covers=covers, security=codes)


def _holds_signatures_only(root: Element) -> bool:
    """XAdESSignatures, document-signatures of OpenDocument, or a signature alone."""
    name = etree.QName(root).localname
    known = name in {"XAdESSignatures", "document-signatures"}
    children = all(child.tag == SIGNATURE for child in root.iterchildren("*"))
    return root.tag == SIGNATURE or (known and children)


def _unread(code: ReasonCode) -> SignatureEvidence:
    return SignatureEvidence(
        id=None,
        format=SignatureFormat.XML_DSIG,
        level=SignatureLevel.NOT_ETSI,
        intact=False,
        security=(code,),
    )
