"""The whole validation: basic, with time, and archival (EN 319 102-1 §5.6.3)."""

from dataclasses import dataclass
from datetime import datetime

from skrytka.core.signatures.process.basic import (
    accept_signature,
    content_timestamps,
    validate_basic,
    validate_timestamp,
)
from skrytka.core.signatures.process.certificates import Context, Purpose
from skrytka.core.signatures.process.conclusion import Conclusion, carried
from skrytka.core.signatures.process.facts import SignatureFacts, TimestampFacts
from skrytka.core.signatures.process.longterm import validate_with_time
from skrytka.core.signatures.process.past import Signed, validate_past
from skrytka.core.signatures.process.proofs import Proofs


@dataclass(frozen=True)
class JudgedToken:
    """A time-stamp with its conclusion."""

    token: TimestampFacts
    conclusion: Conclusion


@dataclass(frozen=True)
class Judged:
    """A signature with its conclusion, its best time and its time-stamps, newest first."""

    conclusion: Conclusion
    best: datetime
    timestamps: tuple[JudgedToken, ...]


def validate_signature(signature: SignatureFacts, context: Context) -> Judged:
    """This will run all processes over a signature as of the context's time.

    Returns at the first process that passes; what only proofs of existence can cure goes on to
    past signature validation (§5.6.3.4). Raises nothing: every input has a conclusion.
    """
    tokens, proofs = _judge_tokens(signature.timestamps, context)
    valid = tuple(one.token for one in tokens if one.conclusion.passed)
    basic = validate_basic(signature, context, content_timestamps(signature, context))
    timed = validate_with_time(signature, basic, context, valid)
    conclusion = _with_proofs(signature, timed.conclusion, context, proofs)
    if conclusion.passed and not basic.passed:
        conclusion = _accepted(signature, conclusion, context)
    return Judged(conclusion, timed.best, tokens)


def _with_proofs(
    signature: SignatureFacts, current: Conclusion, context: Context, proofs: Proofs
) -> Conclusion:
    if current.passed or signature.certificate is None:
        return current
    signed = Signed(signature.id, signature.certificate, signature.algorithms, Purpose.SIGNATURE)
    return validate_past(signed, current, context, proofs)


def _accepted(signature: SignatureFacts, cured: Conclusion, context: Context) -> Conclusion:
    """What a proof of age cured had hidden the acceptance, which no proof can cure."""
    acceptance = accept_signature(signature, context)
    return cured if acceptance.passed else carried(cured.name, acceptance, cured, acceptance)


def _judge_tokens(
    timestamps: tuple[TimestampFacts, ...], context: Context
) -> tuple[tuple[JudgedToken, ...], Proofs]:
    """§5.6.3.4 step 5: the newest token first, so that its proofs serve the older ones."""
    proofs = Proofs(context.at)
    judged: list[JudgedToken] = []
    for token in _newest_first(timestamps):
        conclusion = _judge_token(token, context, proofs)
        judged.append(JudgedToken(token, conclusion))
        if conclusion.passed:
            proofs = proofs.with_token(token)
    return tuple(judged), proofs


def _newest_first(timestamps: tuple[TimestampFacts, ...]) -> list[TimestampFacts]:
    """Of one second, the token that protects another is the newer one."""
    return sorted(timestamps, key=lambda one: (one.time, len(one.protects)), reverse=True)


def _judge_token(token: TimestampFacts, context: Context, proofs: Proofs) -> Conclusion:
    current = validate_timestamp(token, context)
    if current.passed or token.certificate is None:
        return current
    signed = Signed(token.id, token.certificate, token.algorithms, Purpose.TIMESTAMP)
    return validate_past(signed, current, context, proofs)
