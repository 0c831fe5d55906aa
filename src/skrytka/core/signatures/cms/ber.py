"""A strict, bounded reader of BER (X.690 §8) that keeps every value as it was received.

Signatures are over bytes, so a value is a place in the received octets and never a copy made from
an interpretation. Values of definite length are opened only when somebody asks for their parts.
"""

from dataclasses import dataclass
from functools import cached_property

from skrytka.core.signatures.reasons import ReasonCode

SEQUENCE, SET, INTEGER, OCTETS, OID, NULL = 0x30, 0x31, 0x02, 0x04, 0x06, 0x05
CONSTRUCTED = 0x20
_LONG_FORM = 0x80
_HIGH_TAG = 0x1F
_LONGEST_LENGTH = 4
_DEEPEST = 48
_MOST_VALUES = 150_000  # a 100 MB content in pieces of 1 kB has 100,000


class CannotRead(Exception):
    """A structure that cannot be read, or that we refuse to; ``code`` says why."""

    def __init__(self, code: ReasonCode = ReasonCode.CMS_SYNTAX) -> None:
        super().__init__(code)
        self.code = code


class _Source:
    """The octets, and how many values may still be read from them."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.left = _MOST_VALUES

    def count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise CannotRead(ReasonCode.RES_COUNT)


@dataclass(frozen=True, eq=False)
class Node:
    """One value: ``start`` of its tag, ``body`` and ``stop`` of its content, its ``end``."""

    source: _Source
    tag: int
    start: int
    body: int
    stop: int
    end: int
    depth: int
    parts: "tuple[Node, ...] | None" = None

    @property
    def raw(self) -> bytes:
        """The whole encoding as received."""
        return self.source.data[self.start : self.end]

    @property
    def content(self) -> bytes:
        return self.source.data[self.body : self.stop]

    @cached_property
    def children(self) -> "tuple[Node, ...]":
        """The values inside a constructed value. Raises `CannotRead`."""
        if self.parts is not None:
            return self.parts
        if not self.tag & CONSTRUCTED:
            raise CannotRead
        found = []
        position = self.body
        while position < self.stop:
            found.append(_read(self.source, position, self.stop, self.depth + 1))
            position = found[-1].end
        return tuple(found)

    def expect(self, tag: int) -> "Node":
        """This will return the node itself when it has the tag. Raises `CannotRead`."""
        if self.tag != tag:
            raise CannotRead
        return self


def read_first(data: bytes) -> Node:
    """This will read the value that the data begin with. Raises `CannotRead`."""
    return _read(_Source(data), 0, len(data), 0)


def read_whole(data: bytes) -> Node:
    """This will read the one value that fills the data. Raises `CannotRead`."""
    node = read_first(data)
    if node.end != len(data):
        raise CannotRead
    return node


def octets(node: Node) -> bytes:
    """This will return the value of an OCTET STRING, joined when it came in pieces."""
    pieces: list[bytes] = []
    _collect(node, pieces)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def integer(node: Node) -> int:
    """This will return the value of an INTEGER. Raises `CannotRead`."""
    return int.from_bytes(node.expect(INTEGER).content, signed=True)


def oid(node: Node) -> str:
    """This will return an OBJECT IDENTIFIER in dotted form. Raises `CannotRead`."""
    content = node.expect(OID).content
    if not content or content[-1] & _LONG_FORM or len(content) > 64:
        raise CannotRead
    arcs, value = [], 0
    for octet in content:
        value = value << 7 | octet & 0x7F
        if not octet & _LONG_FORM:
            arcs.append(value)
            value = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))


def to_der(node: Node, tag: int | None = None) -> bytes:
    """This will re-encode a value in DER (X.690 §10, §11), with another tag when one is given.

    Lengths become definite, strings in pieces become one, the members of a SET are ordered.
    """
    outer = node.tag if tag is None else tag
    if not node.tag & CONSTRUCTED:
        return encode(outer, node.content)
    if node.tag == OCTETS | CONSTRUCTED:
        return encode(OCTETS, octets(node))
    members = [to_der(child) for child in node.children]
    return encode(outer, b"".join(sorted(members) if outer == SET else members))


def encode(tag: int, content: bytes) -> bytes:
    """This will put tag and definite length before a content."""
    size = len(content)
    if size < _LONG_FORM:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, _LONG_FORM | len(length))) + length + content


def _collect(node: Node, pieces: list[bytes]) -> None:
    if node.tag == OCTETS | CONSTRUCTED:
        for child in node.children:
            _collect(child, pieces)
    else:
        pieces.append(node.expect(OCTETS).content)


def _read(source: _Source, start: int, limit: int, depth: int) -> Node:
    source.count()
    data = source.data
    if depth > _DEEPEST or limit - start < 2 or data[start] & _HIGH_TAG == _HIGH_TAG:
        raise CannotRead
    tag, size, body = data[start], data[start + 1], start + 2
    if size == _LONG_FORM:
        return _indefinite(source, start, limit, depth)
    if size > _LONG_FORM:
        width = size - _LONG_FORM
        if width > _LONGEST_LENGTH or body + width > limit:
            raise CannotRead
        size = int.from_bytes(data[body : body + width])
        body += width
    if body + size > limit:
        raise CannotRead
    return Node(source, tag, start, body, body + size, body + size, depth)


def _indefinite(source: _Source, start: int, limit: int, depth: int) -> Node:
    """X.690 §8.1.3.6: only a constructed value; it ends with two zero octets."""
    tag = source.data[start]
    if not tag & CONSTRUCTED:
        raise CannotRead
    parts: list[Node] = []
    position = start + 2
    while source.data[position : position + 2] != b"\0\0" or position + 2 > limit:
        parts.append(_read(source, position, limit, depth + 1))
        position = parts[-1].end
    return Node(source, tag, start, start + 2, position, position + 2, depth, tuple(parts))
