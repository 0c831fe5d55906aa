"""The one XML parser of the product: it reads what strangers send, so it refuses before it builds.

The rules, in the order in which they are checked:

1. ``XML-SIZE``: the file is no longer than the limit.
2. ``XML-ENCODING``: the encoding is a known one, declared without contradiction, and decodes.
3. ``XML-NODES``, ``XML-SIZE``: markup, attributes and runs of text stay within the limits.
4. ``XML-DOCTYPE``: the prolog holds no document type, not even an empty one. Without one there
   are no entities to expand and no default attributes to appear from nowhere.
5. ``XML-SYNTAX``, ``XML-DEPTH``: libxml2 parses with no DTD, no entities, no network, no recovery
   and its own ceilings in force.

libxml2 is always given UTF-8 that was decoded here, so there is no second opinion about the
encoding that a hidden document type could slip through.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from threading import local
from typing import TypeAlias

from lxml import etree
from lxml.etree import _Element

Element: TypeAlias = _Element

_MEBIBYTE = 1024 * 1024
_PARSER_DEPTH = 256  # libxml2 goes no deeper of its own accord
# libxml2 gives "too long" and "not finished" the same number, so its words have to tell.
_DEPTH_WORDS = "Excessive depth"
_SIZE_WORDS = ("too big", "too long", "limit exceeded")


class XmlFault(StrEnum):
    """Why a file is not read as XML. The values are stable reason codes."""

    DOCTYPE = "XML-DOCTYPE"
    SIZE = "XML-SIZE"
    DEPTH = "XML-DEPTH"
    NODES = "XML-NODES"
    SYNTAX = "XML-SYNTAX"
    ENCODING = "XML-ENCODING"


class XmlRefused(Exception):
    """The file is not read as XML; ``fault`` names the rule."""

    def __init__(self, fault: XmlFault) -> None:
        """Keep the rule; never the content."""
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class XmlLimits:
    """How much a document may cost.

    ``depth`` counts nested elements; above 256 libxml2 sets the limit itself. ``nodes`` is an upper
    bound: start tags, comments, instructions and equals signs together. ``text_bytes`` is the
    longest run without markup; libxml2 keeps no text node over 10 000 000 bytes unless its
    protections are switched off, which is never done. ``attributes`` is per element and counts
    namespace declarations.
    """

    total_bytes: int = 64 * _MEBIBYTE
    depth: int = _PARSER_DEPTH
    nodes: int = 1_000_000
    text_bytes: int = 10_000_000
    attributes: int = 256


_DEFAULT_LIMITS = XmlLimits()

# Appendix F of XML 1.0: the first bytes tell the family. ``None`` is a family that is not read.
_WIDE_FAMILIES: tuple[tuple[bytes, int, str | None], ...] = (
    (b"\xff\xfe\x00\x00", 0, None),
    (b"\x00\x00\xfe\xff", 0, None),
    (b"<\x00\x00\x00", 0, None),
    (b"\x00\x00\x00<", 0, None),
    (b"\xff\xfe", 2, "utf-16-le"),
    (b"\xfe\xff", 2, "utf-16-be"),
    (b"<\x00", 0, "utf-16-le"),
    (b"\x00<", 0, "utf-16-be"),
)
_WIDE_MARKS = tuple(mark for mark, _, _ in _WIDE_FAMILIES)
_WIDE_NAMES = {
    "utf-16-le": frozenset({"", "utf-16", "utf-16le"}),
    "utf-16-be": frozenset({"", "utf-16", "utf-16be"}),
}
_UTF8_BOM = b"\xef\xbb\xbf"
_UTF8_NAMES = frozenset({"", "utf-8", "utf8"})
# Stateless one-byte sets in which ASCII bytes mean ASCII: markup cannot hide in them.
_NARROW_CODECS = {
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "iso-8859-1",
    "iso-8859-2": "iso-8859-2",
    "windows-1250": "cp1250",
    "windows-1252": "cp1252",
}
_DECLARATION = re.compile(
    rb"""<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.0"|'1\.0')"""
    rb"""(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*["']([A-Za-z][A-Za-z0-9._-]*)["'])?"""
    rb"""(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*["'](?:yes|no)["'])?[ \t\r\n]*\?>"""
)
_USUAL_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>'
_DECLARATION_START = re.compile(rb"<\?xml[ \t\r\n]")
_NOT_BLANK = re.compile(rb"[^ \t\r\n]")


def parse_xml(data: bytes, limits: XmlLimits = _DEFAULT_LIMITS) -> Element:
    """This will return the root element of an untrusted XML 1.0 document.

    Comments and processing instructions are kept (canonicalisation needs the latter); a byte order
    mark is dropped; the encoding declaration is honoured for UTF-8, UTF-16 and the one-byte sets
    used in Poland, and refused otherwise. Never fetches, never expands, never repairs.

    Raises `XmlRefused` with the rule that was broken, and nothing else.
    """
    if len(data) > limits.total_bytes:
        raise XmlRefused(XmlFault.SIZE)
    document = _as_utf8(data)
    _refuse_excess(document, limits)
    _refuse_doctype(document)
    root = _parsed(document)
    if limits.depth < _PARSER_DEPTH and root.xpath(f"boolean({'/*' * (limits.depth + 1)})"):
        raise XmlRefused(XmlFault.DEPTH)
    return root


