"""What the operator trusts. Nothing else is trusted, and nothing is fetched."""

from dataclasses import dataclass, field

from cryptography import x509

from skrytka.core.signatures.lists.listed import ListedServices


@dataclass(frozen=True)
class TrustStore:
    """Certificates taken on the operator's word.

    ``anchors`` may issue; ``trusted_profile_seals`` and ``institution_seals`` are the very
    certificates that seal, trusted by themselves and for that one purpose. ``crls`` and ``ocsps``
    are revocation lists and answers of responders at hand, as DER. ``lists`` are verified trusted
    lists: paths may end at their services, and they say what a signature is worth in law.
    """

    anchors: tuple[x509.Certificate, ...] = ()
    trusted_profile_seals: tuple[x509.Certificate, ...] = ()
    institution_seals: tuple[x509.Certificate, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()
    lists: ListedServices | None = field(default=None, hash=False)

    @property
    def has_revocation(self) -> bool:
        """This will tell whether anything at hand says what was revoked."""
        return bool(self.crls or self.ocsps)

    def vouches_for(self, certificate: x509.Certificate) -> bool:
        """This will tell whether a certificate is trusted by itself, without an issuer."""
        return (
            certificate in self.anchors
            or certificate in self.trusted_profile_seals
            or certificate in self.institution_seals
        )
