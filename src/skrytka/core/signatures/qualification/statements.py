"""What a certificate says of itself, for criteria and qualification (EN 319 412-5, RFC 3739)."""

from collections.abc import Mapping

from cryptography import x509
from cryptography.x509.oid import ExtensionOID, ObjectIdentifier

from skrytka.core.signatures.certificates import UNREADABLE
from skrytka.core.signatures.der import BrokenDer, Value, read_only, read_values
from skrytka.core.signatures.lists.criteria import Facts
from skrytka.core.signatures.qualification.facts import CertificateFacts, Purpose

_QC_STATEMENTS = ObjectIdentifier("1.3.6.1.5.5.7.1.3")
# Contents of the object identifiers 0.4.0.1862.1.*
_ETSI = bytes.fromhex("04008e4601")
_COMPLIANCE, _DEVICE, _TYPE, _LEGISLATION = (_ETSI + bytes([n]) for n in (1, 4, 6, 7))
_PURPOSES = {
    _TYPE + b"\x01": Purpose.SIGNATURE,
    _TYPE + b"\x02": Purpose.SEAL,
    _TYPE + b"\x03": Purpose.WEB,
}
_SEQUENCE = 0x30
# Names of TS 119 612 for the bits of RFC 5280.
_KEY_USAGES = {
    "digital_signature": "digitalSignature",
    "content_commitment": "nonRepudiation",
    "key_encipherment": "keyEncipherment",
    "data_encipherment": "dataEncipherment",
    "key_agreement": "keyAgreement",
    "key_cert_sign": "keyCertSign",
    "crl_sign": "crlSign",
}
_AGREEMENT_USAGES = {"encipher_only": "encipherOnly", "decipher_only": "decipherOnly"}

Statements = Mapping[bytes, tuple[bytes, ...]]


def facts_of(certificate: x509.Certificate) -> CertificateFacts:
    """This will read the facts that a qualification rests on; broken extensions say nothing."""
    statements = _statements(certificate)
    legislations = statements.get(_LEGISLATION, ())
    return CertificateFacts(
        issued_at=certificate.not_valid_before_utc,
        compliant=_COMPLIANCE in statements,
        device=_DEVICE in statements,
        purposes=frozenset(_PURPOSES[one] for one in statements.get(_TYPE, ()) if one in _PURPOSES),
        policies=_policies(certificate),
        legislations=frozenset(one.decode("latin-1") for one in legislations),
    )


def criteria_facts(certificate: x509.Certificate) -> Facts:
    """This will read what the criteria of trusted lists look at."""
    return Facts(
        key_usages=_key_usages(certificate),
        policies=_policies(certificate),
        subject_attributes=frozenset(one.oid.dotted_string for one in certificate.subject),
        extended_key_usages=_extended_usages(certificate),
    )


def _policies(certificate: x509.Certificate) -> frozenset[str]:
    held = _extension(certificate, ExtensionOID.CERTIFICATE_POLICIES)
    if not isinstance(held, x509.CertificatePolicies):
        return frozenset()
    return frozenset(one.policy_identifier.dotted_string for one in held)


def _extended_usages(certificate: x509.Certificate) -> frozenset[str]:
    held = _extension(certificate, ExtensionOID.EXTENDED_KEY_USAGE)
    if not isinstance(held, x509.ExtendedKeyUsage):
        return frozenset()
    return frozenset(one.dotted_string for one in held)


def _extension(certificate: x509.Certificate, oid: ObjectIdentifier) -> x509.ExtensionType | None:
    try:
        return certificate.extensions.get_extension_for_oid(oid).value
    except (x509.ExtensionNotFound, *UNREADABLE):
        return None


def _key_usages(certificate: x509.Certificate) -> frozenset[str]:
    usage = _extension(certificate, ExtensionOID.KEY_USAGE)
    if not isinstance(usage, x509.KeyUsage):
        return frozenset()
    names = _KEY_USAGES | (_AGREEMENT_USAGES if usage.key_agreement else {})
    return frozenset(said for name, said in names.items() if getattr(usage, name))


def _statements(certificate: x509.Certificate) -> Statements:
    """This will read QCStatements: the identifier of each and the values inside its information."""
    extension = _extension(certificate, _QC_STATEMENTS)
    if not isinstance(extension, x509.UnrecognizedExtension):
        return {}
    try:
        return dict(_statement(one) for one in read_values(read_only(extension.value).content))
    except BrokenDer:
        return {}


def _statement(item: Value) -> tuple[bytes, tuple[bytes, ...]]:
    """QCStatement ::= SEQUENCE { statementId OBJECT IDENTIFIER, statementInfo ANY OPTIONAL }."""
    parts = read_values(item.content)
    if not parts:
        raise BrokenDer
    lists = (read_values(part.content) for part in parts[1:] if part.tag == _SEQUENCE)
    return parts[0].content, tuple(value.content for members in lists for value in members)
