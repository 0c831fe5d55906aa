"""A small public key infrastructure for tests, valid around a fixed time and made anew each run."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID, ObjectIdentifier

from skrytka.core.signatures.signing import MemoryKey
from skrytka.core.signatures.trust import TrustStore

AT = datetime(2026, 1, 12, 9, 11, 12, tzinfo=UTC)
_YEAR = timedelta(days=365)
QC_STATEMENTS = ObjectIdentifier("1.3.6.1.5.5.7.1.3")
# QcCompliance, QcSSCD, QcType { esign }
QUALIFIED = bytes.fromhex(
    "30293008060604008e4601013008060604008e4601043013060604008e4601063009060704008e46010601"
)

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
NameParts = dict[ObjectIdentifier, str]


@dataclass(frozen=True)
class Issuer:
    """An authority: its key and its certificate."""

    key: PrivateKey
    certificate: x509.Certificate


@dataclass(frozen=True)
class Terms:
    """How a certificate is issued."""

    not_before: datetime = AT - _YEAR
    not_after: datetime = AT + 2 * _YEAR
    ca: bool = False
    path_length: int | None = None
    extensions: tuple[tuple[x509.ExtensionType, bool], ...] = ()
    usage: x509.KeyUsage | None = None


USUAL = Terms()
AUTHORITY = Terms(ca=True)


@dataclass(frozen=True)
class Pki:
    """A root, an institution's seals of both kinds, a trusted-profile seal, and a person."""

    root: Issuer
    seal: MemoryKey
    seal_rsa: MemoryKey
    trusted_profile: MemoryKey
    person: MemoryKey

    @property
    def trust(self) -> TrustStore:
        """This will trust the root and name the seals for what they are."""
        return TrustStore(
            anchors=(self.root.certificate,),
            trusted_profile_seals=(certificate_of(self.trusted_profile),),
            institution_seals=(certificate_of(self.seal), certificate_of(self.seal_rsa)),
        )


def p256() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@cache
def rsa2048() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def certificate_of(key: MemoryKey) -> x509.Certificate:
    return x509.load_der_x509_certificate(key.certificate_der)


def name_of(parts: NameParts) -> x509.Name:
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts.items()])


def organisation(common_name: str) -> NameParts:
    return {
        NameOID.COUNTRY_NAME: "PL",
        NameOID.ORGANIZATION_NAME: common_name,
        NameOID.ORGANIZATION_IDENTIFIER: "VATPL-5480018504",
        NameOID.COMMON_NAME: common_name,
    }


def natural_person(given: str, surname: str, pesel: str) -> NameParts:
    return {
        NameOID.COUNTRY_NAME: "PL",
        NameOID.COMMON_NAME: f"{given} {surname}",
        NameOID.GIVEN_NAME: given,
        NameOID.SURNAME: surname,
        NameOID.SERIAL_NUMBER: f"PNOPL-{pesel}",
    }


def key_usage(*, sign: bool, ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=sign,
        content_commitment=False,
        key_encipherment=not sign and not ca,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )


def certify(
    key: PrivateKey, subject: NameParts, issuer: Issuer | None, terms: Terms = USUAL
) -> x509.Certificate:
    """This will issue a certificate; without an issuer it signs itself."""
    name = name_of(subject)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer.certificate.subject if issuer else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(terms.not_before)
        .not_valid_after(terms.not_after)
        .add_extension(x509.BasicConstraints(terms.ca, terms.path_length), critical=True)
        .add_extension(terms.usage or key_usage(sign=not terms.ca, ca=terms.ca), critical=True)
    )
    for extension, critical in terms.extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(issuer.key if issuer else key, hashes.SHA256())


def authority(common_name: str, issuer: Issuer | None = None, terms: Terms = AUTHORITY) -> Issuer:
    key = p256()
    return Issuer(key, certify(key, {NameOID.COMMON_NAME: common_name}, issuer, terms))


def signer(
    subject: NameParts, issuer: Issuer, terms: Terms = USUAL, key: PrivateKey | None = None
) -> MemoryKey:
    """This will make a key and have it certified."""
    private = key or p256()
    return MemoryKey.of(private, certify(private, subject, issuer, terms))


@cache
def make_pki() -> Pki:
    """This will make the infrastructure once for the whole test run."""
    root = authority("Urząd testowy")
    return Pki(
        root=root,
        seal=signer(organisation("Centrum Usług Wspólnych w Cieszynie"), root),
        seal_rsa=signer(organisation("Urząd Miejski w Cieszynie"), root, key=rsa2048()),
        trusted_profile=signer(organisation("Pieczęć podpisu zaufanego Skrytki"), root),
        person=signer(natural_person("Anna", "Nowak", "44051401359"), root),
    )
