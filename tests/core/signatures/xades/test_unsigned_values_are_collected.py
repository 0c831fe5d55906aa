"""Certificates and revocation values come out of the unsigned properties; nobody trusts them."""

import base64

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.words import SignatureLevel
from tests.core.signatures.cms.crafting import octet_string, oid, sequence, tlv
from tests.core.signatures.crafting import DS, LETTER, XADES, Shape, find, key_info
from tests.core.signatures.xades.stamping import (
    XADES_141,
    add,
    exclusive,
    only,
    signed_letter,
    stamp,
    value_of,
)
from tests.world.pki import make_pki

BASIC = sequence(sequence(b"\x02\x01\x01"), sequence())
OCSP_BASIC = "1.3.6.1.5.5.7.48.1.1"


def _element(name: str, data: bytes) -> str:
    return f'<x:{name} xmlns:x="{XADES}">{base64.b64encode(data).decode()}</x:{name}>'


def _response(basic: bytes) -> bytes:
    inside = sequence(oid(OCSP_BASIC), octet_string(basic))
    return sequence(tlv(0x0A, b"\x00"), tlv(0xA0, inside))


def _root_certificate() -> bytes:
    return make_pki().root.certificate.public_bytes(Encoding.DER)


def test_values_are_collected_wherever_they_stand() -> None:
    root = signed_letter()
    add(root, "CertificateValues", _element("EncapsulatedX509Certificate", _root_certificate()))
    crl = _element("EncapsulatedCRLValue", b"crl")
    add(root, "RevocationValues", crl + _element("EncapsulatedOCSPValue", _response(BASIC)))
    again = crl + _element("EncapsulatedOCSPValue", BASIC)
    add(root, "TimeStampValidationData", again, XADES_141)
    signature = only(root)
    assert make_pki().root.certificate in signature.pool
    assert (signature.crls, signature.ocsps) == ((b"crl",), (BASIC,))
    assert signature.level is SignatureLevel.B_B


def test_a_level_is_what_stands_in_the_signature() -> None:
    root = signed_letter()
    stamp(root, "SignatureTimeStamp", exclusive(value_of(root)))
    add(root, "RevocationValues")
    assert only(root).level is SignatureLevel.B_LT


def test_what_cannot_be_read_is_left_out() -> None:
    root = signed_letter()
    add(root, "CertificateValues", _element("EncapsulatedX509Certificate", b"x"))
    bad = _element("EncapsulatedOCSPValue", b"x") + _element("EncapsulatedOCSPValue", sequence())
    add(root, "RevocationValues", bad)
    broken = f'<x:EncapsulatedCRLValue xmlns:x="{XADES}">%%</x:EncapsulatedCRLValue>'
    add(root, "RevocationValues", broken)
    signature = only(root)
    assert signature.intact
    assert (len(signature.pool), signature.crls, signature.ocsps) == (1, (), ())


def test_values_in_a_counter_signature_are_not_of_its_parent() -> None:
    root = signed_letter()
    add(root, "CounterSignature", _element("EncapsulatedCRLValue", b"crl"))
    assert only(root).crls == ()


@pytest.mark.parametrize(
    ("name", "count"), [("EncapsulatedCRLValue", 513), ("EncapsulatedX509Certificate", 513)]
)
def test_too_many_values_are_refused(name: str, count: int) -> None:
    root = signed_letter()
    add(root, "RevocationValues", _element(name, b"x") * count)
    assert only(root).security == (ReasonCode.RES_COUNT,)


def test_too_many_properties_are_refused() -> None:
    root = signed_letter()
    for _ in range(1_001):
        add(root, "Obca")
    assert only(root).security == (ReasonCode.RES_COUNT,)


def test_renewed_digests_and_evidence_records_are_passed_over() -> None:
    root = signed_letter()
    add(root, "RenewedDigestsV2", "<a/>", XADES_141)
    add(root, "SealingEvidenceRecords", "<a/>", "http://uri.etsi.org/19132/v1.1.1#")
    signature = only(root)
    assert (signature.intact, signature.security) == (True, ())


@pytest.mark.parametrize("info", ["", "<ds:KeyInfo><ds:KeyName>a</ds:KeyName></ds:KeyInfo>"])
def test_the_signing_certificate_may_stand_among_the_values(info: str) -> None:
    root = signed_letter(Shape(key_info=info))
    assert only(root).security == (ReasonCode.KEY_MISSING,)
    person = make_pki().person.certificate_der
    certificates = _root_certificate(), person
    inside = "".join(_element("EncapsulatedX509Certificate", one) for one in certificates)
    add(root, "CertificateValues", inside)
    signature = only(root)
    assert (signature.intact, signature.certificate_ref_match) == (True, True)
    assert signature.certificate is not None
    assert signature.certificate.public_bytes(Encoding.DER) == person


def test_a_certificate_among_the_values_that_is_not_named_never_signs() -> None:
    shape = Shape(key_info="", cert_digest=base64.b64encode(bytes(32)).decode())
    root = signed_letter(shape)
    person = _element("EncapsulatedX509Certificate", make_pki().person.certificate_der)
    add(root, "CertificateValues", person)
    signature = only(root)
    assert (signature.intact, signature.certificate) == (False, None)
    assert ReasonCode.KEY_MISSING in signature.security


def test_a_certificate_that_was_not_named_is_told_on_its_own_axis() -> None:
    digest = base64.b64encode(bytes(32)).decode()
    signature = only(signed_letter(Shape(cert_digest=digest)))
    assert (signature.intact, signature.certificate_ref_match) == (True, False)
    assert only(signed_letter(Shape(qualifying=""))).certificate_ref_match is None


def test_an_unread_certificate_in_key_info_is_a_bent_structure() -> None:
    root = signed_letter()
    find(root, f".//{{{DS}}}X509Certificate").text = "AAAA"
    assert only(root).security == (ReasonCode.SIG_STRUCTURE,)


def test_archived_certificates_of_key_info_are_protected() -> None:
    two = key_info(make_pki().person, make_pki().seal)
    assert (
        len(only(parse_xml(etree.tostring(signed_letter(Shape(key_info=two), LETTER)))).pool) == 2
    )
