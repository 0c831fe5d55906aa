"""What a signature covers, compared with the document that people see."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from lxml import etree
from lxml.etree import _Comment, _ProcessingInstruction
from lxml.etree import _Element as Element

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.algorithms import SHA256
from skrytka.core.signatures.c14n import C14nMethod, canonicalize_document, canonicalize_uprooted
from skrytka.core.signatures.evidence import Cover, SignedContent
from skrytka.core.signatures.names import BASE64, ds
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.words import Packaging, Scope
from skrytka.core.signatures.xmldsig.intake import SignedFile, open_signed_file
from skrytka.core.signatures.xmldsig.properties import is_about_properties
from skrytka.core.signatures.xmldsig.references import NodeSet, Resolved
from skrytka.core.signatures.xmldsig.stamped import Signed
from skrytka.core.signatures.xmldsig.structure import SignatureParts, from_base64, leaf_text
from skrytka.core.signatures.xmldsig.transforms import StepKind
from skrytka.core.signatures.xmldsig.wrapped import wrapped_file

_AS_SEEN = C14nMethod.INCLUSIVE_COMMENTS
_AS_SIGNED = C14nMethod.INCLUSIVE


@dataclass(frozen=True)
class Coverage:
    """The covered things, the content that was returned, and what is not as it should be."""

    covers: tuple[Cover, ...]
    content: SignedContent | None
    codes: tuple[ReasonCode, ...]


def measure_coverage(
    signed_file: SignedFile, signed: Signed, entries: tuple[Resolved, ...], parent: Element | None
) -> Coverage:
    """This will name what is covered and how much of it, and cut out the verified content.

    ``entries`` of manifests are named among the covered things; they are enough where there is
    nothing around the signature. ``parent`` is the signature that a counter-signature signs: its
    value is all that has to be covered.
    """
    parts, root = signed.parts, signed_file.root
    about = tuple(item for item in signed.references if _is_content(item, parts))
    if parent is not None:
        return _of_countersigned(about, parent)
    covers = tuple(_cover(root, parts, item) for item in about)
    listed = tuple(_cover(root, parts, entry) for entry in entries)
    by_list = root is parts.node and any(cover.scope is not Scope.PARTIAL for cover in listed)
    codes = []
    if not covers:
        codes.append(ReasonCode.XSW_NO_CONTENT)
    elif not by_list and not _covers_what_is_seen(root, parts, about, covers):
        codes.append(ReasonCode.XSW_SCOPE)
    if any(_is_misplaced(item, parts) for item in about):
        codes.append(ReasonCode.XSW_OBJECT)
    pairs = zip(about, covers, strict=True)
    whole = [item for item, cover in pairs if cover.scope is Scope.FULL]
    content = _content(signed_file, parts, whole[0]) if whole else None
    return Coverage((*covers, *listed), content, tuple(codes))


def _of_countersigned(about: tuple[Resolved, ...], parent: Element) -> Coverage:
    value = parent.find(ds("SignatureValue"))
    covers = tuple(
        Cover(
            item.parts.uri or "",
            _digest(item),
            Scope.FULL if item.nodes and item.nodes.apex is value else Scope.PARTIAL,
        )
        for item in about
    )
    if not covers:
        return Coverage((), None, (ReasonCode.XSW_NO_CONTENT,))
    signs_it = any(cover.scope is Scope.FULL for cover in covers)
    return Coverage(covers, None, () if signs_it else (ReasonCode.XSW_OBJECT,))


def _is_content(item: Resolved, parts: SignatureParts) -> bool:
    at_key_info = item.nodes is not None and item.nodes.apex is parts.key_info
    return not is_about_properties(item) and not at_key_info


def _covers_what_is_seen(
    root: Element,
    parts: SignatureParts,
    about: tuple[Resolved, ...],
    covers: tuple[Cover, ...],
) -> bool:
    """A document around a signature must itself be covered; a bare signature needs any content."""
    bare = root is parts.node
    return any(
        cover.scope is not Scope.PARTIAL and (bare or item.nodes is not None)
        for item, cover in zip(about, covers, strict=True)
    )


def _cover(root: Element, parts: SignatureParts, item: Resolved) -> Cover:
    digest = _digest(item)
    if item.nodes is not None:
        name = item.parts.uri or etree.QName(root).localname
        full = _is_document(root, parts, item.nodes, item) or _is_box(root, parts, item.nodes)
        return Cover(name, digest, Scope.FULL if full else Scope.PARTIAL)
    if item.octets is None:
        plain = item.intact and item.parts.digest_uri == SHA256 and not item.steps
        claimed = item.parts.digest.hex() if plain else None
        return Cover(item.parts.uri or "", claimed, Scope.DIGEST)
    return Cover(item.parts.uri or "", digest, Scope.FULL)


def _digest(item: Resolved) -> str | None:
    """The digest of what was digested, in hexadecimal; one that was just found right is at hand."""
    if item.octets is None:
        return None
    if item.intact and item.parts.digest_uri == SHA256:
        return item.parts.digest.hex()
    return sha256(item.octets).hexdigest()


def _is_document(root: Element, parts: SignatureParts, nodes: NodeSet, item: Resolved) -> bool:
    """Only signatures are ever removed, so the root less its signatures is the whole document."""
    decoded = any(step.kind is StepKind.BASE64 for step in item.steps)
    return nodes.apex is root and root is not parts.node and not decoded


def _is_box(root: Element, parts: SignatureParts, nodes: NodeSet) -> bool:
    """An Object directly inside the signature that is the root of the file: enveloping."""
    return root is parts.node and nodes.apex in parts.objects


def _is_misplaced(item: Resolved, parts: SignatureParts) -> bool:
    """An Object or Manifest counts only where the standard puts it, in this very signature."""
    if item.nodes is None or item.nodes.apex.tag not in {ds("Object"), ds("Manifest")}:
        return False
    at = item.nodes.apex
    box = at if at.tag == ds("Object") else at.getparent()
    return box not in parts.objects


def _content(
    signed_file: SignedFile, parts: SignatureParts, item: Resolved
) -> SignedContent | None:
    octets = item.octets or b""
    if item.nodes is None:
        return SignedContent(Packaging.DETACHED, octets)
    if item.nodes.apex not in parts.objects:
        file = wrapped_file(item.nodes.apex, octets)
        if file is not None:
            return SignedContent(Packaging.ENVELOPING_BINARY, file)
        return SignedContent(Packaging.ENVELOPED, octets, _seen(signed_file, item.nodes))
    if any(step.kind is StepKind.BASE64 for step in item.steps):
        return SignedContent(Packaging.ENVELOPING_BINARY, octets)
    return _boxed(parse_xml(octets), item.nodes.apex)


def _seen(signed_file: SignedFile, nodes: NodeSet) -> Callable[[], bytes]:
    """What is remembered holds the bytes of the file, which are few, and not its tree."""
    places = tuple(map(signed_file.signatures.index, nodes.removed))
    return partial(_as_seen, signed_file.data, places)


def _as_seen(data: bytes, removed: tuple[int, ...]) -> bytes:
    again = open_signed_file(data)
    cut = tuple(again.signatures[place] for place in removed)
    return canonicalize_document(again.root, _AS_SEEN, without=cut)


def _boxed(signed: Element, received: Element) -> SignedContent | None:
    """This will take the content out of a ds:Object: base64 text, or nodes with one element."""
    if signed.get("Encoding") == BASE64:
        data = from_base64(leaf_text(signed))
        return SignedContent(Packaging.ENVELOPING_BINARY, data)
    payload, seen = _inside(signed, _AS_SIGNED), _inside(received, _AS_SEEN)
    if payload is None or seen is None:
        return None
    return SignedContent(Packaging.ENVELOPING_XML, payload, lambda: seen)


def _inside(box: Element, method: C14nMethod) -> bytes | None:
    """This will write the nodes of a box as if they were a document of their own."""
    texts = [box.text, *(node.tail for node in box)]
    if sum(1 for _ in box.iterchildren("*")) != 1 or any(text and text.strip() for text in texts):
        return None
    kept = (node for node in box if method.comments or not isinstance(node, _Comment))
    return b"\n".join(_own(node, method) for node in kept)


def _own(node: Element, method: C14nMethod) -> bytes:
    """This will write one node without the declarations that it merely inherits from the box."""
    if isinstance(node, (_Comment, _ProcessingInstruction)):
        return etree.tostring(node, with_tail=False)
    return canonicalize_uprooted(node, method)
