"""What trust, revocation data and time-stamps prove of a signature (EN 319 102-1 §5.3 to §5.6)."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from cryptography import x509

from skrytka.core.signatures.evidence import SignatureEvidence
from skrytka.core.signatures.paths import build_path
from skrytka.core.signatures.process.archival import Judged, validate_signature
from skrytka.core.signatures.process.certificates import Context
from skrytka.core.signatures.process.conclusion import Conclusion, Outcome
from skrytka.core.signatures.process.facts import Algorithm, RevocationFacts, Status
from skrytka.core.signatures.process.policy import RevocationDemand, ValidationPolicy
from skrytka.core.signatures.process.strength import is_sound
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.revocation.gathering import algorithms_of, gather
from skrytka.core.signatures.revocation.keys import algorithm_of
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.verdict import TimestampVerdict
from skrytka.core.signatures.words import Indication, SubIndication

# Without these there is a path, and the processes may say more about it.
_TIMELY = frozenset({None, ReasonCode.CHAIN_EXPIRED, ReasonCode.CHAIN_NOT_YET})

_INDICATIONS = {
    Outcome.PASSED: Indication.TOTAL_PASSED,
    Outcome.INDETERMINATE: Indication.INDETERMINATE,
    Outcome.FAILED: Indication.TOTAL_FAILED,
}


@dataclass(frozen=True)
class Proved:
    """What is wrong with the signer's standing, if anything, and the best signature time."""

    fault: ReasonCode | None
    best: datetime
    verdict: tuple[Indication, SubIndication | None] | None = None
    revocation_known: bool = False
    timestamps: tuple[TimestampVerdict, ...] = ()
    conclusion: Conclusion | None = None
    path: tuple[x509.Certificate, ...] = ()
    is_anchored: bool = False


def prove(
    evidence: SignatureEvidence, trust: TrustStore, at: datetime, policy: ValidationPolicy
) -> Proved:
    """This will judge path, revocation, strength and time of a signature as of ``at``.

    Where nothing but the signature is at hand, the path alone decides: the quick way of a receipt.
    """
    if evidence.certificate is None:
        return Proved(None, at)
    result = build_path(evidence.certificate, evidence.pool, trust, at)
    brought = evidence.timestamps or evidence.crls or evidence.ocsps
    is_bare = not brought and not trust.has_revocation
    wanted = policy.revocation is RevocationDemand.REQUIRED
    if result.fault not in _TIMELY or (is_bare and not wanted):
        fault = result.fault or _weakness(evidence, result.path, at, policy)
        return Proved(fault, at, path=result.path, is_anchored=result.complete)
    facts, material = gather(evidence, trust, at)
    judged = validate_signature(facts, Context(material, policy, at))
    signer = material.certificates[facts.certificate or ""]
    known = any(_is_current(one, judged.best) for one in signer.revocations)
    return replace(_proved(judged, known=known), path=result.path, is_anchored=result.complete)


def _is_current(one: RevocationFacts, at: datetime) -> bool:
    """What should have been followed by newer data by then says nothing of that time."""
    return one.status is Status.REVOKED or one.next_update is None or one.next_update >= at


def _weakness(
    evidence: SignatureEvidence,
    path: tuple[x509.Certificate, ...],
    at: datetime,
    policy: ValidationPolicy,
) -> ReasonCode | None:
    """§5.2.8.4.1.3: what signed the data and each certificate below the anchor was relied on."""
    used = (*algorithms_of(evidence.algorithms), *map(_signed_by, pairwise(path)))
    sound = all(is_sound(one, policy, at) for one in used)
    return None if sound else ReasonCode.ALG_WEAK


def _signed_by(link: tuple[x509.Certificate, x509.Certificate]) -> Algorithm:
    subject, issuer = link
    digest = subject.signature_hash_algorithm
    return algorithm_of(subject.signature_algorithm_oid, digest, issuer)


def _proved(judged: Judged, *, known: bool) -> Proved:
    conclusion = judged.conclusion
    return Proved(
        fault=None if conclusion.passed else _fault(conclusion),
        best=judged.best,
        verdict=(_INDICATIONS[conclusion.outcome], conclusion.sub_indication),
        revocation_known=known,
        timestamps=tuple(
            TimestampVerdict(
                one.token.kind.value,
                one.token.time,
                one.conclusion.outcome.value,
                one.conclusion.sub_indication,
                one.token.id,
            )
            for one in judged.timestamps
        ),
        conclusion=conclusion,
    )


def _fault(conclusion: Conclusion) -> ReasonCode:
    """What only informs as a code decides here, so it has a code of its own."""
    code = ReasonCode(conclusion.codes[0])
    return ReasonCode.REVOCATION_UNUSABLE if code is ReasonCode.REVOCATION_UNKNOWN else code
