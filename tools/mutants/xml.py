"""XML signatures: one character in what is signed or signs, references moved, eight wrappings."""

import base64
import copy
import random
import re
from collections.abc import Iterator
from hashlib import sha256

from asn1crypto.cms import ContentInfo
from lxml import etree
from lxml.etree import _Element as Element

from skrytka.core.documents.xml import XmlRefused, parse_xml
from tools.mutants.cms import token_parts
from tools.mutants.spoiling import Mutant, Signer, spoiled, spoiled_part

DS = "http://www.w3.org/2000/09/xmldsig#"
SIGNATURE, SIGNED_INFO, REFERENCE = (
    f"{{{DS}}}Signature",
    f"{{{DS}}}SignedInfo",
    f"{{{DS}}}Reference",
)
OBJECT = f"{{{DS}}}Object"
XPATHS = {
    "value": "./*[local-name()='SignatureValue']",
    "digest": "./*[local-name()='SignedInfo']//*[local-name()='DigestValue']",
    "certificate digest": ".//*[starts-with(local-name(),'SigningCertificate')]"
    "//*[local-name()='DigestValue']",
}
BASE64 = re.compile(r"\s+")


def xml_mutants(
    data: bytes, detached: dict[str, bytes], signer: Signer, chance: random.Random
) -> Iterator[Mutant]:
    """This will spoil the first signature of an XML file in every way that is known here."""
    try:
        root = parse_xml(data)
    except XmlRefused:
        return
    signatures = list(root.iter(SIGNATURE))
    if not signatures:
        return
    for make in (_values, _certificate, _tokens, _content, _references, _wrapped):
        for kind, changed in make(root, signer, chance):
            yield Mutant(kind, etree.tostring(changed), detached)


def _copied(root: Element) -> tuple[Element, Element]:
    twin = copy.deepcopy(root.getroottree()).getroot()
    return twin, next(twin.iter(SIGNATURE))


def _values(root: Element, _signer: Signer, chance: random.Random) -> Iterator[tuple[str, Element]]:
    for kind, path in XPATHS.items():
        for number in range(len(next(root.iter(SIGNATURE)).xpath(path))):
            twin, signature = _copied(root)
            node = signature.xpath(path)[number]
            if _spoil_base64(node, chance):
                yield kind, twin


def _certificate(
    root: Element, signer: Signer, chance: random.Random
) -> Iterator[tuple[str, Element]]:
    """Every copy of it: one that is left whole would rightly be taken."""
    twin, _signature = _copied(root)
    found = twin.xpath(
        "//*[local-name()='X509Certificate' or local-name()='EncapsulatedX509Certificate']"
    )
    copies = [node for node in found if _decoded(node) == signer.certificate]
    for node in copies:
        _spoil_base64(node, chance)
    if copies:
        yield "certificate", twin


def _tokens(root: Element, signer: Signer, chance: random.Random) -> Iterator[tuple[str, Element]]:
    path = ".//*[local-name()='EncapsulatedTimeStamp']"
    found = [_decoded(token) for token in next(root.iter(SIGNATURE)).xpath(path)]
    for number, octets in enumerate(found):
        if sha256(octets).hexdigest() not in signer.tokens or found.count(octets) > 1:
            continue  # it did not hold before it was spoiled, or a copy of it may not have
        for kind, part in token_parts(ContentInfo.load(octets)):
            changed = spoiled_part(octets, part, chance)
            if changed is not None:
                twin, signature = _copied(root)
                signature.xpath(path)[number].text = base64.b64encode(changed).decode()
                yield kind, twin


def _content(
    root: Element, _signer: Signer, chance: random.Random
) -> Iterator[tuple[str, Element]]:
    """Text and attributes beside the signature, or in its Objects when it is the whole file."""
    twin, signature = _copied(root)
    places = _texts(twin, signature)
    for number in chance.sample(range(len(places)), min(6, len(places))):
        other, its_signature = _copied(root)
        node, attribute = _texts(other, its_signature)[number]
        if attribute is None:
            node.text = f"{node.text}1"
        else:
            node.set(attribute, f"{node.get(attribute)}1")
        yield "content", other


def _texts(root: Element, signature: Element) -> list[tuple[Element, str | None]]:
    if root is signature:
        boxes = [
            box for box in signature.iterchildren(OBJECT) if f"#{box.get('Id')}" in _uris(signature)
        ]
    else:
        boxes = [root]
    inside = [
        node
        for box in boxes
        for node in box.iter("*")
        if not any(each.tag == SIGNATURE for each in (node, *node.iterancestors()))
        or root is signature
    ]
    texts: list[tuple[Element, str | None]] = [
        (node, None) for node in inside if node.text and node.text.strip()
    ]
    return texts + [(node, str(name)) for node in inside for name in node.attrib]


