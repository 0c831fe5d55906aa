"""Where an authority publishes what it revoked, as its certificates say: lists and responders."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID

from skrytka.core.signatures.certificates import UNREADABLE

_SCHEMES = frozenset({"http", "https"})
_MOST, _LONGEST = 16, 500


@dataclass(frozen=True)
class OcspQuestion:
    """An OCSPRequest in DER about one certificate, and the address of who answers it."""

    address: str
    request: bytes


def list_addresses(chain: tuple[x509.Certificate, ...]) -> tuple[str, ...]:
    """This will return the addresses of the lists about a verified path (RFC 5280 §4.2.1.13).

    Of certificates below the anchor only: an authority that is trusted wrote them. Lists of some
    reasons and lists that another authority issues say nothing here, so they are left out.
    """
    found = dict.fromkeys(
        address for certificate in chain[:-1] for address in _published(certificate)
    )
    return tuple(found)[:_MOST]


def ocsp_questions(chain: tuple[x509.Certificate, ...]) -> tuple[OcspQuestion, ...]:
    """This will write what to ask about a verified path (RFC 6960 §4.1, RFC 5280 §4.2.2.1).

    The first responder of each certificate below the anchor; the certificate is named by SHA-1,
    which is what all responders understand and which proves nothing here.
    """
    found = (_question(certificate, issuer) for certificate, issuer in pairwise(chain))
    return tuple(islice((one for one in found if one), _MOST))


def _question(certificate: x509.Certificate, issuer: x509.Certificate) -> OcspQuestion | None:
    address = next(_responders(certificate), None)
    if address is None:
        return None
    builder = ocsp.OCSPRequestBuilder()
    request = builder.add_certificate(certificate, issuer, hashes.SHA1()).build()  # noqa: S303
    return OcspQuestion(address, request.public_bytes(Encoding.DER))


def _responders(certificate: x509.Certificate) -> Iterator[str]:
    try:
        ways = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess)
    except (x509.ExtensionNotFound, *UNREADABLE):
        return
    for way in ways.value:
        if way.access_method == AuthorityInformationAccessOID.OCSP:
            yield from _addresses(way.access_location)


def _published(certificate: x509.Certificate) -> Iterator[str]:
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except (x509.ExtensionNotFound, *UNREADABLE):
        return
    for point in points:
        if not point.reasons and not point.crl_issuer:
            for name in point.full_name or ():
                yield from _addresses(name)


def _addresses(name: x509.GeneralName) -> Iterator[str]:
    """The address that a name is, if it is one that can be asked."""
    if not isinstance(name, x509.UniformResourceIdentifier) or len(name.value) > _LONGEST:
        return
    try:
        parts = urlsplit(name.value)
    except ValueError:
        return
    if parts.scheme in _SCHEMES and parts.hostname and not parts.username:
        yield name.value
