"""References: from a URI to the digested bytes (XML-DSig §4.4.3), inside strict limits."""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import unquote

from lxml.etree import _Element as Element

from skrytka.core.documents.xml import XmlRefused, parse_xml
from skrytka.core.signatures.algorithms import DIGESTS, SHA256
from skrytka.core.signatures.c14n import (
    C14nMethod,
    CannotCanonicalize,
    canonicalize,
    canonicalize_document,
)
from skrytka.core.signatures.names import SIGNATURE
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.xmldsig.intake import SignedFile
from skrytka.core.signatures.xmldsig.structure import (
    Canonicalization,
    ReferenceParts,
    Refused,
    from_base64,
)
from skrytka.core.signatures.xmldsig.transforms import Step, StepKind

_MOST_INSIDE = 64
_MOST_DETACHED = 1_000
_MOST_TRANSFORMS = 128
_MOST_TOKENS = 256
_SPARE_BYTES = 1024 * 1024
_POINTER = "#xpointer("
_WHOLE_POINTER = "#xpointer(/)"
_ID_POINTER = re.compile(r"#xpointer\(id\((?:'([^']*)'|\"([^\"]*)\")\)\)")
_IMPLIED = Canonicalization(C14nMethod.INCLUSIVE)


class Missing(Enum):
    """What to do with a detached file that was not handed in."""

    REFUSE = "REFUSE"
    TRUST_DIGEST = "TRUST_DIGEST"


@dataclass(frozen=True)
class DetachedFiles:
    """The files handed in beside the signature, by the name that a reference uses."""

    files: Mapping[str, bytes]
    missing: Missing = Missing.REFUSE


@dataclass
class Budget:
    """What one file may still cost over all its signatures."""

    canonical_bytes: int
    stamped_bytes: int
    inside: int = _MOST_INSIDE
    detached: int = _MOST_DETACHED
    transforms: int = _MOST_TRANSFORMS
    tokens: int = _MOST_TOKENS

    @classmethod
    def for_file(cls, signed_file: SignedFile) -> "Budget":
        size = 4 * len(signed_file.data) + _SPARE_BYTES
        return cls(canonical_bytes=size, stamped_bytes=8 * size)

    def spend_transforms(self, count: int) -> None:
        """This will count transforms. Raises `Refused` when the file has too many."""
        self.transforms -= count
        if self.transforms < 0:
            raise Refused(ReasonCode.TR_COUNT)

    def spend_stamped(self, count: int) -> None:
        """This will count what time-stamps stamp. Raises `Refused` when it is too much."""
        self.stamped_bytes -= count
        if self.stamped_bytes < 0:
            raise Refused(ReasonCode.RES_C14N)


@dataclass(frozen=True)
class NodeSet:
    """Nodes of the file: the whole document or one element, less the removed ones."""

    apex: Element
    whole: bool
    comments: bool
    removed: tuple[Element, ...] = ()


@dataclass(frozen=True)
class Resolved:
    """One reference, followed. ``octets`` is what was digested; ``nodes`` where it came from."""

    parts: ReferenceParts
    steps: tuple[Step, ...]
    nodes: NodeSet | None = None
    octets: bytes | None = None
    intact: bool = False
    codes: tuple[ReasonCode, ...] = ()


