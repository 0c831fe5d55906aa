"""The wrapper "podpisanyPlik": an XML document around one file, signed as a whole.

ePUAP put a file that is not XML into such a document so that it could bear a trusted signature.
"""

from lxml import etree
from lxml.etree import _Element as Element

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.xmldsig.structure import Refused, from_base64, leaf_text

_NAME = "podpisanyplik"
_BASE64 = "base64"
_DATA = "{*}DaneZalacznika"
_CODED = etree.XPath("//*[not(*)][@kodowanie='base64' or @Encoding='base64']")


def wrapped_file(root: Element, signed: bytes) -> bytes | None:
    """This will return the file inside a wrapper, None when the document is no wrapper.

    It is read from the canonical ``signed`` octets. A wrapper around none or several files is a
    document like any other.
    """
    if not _is_wrapper(root):
        return None
    document = parse_xml(signed)
    files = [node for node in document.iter(_DATA) if _is_inline(node)] or _coded(document)
    if len(files) != 1:
        return None
    try:
        return from_base64(leaf_text(files[0]))
    except Refused:
        return None


def _is_wrapper(root: Element) -> bool:
    """The old tools named the root so, or the namespace of a root with a general name."""
    name = etree.QName(root)
    place = (name.namespace or "").rstrip("/").rpartition("/")[2]
    return _NAME in {name.localname.casefold(), place.casefold()}


def _is_inline(node: Element) -> bool:
    parent = node.getparent()
    return parent is not None and parent.get("kodowanie", _BASE64) == _BASE64


def _coded(document: Element) -> list[Element]:
    found = _CODED(document)
    return [node for node in found if etree.iselement(node)] if isinstance(found, list) else []
