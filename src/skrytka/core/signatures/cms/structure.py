"""The named parts of a SignedData (RFC 5652 §5), each as received."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from skrytka.core.signatures.cms.ber import (
    CONSTRUCTED,
    NULL,
    OCTETS,
    SEQUENCE,
    SET,
    CannotRead,
    Node,
    integer,
    octets,
    oid,
)

ID_DATA = "1.2.840.113549.1.7.1"
ID_SIGNED_DATA = "1.2.840.113549.1.7.2"
CONTENT_TYPE = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
SIGNING_TIME = "1.2.840.113549.1.9.5"

_UTC_TIME, _GENERALIZED_TIME = 0x17, 0x18
_TAGGED_0, _TAGGED_1 = 0xA0, 0xA1


@dataclass(frozen=True)
class Algorithm:
    """An AlgorithmIdentifier; NULL parameters count as none (RFC 5754 §2)."""

    oid: str
    parameters: Node | None = None

    @property
    def identity(self) -> tuple[str, bytes]:
        return self.oid, self.parameters.raw if self.parameters else b""


@dataclass(frozen=True)
class Attribute:
    """An attribute: ``type_node`` and ``set_node`` are its two parts as received."""

    oid: str
    node: Node
    type_node: Node
    set_node: Node
    values: tuple[Node, ...]

    @property
    def single(self) -> Node:
        """The only value. Raises `CannotRead` when there is none or more than one."""
        if len(self.values) != 1:
            raise CannotRead
        return self.values[0]


@dataclass(frozen=True)
class SignerInfo:
    """One signer. ``head`` are its fields before the unsigned attributes, as received."""

    node: Node
    head: tuple[Node, ...]
    sid: Node
    digest: Algorithm
    signed_node: Node | None
    signed: tuple[Attribute, ...]
    algorithm: Algorithm
    value: bytes
    unsigned_node: Node | None
    unsigned: tuple[Attribute, ...]

    def signed_attributes(self, identifier: str) -> tuple[Attribute, ...]:
        return tuple(one for one in self.signed if one.oid == identifier)

    def unsigned_attributes(self, *identifiers: str) -> tuple[Attribute, ...]:
        return tuple(one for one in self.unsigned if one.oid in identifiers)


@dataclass(frozen=True)
class SignedData:
    """A SignedData; the signers are opened one by one, so that a bad one hides no other."""

    encapsulated: Node
    content_type: str
    content_node: Node | None
    certificates: Node | None
    revocations: Node | None
    signers: tuple[Node, ...]

    @cached_property
    def content(self) -> bytes | None:
        """The octets that are digested: of an OCTET STRING its value (RFC 5652 §5.4).

        Of any other type the content octets of its encoding, as in PKCS#7 (RFC 2315 §9.3).
        """
        if self.content_node is None:
            return None
        if self.content_node.tag in {OCTETS, OCTETS | CONSTRUCTED}:
            return octets(self.content_node)
        return self.content_node.content


def read_signed_data(root: Node) -> SignedData:
    """This will read a ContentInfo that holds a SignedData. Raises `CannotRead`."""
    kind, explicit = _exactly(root.expect(SEQUENCE).children, 2)
    if oid(kind) != ID_SIGNED_DATA:
        raise CannotRead
    (body,) = _exactly(explicit.expect(_TAGGED_0).children, 1)
    parts = list(body.expect(SEQUENCE).children)
    if len(parts) < 4:
        raise CannotRead
    integer(parts[0])
    parts[1].expect(SET)
    rest = parts[3:]
    certificates = rest.pop(0) if rest[0].tag == _TAGGED_0 else None
    revocations = rest.pop(0) if rest and rest[0].tag == _TAGGED_1 else None
    (signers,) = _exactly(rest, 1)
    content_type, content_node = _encapsulated(parts[2])
    return SignedData(
        encapsulated=parts[2],
        content_type=content_type,
        content_node=content_node,
        certificates=certificates,
        revocations=revocations,
        signers=signers.expect(SET).children,
    )


def read_signer(node: Node) -> SignerInfo:
    """This will read one SignerInfo. Raises `CannotRead`."""
    parts = list(node.expect(SEQUENCE).children)
    unsigned = parts.pop() if parts and parts[-1].tag == _TAGGED_1 else None
    head = tuple(parts)
    signed = parts.pop(3) if len(parts) > 3 and parts[3].tag == _TAGGED_0 else None
    version, sid, digest, algorithm, value = _exactly(parts, 5)
    integer(version)
    return SignerInfo(
        node=node,
        head=head,
        sid=sid,
        digest=read_algorithm(digest),
        signed_node=signed,
        signed=read_attributes(signed.children) if signed else (),
        algorithm=read_algorithm(algorithm),
        value=octets(value),
        unsigned_node=unsigned,
        unsigned=read_attributes(unsigned.children) if unsigned else (),
    )


def read_algorithm(node: Node, tag: int = SEQUENCE) -> Algorithm:
    """This will read an AlgorithmIdentifier. Raises `CannotRead`."""
    parts = node.expect(tag).children
    if len(parts) not in {1, 2}:
        raise CannotRead
    parameters = parts[1] if len(parts) > 1 and parts[1].tag != NULL else None
    return Algorithm(oid(parts[0]), parameters)


def read_attributes(nodes: Iterable[Node]) -> tuple[Attribute, ...]:
    """This will read attributes, each a type and a set of values. Raises `CannotRead`."""
    return tuple(_attribute(node) for node in nodes)


def read_time(node: Node) -> datetime:
    """This will read a UTCTime or GeneralizedTime that ends with Z. Raises `CannotRead`."""
    text = node.content.decode("ascii", "replace")
    whole, _, fraction = text.removesuffix("Z").partition(".")
    if node.tag == _UTC_TIME:  # RFC 5280 §4.1.2.5.1: 50 and more are of the last century
        whole = ("19" if whole >= "50" else "20") + whole
    elif node.tag != _GENERALIZED_TIME:
        raise CannotRead
    if not text.endswith("Z") or not whole.isdecimal() or len(whole) not in {12, 14}:
        raise CannotRead
    try:
        moment = datetime.strptime(whole.ljust(14, "0"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        return moment.replace(microsecond=int((fraction or "0")[:6].ljust(6, "0")))
    except ValueError:
        raise CannotRead from None


def _encapsulated(node: Node) -> tuple[str, Node | None]:
    parts = node.expect(SEQUENCE).children
    if len(parts) == 1:
        return oid(parts[0]), None
    kind, explicit = _exactly(parts, 2)
    (content,) = _exactly(explicit.expect(_TAGGED_0).children, 1)
    return oid(kind), content


def _attribute(node: Node) -> Attribute:
    kind, values = _exactly(node.expect(SEQUENCE).children, 2)
    return Attribute(oid(kind), node, kind, values, values.expect(SET).children)


def _exactly(nodes: Iterable[Node], count: int) -> tuple[Node, ...]:
    found = tuple(nodes)
    if len(found) != count:
        raise CannotRead
    return found
