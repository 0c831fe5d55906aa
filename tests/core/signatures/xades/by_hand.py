"""Signatures that libxmlsec does not make: digests by hashlib, values by any function given."""

import base64
import copy
import hashlib
from collections.abc import Callable

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from lxml import etree

from skrytka.core.documents.xml import parse_xml
from tests.core.signatures.crafting import DS, Shape, find, parent_of
from tests.core.signatures.xades.stamping import exclusive
from tests.world.pki import make_pki

Signer = Callable[[bytes], bytes]


def by_hand(
    document: str, shape: Shape, sign: Signer | None = None, *, method: str = ""
) -> etree._Element:
    """This will fill the digests and the value; ``method`` replaces the SignatureMethod.

    References lead to the document less its signature, or to an element, in exclusive form.
    """
    root = parse_xml(document.replace("{signature}", shape.xml()).encode())
    complete(root, sign, method=method)
    return root


def complete(root: etree._Element, sign: Signer | None = None, *, method: str = "") -> None:
    """This will fill the only signature of a document."""
    info = find(root, f".//{{{DS}}}SignedInfo")
    for reference in info.iterfind(f"{{{DS}}}Reference"):
        find(reference, f"{{{DS}}}DigestValue").text = _digest(root, reference)
    if method:
        info.replace(find(info, f"{{{DS}}}SignatureMethod"), parse_xml(method.encode()))
    value = (sign or _p256)(exclusive(info))
    find(parent_of(info), f"{{{DS}}}SignatureValue").text = base64.b64encode(value).decode()


def _digest(root: etree._Element, reference: etree._Element) -> str:
    method = find(reference, f"{{{DS}}}DigestMethod").get("Algorithm", "")
    name = method.rpartition("#")[2].replace("-", "_")
    data = exclusive(_target(root, reference.get("URI", "")))
    return base64.b64encode(hashlib.new(name, data).digest()).decode()


def _target(root: etree._Element, uri: str) -> etree._Element:
    if uri:
        return next(node for node in root.iter("*") if node.get("Id") == uri[1:])
    twin = copy.deepcopy(root)
    signature = find(twin, f"{{{DS}}}Signature")
    twin.remove(signature)
    return twin


def _p256(message: bytes) -> bytes:
    key = make_pki().person.private_key
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return raw(key.sign(message, ec.ECDSA(hashes.SHA256())), 32)


def raw(der: bytes, size: int) -> bytes:
    """The two numbers of a DSA or ECDSA value in a fixed length each."""
    r, s = decode_dss_signature(der)
    return r.to_bytes(size) + s.to_bytes(size)
