"""The attributes of a signature (TS 119 102-2 clause 4.3.8 and Annex A)."""

from collections.abc import Iterator

from skrytka.core.signatures.etsi_report import names
from skrytka.core.signatures.etsi_report.numbering import OF_TIMESTAMP, Numbered, refer
from skrytka.core.signatures.etsi_report.objects import reference_parts
from skrytka.core.signatures.etsi_report.writing import (
    Xml,
    digest_parts,
    element,
    text,
    uri_of,
)
from skrytka.core.signatures.evidence import TimestampKind

_SIGNED = {"Signed": "true"}
_UNSIGNED = {"Signed": "false"}


def write_attributes(one: Numbered) -> Xml:
    """This will write what was read of a signature's attributes; nothing without any."""
    parts = tuple(_attributes(one))
    return element("SignatureAttributes", *parts) if parts else ""


def _attributes(one: Numbered) -> Iterator[Xml]:
    yield from _signed(one)
    for token in one.enclosed["tokens"]:
        if token["time"]:
            kind = TimestampKind(token["kind"])
            signed = _SIGNED if kind is TimestampKind.CONTENT else _UNSIGNED
            yield element(
                names.TIMESTAMP_ATTRIBUTES[kind],
                refer("AttributeObject", OF_TIMESTAMP + token["sha256"]),
                element("TimeStampValue", token["time"]),
                **signed,
            )
    for counter in one.counters:
        if counter.enclosed["value_sha256"]:
            parts = reference_parts(counter.enclosed["value_sha256"])
            yield element("CounterSignature", element("CounterSignature", *parts), **_UNSIGNED)


def _signed(one: Numbered) -> Iterator[Xml]:
    """Annex A.2, A.3, A.8 and A.10."""
    enclosed, claimed = one.enclosed, one.signature["claimed_signing_time"]
    if claimed:
        yield element("SigningTime", element("Time", claimed), **_SIGNED)
    if one.certificate and enclosed["certificate_ref_match"]:
        named = element("CertID", *digest_parts(one.certificate[2:]))
        yield element(
            "SigningCertificate", refer("AttributeObject", one.certificate), named, **_SIGNED
        )
    if enclosed["policy_id"]:
        policy = uri_of(enclosed["policy_id"], names.SIGNATURE_POLICY)
        yield element("SigPolicyIdentifier", element("SigPolicyId", text(policy)), **_SIGNED)
    roles = [_claimed(role) for role in enclosed["claimed_roles"]]
    if roles:
        yield element("SignerRole", *roles, **_SIGNED)


def _claimed(role: str) -> Xml:
    kind = element("EndorsementType", "claimed")
    return element("RoleDetails", element("Role", text(role)), kind)
