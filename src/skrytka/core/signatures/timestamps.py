"""Time-stamp tokens (RFC 3161, ETSI EN 319 422): from the octets to what they prove.

`examine_token` is what a decoder of any format calls. The stamped data come as octets, as a way to
their digest (for what should not be held twice), or as None where they were not found.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from skrytka.core.signatures.cms.ber import (
    CONSTRUCTED,
    INTEGER,
    OCTETS,
    SEQUENCE,
    CannotRead,
    Node,
    integer,
    octets,
    oid,
    read_first,
    read_whole,
)
from skrytka.core.signatures.cms.certificates import NO_EXTENSION, Held, hold_all, hold_others
from skrytka.core.signatures.cms.digests import Digester, Octets, digest_name
from skrytka.core.signatures.cms.revocations import (
    CERTIFICATE_VALUES,
    REVOCATION_VALUES,
    Revocations,
    certificate_nodes,
    read_revocation_values,
    read_revocations,
)
from skrytka.core.signatures.cms.structure import (
    SignedData,
    SignerInfo,
    read_algorithm,
    read_signed_data,
    read_signer,
    read_time,
)
from skrytka.core.signatures.cms.verification import Checked, Signed, check_signer
from skrytka.core.signatures.evidence import AlgorithmUse, TimestampEvidence, TimestampKind, Use
from skrytka.core.signatures.reasons import ReasonCode

ID_TST_INFO = "1.2.840.113549.1.9.16.1.4"
_VERSION_1 = 1
_MOST_REVOCATIONS = 512
Stamped = bytes | Digester | None


@dataclass(frozen=True)
class Token:
    """A token that could be read: its imprint, its time, and what came with it."""

    der: bytes
    signed_data: SignedData
    signer: SignerInfo
    digest: str
    imprint: bytes
    time: datetime
    pool: tuple[Held, ...]
    revocations: Revocations


def examine_token(
    token: bytes,
    stamped: Stamped,
    *,
    kind: TimestampKind,
    protects: frozenset[str] = frozenset(),
    others: Iterable[x509.Certificate | Held] = (),
) -> TimestampEvidence:
    """This will make evidence of a token in DER or BER. Raises nothing for what it holds.

    ``stamped``: the stamped octets; or a function from a digest's name in hashlib to the digest
    (None where it cannot tell); or None. ``others`` are certificates from outside the token among
    which its signer may be. ``protects`` is kept only when the token proves it: when its value and
    its imprint are both intact. Codes: TST_SYNTAX, ALG_UNKNOWN, RES_COUNT (nothing else was read);
    TST_NOT_FOUND, TST_IMPRINT (the data); TST_VALUE, KEY_MISSING, CERT_REF (then not intact);
    TST_CERT (the certificate is not one of a time-stamping unit; intact all the same).
    """
    try:
        return examine_read(read_token(token), stamped, kind=kind, protects=protects, others=others)
    except CannotRead as refusal:
        syntax = refusal.code is ReasonCode.CMS_SYNTAX
        return TimestampEvidence(
            kind=kind,
            time=None,
            imprint_found=False,
            imprint_intact=False,
            intact=False,
            sha256=hashlib.sha256(token).hexdigest(),
            security=(ReasonCode.TST_SYNTAX if syntax else refusal.code,),
        )


def read_token(token: bytes) -> Token:
    """This will read a TimeStampToken: one signer, a TSTInfo inside (RFC 3161 §2.4.2).

    Zeros may follow, as in a field of a PDF that was longer than the token.
    Raises `CannotRead` with CMS_SYNTAX, ALG_UNKNOWN or RES_COUNT.
    """
    root = read_first(token)
    if token[root.end :].strip(b"\0"):
        raise CannotRead
    signed_data = read_signed_data(root)
    if signed_data.content_type != ID_TST_INFO or signed_data.content is None:
        raise CannotRead
    if len(signed_data.signers) != 1 or signed_data.content_node is None:
        raise CannotRead
    if signed_data.content_node.tag not in {OCTETS, OCTETS | CONSTRUCTED}:
        raise CannotRead
    digest, imprint, time = _read_info(read_whole(signed_data.content))
    signer = read_signer(signed_data.signers[0])
    return Token(
        der=root.raw,
        signed_data=signed_data,
        signer=signer,
        digest=digest,
        imprint=imprint,
        time=time,
        pool=_certificates(signed_data, signer),
        revocations=_revocations(signed_data, signer),
    )


def examine_read(
    token: Token,
    stamped: Stamped,
    *,
    kind: TimestampKind,
    protects: frozenset[str] = frozenset(),
    others: Iterable[x509.Certificate | Held] = (),
) -> TimestampEvidence:
    """This will make evidence of a token that was read already; see `examine_token`."""
    actual = Octets(stamped).digest(token.digest)
    imprint_intact = actual is not None and hmac.compare_digest(actual, token.imprint)
    checked = _check(token, others)
    value_codes = _value_codes(checked)
    intact = not value_codes
    return TimestampEvidence(
        kind=kind,
        time=token.time,
        imprint_found=actual is not None,
        imprint_intact=imprint_intact,
        intact=intact,
        sha256=hashlib.sha256(token.der).hexdigest(),
        certificate=checked.certificate,
        pool=tuple(held.certificate for held in token.pool),
        crls=token.revocations.crls,
        ocsps=token.revocations.ocsps,
        algorithms=(AlgorithmUse(Use.IMPRINT, token.digest), *checked.algorithms),
        protects=protects if intact and imprint_intact else frozenset(),
        security=(
            *_imprint_codes(found=actual is not None, intact=imprint_intact),
            *value_codes,
            *_purpose_codes(checked.certificate),
        ),
    )


def _check(token: Token, others: Iterable[x509.Certificate | Held]) -> Checked:
    signed = Signed(Octets(token.signed_data.content), ID_TST_INFO)
    checked = check_signer(token.signer, signed, token.pool)
    if checked.held is None:
        checked = check_signer(token.signer, signed, hold_others(others))
    return checked


def _imprint_codes(*, found: bool, intact: bool) -> tuple[ReasonCode, ...]:
    if not found:
        return (ReasonCode.TST_NOT_FOUND,)
    return () if intact else (ReasonCode.TST_IMPRINT,)


def _value_codes(checked: Checked) -> tuple[ReasonCode, ...]:
    """The signing-certificate attribute is part of the token's profile (RFC 5816 §2.2.1)."""
    codes = []
    if not checked.intact:
        missing = checked.held is None
        codes.append(ReasonCode.KEY_MISSING if missing else ReasonCode.TST_VALUE)
        codes += [ReasonCode.ALG_UNKNOWN] if ReasonCode.ALG_UNKNOWN in checked.codes else []
    if checked.held is not None and checked.ref_match is not True:
        codes.append(ReasonCode.CERT_REF)
    return tuple(codes)


