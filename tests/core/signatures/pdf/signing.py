"""PDFs that another stack (pyHanko, pypdf) makes and signs, with keys made for the test."""

import datetime as dt
import io
from collections.abc import Callable

import pypdf
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

DAY = dt.timedelta(days=1)
NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


Owner = tuple[asn1_x509.Certificate, asn1_keys.PrivateKeyInfo]


def _make(name: str, *, stamps: bool) -> Owner:
    key = rsa.generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOON - 300 * DAY)
        .not_valid_after(NOON + 300 * DAY)
    )
    if stamps:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    made = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    plain = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return asn1_x509.Certificate.load(made), asn1_keys.PrivateKeyInfo.load(plain)


ANNA = _make("Anna", stamps=False)
TSA = _make("TSA", stamps=True)
STAMPER = DummyTimeStamper(*TSA, fixed_dt=NOON)


def key_of(owner: Owner) -> rsa.RSAPrivateKey:
    key = serialization.load_der_private_key(owner[1].dump(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


def blank_pdf(*, filler: bytes = b"") -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    if filler:
        writer.add_attachment("filler", filler)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def signed_pdf(
    data: bytes | IncrementalPdfFileWriter | None = None,
    *,
    field: str = "First",
    sub_filter: fields.SigSeedSubFilter = fields.SigSeedSubFilter.PADES,
    permission: fields.MDPPerm | None = None,
    stamper: DummyTimeStamper | None = None,
    lock: fields.FieldMDPSpec | None = None,
) -> bytes:
    metadata = signers.PdfSignatureMetadata(
        field_name=field,
        subfilter=sub_filter,
        md_algorithm="sha256",
        certify=permission is not None,
        docmdp_permissions=permission or fields.MDPPerm.FILL_FORMS,
    )
    signer = signers.SimpleSigner(ANNA[0], ANNA[1], SimpleCertificateStore())  # type: ignore[no-untyped-call]
    if isinstance(data, IncrementalPdfFileWriter):
        writer = data
    else:
        writer = IncrementalPdfFileWriter(io.BytesIO(data or blank_pdf()))
    spec = fields.SigFieldSpec(field, field_mdp_spec=lock)
    made = signers.PdfSigner(metadata, signer, timestamper=stamper, new_field_spec=spec).sign_pdf(
        writer
    )
    return bytes(made.getvalue())


def document_stamped(data: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    made = signers.PdfTimeStamper(STAMPER, field_name="Stamp").timestamp_pdf(writer, "sha256")
    return bytes(made.getvalue())


def with_page_changed(data: bytes) -> bytes:
    """An overlay in a later revision: the page shows something else than was signed."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/MediaBox"][2] = generic.NumberObject(400)  # type: ignore[no-untyped-call]
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def by_hand(sub_filter: str, sign: Callable[[bytes], bytes], *, beside: bytes = b"") -> bytes:
    """A file of one object, signed; ``beside`` are more entries of the signature dictionary."""
    head = b"%PDF-1.4\n1 0 obj\n<< /Type /Sig /SubFilter /" + sub_filter.encode() + beside
    head += b" /M (D:20260601140000+02'00') /Contents "
    size = 8192
    tail = b" /ByteRange [0 %06d %06d %06d] >>\nendobj\n%%%%EOF\n"
    start, end = len(head), len(head) + 2 * size + 2
    tail %= (start, end, len(tail % (0, 0, 0)))
    value = sign(head + tail).hex().encode().ljust(2 * size, b"0")
    return bytes(head + b"<" + value + b">" + tail)


def pkcs1_signed(*, certificate: bytes | None = None) -> bytes:
    """adbe.x509.rsa_sha1: a bare RSA value with its certificate beside it."""
    signer = key_of(ANNA)

    def sign(data: bytes) -> bytes:
        return b"\x04\x82\x01\x00" + signer.sign(data, padding.PKCS1v15(), hashes.SHA1())

    beside = b" /Cert <" + (certificate or ANNA[0].dump()).hex().encode() + b">"
    return by_hand("adbe.x509.rsa_sha1", sign, beside=beside)
