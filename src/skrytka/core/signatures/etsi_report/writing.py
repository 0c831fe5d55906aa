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


def digest(name: str, sha256: str) -> Xml:
    """This will write a SHA-256, given in hex, as XAdES writes digests."""
    return element(name, *digest_parts(sha256))


def digest_parts(sha256: str) -> tuple[Xml, Xml]:
    method = f'<ds:DigestMethod Algorithm="{SHA256}"/>'
    return method, element("ds:DigestValue", as_base64(sha256))


def as_base64(sha256: str) -> str:
    return base64.b64encode(bytes.fromhex(sha256)).decode()


def uri_of(identifier: str, space: str) -> str:
    """This will make a URI of an identifier: an OID, a plain URI, or any other text, quoted.

    ``space`` is the beginning of the URI for the last.
    """
    if _OID.fullmatch(identifier):
        return f"urn:oid:{identifier}"
    if _PLAIN_URI.fullmatch(identifier):
        return identifier
    return space + quote(identifier.encode("utf-8", "replace"), safe="")
