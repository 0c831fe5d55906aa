"""Signatures with time and with long-term material (EN 319 102-1 §5.5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from skrytka.core.signatures.evidence import TimestampKind
from skrytka.core.signatures.process.certificates import Context
from skrytka.core.signatures.process.conclusion import (
    Conclusion,
    carried,
    doubtful,
    failed,
    passed,
)
from skrytka.core.signatures.process.facts import CertificateFacts, SignatureFacts, TimestampFacts
from skrytka.core.signatures.process.strength import check_strength
from skrytka.core.signatures.words import SubIndication

_S = SubIndication
_TITLE = "validation with time and long-term material"
_OUT = frozenset({_S.OUT_OF_BOUNDS_NO_POE, _S.OUT_OF_BOUNDS_NOT_REVOKED})
PROVES_SIGNATURE = frozenset(set(TimestampKind) - {TimestampKind.CONTENT})


@dataclass(frozen=True)
class Timed:
    """A conclusion with the best time at which the signature is proved to have existed."""

    conclusion: Conclusion
    best: datetime


def best_time(
    signature: SignatureFacts, valid: tuple[TimestampFacts, ...], at: datetime
) -> datetime:
    """This will give the earliest proof that the signature value existed (§5.5.4 step 4)."""
    times = [
        one.time for one in valid if one.kind in PROVES_SIGNATURE and signature.id in one.protects
    ]
    return min((at, *times))


def validate_with_time(
    signature: SignatureFacts,
    basic: Conclusion,
    context: Context,
    valid: tuple[TimestampFacts, ...],
) -> Timed:
    """This will say whether the best signature time cures what the basic validation found.

    ``valid`` are the time-stamps that passed their own validation.
    """
    best = best_time(signature, valid, context.at)
    certificate = context.material.certificates.get(signature.certificate or "")
    if certificate is None or not (basic.passed or basic.sub_indication in CURABLE):
        return Timed(basic, best)
    for step in _steps(signature, basic, context, certificate, best):
        if not step.passed:
            return Timed(carried(_TITLE, step, basic, step, about=signature.id), best)
    return Timed(passed(_TITLE, basic, about=signature.id), best)


def _steps(
    signature: SignatureFacts,
    basic: Conclusion,
    context: Context,
    certificate: CertificateFacts,
    best: datetime,
) -> Iterator[Conclusion]:
    yield _issued_before(certificate, best)
    yield _remaining(signature, basic, context, certificate, best)


def _issued_before(certificate: CertificateFacts, best: datetime) -> Conclusion:
    """§5.5.4 step 5: a signature proved to exist before its certificate was is no signature."""
    if best < certificate.not_before and not certificate.is_trust_anchor:
        return failed("issuance", _S.NOT_YET_VALID, "CHAIN-NOT-YET", about=certificate.id)
    return passed("issuance", about=certificate.id)


def _remaining(
    signature: SignatureFacts,
    basic: Conclusion,
    context: Context,
    certificate: CertificateFacts,
    best: datetime,
) -> Conclusion:
    """What was found is cured when the proof is older than it (§5.5.4 steps 3 and 5)."""
    if basic.passed:
        return basic
    if not _is_cured(signature, basic, certificate, best):
        return basic
    if best > certificate.not_after and not certificate.is_trust_anchor:
        sub = _S.OUT_OF_BOUNDS_NOT_REVOKED
        return doubtful("validity range", sub, "CHAIN-EXPIRED", about=certificate.id)
    return check_strength(signature.id, signature.algorithms, context.policy, best)


def _is_cured(
    signature: SignatureFacts, basic: Conclusion, certificate: CertificateFacts, best: datetime
) -> bool:
    sub = basic.sub_indication
    if sub in {_S.REVOKED_NO_POE, _S.TRY_LATER}:
        is_own = deciding(basic).about == certificate.id
        return is_own and basic.when is not None and best < basic.when
    if sub is _S.OUT_OF_BOUNDS_NOT_REVOKED:
        return certificate.is_in_force(best)
    return sub is _S.CRYPTO_CONSTRAINTS_FAILURE_NO_POE and deciding(basic).about == signature.id


def deciding(conclusion: Conclusion) -> Conclusion:
    """This will give the innermost conclusion that decided."""
    for child in reversed(conclusion.children):
        if not child.passed and child.sub_indication is conclusion.sub_indication:
            return deciding(child)
    return conclusion


CURABLE = _OUT | {
    _S.REVOKED_NO_POE,
    _S.REVOKED_CA_NO_POE,
    _S.REVOCATION_OUT_OF_BOUNDS_NO_POE,
    _S.TRY_LATER,
    _S.CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
}
