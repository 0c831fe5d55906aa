"""Validation of basic signatures and of time-stamps (EN 319 102-1 §5.3 and §5.4)."""

from collections.abc import Iterator
from dataclasses import replace

from skrytka.core.signatures.evidence import TimestampKind
from skrytka.core.signatures.process.certificates import (
    Context,
    Purpose,
    validate_certificate,
)
from skrytka.core.signatures.process.conclusion import (
    Conclusion,
    Outcome,
    doubtful,
    failed,
    first_fault,
    passed,
)
from skrytka.core.signatures.process.facts import (
    CertificateFacts,
    Finding,
    SignatureFacts,
    TimestampFacts,
)
from skrytka.core.signatures.process.strength import check_strength
from skrytka.core.signatures.words import SubIndication

_S = SubIndication
_CODES = {_S.REVOKED: "REVOKED", _S.EXPIRED: "CHAIN-EXPIRED"}
_FORMAT = frozenset({_S.FORMAT_FAILURE})
_IDENTIFICATION = frozenset({_S.NO_SIGNING_CERTIFICATE_FOUND})
_CRYPTOGRAPHIC = frozenset({_S.HASH_FAILURE, _S.SIG_CRYPTO_FAILURE, _S.SIGNED_DATA_NOT_FOUND})
_EARLIER = _FORMAT | _IDENTIFICATION | _CRYPTOGRAPHIC


def validate_basic(
    signature: SignatureFacts, context: Context, contents: tuple[TimestampFacts, ...] = ()
) -> Conclusion:
    """This will validate a signature as of the context's time (§5.3.4).

    ``contents`` are the valid content time-stamps: they prove that the signature was made later.
    """
    outcome = first_fault("basic signature validation", _blocks(signature, context))
    return _made_too_late(outcome, signature, context, contents)


def validate_timestamp(timestamp: TimestampFacts, context: Context) -> Conclusion:
    """This will validate a token like a basic signature of its authority (§5.4.4)."""
    title = f"time-stamp validation {timestamp.id}"
    return first_fault(title, _token_blocks(timestamp, context), about=timestamp.id)


def content_timestamps(signature: SignatureFacts, context: Context) -> tuple[TimestampFacts, ...]:
    """This will give the valid content time-stamps of a signature."""
    return tuple(
        one
        for one in signature.timestamps
        if one.kind is TimestampKind.CONTENT and validate_timestamp(one, context).passed
    )


def _blocks(signature: SignatureFacts, context: Context) -> Iterator[Conclusion]:
    """The order of §5.3.4; acceptance comes last so that a proof of age can still cure it."""
    yield _of_findings("format checking", signature.findings, _FORMAT)
    yield _of_findings("signing certificate", signature.findings, _IDENTIFICATION)
    yield _of_findings("cryptographic verification", signature.findings, _CRYPTOGRAPHIC)
    yield _certificate(signature.certificate, context, Purpose.SIGNATURE)
    yield accept_signature(signature, context)
    yield check_strength(signature.id, signature.algorithms, context.policy, context.at)


def _token_blocks(timestamp: TimestampFacts, context: Context) -> Iterator[Conclusion]:
    yield _of_findings("findings", timestamp.findings, frozenset(_S))
    yield _certificate(timestamp.certificate, context, Purpose.TIMESTAMP)
    yield check_strength(timestamp.id, timestamp.algorithms, context.policy, context.at)


def _certificate(name: str | None, context: Context, purpose: Purpose) -> Conclusion:
    if name is None:
        sub = _S.NO_SIGNING_CERTIFICATE_FOUND
        return doubtful("signing certificate", sub, "KEY-MISSING")
    return validate_certificate(name, context, purpose)


def _of_findings(
    title: str, findings: tuple[Finding, ...], subs: frozenset[SubIndication]
) -> Conclusion:
    """Data not found come before all else (§5.2.7.4), then proved faults before doubts."""
    own = [one for one in findings if one.sub_indication in subs]
    own.sort(key=_order)
    if not own:
        return passed(title)
    return Conclusion(title, own[0].outcome, own[0].sub_indication, (own[0].code,))


def accept_signature(signature: SignatureFacts, context: Context) -> Conclusion:
    """This will check what the policy demands of the signed attributes (§5.2.8)."""
    title = "signature acceptance"
    rest = _of_findings(title, signature.findings, frozenset(_S) - _EARLIER)
    if rest.passed and context.policy.needs_signing_time and not signature.has_signing_time:
        return doubtful(title, _S.SIG_CONSTRAINTS_FAILURE, "SIG-STRUCTURE", about=signature.id)
    return rest


def _made_too_late(
    outcome: Conclusion,
    signature: SignatureFacts,
    context: Context,
    contents: tuple[TimestampFacts, ...],
) -> Conclusion:
    """§5.3.4: made after revocation or expiry, as a content time-stamp proves."""
    certificate = context.material.certificates.get(signature.certificate or "")
    if certificate is None or not contents:
        return outcome
    made_after = max(one.time for one in contents)
    sub = _proved(
        outcome, certificate, contents, after_revocation=made_after > (outcome.when or made_after)
    )
    return (
        outcome
        if sub is None
        else replace(failed(outcome.name, sub, _CODES[sub]), children=(outcome,))
    )


def _proved(
    outcome: Conclusion,
    certificate: CertificateFacts,
    contents: tuple[TimestampFacts, ...],
    *,
    after_revocation: bool,
) -> SubIndication | None:
    if outcome.sub_indication is _S.REVOKED_NO_POE and after_revocation:
        return _S.REVOKED
    out = {_S.OUT_OF_BOUNDS_NO_POE, _S.OUT_OF_BOUNDS_NOT_REVOKED}
    expired = any(one.time > certificate.not_after for one in contents)
    return _S.EXPIRED if outcome.sub_indication in out and expired else None


def _order(finding: Finding) -> tuple[bool, bool]:
    missing = finding.sub_indication is _S.SIGNED_DATA_NOT_FOUND
    return not missing, finding.outcome is not Outcome.FAILED
