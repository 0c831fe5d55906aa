"""The structure of one ds:Signature, read strictly (XML-DSig §4)."""

import binascii
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from skrytka.core.signatures.algorithms import (
    DIGESTS,
    HASHES,
    RSA_PSS,
    SIGNATURES,
    Family,
    SignatureMethod,
)
from skrytka.core.signatures.c14n import C14nMethod
from skrytka.core.signatures.names import EC, ds
from skrytka.core.signatures.reasons import ReasonCode

_OBJECT, _REFERENCE = ds("Object"), ds("Reference")
_HEAD = [ds("SignedInfo"), ds("SignatureValue")]
_METHODS = [ds("CanonicalizationMethod"), ds("SignatureMethod")]
_DIGEST = [ds("DigestMethod"), ds("DigestValue")]
_PSS = "{http://www.w3.org/2007/05/xmldsig-more#}"
_MGF1 = "http://www.w3.org/2007/05/xmldsig-more#MGF1"
_BLANKS = b" \t\r\n"


class Refused(Exception):
    """A part of the signature is not evaluated; ``code`` names the rule."""

    def __init__(self, code: ReasonCode) -> None:
        super().__init__(code.value)
        self.code = code


@dataclass(frozen=True)
class Canonicalization:
    """A canonicalisation method with its InclusiveNamespaces list."""

    method: C14nMethod
    prefixes: tuple[str, ...] = ()


_PLAIN = {method.value: Canonicalization(method) for method in C14nMethod}


@dataclass(frozen=True)
class ReferenceParts:
    """One ds:Reference as written."""

    node: Element
    uri: str | None
    type: str | None
    transforms: tuple[Element, ...]
    digest_uri: str
    digest: bytes


@dataclass(frozen=True)
class SignatureParts:
    """One ds:Signature as written."""

    node: Element
    id: str | None
    signed_info: Element
    canonicalization: Canonicalization
    method: SignatureMethod | None
    references: tuple[ReferenceParts, ...]
    value: bytes
    value_node: Element
    key_info: Element | None
    objects: tuple[Element, ...]

    @property
    def value_sha256(self) -> str:
        """This will return the name of the signature value among what time-stamps protect."""
        return hashlib.sha256(self.value).hexdigest()


def read_signature(node: Element) -> SignatureParts:
    """This will read a signature. Raises `Refused` when it is not as the standard draws it."""
    children = list(elements(node))
    objects = tuple(child for child in children if child.tag == _OBJECT)
    head = children[: len(children) - len(objects)]
    key_info = head.pop() if head and head[-1].tag == ds("KeyInfo") else None
    if [child.tag for child in head] != _HEAD:
        raise Refused(ReasonCode.SIG_STRUCTURE)
    signed_info = head[0]
    method, algorithm, *references = _signed_info_parts(signed_info)
    return SignatureParts(
        node=node,
        id=node.get("Id"),
        signed_info=signed_info,
        canonicalization=read_canonicalization(method),
        method=read_method(algorithm),
        references=tuple(read_reference(reference) for reference in references),
        value=from_base64(leaf_text(head[1])),
        value_node=head[1],
        key_info=key_info,
        objects=objects,
    )


def read_method(node: Element) -> SignatureMethod | None:
    """This will read a signature method; None stands for one that is not known."""
    uri = node.get("Algorithm", "")
    return _read_pss(node) if uri == RSA_PSS else SIGNATURES.get(uri)


def read_canonicalization(node: Element) -> Canonicalization:
    """This will read a method and its prefix list. Raises `Refused` for an unknown one."""
    plain = _PLAIN.get(node.get("Algorithm", ""))
    if plain is None:
        raise Refused(ReasonCode.TR_UNKNOWN)
    parameters = list(elements(node))
    if not parameters:
        return plain
    if len(parameters) > 1 or parameters[0].tag != f"{{{EC}}}InclusiveNamespaces":
        raise Refused(ReasonCode.TR_UNKNOWN)
    return Canonicalization(plain.method, tuple(parameters[0].get("PrefixList", "").split()))


def elements(node: Element) -> Iterator[Element]:
    """This will yield the child elements, passing over comments and instructions."""
    return node.iterchildren("*")


def namespace_of(node: Element) -> str:
    """This will return the namespace of an element's name; empty where it has none."""
    return str(node.tag).rpartition("}")[0][1:]


def leaf_text(node: Element) -> str:
    """This will return the text of an element that has nothing but text.

    A comment inside would cut the text short for a careless reader, so it is refused.
    """
    if len(node):
        raise Refused(ReasonCode.SIG_STRUCTURE)
    return node.text or ""


def from_base64(text: str) -> bytes:
    """This will decode strictly: blanks aside, there is exactly one way to write the bytes."""
    try:
        compact = text.encode("ascii").translate(None, _BLANKS)
        decoded = binascii.a2b_base64(compact)
    except ValueError:
        raise Refused(ReasonCode.SIG_STRUCTURE) from None
    if binascii.b2a_base64(decoded, newline=False) != compact:
        raise Refused(ReasonCode.SIG_STRUCTURE)
    return decoded


def _signed_info_parts(signed_info: Element) -> list[Element]:
    parts = list(elements(signed_info))
    expected = _METHODS + [_REFERENCE] * max(1, len(parts) - 2)
    if [part.tag for part in parts] != expected:
        raise Refused(ReasonCode.SIG_STRUCTURE)
    return parts


def read_reference(node: Element) -> ReferenceParts:
    """This will read one ds:Reference. Raises `Refused`."""
    children = list(elements(node))
    transforms: tuple[Element, ...] = ()
    if children and children[0].tag == ds("Transforms"):
        transforms = tuple(elements(children.pop(0)))
    if [child.tag for child in children] != _DIGEST:
        raise Refused(ReasonCode.SIG_STRUCTURE)
    return ReferenceParts(
        node=node,
        uri=node.get("URI"),
        type=node.get("Type"),
        transforms=transforms,
        digest_uri=children[0].get("Algorithm", ""),
        digest=from_base64(leaf_text(children[1])),
    )


def _read_pss(node: Element) -> SignatureMethod | None:
    """RFC 9231 §2.3.9: RSASSA-PSS with its parameters; what is left out has its default."""
    given = node.find(f"{_PSS}RSAPSSParams")
    if given is None:
        return SignatureMethod(Family.RSA_PSS, HASHES["sha256"])
    digest = _hash(given.find(ds("DigestMethod")), "sha256")
    mask = _hash(given.find(f"{_PSS}MaskGenerationFunction/{ds('DigestMethod')}"), digest)
    salt, trailer = given.find(f"{_PSS}SaltLength"), given.find(f"{_PSS}TrailerField")
    if digest not in HASHES or mask not in HASHES or not _is_usual(given, trailer):
        return None
    length = None if salt is None else small_number(leaf_text(salt))
    return SignatureMethod(Family.RSA_PSS, HASHES[digest], HASHES[mask], length)


def _is_usual(given: Element, trailer: Element | None) -> bool:
    function = given.find(f"{_PSS}MaskGenerationFunction")
    masked = function is None or function.get("Algorithm", _MGF1) == _MGF1
    return masked and (trailer is None or leaf_text(trailer).strip() == "1")


def _hash(node: Element | None, otherwise: str) -> str:
    if node is None:
        return otherwise
    known = DIGESTS.get(node.get("Algorithm", ""))
    return known.name if known else ""


def small_number(text: str) -> int:
    """This will read a whole number in decimal digits. Raises `Refused`."""
    try:
        return int(text)
    except ValueError:
        raise Refused(ReasonCode.SIG_STRUCTURE) from None