def _purpose_codes(certificate: x509.Certificate | None) -> tuple[ReasonCode, ...]:
    """RFC 3161 §2.3: the extended key usage is critical and names time-stamping alone."""
    if certificate is None:
        return ()
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except NO_EXTENSION:
        return (ReasonCode.TST_CERT,)
    fits = usage.critical and list(usage.value) == [ExtendedKeyUsageOID.TIME_STAMPING]
    return () if fits else (ReasonCode.TST_CERT,)


def _read_info(node: Node) -> tuple[str, bytes, datetime]:
    """TSTInfo: version, policy, imprint, serial number, time; what follows is not needed."""
    parts = node.expect(SEQUENCE).children
    if len(parts) < 5 or integer(parts[0]) != _VERSION_1:
        raise CannotRead
    oid(parts[1])
    imprint = parts[2].expect(SEQUENCE).children
    if len(imprint) != 2:
        raise CannotRead
    parts[3].expect(INTEGER)
    return digest_name(read_algorithm(imprint[0])), octets(imprint[1]), read_time(parts[4])


def _certificates(signed_data: SignedData, signer: SignerInfo) -> tuple[Held, ...]:
    own = signed_data.certificates.children if signed_data.certificates else ()
    later = (
        node
        for attribute in signer.unsigned_attributes(CERTIFICATE_VALUES)
        for node in certificate_nodes(attribute)
    )
    return hold_all((*own, *later))


def _revocations(signed_data: SignedData, signer: SignerInfo) -> Revocations:
    own = signed_data.revocations.children if signed_data.revocations else ()
    later = map(read_revocation_values, signer.unsigned_attributes(REVOCATION_VALUES))
    found = Revocations.joined((read_revocations(own), *later))
    if len(found.all) > _MOST_REVOCATIONS:
        raise CannotRead(ReasonCode.RES_COUNT)
    return found
