"""The signing certificate: the one in KeyInfo that SignedProperties names (EN 319 102-1 §5.2.3)."""

import hmac
from dataclasses import dataclass
from functools import cached_property, lru_cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding
from lxml.etree import _Element as Element

from skrytka.core.signatures.algorithms import DIGESTS, DigestMethod
from skrytka.core.signatures.certificates import load_certificate, public_key_of
from skrytka.core.signatures.cms.certificates import same_name
from skrytka.core.signatures.der import BrokenDer, Value, read_only, read_values
from skrytka.core.signatures.names import ds
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.xmldsig.properties import CertificateName
from skrytka.core.signatures.xmldsig.structure import (
    Refused,
    elements,
    from_base64,
    leaf_text,
)

MOST_CERTIFICATES = 512


@dataclass(frozen=True)
class SigningCertificate:
    """The certificate that is taken as the signer's, all others, and what was wrong.

    ``key`` is that of the certificate, None where it is of an unknown kind. ``ref_match``: the
    signed reference names it; None where there is no such reference.
    """

    chosen: x509.Certificate | None
    pool: tuple[x509.Certificate, ...]
    codes: tuple[ReasonCode, ...] = ()
    ref_match: bool | None = None

    @cached_property
    def key(self) -> CertificatePublicKeyTypes | None:
        return None if self.chosen is None else public_key_of(self.chosen)


def find_signing_certificate(
    key_info: Element | None,
    name: CertificateName | None,
    others: tuple[x509.Certificate, ...] = (),
) -> SigningCertificate:
    """This will choose the signing certificate. KeyInfo is read, never followed anywhere.

    ``others`` are the certificates of the unsigned properties: one of them signs only where the
    signed properties name it. When none matches what was signed, the first of KeyInfo is taken, so
    that the value can still be told intact, and the mismatch is reported beside it.
    """
    own = () if key_info is None else _certificates(key_info)
    pool = tuple(dict.fromkeys((*own, *others))) if others else own
    algorithm = DIGESTS.get(name.digest_uri) if name else None
    if name and algorithm:
        for certificate in pool:
            if _is_named(certificate, name, algorithm):
                return SigningCertificate(certificate, pool, ref_match=True)
    if not own:
        elsewhere = key_info is not None and _points_elsewhere(key_info)
        codes = (ReasonCode.KEY_RETRIEVAL,) if elsewhere else ()
        return SigningCertificate(None, pool, (*codes, ReasonCode.KEY_MISSING))
    if name is None:
        return SigningCertificate(own[0], pool)
    code = ReasonCode.CERT_REF if algorithm else ReasonCode.ALG_UNKNOWN
    return SigningCertificate(own[0], pool, (code,), ref_match=False)


def _certificates(key_info: Element) -> tuple[x509.Certificate, ...]:
    boxes = key_info.iterchildren(ds("X509Data"))
    nodes = [node for box in boxes for node in box.iterchildren(ds("X509Certificate"))]
    if len(nodes) > MOST_CERTIFICATES:
        raise Refused(ReasonCode.RES_COUNT)
    return tuple(_load(from_base64(leaf_text(node))) for node in nodes)


def _load(data: bytes) -> x509.Certificate:
    certificate = load_certificate(data)
    if certificate is None:
        raise Refused(ReasonCode.SIG_STRUCTURE)
    return certificate


def _points_elsewhere(key_info: Element) -> bool:
    return any(child.tag == ds("RetrievalMethod") for child in elements(key_info))


def _is_named(
    certificate: x509.Certificate, name: CertificateName, algorithm: DigestMethod
) -> bool:
    return (
        hmac.compare_digest(_digest_of(certificate, algorithm), name.digest)
        and name.serial in {None, certificate.serial_number}
        and (name.issuer_serial_der is None or _issuer_fits(certificate, name.issuer_serial_der))
    )


@lru_cache(maxsize=256)
def _digest_of(certificate: x509.Certificate, algorithm: DigestMethod) -> bytes:
    return algorithm.digest(certificate.public_bytes(Encoding.DER))


def _issuer_fits(certificate: x509.Certificate, issuer_serial: bytes) -> bool:
    """RFC 5035 IssuerSerial: GeneralNames with one directoryName, then the serial number."""
    try:
        names, serial = read_values(read_only(issuer_serial).content)
        directory_name = read_only(names.content)
    except (BrokenDer, ValueError):
        return False
    return (
        _is_issuer(directory_name, certificate.issuer.public_bytes())
        and int.from_bytes(serial.content, signed=True) == certificate.serial_number
    )


def _is_issuer(given: Value, issuer: bytes) -> bool:
    """This will compare names by their texts; some signers wrote the parts in the order of LDAP."""
    if same_name(given.content, issuer):
        return True
    name = read_only(given.content)
    head = name.encoded[: len(name.encoded) - len(name.content)]
    turned = b"".join(part.encoded for part in reversed(read_values(name.content)))
    return same_name(head + turned, issuer)
