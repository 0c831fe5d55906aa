"""A signed PDF of 100 MB, verified beside the hashing of its bytes."""

import io
import os
import tempfile
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import Certificate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from skrytka.cli.benches.receipts import rsa_key, template_of, trust_in
from skrytka.cli.benches.rounds import best_rates
from skrytka.core.signatures.validation import validate
from skrytka.core.signatures.words import Indication

MEGABYTE = 1_000_000
_OBJECTS = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>",
)


def of_hashing_twice(size: int, at: datetime) -> float:
    """This will tell how many times as long as two passes of SHA-256 a verification takes.

    ``size`` is that of the file in bytes. Raises `AssertionError` when it does not pass.
    """
    key = rsa_key()
    template = template_of(key, at)
    trust, data = trust_in(template), _signed(size, key, template.certificate)

    def check() -> None:
        report = validate(data, detached={}, trust=trust, at=at)
        if report.indication is not Indication.TOTAL_PASSED:
            raise AssertionError(report.told)

    rates = best_rates({"ours": check, "floor": lambda: (sha256(data), sha256(data))}, 1)
    return rates["floor"] / rates["ours"]


def _signed(size: int, key: RSAPrivateKey, certificate: Certificate) -> bytes:
    """The signer is pyHanko's, so that reader and writer do not share a mistake."""
    with tempfile.TemporaryDirectory() as folder:
        private, public = Path(folder) / "key.pem", Path(folder) / "certificate.pem"
        plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        private.write_bytes(plain)
        public.write_bytes(certificate.public_bytes(Encoding.PEM))
        signer = signers.SimpleSigner.load(str(private), str(public))  # type: ignore[no-untyped-call]
    metadata = signers.PdfSignatureMetadata(
        field_name="Podpis", subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(_pdf(size)))
    return bytes(signers.PdfSigner(metadata, signer).sign_pdf(writer).getvalue())


def _pdf(size: int) -> bytes:
    """One page whose content cannot be compressed."""
    content = b"<< /Length %d >>\nstream\n%b\nendstream" % (size, os.urandom(size))
    body, places = bytearray(b"%PDF-1.7\n"), []
    for number, written in enumerate((*_OBJECTS, content), 1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, written)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    body += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(places) + 1)
    return bytes(body + b"startxref\n%d\n%%%%EOF\n" % start)
