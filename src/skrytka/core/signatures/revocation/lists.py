"""What a CRL says about a certificate (RFC 5280 §5 and §6.3)."""

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from skrytka.core.signatures.certificates import UNREADABLE
from skrytka.core.signatures.process.facts import RevocationFacts, Status
from skrytka.core.signatures.revocation.keys import algorithm_of, digest_of, may, name_of

_KNOWN = (x509.CRLNumber, x509.AuthorityKeyIdentifier, x509.IssuingDistributionPoint)


def read_list(
    data: bytes, about: x509.Certificate, issuer: x509.Certificate
) -> RevocationFacts | None:
    """This will tell what a CRL says of a certificate, or nothing when it is not about it.

    ``issuer`` issued the certificate and must have issued the list: indirect lists, delta lists
    and lists of some reasons only say nothing here.
    """
    try:
        found = x509.load_der_x509_crl(data)
        if found.issuer != issuer.subject or not _is_whole(found, about):
            return None
        entry = found.get_revoked_certificate_by_serial_number(about.serial_number)
        return _facts(data, found, entry, issuer)
    except UNREADABLE:
        return None


def _facts(
    data: bytes,
    found: x509.CertificateRevocationList,
    entry: x509.RevokedCertificate | None,
    issuer: x509.Certificate,
) -> RevocationFacts | None:
    if entry is not None and _reason(entry) == "removeFromCRL":
        return None
    return RevocationFacts(
        id=digest_of(data),
        status=Status.GOOD if entry is None else Status.REVOKED,
        this_update=found.last_update_utc,
        next_update=found.next_update_utc,
        intact=_is_intact(found, issuer),
        algorithm=algorithm_of(
            found.signature_algorithm_oid, found.signature_hash_algorithm, issuer
        ),
        signer=name_of(issuer),
        reason=None if entry is None else _reason(entry),
        revoked_at=None if entry is None else entry.revocation_date_utc,
    )


def _is_intact(found: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    if not may(issuer, "crl_sign"):
        return False
    key = issuer.public_key()
    return isinstance(
        key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey
    ) and found.is_signature_valid(key)


def _is_whole(found: x509.CertificateRevocationList, about: x509.Certificate) -> bool:
    """The list is complete for certificates of this kind, and nothing critical is unknown in it."""
    for extension in found.extensions:
        value = extension.value
        if isinstance(value, x509.DeltaCRLIndicator):
            return False
        if extension.critical and not isinstance(value, _KNOWN):
            return False
        if isinstance(value, x509.IssuingDistributionPoint) and not _covers(value, about):
            return False
    return True


def _covers(point: x509.IssuingDistributionPoint, about: x509.Certificate) -> bool:
    partial = point.indirect_crl or point.only_some_reasons or point.only_contains_attribute_certs
    wrong = point.only_contains_user_certs if _is_ca(about) else point.only_contains_ca_certs
    return not partial and not wrong


def _is_ca(about: x509.Certificate) -> bool:
    try:
        return about.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _reason(entry: x509.RevokedCertificate) -> str | None:
    try:
        return entry.extensions.get_extension_for_class(x509.CRLReason).value.reason.value
    except x509.ExtensionNotFound:
        return None
