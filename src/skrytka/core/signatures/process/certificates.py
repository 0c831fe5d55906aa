"""X.509 certificate validation, the shell model (EN 319 102-1 §5.2.6), with §5.2.5 freshness."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from skrytka.core.signatures.process.conclusion import (
    Conclusion,
    doubtful,
    first_fault,
    passed,
)
from skrytka.core.signatures.process.facts import CertificateFacts, Material, Status
from skrytka.core.signatures.process.policy import RevocationDemand, ValidationPolicy
from skrytka.core.signatures.process.revocation import Revocations
from skrytka.core.signatures.process.strength import check_strength
from skrytka.core.signatures.words import SubIndication

_S = SubIndication
_LONGEST = 11  # ten certificates and what the operator's word stands for
_TIME_STAMPING = "1.3.6.1.5.5.7.3.8"


class Purpose(StrEnum):
    """What the first certificate of a path is used for."""

    SIGNATURE = "SIGNATURE"
    TIMESTAMP = "TIMESTAMP"
    REVOCATION = "REVOCATION"


@dataclass(frozen=True)
class Context:
    """The validation context (§5.2.4): material, policy, the time, and who is asked already."""

    material: Material
    policy: ValidationPolicy
    at: datetime
    asked: frozenset[str] = frozenset()


def validate_certificate(name: str, context: Context, purpose: Purpose) -> Conclusion:
    """This will validate a certificate and its path as of the context's time (§5.2.6.4)."""
    chain = context.material.chain(name, context.at)
    title = "X.509 certificate validation"
    if not chain or not chain[-1].is_trusted(context.at):
        return doubtful(title, _S.NO_CERTIFICATE_CHAIN_FOUND, "CHAIN-NONE", about=name)
    if len(chain) == 1:
        return passed(title, about=name)
    return first_fault(title, _steps(chain, context, purpose), about=name)


def check_chain_constraints(
    chain: tuple[CertificateFacts, ...], policy: ValidationPolicy, purpose: Purpose
) -> Conclusion:
    """This will check what does not depend on time: signatures, usages, lengths (RFC 5280 §6)."""
    title = "chain constraints"
    below_anchor = chain[:-1]
    for one in below_anchor:
        if not one.intact:
            return doubtful(title, _S.CERTIFICATE_CHAIN_GENERAL_FAILURE, "CHAIN-NONE", about=one.id)
        if one.constraint_broken:
            return _broken_constraint(one.id)
    if len(chain) > _LONGEST or not _may_serve(chain[0], policy, purpose):
        return _broken_constraint(chain[0].id)
    for depth, one in enumerate(below_anchor[1:]):
        if not _may_issue(one, depth):
            return _broken_constraint(one.id)
    return passed(title)


def _broken_constraint(name: str) -> Conclusion:
    sub = _S.CHAIN_CONSTRAINTS_FAILURE
    return doubtful("chain constraints", sub, "CHAIN-CONSTRAINTS", about=name)


def _may_serve(one: CertificateFacts, policy: ValidationPolicy, purpose: Purpose) -> bool:
    if purpose is Purpose.SIGNATURE:
        return one.key_usages is None or bool(one.key_usages & policy.signer_usages)
    if purpose is Purpose.TIMESTAMP:
        return one.extended_usages is not None and _TIME_STAMPING in one.extended_usages
    return True


def _may_issue(one: CertificateFacts, below: int) -> bool:
    usage = one.key_usages is None or "keyCertSign" in one.key_usages
    return bool(one.is_ca) and usage and (one.path_length is None or one.path_length >= below)


def _steps(
    chain: tuple[CertificateFacts, ...], context: Context, purpose: Purpose
) -> Iterator[Conclusion]:
    yield check_chain_constraints(chain, context.policy, purpose)
    for one in reversed(chain[1:-1]):
        yield first_fault("CA certificate", _state(one, chain, context), about=one.id)
    yield first_fault("signing certificate", _state(chain[0], chain, context), about=chain[0].id)


