"""Reports made of evidence laid out by hand, and looked into."""

from dataclasses import replace
from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from lxml import etree

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.algorithms import Family
from skrytka.core.signatures.checks import conclude_file
from skrytka.core.signatures.etsi_report import etsi_report
from skrytka.core.signatures.evidence import (
    AlgorithmUse,
    Cover,
    FileEvidence,
    SignatureEvidence,
    TimestampEvidence,
    TimestampKind,
    Use,
)
from skrytka.core.signatures.report import report_data
from skrytka.core.signatures.verdict import ValidationReport
from skrytka.core.signatures.words import Scope, SignatureFormat, SignatureLevel
from tests.core.signatures.etsi_report.schema import VR, faults
from tests.world.pki import AT, Terms, certificate_of, make_pki, signer

DAY = timedelta(days=1)
PKI = make_pki()
PERSON = certificate_of(PKI.person)
TSA = certificate_of(
    signer(
        {NameOID.COMMON_NAME: "Znacznik"},
        PKI.root,
        Terms(extensions=((x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True),)),
    )
)
SOUND = (AlgorithmUse(Use.SIGNATURE, "sha256", Family.ECDSA, 256),)
VALUE, TOKEN, DATA = "aa" * 32, "bb" * 32, "cc" * 32
BARE = SignatureEvidence(
    id="S",
    format=SignatureFormat.XADES,
    level=SignatureLevel.B_B,
    intact=True,
    certificate=PERSON,
    value_sha256=VALUE,
    algorithms=SOUND,
    covers=(Cover("pismo.txt", DATA, Scope.FULL),),
)
STAMP = TimestampEvidence(
    TimestampKind.SIGNATURE,
    AT - 2 * DAY,
    imprint_found=True,
    imprint_intact=True,
    intact=True,
    sha256=TOKEN,
    certificate=TSA,
    algorithms=SOUND,
    protects=frozenset({VALUE}),
)


def crl(serial: int) -> bytes:
    """A list of the root by which a certificate was revoked a day ago."""
    entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(AT - DAY)
    return (
        x509.CertificateRevocationListBuilder()
        .issuer_name(PKI.root.certificate.subject)
        .last_update(AT - timedelta(hours=1))
        .next_update(AT + DAY)
        .add_revoked_certificate(entry.build())
        .sign(PKI.root.key, hashes.SHA256())
        .public_bytes(Encoding.DER)
    )


def concluded(*signatures: SignatureEvidence, **changes: object) -> etree._Element:
    """The report on a file with these signatures, under the trust of tests."""
    evidence = replace(FileEvidence(signatures), **changes)  # type: ignore[arg-type]
    return read(conclude_file(evidence, PKI.trust, AT))


def read(report: ValidationReport) -> etree._Element:
    """This will write a report and read it back; it has to be valid."""
    written = etsi_report(report_data(report), "test")
    assert faults(written) == []
    return parse_xml(written)


def texts(root: etree._Element, name: str) -> list[str]:
    return [each.text or "" for each in root.iter(VR + name)]


def text_of(root: etree._Element, path: str) -> str | None:
    """The text at a path of elements of the report; None where there is none."""
    return root.findtext("/".join(VR + name for name in path.split("/")))


def referred(root: etree._Element, name: str) -> list[list[str]]:
    """What each element of a name refers to."""
    return [(each.get("VOReference") or "").split() for each in root.iter(VR + name)]
