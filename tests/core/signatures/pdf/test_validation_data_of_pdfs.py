"""The Document Security Store, and what time-stamps protect of it."""

import io
from hashlib import sha256

import pytest
from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.validation.dss import DocumentSecurityStore

from skrytka.core.signatures.evidence import SignatureEvidence
from skrytka.core.signatures.pdf import examine_pdf
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.words import SignatureLevel
from tests.core.signatures.pdf.forms import dictionary, written
from tests.core.signatures.pdf.signing import (
    ANNA,
    DAY,
    NOON,
    STAMPER,
    TSA,
    document_stamped,
    key_of,
    signed_pdf,
)

CERTIFICATE = x509.load_der_x509_certificate(ANNA[0].dump())
KEY = key_of(ANNA)
CRL = (
    x509.CertificateRevocationListBuilder(CERTIFICATE.subject, NOON, NOON + DAY)
    .sign(KEY, hashes.SHA256())
    .public_bytes(serialization.Encoding.DER)
)
RESPONSE = (
    ocsp.OCSPResponseBuilder()
    .add_response(
        CERTIFICATE, CERTIFICATE, hashes.SHA256(), ocsp.OCSPCertStatus.GOOD, NOON, None, None, None
    )
    .responder_id(ocsp.OCSPResponderEncoding.HASH, CERTIFICATE)
    .sign(KEY, hashes.SHA256())
)


def only(data: bytes) -> SignatureEvidence:
    (signature,) = examine_pdf(data).signatures
    return signature


def stored(
    data: bytes,
    *,
    certs: tuple[asn1_x509.Certificate, ...] = (TSA[0],),
    crls: tuple[bytes, ...] = (CRL,),
) -> bytes:
    out = io.BytesIO(data)
    response = RESPONSE.public_bytes(serialization.Encoding.DER)
    DocumentSecurityStore.add_dss(
        out,
        None,
        certs=list(certs),
        crls=[asn1_crl.CertificateList.load(each) for each in crls],
        ocsps=[asn1_ocsp.OCSPResponse.load(response)],
    )
    return out.getvalue()


def test_what_is_stored_comes_with_the_signature() -> None:
    found = only(stored(signed_pdf(stamper=STAMPER)))
    assert found.security == ()
    assert TSA[0].dump() in [each.public_bytes(serialization.Encoding.DER) for each in found.pool]
    assert found.crls == (CRL,)
    assert [sha256(each).hexdigest() for each in found.ocsps] == [_basic_name()]
    assert found.level is SignatureLevel.PADES_LT


def _basic_name() -> str:
    loaded = asn1_ocsp.OCSPResponse.load(RESPONSE.public_bytes(serialization.Encoding.DER))
    return sha256(loaded["response_bytes"]["response"].parsed.dump()).hexdigest()


def test_a_document_stamp_over_the_store_makes_it_last() -> None:
    found = only(document_stamped(stored(signed_pdf(stamper=STAMPER))))
    assert found.level is SignatureLevel.PADES_LTA
    stamp = found.timestamps[-1]
    assert {sha256(CRL).hexdigest(), sha256(TSA[0].dump()).hexdigest()} <= stamp.protects


def test_a_document_stamp_before_the_store_protects_none_of_it() -> None:
    found = only(stored(document_stamped(signed_pdf(stamper=STAMPER))))
    assert found.level is SignatureLevel.PADES_LT
    assert sha256(CRL).hexdigest() not in found.timestamps[-1].protects


def test_what_cannot_be_read_in_the_store_is_left_out() -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(stored(signed_pdf())))
    store = writer.root["/DSS"]
    broken = writer.add_object(generic.StreamObject(stream_data=b"nic"))
    for key in ("/Certs", "/OCSPs"):
        store[key].append(broken)
        store[key].append(generic.NumberObject(7))  # type: ignore[no-untyped-call]
        writer.update_container(store[key])
    writer.update_container(store)
    found = only(written(writer))
    assert len(found.ocsps) == 1
    assert len(found.pool) == 2


def test_a_store_of_another_kind_holds_nothing() -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed_pdf()))
    writer.root[pdf_name("/DSS")] = dictionary(Certs=pdf_name("/None"))
    writer.update_root()  # type: ignore[no-untyped-call]
    assert len(only(written(writer)).pool) == 1


def test_a_store_of_too_many_values_is_refused_by_name() -> None:
    many = tuple(
        x509.CertificateRevocationListBuilder(CERTIFICATE.subject, NOON, NOON + DAY)
        .add_extension(x509.CRLNumber(number), critical=False)
        .sign(KEY, hashes.SHA256())
        .public_bytes(serialization.Encoding.DER)
        for number in range(520)
    )
    assert examine_pdf(stored(signed_pdf(), crls=many)).refusal is ReasonCode.RES_COUNT


@pytest.mark.parametrize("place", ["value", "range"])
def test_a_spoiled_document_stamp_protects_nothing(place: str) -> None:
    stamped = document_stamped(signed_pdf())
    at = stamped.rindex(b"/ByteRange [0 ") + len(b"/ByteRange [")
    spoiled = bytearray(stamped)
    spoiled[at if place == "range" else 40] ^= 1
    (stamp,) = examine_pdf(bytes(spoiled)).timestamps
    assert not stamp.protects
    expected = ReasonCode.PDF_BYTERANGE if place == "range" else ReasonCode.TST_IMPRINT
    assert expected in stamp.security
