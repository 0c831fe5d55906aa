"""Which revocation data about a certificate count (EN 319 102-1 §5.2.6.4, RFC 5280, RFC 6960)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from skrytka.core.signatures.process.conclusion import Conclusion, carried, doubtful
from skrytka.core.signatures.process.facts import CertificateFacts, RevocationFacts, Status
from skrytka.core.signatures.process.policy import ValidationPolicy
from skrytka.core.signatures.process.strength import check_strength
from skrytka.core.signatures.words import SubIndication

_S = SubIndication
_EARLIEST = datetime(1, 1, 1, tzinfo=UTC)
_BOUNDS = frozenset({_S.OUT_OF_BOUNDS_NO_POE, _S.OUT_OF_BOUNDS_NOT_REVOKED})
_CURABLE = (
    _S.CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
    _S.REVOCATION_OUT_OF_BOUNDS_NO_POE,
    _S.CERTIFICATE_CHAIN_GENERAL_FAILURE,
)


@dataclass(frozen=True)
class Selected:
    """The newest data that count, or why none do."""

    latest: RevocationFacts | None
    why: Conclusion


@dataclass(frozen=True)
class Revocations:
    """The data about one certificate; ``validate_issuer`` judges who signed them."""

    about: CertificateFacts
    validate_issuer: Callable[[str], Conclusion]

    def judge(self, policy: ValidationPolicy, at: datetime) -> Selected:
        """This will choose the newest data that count as of ``at``."""
        newest = sorted(
            self.about.revocations,
            key=lambda one: one.produced_at or one.this_update or _EARLIEST,
            reverse=True,
        )
        faults = []
        for one in newest:
            conclusion = self.accept(one, policy, at)
            if conclusion.passed:
                return Selected(one, conclusion)
            faults.append(conclusion)
        return Selected(None, _no_data(self.about, faults))

    def accept(self, one: RevocationFacts, policy: ValidationPolicy, at: datetime) -> Conclusion:
        """This will tell whether data count: consistent, intact, from a valid issuer, sound."""
        fault = self.consistency_fault(one)
        if fault:
            return _refused(one, fault)
        issuer = self.validate_issuer(one.signer or "")
        if not issuer.passed:
            return carried("revocation acceptance", issuer, issuer, about=one.id)
        return check_strength(one.id, (one.algorithm,), policy, at)

    def consistency_fault(self, one: RevocationFacts) -> str | None:
        """This will name what makes the data useless at any time."""
        if not one.intact or one.signer is None:
            return "REVOCATION-UNKNOWN"
        if one.status is Status.UNKNOWN or one.cert_hash_match is False:
            return "REVOCATION-UNKNOWN"
        return None if self._knows_certificate(one) else "REVOCATION-UNKNOWN"

    def _knows_certificate(self, one: RevocationFacts) -> bool:
        """The data were made while the certificate was in force, or keep those that expired."""
        if one.this_update is None or one.this_update < self.about.not_before:
            return False
        since = one.keeps_expired_since
        kept = since is not None and since <= self.about.not_after
        answered = one.cert_hash_match is True
        return one.this_update <= self.about.not_after or kept or answered


def _refused(one: RevocationFacts, code: str) -> Conclusion:
    sub = _S.CERTIFICATE_CHAIN_GENERAL_FAILURE
    return doubtful("revocation acceptance", sub, code, about=one.id)


def _no_data(about: CertificateFacts, faults: list[Conclusion]) -> Conclusion:
    """What is only too weak or out of time by now may be proved to have existed earlier."""
    worst = min(faults, key=lambda fault: _rank(fault.sub_indication))
    sub = _CURABLE[_rank(worst.sub_indication)]
    return doubtful("revocation", sub, *worst.codes, about=about.id, when=worst.when)


def _rank(sub: SubIndication | None) -> int:
    """The data that lack least come first: strength, then time, then anything else."""
    if sub is _S.CRYPTO_CONSTRAINTS_FAILURE_NO_POE:
        return 0
    return 1 if sub in _BOUNDS else 2
