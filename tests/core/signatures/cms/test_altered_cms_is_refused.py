"""Every change to what a signer signed is refused, each with its own reason."""

import hashlib
from collections.abc import Callable

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import utils, x25519
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from skrytka.core.signatures.cms.examine import examine_cms, examine_signed_data
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.words import Scope, SignatureFormat, SignatureLevel
from tests.core.signatures.cms.crafting import (
    CERTIFICATE_V1,
    CERTIFICATE_V2,
    CONTENT_TYPE,
    DATA,
    ECDSA_SHA256,
    LETTER,
    MESSAGE_DIGEST,
    SHA256,
    SHA512,
    SIGNING_TIME,
    Envelope,
    Holder,
    Shape,
    algorithm,
    attribute,
    authority,
    integer,
    later,
    octet_string,
    oid,
    person,
    sequence,
    signed,
    tlv,
)
from tests.core.signatures.cms.examining import examined, refused
from tests.world.pki import AT, name_of, p256

R = ReasonCode
PROTECTION = "1.2.840.113549.1.9.52"
TIME = attribute(SIGNING_TIME, tlv(0x17, b"260112091112Z"))
RSA_SHA256 = "1.2.840.113549.1.1.11"
RSA, PSS = "1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10"
NULL = b"\x05\x00"


def test_the_shape_that_the_others_alter_is_intact() -> None:
    signature = examined(Shape())
    assert signature.intact
    assert signature.security == ()


def test_another_content_is_refused() -> None:
    changed = signed().replace(LETTER, LETTER[::-1])
    (signature,) = examine_cms(changed, {}).signatures
    assert signature.security == (R.REF_DIGEST,)
    assert not signature.intact


def test_another_value_is_refused() -> None:
    refused(Shape(value=lambda _: person().value(b"co innego")), R.SIG_VALUE)


def test_a_raw_pair_instead_of_der_is_no_signature_value() -> None:
    def raw(message: bytes) -> bytes:
        r, s = utils.decode_dss_signature(person().value(message))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    refused(Shape(value=raw), R.SIG_VALUE)


def test_a_detached_signature_without_its_file_has_no_content() -> None:
    (signature,) = examine_cms(signed(detached=True), {}).signatures
    assert signature.security == (R.REF_EXTERNAL,)
    assert not signature.intact


def test_a_detached_signature_with_another_file_is_refused() -> None:
    (signature,) = examine_cms(signed(detached=True), {"x": b"inne"}).signatures
    assert signature.security == (R.REF_DIGEST,)


def test_a_detached_signature_with_several_other_files_has_no_content() -> None:
    files = {"x": b"inne", "y": b"jeszcze inne"}
    for shape in (Shape(), Shape(bare=True), Shape(message_digest=())):
        (signature,) = examine_cms(signed(shape, detached=True), files).signatures
        assert R.REF_EXTERNAL in signature.security or R.CMS_SYNTAX in signature.security
        assert not signature.intact


def test_a_content_inside_takes_the_name_of_the_same_file() -> None:
    files = {"x": b"inne", "pismo.txt": LETTER}
    (signature,) = examine_cms(signed(), files).signatures
    assert [cover.name for cover in signature.covers] == ["pismo.txt"]
    (signature,) = examine_cms(signed(), {"x": b"inne"}).signatures
    assert [cover.name for cover in signature.covers] == [""]


def test_a_content_may_be_known_by_its_digest_alone() -> None:
    digest: Callable[[str], bytes] = lambda name: hashlib.new(name, LETTER).digest()  # noqa: E731
    (signature,) = examine_signed_data(signed(detached=True), digest, name="P").signatures
    assert signature.intact
    assert [(cover.name, cover.scope) for cover in signature.covers] == [("P", Scope.DIGEST)]
    assert signature.content is None


def test_a_content_whose_digest_cannot_be_told_is_missing() -> None:
    for shape in (Shape(), Shape(bare=True)):
        (signature,) = examine_signed_data(signed(shape, detached=True), lambda _: None).signatures
        assert signature.security[0] is R.REF_EXTERNAL


@pytest.mark.parametrize("extra", [TIME + TIME, attribute(SIGNING_TIME, tlv(0x17), tlv(0x17))])
def test_a_signed_attribute_that_stands_twice_is_refused(extra: bytes) -> None:
    refused(Shape(signed=(extra,)), R.CMS_DUP_ATTR)


@pytest.mark.parametrize("kind", [(), (attribute(CONTENT_TYPE, oid("1.2.3")),)])
def test_a_content_type_that_is_not_that_of_the_content_is_refused(kind: tuple[bytes, ...]) -> None:
    refused(Shape(kind=kind), R.CMS_CONTENT_TYPE)


@pytest.mark.parametrize(
    "digest", [(), (attribute(MESSAGE_DIGEST),), (attribute(MESSAGE_DIGEST, NULL),)]
)
def test_without_a_readable_message_digest_nothing_is_signed(digest: tuple[bytes, ...]) -> None:
    refused(Shape(message_digest=digest), R.CMS_SYNTAX)


