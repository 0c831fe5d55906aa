"""SubFilters of old programs: the digest signed in a CMS, and bare PKCS#1."""

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7

from skrytka.core.signatures.evidence import AlgorithmUse, FileEvidence, SignatureEvidence, Use
from skrytka.core.signatures.pdf import examine_pdf
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.words import SignatureLevel
from tests.core.signatures.pdf.signing import ANNA, by_hand, key_of, pkcs1_signed

CERTIFICATE = x509.load_der_x509_certificate(ANNA[0].dump())
KEY = key_of(ANNA)


def only(found: FileEvidence) -> SignatureEvidence:
    (signature,) = found.signatures
    return signature


def sha1(data: bytes) -> bytes:
    made = hashes.Hash(hashes.SHA1())
    made.update(data)
    return made.finalize()


def cms_over(data: bytes) -> bytes:
    builder = pkcs7.PKCS7SignatureBuilder().set_data(data)
    builder = builder.add_signer(CERTIFICATE, KEY, hashes.SHA256())
    return builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])


def test_a_digest_signed_in_a_cms_is_compared_with_the_file() -> None:
    found = only(examine_pdf(by_hand("adbe.pkcs7.sha1", lambda data: cms_over(sha1(data)))))
    assert found.intact
    assert found.security == (ReasonCode.NOT_CADES,)
    assert found.level is SignatureLevel.PDF_NOT_ETSI
    assert AlgorithmUse(Use.REFERENCE, "sha1") in found.algorithms


def test_a_digest_of_another_file_is_refused() -> None:
    found = only(examine_pdf(by_hand("adbe.pkcs7.sha1", lambda data: cms_over(sha1(data[1:])))))
    assert not found.intact
    assert ReasonCode.REF_DIGEST in found.security


def test_a_value_of_that_kind_that_is_no_cms_is_refused() -> None:
    found = only(examine_pdf(by_hand("adbe.pkcs7.sha1", lambda _: b"\x30\x03\x02\x01\x01")))
    assert found.security == (ReasonCode.CMS_SYNTAX,)


def test_certificates_without_a_signer_are_no_signature_value() -> None:
    bare = pkcs7.serialize_certificates([CERTIFICATE], serialization.Encoding.DER)
    found = only(examine_pdf(by_hand("ETSI.CAdES.detached", lambda _: bare)))
    assert found.security == (ReasonCode.CMS_SYNTAX,)


def test_a_content_inside_the_value_is_never_taken_for_the_file() -> None:
    found = only(examine_pdf(by_hand("adbe.pkcs7.detached", lambda _: cms_over(b"inna"))))
    assert not found.intact
    assert ReasonCode.REF_DIGEST in found.security


def test_a_bare_value_is_read_with_the_certificate_beside_it() -> None:
    found = only(examine_pdf(pkcs1_signed()))
    assert found.intact
    assert found.certificate == CERTIFICATE
    assert found.claimed_signing_time is not None


def test_a_bare_value_over_other_bytes_is_refused() -> None:
    found = only(examine_pdf(pkcs1_signed().replace(b"%PDF-1.4", b"%PDF-1.5")))
    assert not found.intact
    assert ReasonCode.SIG_VALUE in found.security


def test_a_bare_value_that_is_no_octet_string_is_refused() -> None:
    found = only(examine_pdf(pkcs1_signed().replace(b"<04820100", b"<30820100")))
    assert found.security == (ReasonCode.CMS_SYNTAX,)


def test_a_bare_value_without_a_readable_certificate_has_no_key() -> None:
    broken = pkcs1_signed().replace(b"/Cert <30", b"/Cert <31")
    assert ReasonCode.KEY_MISSING in only(examine_pdf(broken)).security


def test_a_bare_value_with_a_key_of_another_kind_is_named_so() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    builder = x509.CertificateBuilder(CERTIFICATE.subject, CERTIFICATE.issuer, key.public_key(), 7)
    builder = builder.not_valid_before(CERTIFICATE.not_valid_before_utc)
    builder = builder.not_valid_after(CERTIFICATE.not_valid_after_utc)
    other = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    found = only(examine_pdf(pkcs1_signed(certificate=other)))
    assert ReasonCode.ALG_MISMATCH in found.security


def test_a_bare_value_with_a_broken_range_covers_nothing() -> None:
    data = pkcs1_signed()
    found = only(examine_pdf(data.replace(b"/ByteRange [0 ", b"/ByteRange [1 ")))
    assert not found.intact
    assert {ReasonCode.PDF_BYTERANGE, ReasonCode.REF_NOT_FOUND} <= set(found.security)
    assert found.covers == ()