def _as_utf8(data: bytes) -> bytes:
    """This will return the document in UTF-8 without a byte order mark."""
    if data.startswith(_WIDE_MARKS):
        return _wide_as_utf8(data)
    if data.startswith(_UTF8_BOM):
        data = data[len(_UTF8_BOM) :]
        if _declared_encoding(data) not in _UTF8_NAMES:
            raise XmlRefused(XmlFault.ENCODING)
    name = _declared_encoding(data)
    if name in _UTF8_NAMES:
        _decoded(data, "utf-8")
        return data
    if name not in _NARROW_CODECS:
        raise XmlRefused(XmlFault.ENCODING)
    return _decoded(data, _NARROW_CODECS[name]).encode()


def _wide_as_utf8(data: bytes) -> bytes:
    family = next(family for family in _WIDE_FAMILIES if data.startswith(family[0]))
    _, skip, codec = family
    if codec is None:
        raise XmlRefused(XmlFault.ENCODING)
    document = _decoded(data[skip:], codec).encode()
    if _declared_encoding(document) not in _WIDE_NAMES[codec]:
        raise XmlRefused(XmlFault.ENCODING)
    return document


def _decoded(body: bytes, codec: str) -> str:
    try:
        return body.decode(codec)
    except UnicodeDecodeError as error:
        raise XmlRefused(XmlFault.ENCODING) from error


def _declared_encoding(document: bytes) -> str:
    """This will return the encoding named in the XML declaration in small letters, or nothing."""
    if document.startswith(_USUAL_DECLARATION):
        return "utf-8"
    if not _DECLARATION_START.match(document):
        return ""
    declaration = _DECLARATION.match(document)
    if declaration is None:
        raise XmlRefused(XmlFault.SYNTAX)
    name: bytes = declaration[1] or b""
    return name.decode("ascii").lower()


def _refuse_doctype(document: bytes) -> None:
    """This will walk the prolog and prove that a root element comes before any declaration.

    XML 1.0, productions 22 and 27: only comments, instructions and blanks may precede the document
    type, and the document type must precede the root; so once the root starts there is none.
    """
    at = 0
    while True:
        at = _after_blanks(document, at)
        if document.startswith(b"<?", at):
            at = _after(b"?>", document, at + 2)
        elif document.startswith(b"<!--", at):
            at = _after(b"-->", document, at + 4)
        elif document.startswith(b"<!", at):
            raise XmlRefused(XmlFault.DOCTYPE)
        elif document.startswith(b"<", at):
            return
        else:
            raise XmlRefused(XmlFault.SYNTAX)


def _after_blanks(document: bytes, start: int) -> int:
    found = _NOT_BLANK.search(document, start)
    return found.start() if found else len(document)


def _after(end: bytes, document: bytes, start: int) -> int:
    found = document.find(end, start)
    if found < 0:
        raise XmlRefused(XmlFault.SYNTAX)
    return found + len(end)


def _refuse_excess(document: bytes, limits: XmlLimits) -> None:
    """This will bound the cost of the tree before a single node of it is built."""
    signs = document.count(b"=")
    many = len(document) > limits.nodes  # each takes a byte at least
    if many and document.count(b"<") - document.count(b"</") + signs > limits.nodes:
        raise XmlRefused(XmlFault.NODES)
    if signs > limits.attributes and _crowded_tag(limits.attributes).search(document):
        raise XmlRefused(XmlFault.NODES)
    if len(document) > limits.text_bytes and _longest_run(document) > limits.text_bytes:
        raise XmlRefused(XmlFault.SIZE)


def _crowded_tag(attributes: int) -> re.Pattern[bytes]:
    """This will match a start tag with more quoted values than allowed, in linear time.

    No part may cross a ``<``, which XML forbids in tags and in attribute values alike.
    """
    value = rb"""[^<>"']*+(?:"[^"<]*+"|'[^'<]*+')"""
    return re.compile(rb"""<[^<>"'!?/](?:%b){%d}""" % (value, attributes + 1))


def _longest_run(document: bytes) -> int:
    return max(map(len, document.split(b"<")))


class _Parser(local):
    """The parser of each thread: one for all would make the web threads wait for each other."""

    def __init__(self) -> None:
        self.kept = etree.XMLParser(
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            attribute_defaults=False,
            recover=False,
            huge_tree=False,
            collect_ids=False,
        )


_PARSER = _Parser()


def _parsed(document: bytes) -> Element:
    try:
        return etree.fromstring(document, _PARSER.kept)  # noqa: TID251  # this is that one parser
    except etree.XMLSyntaxError as error:
        raise XmlRefused(_fault_of(error)) from error


def _fault_of(error: etree.XMLSyntaxError) -> XmlFault:
    words = str(error)
    if _DEPTH_WORDS in words:
        return XmlFault.DEPTH
    if any(word in words for word in _SIZE_WORDS):
        return XmlFault.SIZE
    return XmlFault.SYNTAX