def test_without_signed_attributes_only_plain_data_are_signed() -> None:
    assert examined(Shape(bare=True)).intact
    refused(Shape(bare=True, content_type="1.2.3"), R.CMS_CONTENT_TYPE)


def test_the_signed_attributes_of_another_signature_are_no_content() -> None:
    attributes = tlv(0x31, *sorted(Shape().attributes))
    refused(Shape(bare=True, content=attributes), R.CMS_CONTENT_TYPE)
    for other in (tlv(0x31, TIME), b"\x31\x05", tlv(0x31, NULL)):
        assert examined(Shape(bare=True, content=other)).intact


def test_digest_and_signature_algorithm_must_agree() -> None:
    digest = attribute(MESSAGE_DIGEST, octet_string(hashlib.sha512(LETTER).digest()))
    shape = Shape(digest_algorithm=algorithm(SHA512), message_digest=(digest,))
    refused(shape, R.CMS_ALG_DISAGREE)


def protection(*parts: bytes) -> bytes:
    return attribute(PROTECTION, sequence(*parts))


def test_protected_algorithms_must_be_the_used_ones() -> None:
    right = (algorithm(SHA256, NULL), tlv(0xA1, oid(ECDSA_SHA256)))
    assert examined(Shape(signed=(protection(*right),))).intact
    wrong = (algorithm(SHA512), tlv(0xA1, oid(ECDSA_SHA256)))
    refused(Shape(signed=(protection(*wrong),)), R.CMS_ALG_DISAGREE)
    refused(Shape(signed=(protection(right[0]),)), R.CMS_SYNTAX)


@pytest.mark.parametrize("other", ["1.2.3.4", "0.4.0.127.0.7.1.1.4.1.7"])
def test_an_unknown_algorithm_is_never_guessed(other: str) -> None:
    refused(Shape(algorithm=algorithm(other)), R.ALG_UNKNOWN)
    refused(Shape(digest_algorithm=algorithm(other)), R.ALG_UNKNOWN)


def test_a_key_of_another_kind_is_never_tried() -> None:
    refused(Shape(algorithm=algorithm(RSA_SHA256)), R.ALG_MISMATCH)
    refused(Shape(algorithm=algorithm("1.3.101.112")), R.ALG_MISMATCH)


def test_attributes_in_another_order_are_intact_and_told() -> None:
    shuffled: Callable[[list[bytes]], list[bytes]] = lambda all_: sorted(all_, reverse=True)  # noqa: E731
    as_received = examined(Shape(order=shuffled))
    in_der = examined(Shape(order=shuffled, hashed_order=sorted))
    assert as_received.intact
    assert in_der.intact
    assert as_received.security == in_der.security == (R.CMS_ORDER,)


def test_attributes_that_match_in_no_order_are_refused() -> None:
    shape = Shape(order=lambda all_: sorted(all_, reverse=True), hashed_order=lambda _: [TIME])
    refused(shape, R.CMS_ORDER, R.SIG_VALUE)


def test_a_bad_signer_does_not_hide_the_others() -> None:
    holder = person()
    infos = (Shape().info(), sequence(integer(1)), Shape(message_digest=()).info())
    found = examine_cms(Envelope(infos, LETTER, DATA, (holder.der,)).der(), {}).signatures
    assert [one.intact for one in found] == [True, False, False]
    assert found[1].security == (R.CMS_SYNTAX,)


