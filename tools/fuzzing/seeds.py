"""Good inputs to begin with, made by other programs when the fuzzer starts."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from tests.core.signatures import crafting
from tests.core.signatures.asic.packing import LETTER, cms_signature, token, xml_signature
from tests.core.signatures.lists.making import by_certificate, service, with_services
from tests.world.pki import AT, certificate_of, make_pki

ROOT = make_pki().root
PERSON = certificate_of(make_pki().person)
STAMPED = b"wartosc podpisu"


def xml() -> Iterator[bytes]:
    """Signatures by libxmlsec: enveloped, and over a file beside."""
    yield crafting.sign("<Pismo><Tresc>Prosze</Tresc>{signature}</Pismo>", crafting.Shape())
    yield xml_signature(LETTER)


def cms() -> Iterator[bytes]:
    """Signatures by openssl, with the content inside and without."""
    yield cms_signature(b"Prosze o zgode.", encapsulated=True)
    yield cms_signature(b"Prosze o zgode.")


def tokens() -> Iterator[bytes]:
    """A token by openssl."""
    yield token(STAMPED)


def containers() -> Iterator[bytes]:
    """Containers by the zip of the standard library, signed by the two above."""
    import io
    import zipfile

    for name, signature in (
        ("META-INF/signatures.xml", xml_signature(LETTER)),
        ("META-INF/signature.p7s", cms_signature(next(iter(LETTER.values())))),
    ):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("mimetype", "application/vnd.etsi.asic-s+zip")
            for entry, data in LETTER.items():
                archive.writestr(entry, data)
            archive.writestr(name, signature)
        yield out.getvalue()


def pdfs() -> Iterator[bytes]:
    """PDFs by pypdf, signed by pyHanko."""
    from tests.core.signatures.pdf.signing import STAMPER, document_stamped, signed_pdf

    yield signed_pdf()
    yield document_stamped(signed_pdf(stamper=STAMPER))


def lists() -> Iterator[bytes]:
    """A national list signed by libxmlsec."""
    yield with_services(service(by_certificate(ROOT.certificate))).signed()


def crls() -> Iterator[bytes]:
    """A list of revocations by the cryptography library."""
    day = AT.replace(hour=0)
    revoked = x509.RevokedCertificateBuilder(PERSON.serial_number, day).build()
    builder = x509.CertificateRevocationListBuilder(
        ROOT.certificate.subject, day, day.replace(year=2030), [], [revoked]
    )
    yield builder.sign(ROOT.key, hashes.SHA256()).public_bytes(Encoding.DER)


def answers() -> Iterator[bytes]:
    """A basic OCSP response by the cryptography library."""
    from skrytka.core.signatures.cms.ber import read_whole
    from skrytka.core.signatures.cms.revocations import basic_response

    day = AT.replace(hour=0)
    status = ocsp.OCSPCertStatus.REVOKED
    builder = ocsp.OCSPResponseBuilder().add_response(
        PERSON, ROOT.certificate, hashes.SHA256(), status, day, None, day, None
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, ROOT.certificate)
    response = builder.sign(ROOT.key, hashes.SHA256())
    yield basic_response(read_whole(response.public_bytes(Encoding.DER))) or b""


def certificates() -> Iterator[bytes]:
    for one in (ROOT.certificate, PERSON, certificate_of(make_pki().seal_rsa)):
        yield one.public_bytes(Encoding.DER)


def laid_out(made: Iterator[bytes], more: Path | None, ending: str) -> Path:
    """This will write seeds into a folder of their own, with those of a corpus by their ending."""
    folder = Path(tempfile.mkdtemp(prefix="skrytka-fuzz-"))
    for number, data in enumerate(made):
        (folder / f"seed-{number}").write_bytes(data)
    for path in sorted(more.rglob(f"*{ending}")) if more and ending else ():
        if path.stat().st_size < 64 * 1024:
            (folder / f"corpus-{len(list(folder.iterdir()))}").write_bytes(path.read_bytes())
    return folder
