"""Corners: detached files with transforms, properties that are almost right, crowded namespaces."""

import base64
import hashlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.c14n import C14nMethod, canonicalize
from skrytka.core.signatures.der import BrokenDer, read_only, read_values
from skrytka.core.signatures.words import Indication
from tests.core.signatures.crafting import (
    BASE64,
    CANONICAL,
    ENVELOPED,
    INC,
    LETTER,
    PROPERTIES_TYPE,
    Ref,
    Shape,
    codes,
    sign,
    validate,
)
from tests.world.pki import make_pki

XML_FILE = b"<a  b='1'/>"


def _detached(ref: Ref, digested: bytes) -> bytes:
    """This will sign a reference to a file by hand: libxmlsec would go and fetch it."""
    digest = base64.b64encode(hashlib.sha256(digested).digest()).decode()
    text = Shape(references=(ref,), qualifying="").xml()
    text = text.replace("<ds:DigestValue/>", f"<ds:DigestValue>{digest}</ds:DigestValue>")
    info = canonicalize(parse_xml(text.encode())[0], C14nMethod.EXCLUSIVE)
    value = base64.b64encode(make_pki().person.sign(info)).decode()
    filled = f"<ds:SignatureValue>{value}</ds:SignatureValue>"
    return text.replace("<ds:SignatureValue/>", filled).encode()


@pytest.mark.parametrize(
    ("transforms", "given_bytes", "digested"),
    [
        (CANONICAL, XML_FILE, b'<a b="1"></a>'),
        (BASE64, b"dHJl", b"tre"),
        (CANONICAL + BASE64, b"<a>dHJl</a>", None),
        (CANONICAL, b"to nie XML", None),
        (ENVELOPED, XML_FILE, None),
    ],
)
def test_transforms_of_a_detached_file(
    transforms: str, given_bytes: bytes, digested: bytes | None
) -> None:
    report = validate(_detached(Ref("plik", transforms), digested or b""), plik=given_bytes)
    assert report.signatures[0].intact is (digested is not None)
    if digested is not None:
        assert report.payload == digested


def test_base64_is_not_taken_from_a_document_with_removed_parts() -> None:
    data = sign(LETTER).replace((ENVELOPED + CANONICAL).encode(), (ENVELOPED + BASE64).encode())
    assert "TR-UNKNOWN" in codes(validate(data))


def test_a_root_decoded_from_base64_is_not_the_document_that_people_see() -> None:
    letter = '<List><p Id="t">dHJl</p>{signature}</List>'
    report = validate(sign(letter, Shape(references=(Ref("#t", BASE64),))))
    assert report.signatures[0].intact
    assert "XSW-SCOPE" in codes(report)


def test_signed_properties_are_never_taken_from_a_file_beside() -> None:
    shape = Shape(qualifying="")
    inside = f"<ds:Object>{shape.qualifying_properties()}</ds:Object>"
    forged = Ref("plik", "", PROPERTIES_TYPE)
    data = _detached(forged, b"<x/>").replace(
        b"</ds:Signature>", inside.encode() + b"</ds:Signature>"
    )
    assert "XSW-SIGNEDPROPS" in codes(validate(data, plik=b"<x/>"))


def _with_properties(old: str, new: str) -> set[str]:
    text = Shape().qualifying_properties()
    assert re.search(old, text)
    changed = re.sub(old, new, text, count=1, flags=re.DOTALL)
    report = validate(sign(LETTER, Shape(qualifying=f"<ds:Object>{changed}</ds:Object>")))
    assert report.signatures[0].intact
    return codes(report)


def test_doubled_or_missing_parts_of_the_properties_are_refused() -> None:
    time = "<xades:SigningTime>2026-01-12T09:11:12Z</xades:SigningTime>"
    assert "PROP-DUP" in _with_properties(time, time * 2)
    whole = "<xades:SignedSignatureProperties>.*</xades:SignedSignatureProperties>"
    assert "SIG-STRUCTURE" in _with_properties(whole, "")
    assert "SIG-STRUCTURE" in _with_properties("<ds:DigestValue>[^<]*</ds:DigestValue>", "")


@pytest.mark.parametrize("time", ["", "wczoraj", "2026-01-12T09:11:12"])
def test_a_signing_time_that_is_no_instant_is_not_reported(time: str) -> None:
    text = Shape().qualifying_properties()
    element = f"<xades:SigningTime>{time}</xades:SigningTime>" if time else ""
    changed = re.sub("<xades:SigningTime>.*</xades:SigningTime>", element, text)
    report = validate(sign(LETTER, Shape(qualifying=f"<ds:Object>{changed}</ds:Object>")))
    assert report.indication is Indication.TOTAL_PASSED
    assert report.signatures[0].claimed_signing_time is None


def test_namespaces_that_crowd_a_subtree_are_a_named_refusal() -> None:
    many = "".join(f' xmlns:r{n}="urn:{n}"' for n in range(200))
    more = "".join(f' xmlns:s{n}="urn:{n}"' for n in range(200))
    letter = f"<r{many}><m{more}><t Id='t'/>{{signature}}</m></r>"
    inclusive = validate(sign(letter, Shape(c14n=INC)))
    assert codes(inclusive) == {"TR-FAILED"}
    reference = Ref("#t", f'<ds:Transform Algorithm="{INC}"/>')
    assert "TR-FAILED" in codes(validate(sign(letter, Shape(references=(reference,)))))


@settings(max_examples=400, deadline=None)
@given(st.integers(0, len(make_pki().person.certificate_der) - 1), st.integers(1, 255))
def test_no_bent_certificate_is_an_exception(position: int, flip: int) -> None:
    der = make_pki().person.certificate_der
    bent = bytearray(der)
    bent[position] ^= flip
    whole = base64.b64encode(der)
    report = validate(_SIGNED.replace(whole, base64.b64encode(bytes(bent))))
    assert report.indication is not Indication.TOTAL_PASSED


_SIGNED = sign(LETTER)


@pytest.mark.parametrize("data", [b"\x30", b"\x30\x80", b"\x30\x85", b"\x30\x02\x00"])
def test_der_that_is_not_whole_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenDer):
        read_values(data)


def test_der_with_more_than_one_value_is_not_one_value() -> None:
    with pytest.raises(BrokenDer):
        read_only(b"\x05\x00\x05\x00")