class TestSigningCertificate:
    """The signing-certificate attribute is an axis of its own."""

    def test_version_1_is_read(self) -> None:
        holder = person()
        digest = octet_string(hashlib.sha1(holder.der).digest())
        named = attribute(CERTIFICATE_V1, sequence(sequence(sequence(digest))))
        signature = examined(Shape(named=(named,)))
        assert signature.certificate_ref_match is True

    def test_issuer_and_serial_are_compared(self) -> None:
        holder = person()
        name = sequence(tlv(0xA4, holder.certificate.issuer.public_bytes()))
        for serial, match in ((holder.certificate.serial_number, True), (5, False)):
            named = holder.name_v2(None, sequence(name, integer(serial)))
            assert examined(Shape(named=(named,))).certificate_ref_match is match

    def test_another_digest_leaves_the_value_intact(self) -> None:
        signature = examined(Shape(named=(person().name_v2(bytes(32)),)))
        assert signature.intact
        assert signature.certificate_ref_match is False
        assert signature.security == (R.CERT_REF,)

    def test_its_digest_is_named_by_version_2(self) -> None:
        holder = person()
        digest = octet_string(hashlib.sha512(holder.der).digest())
        identifier = sequence(algorithm(SHA512), digest)
        named = attribute(CERTIFICATE_V2, sequence(sequence(identifier)))
        assert examined(Shape(named=(named,))).certificate_ref_match is True

    def test_its_absence_is_told(self) -> None:
        signature = examined(Shape(named=()))
        assert signature.intact
        assert signature.certificate_ref_match is None
        assert signature.security == (R.NOT_CADES,)
        assert signature.format is SignatureFormat.PKCS7
        assert signature.level is SignatureLevel.CMS_NOT_ETSI

    @pytest.mark.parametrize(
        "value",
        [
            sequence(),
            sequence(sequence()),
            sequence(sequence(sequence())),
            sequence(sequence(sequence(octet_string(b""), sequence()))),
            sequence(sequence(sequence(octet_string(b""), sequence(sequence(), integer(1))))),
            sequence(
                sequence(sequence(octet_string(b""), sequence(sequence(tlv(0xA4)), integer(1))))
            ),
            sequence(sequence(sequence(algorithm("1.2"), octet_string(b"")))),
        ],
    )
    def test_an_unreadable_one_matches_nothing(self, value: bytes) -> None:
        signature = examined(Shape(named=(attribute(CERTIFICATE_V2, value),)))
        assert signature.certificate_ref_match is False
        assert R.CERT_REF in signature.security
        assert not signature.intact

    def test_two_values_of_it_match_nothing(self) -> None:
        holder = person()
        value = sequence(sequence(sequence(octet_string(hashlib.sha256(holder.der).digest()))))
        assert examined(Shape(named=(attribute(CERTIFICATE_V2, value),))).intact
        signature = examined(Shape(named=(attribute(CERTIFICATE_V2, value, value),)))
        assert signature.certificate_ref_match is False
        assert not signature.intact

    def test_of_two_certificates_with_one_name_the_signed_one_is_taken(self) -> None:
        real = person()
        subject = {NameOID.COMMON_NAME: "Anna Nowak"}
        key = p256()
        encoded = (
            x509.CertificateBuilder()
            .subject_name(name_of(subject))
            .issuer_name(name_of(subject))
            .public_key(key.public_key())
            .serial_number(real.certificate.serial_number)
            .not_valid_before(AT)
            .not_valid_after(later(1))
            .sign(key, hashes.SHA256())
            .public_bytes(Encoding.DER)
        )
        file = Envelope((Shape().info(),), LETTER, DATA, (encoded, real.der)).der()
        (signature,) = examine_cms(file, {}).signatures
        assert signature.certificate == real.certificate
        assert signature.intact


class TestSignerIdentifier:
    def test_the_name_is_compared_by_text_when_its_encoding_differs(self) -> None:
        holder = person("Jan Kowalski")
        common_name = tlv(0x13, b"JAN  kowalski")
        name = sequence(tlv(0x31, sequence(oid("2.5.4.3"), common_name)))
        sid = sequence(name, integer(holder.certificate.serial_number))
        assert examined(Shape(holder, sid=sid)).intact

    @pytest.mark.parametrize("name", [sequence(tlv(0x31, sequence())), integer(1), sequence()])
    def test_an_odd_name_finds_nobody(self, name: bytes) -> None:
        sid = sequence(name, integer(person().certificate.serial_number))
        refused(Shape(sid=sid), R.KEY_MISSING)

    @pytest.mark.parametrize("sid", [sequence(), sequence(NULL, NULL), tlv(0x80, b"1"), NULL])
    def test_an_unreadable_identifier_finds_nobody(self, sid: bytes) -> None:
        refused(Shape(sid=sid), R.KEY_MISSING)

    def test_a_certificate_without_key_identifier_is_not_found_by_one(self) -> None:
        refused(Shape(authority(), sid=tlv(0x80, b"1")), R.KEY_MISSING)


def test_an_unknown_digest_with_several_files_is_told() -> None:
    shape = Shape(digest_algorithm=algorithm("1.2.3"))
    (signature,) = examine_cms(signed(shape, detached=True), {"x": b"", "y": LETTER}).signatures
    assert signature.security == (R.ALG_UNKNOWN,)


def test_what_is_no_signed_data_is_refused_inside_other_formats_too() -> None:
    assert examine_signed_data(b"x").refusal is R.CMS_SYNTAX


@pytest.mark.parametrize("bits", [256, 1024])
def test_shake_has_one_length_here(bits: int) -> None:
    shake = algorithm("2.16.840.1.101.3.4.2.18", integer(bits))
    refused(Shape(digest_algorithm=shake), R.ALG_UNKNOWN)


def test_a_key_that_cannot_sign_is_never_tried() -> None:
    key = x25519.X25519PrivateKey.generate()
    authority_key = p256()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name_of({NameOID.COMMON_NAME: "X"}))
        .issuer_name(name_of({NameOID.COMMON_NAME: "X"}))
        .public_key(key.public_key())
        .serial_number(3)
        .not_valid_before(AT)
        .not_valid_after(later(1))
        .sign(authority_key, hashes.SHA256())
    )
    refused(Shape(Holder(authority_key, certificate)), R.ALG_MISMATCH)


def test_a_content_inside_is_never_taken_for_the_one_outside() -> None:
    (signature,) = examine_signed_data(signed(), b"inne").signatures
    assert signature.security == (R.REF_DIGEST,)
    assert not signature.intact
    (signature,) = examine_signed_data(signed(), LETTER).signatures
    assert signature.intact
    (signature,) = examine_signed_data(signed()).signatures
    assert signature.intact
