"""PDFs that are made to cost much or to be read wrongly."""

import time
from collections.abc import Callable

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7

from skrytka.core.signatures.pdf import examine_pdf
from skrytka.core.signatures.reasons import ReasonCode
from tests.core.signatures.pdf.signing import ANNA, by_hand, signed_pdf

CERTIFICATE = x509.load_der_x509_certificate(ANNA[0].dump())
RANGE = b"/ByteRange [0 1 2 3] "


@pytest.mark.parametrize(
    "body",
    [
        RANGE * 5_000,
        b"1 0 obj " + b"[" * 100_000 + RANGE,
        b"1 0 obj " + b"<<" * 100_000 + RANGE,
        b"1 0 obj << /A (" + b"(" * 60_000 + b" " + RANGE,
        b"1 0 obj << /A <" + b"ab" * 60_000 + b" " + RANGE,
        b"1 0 obj << /A %" + b" " * 200_000 + RANGE,
        b"obj " * 3_000 + RANGE,
        (b"1 0 obj << " + RANGE) * 4_000,
    ],
)
def test_a_costly_body_is_refused_in_good_time(body: bytes) -> None:
    before = time.process_time()
    found = examine_pdf(b"%PDF-1.7\n" + body)
    assert time.process_time() - before < 1
    assert found.refusal in {ReasonCode.PDF_SYNTAX, ReasonCode.PDF_LIMIT}


def _two_signers() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    builder = pkcs7.PKCS7SignatureBuilder().set_data(b"tresc")
    for number in (1, 2):
        named = x509.CertificateBuilder(CERTIFICATE.subject, CERTIFICATE.issuer, key.public_key())
        named = named.serial_number(number)
        named = named.not_valid_before(CERTIFICATE.not_valid_before_utc)
        named = named.not_valid_after(CERTIFICATE.not_valid_after_utc)
        builder = builder.add_signer(named.sign(key, hashes.SHA256()), key, hashes.SHA256())
    return builder.sign(serialization.Encoding.DER, [])


def test_signers_of_several_values_count_together() -> None:
    value = _two_signers().hex().encode()
    places = b"".join(
        b"%d 0 obj << /ByteRange [0 %d 2 3] /Contents <%b> >> endobj\n" % (number, number, value)
        for number in range(1, 40)
    )
    assert examine_pdf(b"%PDF-1.7\n" + places).refusal is ReasonCode.RES_COUNT


@pytest.mark.parametrize(
    "inside",
    [b"(a)", b"<41>", b"[1 2.5 .5 -3 true null 7 0 R]", b"<< /A << /B (\\(\\061\\\n\\n) >> >>"],
)
def test_other_entries_of_any_kind_leave_the_signature_readable(inside: bytes) -> None:
    made = by_hand("adbe.x509.rsa_sha1", lambda _: b"\x04\x01\x00", beside=b" /Other " + inside)
    (found,) = examine_pdf(made).signatures
    assert found.security == (ReasonCode.KEY_MISSING,)


@pytest.mark.parametrize("entry", [b" 7 /A", b" /A <zz>", b" /A (", b" /A 1x"])
def test_a_dictionary_that_breaks_off_is_none(entry: bytes) -> None:
    made = by_hand("adbe.x509.rsa_sha1", lambda _: b"\x04\x01\x00", beside=entry)
    assert examine_pdf(made).refusal is ReasonCode.PDF_SYNTAX


@pytest.mark.parametrize("stated", [b"D:20261399000000Z", b"D:2026", b"wczoraj"])
def test_a_time_that_is_none_is_not_guessed(stated: bytes) -> None:
    made = by_hand("adbe.x509.rsa_sha1", lambda _: b"\x04\x01\x00")
    changed = made.replace(b"D:20260601140000+02'00'", stated.ljust(23))
    (found,) = examine_pdf(changed).signatures
    assert found.claimed_signing_time is None


def test_a_certificate_in_a_literal_string_is_read_too() -> None:
    escaped = b"\\\n".join(b"\\%03o" % octet for octet in ANNA[0].dump())
    beside = b"/Cert (" + escaped + b")"
    made = by_hand("adbe.x509.rsa_sha1", lambda _: b"\x04\x01\x00", beside=beside)
    (found,) = examine_pdf(made).signatures
    assert found.certificate == CERTIFICATE


def test_a_key_of_an_unknown_curve_is_no_key() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    builder = x509.CertificateBuilder(CERTIFICATE.subject, CERTIFICATE.issuer, key.public_key(), 7)
    builder = builder.not_valid_before(CERTIFICATE.not_valid_before_utc)
    builder = builder.not_valid_after(CERTIFICATE.not_valid_after_utc)
    der = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    odd = der.replace(bytes.fromhex("2a8648ce3d030107"), bytes.fromhex("2a8648ce3d030177"))
    beside = b"/Cert <" + odd.hex().encode() + b">"
    (found,) = examine_pdf(
        by_hand("adbe.x509.rsa_sha1", lambda _: b"\x04\x01\x00", beside=beside)
    ).signatures
    assert found.security == (ReasonCode.KEY_MISSING,)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-400],
        lambda data: data.replace(b"startxref", b"startxxxx"),
        lambda data: data.replace(b"/Root", b"/Boot"),
        lambda data: data.replace(b"endobj", b"endxxx"),
    ],
)
def test_a_file_that_the_library_cannot_read_is_never_accepted_whole(
    spoil: Callable[[bytes], bytes],
) -> None:
    for one in examine_pdf(spoil(signed_pdf())).signatures:
        assert not one.intact or one.security


def test_a_document_stamp_in_an_unreadable_file_protects_nothing() -> None:
    made = by_hand("ETSI.RFC3161", lambda _: b"\x30\x00")
    (stamp,) = examine_pdf(made).timestamps
    assert stamp.security == (ReasonCode.TST_SYNTAX,)
    assert examine_pdf(made).refusal is ReasonCode.NO_SIGNATURE
