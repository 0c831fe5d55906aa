"""Writing XML as text: every character that a file brought along is made harmless here."""

import base64
import re
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from skrytka.core.signatures.algorithms import SHA256

Xml = str

# XML 1.0 §2.2: what is no character of XML, and what a parser would change on the way (\r).
_NO_CHARACTER = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OID = re.compile(r"[0-2](\.[0-9]+)+")
_PLAIN_URI = re.compile(
    r"(urn:[A-Za-z0-9-]+:|https?://[A-Za-z0-9.-]+/)[A-Za-z0-9._~/?=&,;+-][A-Za-z0-9._~:/?=&,;+-]*"
)


def text(value: str) -> Xml:
    """This will return text with markup escaped and with U+FFFD for what XML cannot hold."""
    return escape(_NO_CHARACTER.sub("\ufffd", value))


def element(name: str, *inner: Xml, **attributes: str) -> Xml:
    """This will write an element around what is written already."""
    told = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{told}>{''.join(inner)}</{name}>"


def digest(name: str, value: str, method: str = SHA256) -> Xml:
    """This will write a digest, given in hex, as XAdES does; ``method`` is the URI of its kind."""
    return element(name, *digest_parts(value, method))


def digest_parts(value: str, method: str = SHA256) -> tuple[Xml, Xml]:
    told = element("ds:DigestMethod", Algorithm=method)
    return told, element("ds:DigestValue", as_base64(value))


def as_base64(value: str) -> str:
    return base64.b64encode(bytes.fromhex(value)).decode()


def uri_of(identifier: str, space: str) -> str:
    """This will make a URI of an identifier: an OID, a plain URI, or any other text, quoted.

    ``space`` is the beginning of the URI for the last.
    """
    if _OID.fullmatch(identifier):
        return f"urn:oid:{identifier}"
    if _PLAIN_URI.fullmatch(identifier):
        return identifier
    return space + quote(identifier.encode("utf-8", "replace"), safe="")
