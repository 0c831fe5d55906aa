"""The octets that a XAdES time-stamp stamps (EN 319 132-1 §5.2.8, §5.4, §5.5; TS 101 903 §7).

Each kind of time-stamp names its parts; a part is an element in canonical form or what a reference
gave. The method is the one in the time-stamp, or Canonical XML 1.0. Where the time-stamp itself
lists its parts (``Include`` and, in 1.1.1, ``HashDataInfo``), its list is followed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from skrytka.core.documents.xml import XmlRefused
from skrytka.core.signatures.c14n import C14nMethod, CannotCanonicalize
from skrytka.core.signatures.evidence import TimestampKind
from skrytka.core.signatures.names import DS, XADES_141, ds
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.xmldsig.properties import is_about_properties
from skrytka.core.signatures.xmldsig.references import Resolved, Resolver
from skrytka.core.signatures.xmldsig.structure import (
    Canonicalization,
    Refused,
    SignatureParts,
    elements,
    read_canonicalization,
)
from skrytka.core.signatures.xmldsig.transforms import read_steps
from skrytka.core.signatures.xmldsig.unsigned import local_name

_NEWER_ARCHIVE = f"{{{XADES_141}}}ArchiveTimeStamp"
_MOST_LISTED = 1_064  # as many as references may be
_DEFAULT = Canonicalization(C14nMethod.INCLUSIVE)
_REFERENCES = frozenset(
    {
        "CompleteCertificateRefs",
        "CompleteCertificateRefsV2",
        "CompleteRevocationRefs",
        "AttributeCertificateRefs",
        "AttributeCertificateRefsV2",
        "AttributeRevocationRefs",
    }
)
_SIGNATURE_AND_REFERENCES = _REFERENCES | {"SignatureTimeStamp"}
KINDS = {
    "SignatureTimeStamp": TimestampKind.SIGNATURE,
    "SigAndRefsTimeStamp": TimestampKind.REFERENCES,
    "SigAndRefsTimeStampV2": TimestampKind.REFERENCES,
    "RefsOnlyTimeStamp": TimestampKind.REFERENCES,
    "RefsOnlyTimeStampV2": TimestampKind.REFERENCES,
    "ArchiveTimeStamp": TimestampKind.ARCHIVE,
    "AllDataObjectsTimeStamp": TimestampKind.CONTENT,
    "IndividualDataObjectsTimeStamp": TimestampKind.CONTENT,
}


@dataclass(frozen=True)
class Signed:
    """A signature, read: its structure, its references followed, the way to follow others."""

    resolver: Resolver
    parts: SignatureParts
    references: tuple[Resolved, ...]


def stamped_octets(signed: Signed, stamp: Element, earlier: tuple[Element, ...]) -> bytes | None:
    """This will return what a time-stamp stamps, None where some of it cannot be had.

    ``earlier`` are the unsigned properties that stand before it. Raises `Refused` with RES_C14N
    when the file costs too much.
    """
    try:
        pieces = [*_pieces(signed, stamp, earlier, _method(stamp))]
    except Refused as refusal:
        if refusal.code is ReasonCode.RES_C14N:
            raise
        return None
    except (CannotCanonicalize, XmlRefused):
        return None
    known = [piece for piece in pieces if piece is not None]
    if not pieces or len(known) < len(pieces):
        return None
    signed.resolver.budget.spend_stamped(sum(map(len, known)))
    return b"".join(known)


def _method(stamp: Element) -> Canonicalization:
    given = stamp.find(ds("CanonicalizationMethod"))
    return _DEFAULT if given is None else read_canonicalization(given)


def _pieces(
    signed: Signed, stamp: Element, earlier: tuple[Element, ...], method: Canonicalization
) -> Iterator[bytes | None]:
    name, listed = local_name(stamp), _listed(stamp)
    if KINDS[name] is TimestampKind.CONTENT:
        yield from _content(signed, listed, method)
        return
    implied, following = _implied(signed, stamp, earlier)
    names_all = bool(listed) and _target(signed, listed[0]) is signed.parts.value_node
    if KINDS[name] is TimestampKind.ARCHIVE and not names_all:
        yield from (signed.resolver.octets_of(one, method) for one in signed.references)
    if not names_all:
        yield from (signed.resolver.canonical(node, method) for node in implied)
    if listed:
        yield from (_included(signed, one, method) for one in listed)
    else:
        yield from (signed.resolver.canonical(node, method) for node in following)
    if KINDS[name] is TimestampKind.ARCHIVE and not names_all:
        boxes = _boxes(signed, stamp)
        yield from (signed.resolver.canonical(node, method) for node in boxes)


def _content(
    signed: Signed, listed: list[Element], method: Canonicalization
) -> Iterator[bytes | None]:
    """All data objects, or those that are listed by their references."""
    if listed:
        yield from (_included(signed, one, method) for one in listed)
        return
    for item in signed.references:
        if not is_about_properties(item):
            yield signed.resolver.octets_of(item, method)


def _implied(
    signed: Signed, stamp: Element, earlier: tuple[Element, ...]
) -> tuple[tuple[Element, ...], tuple[Element, ...]]:
    """This will list the parts of the signature that are stamped, and then the properties."""
    parts, name = signed.parts, local_name(stamp)
    if name == "SignatureTimeStamp":
        return (parts.value_node,), ()
    if name.startswith("SigAndRefs"):
        return (parts.value_node,), _among(earlier, _SIGNATURE_AND_REFERENCES)
    if name.startswith("RefsOnly"):
        return (), _among(earlier, _REFERENCES)
    key_info = () if parts.key_info is None else (parts.key_info,)
    return (parts.signed_info, parts.value_node, *key_info), earlier


def _among(earlier: tuple[Element, ...], names: frozenset[str]) -> tuple[Element, ...]:
    return tuple(node for node in earlier if local_name(node) in names)


def _boxes(signed: Signed, stamp: Element) -> Iterator[Element]:
    """The objects of the signature, less the one around the qualifying properties.

    TS 101 903 v1.3.2 §7.7.1: the older time-stamp passes over what references have stamped already.
    """
    passed = set(stamp.iterancestors(ds("Object")))
    if stamp.tag != _NEWER_ARCHIVE:
        passed |= {item.nodes.apex for item in signed.references if item.nodes}
    return (box for box in signed.parts.objects if box not in passed)


def _listed(stamp: Element) -> list[Element]:
    found = [node for node in elements(stamp) if local_name(node) in {"Include", "HashDataInfo"}]
    if len(found) > _MOST_LISTED:
        raise Refused(ReasonCode.RES_COUNT)
    return found


def _target(signed: Signed, listed: Element) -> Element | None:
    uri = listed.get("URI") or listed.get("uri") or ""
    return signed.resolver.signed_file.ids.get(uri[1:]) if uri.startswith("#") else None


def _included(signed: Signed, listed: Element, method: Canonicalization) -> bytes | None:
    """What an Include leads to: an element, or what a reference of this signature gave."""
    target = _target(signed, listed)
    if target is None:
        return None
    if listed.get("referencedData") == "true":
        found = [item for item in signed.references if item.parts.node is target]
        return signed.resolver.octets_of(found[0], method) if found else None
    transforms = listed.findall(f"{{*}}Transforms/{{{DS}}}Transform")
    if transforms:
        steps = read_steps(tuple(transforms))
        signed.resolver.budget.spend_transforms(len(steps))
        return signed.resolver.transformed(target, steps)
    return signed.resolver.canonical(target, method)
