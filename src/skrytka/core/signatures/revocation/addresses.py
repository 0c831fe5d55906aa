"""Where an authority publishes its revocation lists, as its certificates say."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from cryptography import x509

from skrytka.core.signatures.certificates import UNREADABLE

_SCHEMES = frozenset({"http", "https"})
_MOST, _LONGEST = 16, 500


def list_addresses(chain: tuple[x509.Certificate, ...]) -> tuple[str, ...]:
    """This will return the addresses of the lists about a verified path (RFC 5280 §4.2.1.13).

    Of certificates below the anchor only: an authority that is trusted wrote them. Lists of some
    reasons and lists that another authority issues say nothing here, so they are left out.
    """
    found = dict.fromkeys(
        address for certificate in chain[:-1] for address in _published(certificate)
    )
    return tuple(found)[:_MOST]


def _published(certificate: x509.Certificate) -> Iterator[str]:
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except (x509.ExtensionNotFound, *UNREADABLE):
        return
    for point in points:
        if not point.reasons and not point.crl_issuer:
            yield from (name.value for name in point.full_name or () if _is_address(name))


def _is_address(name: x509.GeneralName) -> bool:
    if not isinstance(name, x509.UniformResourceIdentifier) or len(name.value) > _LONGEST:
        return False
    try:
        parts = urlsplit(name.value)
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and bool(parts.hostname) and not parts.username
