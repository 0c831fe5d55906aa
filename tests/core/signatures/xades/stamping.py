"""Unsigned properties put beside signatures, and tokens over octets that libxml2 canonicalises."""

import base64

from lxml import etree

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.evidence import SignatureEvidence, TimestampEvidence
from skrytka.core.signatures.xmldsig.examine import examine_xml
from skrytka.core.signatures.xmldsig.references import DetachedFiles
from tests.core.signatures.cms.crafting import token
from tests.core.signatures.crafting import DS, EXC, LETTER, XADES, Shape, fill, find, sign

XADES_141 = "http://uri.etsi.org/01903/v1.4.1#"
METHOD = f'<ds:CanonicalizationMethod xmlns:ds="{DS}" Algorithm="{EXC}"/>'
VALUE = f".//{{{DS}}}SignatureValue"


def signed_letter(shape: Shape | None = None, letter: str = LETTER) -> etree._Element:
    return parse_xml(sign(letter, shape))


def named_value(shape: Shape | None = None, letter: str = LETTER) -> etree._Element:
    """A signed letter in which the signature value has an Id."""
    chosen = shape or Shape()
    value = '<ds:SignatureValue Id="V1"/>'
    signature = chosen.xml().replace("<ds:SignatureValue/>", value)
    root = parse_xml(letter.replace("{signature}", signature).encode())
    fill(root, chosen)
    return root


def exclusive(*nodes: etree._Element) -> bytes:
    """The nodes in Exclusive XML Canonicalization, one after another."""
    written = (etree.tostring(n, method="c14n", exclusive=True, with_tail=False) for n in nodes)
    return b"".join(written)


def unsigned(root: etree._Element) -> etree._Element:
    """The place of unsigned signature properties, made where it is not there."""
    qualifying = find(root, ".//{*}QualifyingProperties")
    namespace = etree.QName(qualifying).namespace
    place = qualifying.find("{*}UnsignedProperties/{*}UnsignedSignatureProperties")
    if place is None:
        above = etree.SubElement(qualifying, f"{{{namespace}}}UnsignedProperties")
        place = etree.SubElement(above, f"{{{namespace}}}UnsignedSignatureProperties")
    return place


def add(
    root: etree._Element, name: str, inside: str = "", namespace: str = XADES
) -> etree._Element:
    """This will add an unsigned property at the end."""
    node = parse_xml(f'<p:{name} xmlns:p="{namespace}">{inside}</p:{name}>'.encode())
    unsigned(root).append(node)
    return node


def encapsulated(data: bytes, namespace: str = XADES) -> str:
    text = base64.b64encode(token(data)).decode()
    return f'<x:EncapsulatedTimeStamp xmlns:x="{namespace}">{text}</x:EncapsulatedTimeStamp>'


def stamp(root: etree._Element, name: str, data: bytes, namespace: str = XADES) -> etree._Element:
    """This will add a time-stamp over the data, whose method is exclusive."""
    return add(root, name, METHOD + encapsulated(data), namespace)


def value_of(root: etree._Element) -> etree._Element:
    return find(root, VALUE)


def examined(root: etree._Element, **files: bytes) -> tuple[SignatureEvidence, ...]:
    return examine_xml(etree.tostring(root), DetachedFiles(files)).signatures


def only(root: etree._Element, **files: bytes) -> SignatureEvidence:
    (signature,) = examined(root, **files)
    return signature


def last_stamp(root: etree._Element) -> TimestampEvidence:
    return only(root).timestamps[-1]


def proves(one: TimestampEvidence) -> bool:
    return one.imprint_found and one.imprint_intact and one.intact
