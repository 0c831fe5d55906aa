"""CMS made by hand, value by value, in any shape that a test asks for; and by OpenSSL."""

import hashlib
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from asn1crypto import core
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.world.pki import AT, PrivateKey, Terms, certify, p256, rsa2048

DATA = "1.2.840.113549.1.7.1"
SIGNED_DATA = "1.2.840.113549.1.7.2"
TST_INFO = "1.2.840.113549.1.9.16.1.4"
CONTENT_TYPE = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
SIGNING_TIME = "1.2.840.113549.1.9.5"
CERTIFICATE_V1 = "1.2.840.113549.1.9.16.2.12"
CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47"
SIGNATURE_STAMP = "1.2.840.113549.1.9.16.2.14"
SHA1, SHA256 = "1.3.14.3.2.26", "2.16.840.1.101.3.4.2.1"
SHA512 = "2.16.840.1.101.3.4.2.3"
ECDSA_SHA256 = "1.2.840.10045.4.3.2"
LETTER = b"Pismo do urz\xc4\x99du"


def tlv(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    size = len(content)
    if size < 128:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 128 + len(length))) + length + content


def sequence(*parts: bytes) -> bytes:
    return tlv(0x30, *parts)


def octet_string(value: bytes) -> bytes:
    return tlv(0x04, value)


def oid(dotted: str) -> bytes:
    dumped: bytes = core.ObjectIdentifier(dotted).dump()
    return dumped


def integer(value: int) -> bytes:
    dumped: bytes = core.Integer(value).dump()
    return dumped


def algorithm(dotted: str, *parameters: bytes) -> bytes:
    return sequence(oid(dotted), *parameters)


def attribute(dotted: str, *values: bytes) -> bytes:
    return sequence(oid(dotted), tlv(0x31, *values))


@dataclass(frozen=True)
class Holder:
    key: PrivateKey
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def issuer_and_serial(self) -> bytes:
        serial = integer(self.certificate.serial_number)
        return sequence(self.certificate.issuer.public_bytes(), serial)

    def value(self, message: bytes) -> bytes:
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(message, padding.PKCS1v15(), hashes.SHA256())
        return self.key.sign(message, ec.ECDSA(hashes.SHA256()))

    def name_v2(self, digest: bytes | None = None, *extra: bytes) -> bytes:
        found = digest or hashlib.sha256(self.der).digest()
        identifier = sequence(octet_string(found), *extra)
        return attribute(CERTIFICATE_V2, sequence(sequence(identifier)))


@cache
def person(name: str = "Anna Nowak") -> Holder:
    key = p256()
    return Holder(key, certify(key, {NameOID.COMMON_NAME: name}, None, _with_key_identifier(key)))


@cache
def rsa_person() -> Holder:
    key = rsa2048()
    return Holder(key, certify(key, {NameOID.COMMON_NAME: "Ewa Lis"}, None))


@cache
def authority(*, purpose: bool = True, critical: bool = True) -> Holder:
    key = p256()
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    extensions = ((usage, critical),) if purpose else ()
    terms = Terms(extensions=extensions)
    return Holder(key, certify(key, {NameOID.COMMON_NAME: "Znacznik"}, None, terms))


def _with_key_identifier(key: ec.EllipticCurvePrivateKey) -> Terms:
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return Terms(extensions=((identifier, False),))