@dataclass
class Resolver:
    """Follows the references of one signature."""

    signed_file: SignedFile
    signature: Element
    detached: DetachedFiles
    budget: Budget
    _canonical: dict[tuple[NodeSet, Canonicalization], bytes] = field(default_factory=dict)

    def resolve(self, parts: ReferenceParts, steps: tuple[Step, ...]) -> Resolved:
        """This will find and digest what a reference names; a fault becomes its code."""
        try:
            return self._resolve(parts, steps)
        except Refused as refusal:
            return Resolved(parts, steps, codes=(refusal.code,))
        except (CannotCanonicalize, XmlRefused):
            return Resolved(parts, steps, codes=(ReasonCode.TR_FAILED,))

    def _resolve(self, parts: ReferenceParts, steps: tuple[Step, ...]) -> Resolved:
        algorithm = DIGESTS.get(parts.digest_uri)
        if algorithm is None:
            raise Refused(ReasonCode.ALG_UNKNOWN)
        start = self._dereference(parts)
        if start is None:
            return self._by_digest(parts, steps)
        nodes, octets = self._run(steps, start)
        intact = hmac.compare_digest(algorithm.digest(octets), parts.digest)
        codes = () if intact else (ReasonCode.REF_DIGEST,)
        return Resolved(parts, steps, nodes, octets, intact, codes)

    def _dereference(self, parts: ReferenceParts) -> NodeSet | bytes | None:
        uri = parts.uri
        if uri is None:
            return self._only_file()
        if uri and not uri.startswith("#"):
            return self._file(uri)
        self.budget.inside -= 1
        if self.budget.inside < 0:
            raise Refused(ReasonCode.RES_REFS)
        if uri in {"", _WHOLE_POINTER}:
            return NodeSet(self.signed_file.root, whole=True, comments=bool(uri))
        pointer = _ID_POINTER.fullmatch(uri) if uri.startswith(_POINTER) else None
        name = (pointer[1] or pointer[2] or "") if pointer else uri[1:]
        element = self.signed_file.ids.get(name)
        if element is None:
            raise Refused(ReasonCode.REF_NOT_FOUND)
        return NodeSet(element, whole=False, comments=pointer is not None)

    def _file(self, uri: str) -> bytes | None:
        """Never fetched: a file is either among those handed in, or it is not there."""
        self.budget.detached -= 1
        if self.budget.detached < 0:
            raise Refused(ReasonCode.RES_REFS)
        found = self.detached.files.get(uri, self.detached.files.get(unquote(uri)))
        if found is None and self.detached.missing is Missing.REFUSE:
            raise Refused(ReasonCode.REF_EXTERNAL)
        return found

    def _only_file(self) -> bytes:
        if len(self.detached.files) != 1:
            raise Refused(ReasonCode.REF_NULL_URI)
        return next(iter(self.detached.files.values()))

    def _by_digest(self, parts: ReferenceParts, steps: tuple[Step, ...]) -> Resolved:
        if steps or parts.digest_uri != SHA256:
            raise Refused(ReasonCode.REF_EXTERNAL)
        return Resolved(parts, steps, intact=True)

    def _run(self, steps: tuple[Step, ...], start: NodeSet | bytes) -> tuple[NodeSet | None, bytes]:
        data, nodes = start, start if isinstance(start, NodeSet) else None
        for step in steps:
            data = self._apply(step, data)
            nodes = data if isinstance(data, NodeSet) else nodes
        return nodes, data if isinstance(data, bytes) else self._octets(data, _IMPLIED)

    def _apply(self, step: Step, data: NodeSet | bytes) -> NodeSet | bytes:
        if step.kind is StepKind.CANONICAL:
            if isinstance(data, NodeSet):
                return self._octets(data, step.canonicalization)
            return _canonical_file(data, step.canonicalization)
        if step.kind is StepKind.BASE64:
            return from_base64(_text(data))
        if isinstance(data, bytes):
            raise Refused(ReasonCode.TR_UNKNOWN)
        if step.kind is StepKind.ONLY_PROPERTIES:
            return self._properties(step, data)
        return self._without_signatures(step, data)

    def _properties(self, step: Step, nodes: NodeSet) -> NodeSet:
        """This will go from the element with an Id to the only SignedProperties below it."""
        start = self.signed_file.ids.get(step.name)
        if start is None or start.get("Id") != step.name or not nodes.whole or nodes.removed:
            raise Refused(ReasonCode.TR_FAILED)
        path = f"{{{step.namespace}}}QualifyingProperties/{{{step.namespace}}}SignedProperties"
        found = start.findall(path)
        if len(found) != 1:
            raise Refused(ReasonCode.TR_FAILED)
        return NodeSet(found[0], whole=False, comments=nodes.comments)

    def _without_signatures(self, step: Step, nodes: NodeSet) -> NodeSet:
        """This will leave signatures out.

        What stands inside a signature that an expression leaves out is left out with it. The
        enveloped-signature transform is taken as signers took it: the part that is signed is
        walked from its top, and its own signature is not met where it is not inside.
        """
        wanted = self._unwanted(step, nodes)
        above = () if step.kind is StepKind.ENVELOPED else tuple(nodes.apex.iterancestors())
        if any(node is nodes.apex or node in above for node in wanted):
            raise Refused(ReasonCode.TR_FAILED)  # nothing would remain
        inside = tuple(node for node in wanted if nodes.apex in node.iterancestors())
        removed = tuple(dict.fromkeys((*nodes.removed, *inside)))
        return NodeSet(nodes.apex, nodes.whole, nodes.comments, removed)

    def _unwanted(self, step: Step, nodes: NodeSet) -> tuple[Element, ...]:
        if step.kind in {StepKind.ENVELOPED, StepKind.WITHOUT_OWN_SIGNATURE}:
            return (self.signature,)
        if step.kind is StepKind.WITHOUT_ROOT_SIGNATURES:
            return tuple(self.signed_file.root.iterchildren(SIGNATURE))
        if step.kind is StepKind.WITHOUT_NAMED:
            return _named(nodes.apex, step.name)
        return tuple(nodes.apex.iter(SIGNATURE))

    def canonical(self, element: Element, chosen: Canonicalization) -> bytes:
        """This will canonicalise one element within the budget, once for all who ask.

        Raises `Refused` and `CannotCanonicalize`.
        """
        return self._octets(NodeSet(element, whole=False, comments=True), chosen)

    def octets_of(self, item: Resolved, chosen: Canonicalization) -> bytes | None:
        """This will return what a reference gave; nodes in a form that the caller chooses."""
        nodes_remain = item.nodes and not (item.steps and item.steps[-1].gives_octets)
        return self._octets(item.nodes, chosen) if item.nodes and nodes_remain else item.octets

    def transformed(self, element: Element, steps: tuple[Step, ...]) -> bytes:
        """This will run transforms on one element. Raises as `canonical` and `XmlRefused`."""
        return self._run(steps, NodeSet(element, whole=False, comments=False))[1]

    def _octets(self, nodes: NodeSet, chosen: Canonicalization) -> bytes:
        known = self._canonical.get((nodes, chosen))
        if known is not None:
            return known
        method = chosen.method if nodes.comments else chosen.method.without_comments
        write = canonicalize_document if nodes.whole else canonicalize
        octets = write(nodes.apex, method, prefixes=chosen.prefixes, without=nodes.removed)
        self.budget.canonical_bytes -= len(octets)
        if self.budget.canonical_bytes < 0:
            raise Refused(ReasonCode.RES_C14N)
        self._canonical[nodes, chosen] = octets
        return octets


def _canonical_file(data: bytes, chosen: Canonicalization) -> bytes:
    root = parse_xml(data)
    return canonicalize_document(root, chosen.method, prefixes=chosen.prefixes)


def _named(apex: Element, name: str) -> tuple[Element, ...]:
    """This will find the elements that are written with a name; only signatures may be."""
    local = name.rpartition(":")[2]
    found = [node for node in apex.iter(f"{{*}}{local}") if _written(node, local) == name]
    if any(node.tag != SIGNATURE for node in found):
        raise Refused(ReasonCode.TR_FAILED)
    return tuple(found)


def _written(node: Element, local: str) -> str:
    return f"{node.prefix}:{local}" if node.prefix else local


def _text(data: NodeSet | bytes) -> str:
    if isinstance(data, bytes):
        return data.decode("latin-1")
    if data.removed:
        raise Refused(ReasonCode.TR_UNKNOWN)
    return str(data.apex.xpath("string()"))
