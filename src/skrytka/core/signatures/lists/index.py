"""Services found by subject and key, by subject key identifier, and by subject alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from skrytka.core.signatures.lists.model import Service

Key = tuple[str, bytes]


@dataclass(frozen=True)
class ServiceIndex:
    """A fast way from a certificate to the services it stands for."""

    by_key: Mapping[Key, tuple[Service, ...]]

    @classmethod
    def of(cls, services: Iterable[Service]) -> "ServiceIndex":
        """This will index services by every identity they have."""
        found: dict[Key, dict[int, Service]] = {}
        for service in services:
            for key in keys_of(service):
                found.setdefault(key, {})[id(service)] = service
        return cls({key: tuple(held.values()) for key, held in found.items()})

    def services_of(self, certificate: x509.Certificate) -> tuple[Service, ...]:
        """This will return the services whose identity is this certificate's subject and key.

        TS 119 612 clause 5.5.3: the key and the name identify a service, so another certificate
        for both is as good. An identity by key identifier alone is compared with the key itself,
        never with what the certificate says of it.
        """
        keys = [("named", _named_key(certificate)), ("ski", _key_identifier(certificate))]
        found = [one for key in keys for one in self.by_key.get(key, ())]
        return tuple({id(one): one for one in found}.values())

    def services_named(self, subject: x509.Name) -> tuple[Service, ...]:
        """This will return the services that have a certificate of this subject."""
        return self.by_key.get(("subject", name_key(subject)), ())


def name_key(name: x509.Name) -> bytes:
    """This will digest a name; how its strings are encoded does not matter (RFC 5280 §7.1)."""
    return sha256(name.rfc4514_string().encode()).digest()


def keys_of(service: Service) -> list[Key]:
    """This will return everything by which a service is found."""
    identity = service.identity
    if not identity.certificates:
        return [("ski", one) for one in identity.key_identifiers if one]
    named = [("named", _named_key(one)) for one in identity.certificates]
    return [*named, *(("subject", name_key(one.subject)) for one in identity.certificates)]


def _named_key(certificate: x509.Certificate) -> bytes:
    return sha256(certificate.subject.public_bytes() + _public_key(certificate)).digest()


def _public_key(certificate: x509.Certificate) -> bytes:
    try:
        key = certificate.public_key()
        return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    except (UnsupportedAlgorithm, ValueError):  # a key nobody verifies with
        return certificate.public_bytes(Encoding.DER)


def _key_identifier(certificate: x509.Certificate) -> bytes:
    """This will compute the identifier by method 1 of RFC 5280 §4.2.1.2; none for unknown keys."""
    try:
        return x509.SubjectKeyIdentifier.from_public_key(certificate.public_key()).digest
    except (UnsupportedAlgorithm, ValueError):
        return b""
