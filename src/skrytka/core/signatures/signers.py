"""Who a certificate says it belongs to (ETSI EN 319 412-1, -2, -3 and -5)."""

from functools import lru_cache
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID, ObjectIdentifier

from skrytka.core.signatures.certificates import UNREADABLE
from skrytka.core.signatures.der import BrokenDer, Value, read_only, read_values
from skrytka.core.signatures.people import ClaimedPerson
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.verdict import Signer
from skrytka.core.signatures.words import SignatureKind

_PESEL_PREFIX = "PNOPL-"  # EN 319 412-1 §5.1.3: a national person number of Poland
_PERSONAL_ISSUER = "PL ID"  # the authorities of the layer of the identity card
_QC_STATEMENTS = ObjectIdentifier("1.3.6.1.5.5.7.1.3")
_QC_COMPLIANCE = bytes.fromhex("04008e460101")
_QC_DEVICE = bytes.fromhex("04008e460104")
_QC_TYPE = bytes.fromhex("04008e460106")
_QC_TYPE_SIGNATURE = bytes.fromhex("04008e46010601")


@lru_cache(maxsize=256)  # the same few seals come again and again
def describe_signer(certificate: x509.Certificate, person: ClaimedPerson | None) -> Signer:
    """This will describe the signer; a confirmed person stands before the certificate's subject."""
    given = person.given_name if person else _attribute(certificate, NameOID.GIVEN_NAME)
    surname = person.surname if person else _attribute(certificate, NameOID.SURNAME)
    organisation = _attribute(certificate, NameOID.ORGANIZATION_NAME)
    full_name = " ".join(part for part in (given, surname) if part)
    common = _attribute(certificate, NameOID.COMMON_NAME)
    return Signer(
        name=full_name or common or organisation or "",
        given_name=given,
        surname=surname,
        organisation=organisation,
        pesel=person.pesel if person else _pesel(certificate),
        account=person.account if person else None,
        subject=certificate.subject.rfc4514_string(),
        issuer=certificate.issuer.rfc4514_string(),
        serial_number=f"{certificate.serial_number:x}",
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
        certificate_sha256=sha256(certificate.public_bytes(Encoding.DER)).hexdigest(),
    )


def kind_of_certificate(certificate: x509.Certificate, trust: TrustStore) -> SignatureKind:
    """This will tell the kind of a certificate whose path to the trust store was found.

    A qualified certificate says so itself (EN 319 412-5: compliance, device, purpose); that the
    issuer may say so will be a matter of trusted lists, until then of the operator's anchors.
    """
    if certificate in trust.institution_seals:
        return SignatureKind.SEAL
    if _is_of_organisation(certificate):
        return SignatureKind.SEAL
    if (_issuer_name(certificate) or "").startswith(_PERSONAL_ISSUER):
        return SignatureKind.PERSONAL
    return SignatureKind.QUALIFIED if _is_qualified(certificate) else SignatureKind.ADVANCED


def _is_of_organisation(certificate: x509.Certificate) -> bool:
    """EN 319 412-3 §4.2.1: a legal person has an identifier; a natural person has a name."""
    named = any(_attribute(certificate, oid) for oid in (NameOID.GIVEN_NAME, NameOID.SURNAME))
    return not named and _attribute(certificate, NameOID.ORGANIZATION_IDENTIFIER) is not None


def _pesel(certificate: x509.Certificate) -> str | None:
    number = _attribute(certificate, NameOID.SERIAL_NUMBER) or ""
    return number.removeprefix(_PESEL_PREFIX) if number.startswith(_PESEL_PREFIX) else None


def _attribute(certificate: x509.Certificate, oid: ObjectIdentifier) -> str | None:
    return _first(certificate.subject, oid)


def _issuer_name(certificate: x509.Certificate) -> str | None:
    return _first(certificate.issuer, NameOID.COMMON_NAME)


def _first(name: x509.Name, oid: ObjectIdentifier) -> str | None:
    values = [str(attribute.value) for attribute in name.get_attributes_for_oid(oid)]
    return values[0] if values else None


def _is_qualified(certificate: x509.Certificate) -> bool:
    statements = _qc_statements(certificate)
    purposes = statements.get(_QC_TYPE, (_QC_TYPE_SIGNATURE,))
    return {_QC_COMPLIANCE, _QC_DEVICE} <= set(statements) and _QC_TYPE_SIGNATURE in purposes


def _qc_statements(certificate: x509.Certificate) -> dict[bytes, tuple[bytes, ...]]:
    """This will read QCStatements: identifier of each, and the identifiers inside its value."""
    try:
        extension = certificate.extensions.get_extension_for_oid(_QC_STATEMENTS).value
    except (x509.ExtensionNotFound, *UNREADABLE):
        return {}
    try:
        return dict(
            _statement(item) for item in read_values(read_only(extension.public_bytes()).content)
        )
    except BrokenDer:
        return {}


def _statement(item: Value) -> tuple[bytes, tuple[bytes, ...]]:
    """QCStatement ::= SEQUENCE { statementId OBJECT IDENTIFIER, statementInfo ANY OPTIONAL }."""
    parts = read_values(item.content)
    if not parts:
        raise BrokenDer
    nested = (value.content for part in parts[1:] for value in _members(part))
    return parts[0].content, tuple(nested)


def _members(part: Value) -> tuple[Value, ...]:
    return read_values(part.content) if part.tag == 0x30 else ()
