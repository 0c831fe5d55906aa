"""The certificates that came with a signature, and which of them is the signer's."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from skrytka.core.signatures.certificates import UNREADABLE, load_certificate
from skrytka.core.signatures.cms.ber import (
    INTEGER,
    SEQUENCE,
    CannotRead,
    Node,
    integer,
    octets,
    read_whole,
)
from skrytka.core.signatures.cms.digests import digest, digest_name
from skrytka.core.signatures.cms.structure import Attribute, SignerInfo, read_algorithm
from skrytka.core.signatures.reasons import ReasonCode

SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12"
SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47"
CERTIFICATE_ATTRIBUTES = frozenset({SIGNING_CERTIFICATE, SIGNING_CERTIFICATE_V2})
MOST_CERTIFICATES = 512

_KEY_IDENTIFIER = 0x80
_VERSION = 0xA0
_DIRECTORY_NAME = 0xA4

# A certificate whose extensions cannot be parsed still has its key and its names.
NO_EXTENSION = (x509.ExtensionNotFound, *UNREADABLE)


@dataclass(frozen=True)
class Held:
    """A certificate, its octets as received, and its issuer's name and serial number in them."""

    certificate: x509.Certificate
    der: bytes
    issuer: bytes
    serial: int


@dataclass(frozen=True)
class NamedCertificate:
    """ESSCertID (RFC 2634 §5.4) or ESSCertIDv2 (RFC 5035 §4), the first of the attribute."""

    digest: str
    value: bytes
    issuer: bytes | None
    serial: int | None

    def names(self, held: Held) -> bool:
        """This will tell whether the certificate is the one whose digest was signed."""
        same = hmac.compare_digest(digest(self.digest, held.der), self.value)
        return same and self.serial in {None, held.serial} and self._issuer_fits(held)

    def _issuer_fits(self, held: Held) -> bool:
        return self.issuer is None or same_name(self.issuer, held.issuer)


def hold_all(nodes: Iterable[Node]) -> tuple[Held, ...]:
    """This will parse certificates, each once; what is no readable X.509 certificate is left out.

    Raises `CannotRead` with RES_COUNT when there are too many.
    """
    found = tuple(dict.fromkeys(node.raw for node in nodes if node.tag == SEQUENCE))
    if len(found) > MOST_CERTIFICATES:
        raise CannotRead(ReasonCode.RES_COUNT)
    return tuple(held for der in found if (held := _hold(der)))


def hold_others(certificates: Iterable[x509.Certificate | Held]) -> tuple[Held, ...]:
    """This will take certificates in that are already parsed."""
    each = (
        one if isinstance(one, Held) else _hold(one.public_bytes(Encoding.DER))
        for one in certificates
    )
    return tuple(held for held in each if held)


def find_signer(
    signer: SignerInfo, pool: Iterable[Held], named: Iterable[NamedCertificate]
) -> Held | None:
    """This will choose the certificate that the SignerIdentifier names (RFC 5652 §5.3).

    Of several with the same name the one whose digest was signed is taken. Raises `CannotRead`.
    """
    wanted = tuple(named)
    fitting = [held for held in pool if _is_identified(signer.sid, held)]
    signed = (held for held in fitting if all(one.names(held) for one in wanted))
    return next(signed, fitting[0] if fitting else None)


def read_named(attributes: Iterable[Attribute]) -> tuple[NamedCertificate, ...]:
    """This will read the signing-certificate attributes, v1 and v2. Raises `CannotRead`."""
    return tuple(_first_named(one) for one in attributes if one.oid in CERTIFICATE_ATTRIBUTES)


def same_name(left: bytes, right: bytes) -> bool:
    """This will compare two names: by octets, else by their texts (RFC 5280 §7.1)."""
    if left == right:
        return True
    try:
        return _texts(left) == _texts(right)
    except (CannotRead, IndexError):
        return False


def _first_named(attribute: Attribute) -> NamedCertificate:
    """Only the first identifier is the signer's (RFC 5035 §3); v2 may name another digest."""
    identifiers = attribute.single.expect(SEQUENCE).children
    if not identifiers or not identifiers[0].children:
        raise CannotRead
    parts = identifiers[0].children[0].expect(SEQUENCE).children
    if attribute.oid == SIGNING_CERTIFICATE:
        return _named("sha1", parts)
    if parts and parts[0].tag == SEQUENCE:
        return _named(digest_name(read_algorithm(parts[0])), parts[1:])
    return _named("sha256", parts)


def _named(name: str, parts: tuple[Node, ...]) -> NamedCertificate:
    if not 1 <= len(parts) <= 2:
        raise CannotRead
    value = octets(parts[0])
    if len(parts) == 1:
        return NamedCertificate(name, value, None, None)
    names, serial = _pair(parts[1])
    return NamedCertificate(name, value, _directory_name(names), integer(serial))


def _directory_name(names: Node) -> bytes:
    """GeneralNames with exactly one directoryName."""
    if len(names.children) != 1 or len(names.children[0].expect(_DIRECTORY_NAME).children) != 1:
        raise CannotRead
    return names.children[0].children[0].raw


def _is_identified(sid: Node, held: Held) -> bool:
    if sid.tag == _KEY_IDENTIFIER:
        return _key_identifier(held.certificate) == sid.content
    issuer, serial = _pair(sid)
    return integer(serial) == held.serial and same_name(issuer.raw, held.issuer)


def _pair(node: Node) -> tuple[Node, Node]:
    parts = node.expect(SEQUENCE).children
    if len(parts) < 2 or parts[1].tag != INTEGER:
        raise CannotRead
    return parts[0], parts[1]


def _key_identifier(certificate: x509.Certificate) -> bytes | None:
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    except NO_EXTENSION:
        return None
    return found.value.digest


def _hold(der: bytes) -> Held | None:
    """This will hold a certificate with what CMS names it by."""
    certificate = load_certificate(der)
    if certificate is None:
        return None
    fields = [one for one in read_whole(der).children[0].children if one.tag != _VERSION]
    return Held(certificate, der, fields[2].raw, integer(fields[0]))


def _texts(name: bytes) -> tuple[tuple[bytes, str], ...]:
    """The attributes of a name in order, their values without case and doubled spaces."""
    return tuple(
        (attribute.children[0].raw, " ".join(_text(attribute.children[1]).casefold().split()))
        for relative in read_whole(name).expect(SEQUENCE).children
        for attribute in relative.children
    )


def _text(node: Node) -> str:
    wide = {0x1E: "utf-16-be", 0x1C: "utf-32-be", 0x14: "latin-1"}
    return node.content.decode(wide.get(node.tag, "utf-8"), "replace")