def _references(
    root: Element, _signer: Signer, _chance: random.Random
) -> Iterator[tuple[str, Element]]:
    count = len(next(root.iter(SIGNED_INFO)).findall(REFERENCE))
    for number in range(count):
        twin, signature = _copied(root)
        info = signature.find(SIGNED_INFO)
        info.remove(info.findall(REFERENCE)[number])
        yield "reference removed", twin
        twin, signature = _copied(root)
        info = signature.find(SIGNED_INFO)
        info.append(copy.deepcopy(info.findall(REFERENCE)[number]))
        yield "reference doubled", twin
    if count > 1:
        twin, signature = _copied(root)
        info = signature.find(SIGNED_INFO)
        info.append(info.findall(REFERENCE)[0])
        yield "references in another order", twin


def _wrapped(
    root: Element, _signer: Signer, _chance: random.Random
) -> Iterator[tuple[str, Element]]:
    for shape in (
        _new_root_around,
        _original_in_an_object,
        _original_in_the_properties,
        _fake_twin_before,
        _fake_twin_after,
        _fake_properties_inside,
        _fake_properties_beside,
        _signature_into_a_fake,
    ):
        twin, signature = _copied(root)
        changed = shape(twin, signature)
        if changed is not None:
            yield f"wrapped: {shape.__name__.strip('_').replace('_', ' ')}", changed


def _fake(like: Element) -> Element:
    fake = etree.Element(like.tag, dict(like.attrib), like.nsmap)
    etree.SubElement(fake, "forged").text = "to jest inna treść"
    return fake


def _new_root_around(root: Element, _signature: Element) -> Element:
    around = etree.Element("around")
    etree.SubElement(around, "forged").text = "inna treść"
    around.append(root)
    return around


def _original_in_an_object(root: Element, signature: Element) -> Element | None:
    """The signature signs a document that now hides inside the signature itself."""
    if root is signature:
        return None
    fake = _fake(root)
    fake.append(signature)
    etree.SubElement(signature, OBJECT).append(root)
    return fake


def _original_in_the_properties(root: Element, signature: Element) -> Element | None:
    found = signature.xpath(".//*[local-name()='QualifyingProperties']")
    if root is signature or not found:
        return None
    fake = _fake(root)
    fake.append(signature)
    found[0].append(root)
    return fake


def _uris(signature: Element) -> list[str]:
    return list(signature.xpath("./*[local-name()='SignedInfo']/*[local-name()='Reference']/@URI"))


def _signed_elements(root: Element, signature: Element) -> list[Element]:
    wanted = {uri[1:] for uri in _uris(signature) if uri.startswith("#")}
    named = [
        node
        for node in root.iter("*")
        for name in ("Id", "ID", "id")
        if node.get(name) in wanted and not str(node.tag).endswith("SignedProperties")
    ]
    return [node for node in named if node.getparent() is not None and node is not signature]


def _fake_twin_before(root: Element, signature: Element) -> Element | None:
    for node in _signed_elements(root, signature):
        node.addprevious(_fake(node))
        return root
    return None


def _fake_twin_after(root: Element, signature: Element) -> Element | None:
    for node in _signed_elements(root, signature):
        node.addnext(_fake(node))
        return root
    return None


def _fake_properties_inside(root: Element, signature: Element) -> Element | None:
    found = signature.xpath(".//*[local-name()='SignedProperties']")
    if not found:
        return None
    fake = copy.deepcopy(found[0])
    fake.set("Id", "forged")
    for time in fake.xpath(".//*[local-name()='SigningTime']"):
        time.text = "2001-01-01T00:00:00Z"
    found[0].addprevious(fake)
    return root


def _fake_properties_beside(root: Element, signature: Element) -> Element | None:
    found = signature.xpath(".//*[local-name()='QualifyingProperties']")
    if not found:
        return None
    fake = copy.deepcopy(found[0])
    for node in fake.iter("*"):
        node.attrib.pop("Id", None)
    found[0].addprevious(fake)
    return root


def _signature_into_a_fake(root: Element, signature: Element) -> Element | None:
    """The signed element goes under a wrapper, a forged one takes its place and its name."""
    if root is signature:
        return None
    fake = _fake(root)
    for name in ("Id", "ID", "id"):
        fake.attrib.pop(name, None)
    fake.append(root)
    return fake


def _decoded(node: Element) -> bytes:
    try:
        return base64.b64decode(BASE64.sub("", node.text or ""))
    except ValueError:
        return b""


def _spoil_base64(node: Element, chance: random.Random) -> bool:
    octets = _decoded(node)
    if not octets:
        return False
    node.text = base64.b64encode(spoiled(octets, 0, len(octets), chance)).decode()
    return True