@dataclass(frozen=True)
class Shape:
    """Everything about a signer that a test may want to be different."""

    holder: Holder = field(default_factory=person)
    content: bytes = LETTER
    content_type: str = DATA
    kind: tuple[bytes, ...] | None = None
    digest: str = "sha256"
    digest_algorithm: bytes = field(default_factory=lambda: algorithm(SHA256))
    algorithm: bytes = field(default_factory=lambda: algorithm(ECDSA_SHA256))
    message_digest: tuple[bytes, ...] | None = None
    named: tuple[bytes, ...] | None = None
    signed: tuple[bytes, ...] = ()
    unsigned: tuple[bytes, ...] = ()
    bare: bool = False
    order: Callable[[list[bytes]], list[bytes]] = sorted
    hashed_order: Callable[[list[bytes]], list[bytes]] | None = None
    sid: bytes | None = None
    value: Callable[[bytes], bytes] | None = None

    @property
    def attributes(self) -> list[bytes]:
        kind = (attribute(CONTENT_TYPE, oid(self.content_type)),)
        digest = hashlib.new(self.digest, self.content).digest()
        named = (self.holder.name_v2(),) if self.named is None else self.named
        return [
            *(kind if self.kind is None else self.kind),
            *(
                (attribute(MESSAGE_DIGEST, octet_string(digest)),)
                if self.message_digest is None
                else self.message_digest
            ),
            *named,
            *self.signed,
        ]

    @property
    def head(self) -> tuple[bytes, ...]:
        ordered = self.order(self.attributes)
        hashed = self.hashed_order(self.attributes) if self.hashed_order else ordered
        message = self.content if self.bare else tlv(0x31, *hashed)
        sign = self.value or self.holder.value
        return (
            integer(1),
            self.sid or self.holder.issuer_and_serial,
            self.digest_algorithm,
            *(() if self.bare else (tlv(0xA0, *ordered),)),
            self.algorithm,
            octet_string(sign(message)),
        )

    def info(self) -> bytes:
        return self.finish(self.head, self.unsigned)

    @staticmethod
    def finish(head: tuple[bytes, ...], unsigned: tuple[bytes, ...]) -> bytes:
        return sequence(*head, *((tlv(0xA1, *unsigned),) if unsigned else ()))


@dataclass(frozen=True)
class Envelope:
    """A SignedData around signers that are already made."""

    infos: tuple[bytes, ...]
    content: bytes | None = LETTER
    content_type: str = DATA
    certificates: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()

    @property
    def encapsulated(self) -> bytes:
        inside = () if self.content is None else (tlv(0xA0, octet_string(self.content)),)
        return sequence(oid(self.content_type), *inside)

    def der(self) -> bytes:
        body = sequence(
            integer(1),
            tlv(0x31, algorithm(SHA256)),
            self.encapsulated,
            *((tlv(0xA0, *self.certificates),) if self.certificates else ()),
            *((tlv(0xA1, *self.crls),) if self.crls else ()),
            tlv(0x31, *self.infos),
        )
        return sequence(oid(SIGNED_DATA), tlv(0xA0, body))


def signed(shape: Shape | None = None, *, detached: bool = False) -> bytes:
    """A file with one signer and its certificate."""
    one = shape or Shape()
    return Envelope(
        (one.info(),),
        None if detached else one.content,
        one.content_type,
        (one.holder.der,),
    ).der()


def tst_info(
    data: bytes, *, digest: str = "sha256", identifier: str = SHA256, time: datetime = AT
) -> bytes:
    imprint = sequence(algorithm(identifier), octet_string(hashlib.new(digest, data).digest()))
    moment = time.strftime("%Y%m%d%H%M%SZ").encode()
    return sequence(integer(1), oid("1.2.3"), imprint, integer(7), tlv(0x18, moment))


def token(
    data: bytes,
    holder: Holder | None = None,
    *,
    unsigned: tuple[bytes, ...] = (),
    certificates: tuple[bytes, ...] | None = None,
    time: datetime = AT,
    named: tuple[bytes, ...] | None = None,
) -> bytes:
    """A time-stamp token over the data."""
    one = holder or authority()
    info = tst_info(data, time=time)
    shape = Shape(one, info, TST_INFO, named=named, unsigned=unsigned)
    held = (one.der,) if certificates is None else certificates
    return Envelope((shape.info(),), info, TST_INFO, held).der()


def later(hours: int) -> datetime:
    return AT + timedelta(hours=hours)


def openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(("openssl", *arguments), cwd=folder, check=True, capture_output=True)


def save(holder: Holder, folder: Path, name: str = "person") -> None:
    """Key and certificate as files for OpenSSL."""
    pem = holder.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / f"{name}.key").write_bytes(pem)
    (folder / f"{name}.pem").write_bytes(holder.certificate.public_bytes(Encoding.PEM))