def _state(
    one: CertificateFacts, chain: tuple[CertificateFacts, ...], context: Context
) -> Iterator[Conclusion]:
    is_signer = one is chain[0]
    revocation, known = _revocation(one, context, is_signer=is_signer)
    yield revocation
    yield _validity(one, context.at, not_revoked=known and is_signer)
    yield check_strength(one.id, (one.algorithm,), context.policy, context.at)


def _validity(one: CertificateFacts, at: datetime, *, not_revoked: bool) -> Conclusion:
    if one.is_in_force(at):
        return passed("validity range", about=one.id)
    expired = at > one.not_after
    sub = _S.OUT_OF_BOUNDS_NOT_REVOKED if not_revoked and expired else _S.OUT_OF_BOUNDS_NO_POE
    code = "CHAIN-EXPIRED" if expired else "CHAIN-NOT-YET"
    return doubtful("validity range", sub, code, about=one.id)


def _revocation(
    one: CertificateFacts, context: Context, *, is_signer: bool
) -> tuple[Conclusion, bool]:
    """This will judge revocation; the second value tells that the certificate is known as good."""
    title = "revocation"
    if one.exempt:
        return passed(title, about=one.id), False
    if not one.revocations:
        return _no_revocation(one, context), False
    found = Revocations(one, lambda signer: _issuer_of_revocation(signer, one, context)).judge(
        context.policy, context.at
    )
    if found.latest is None:
        return found.why, False
    latest = found.latest
    if latest.status is Status.GOOD or (latest.revoked_at or context.at) > context.at:
        return _fresh(one, context, latest.this_update), True
    if latest.reason == "certificateHold":
        return doubtful(
            title, _S.TRY_LATER, "SUSPENDED", about=one.id, when=latest.revoked_at
        ), False
    sub = _S.REVOKED_NO_POE if is_signer else _S.REVOKED_CA_NO_POE
    code = "REVOKED-NO-POE" if is_signer else "REVOKED-CA"
    return doubtful(title, sub, code, about=one.id, when=latest.revoked_at), False


def _no_revocation(one: CertificateFacts, context: Context) -> Conclusion:
    if context.policy.revocation is RevocationDemand.WHEN_PRESENT:
        return replace(passed("revocation", about=one.id), codes=("REVOCATION-UNKNOWN",))
    return doubtful("revocation", _S.TRY_LATER, "REVOCATION-UNKNOWN", about=one.id)


def _fresh(one: CertificateFacts, context: Context, issued: datetime | None) -> Conclusion:
    """§5.2.5: the data are no older than the policy allows."""
    limit = context.policy.freshness
    if limit is None or (issued is not None and context.at - issued <= limit):
        return passed("revocation", about=one.id)
    return doubtful("revocation freshness", _S.TRY_LATER, "REVOCATION-UNKNOWN", about=one.id)


def _issuer_of_revocation(signer: str, one: CertificateFacts, context: Context) -> Conclusion:
    """§5.2.6.4: the signer of the data has a path of its own; asking in a circle proves nothing."""
    if signer in context.asked or signer == one.id:
        sub = _S.CERTIFICATE_CHAIN_GENERAL_FAILURE
        return doubtful("revocation issuer", sub, "REVOCATION-UNKNOWN", about=signer)
    asked = context.asked | {one.id, signer}
    if signer in one.chain:
        return _own_issuer(signer, context)
    return validate_certificate(signer, replace(context, asked=asked), Purpose.REVOCATION)


def _own_issuer(signer: str, context: Context) -> Conclusion:
    """The issuer of the certificate is validated with the path itself; here only its time."""
    issuer = context.material.certificates[signer]
    if issuer.is_trusted(context.at):
        return passed("revocation issuer", about=signer)
    return _validity(issuer, context.at, not_revoked=False)
