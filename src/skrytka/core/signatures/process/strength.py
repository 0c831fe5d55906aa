"""Cryptographic constraints by date (EN 319 102-1 §5.2.8.4.1.3, ETSI TS 119 312)."""

from collections.abc import Iterable
from datetime import UTC, datetime

from skrytka.core.signatures.process.conclusion import Conclusion, doubtful, passed
from skrytka.core.signatures.process.facts import Algorithm
from skrytka.core.signatures.process.policy import ValidationPolicy
from skrytka.core.signatures.words import SubIndication

_NEVER = datetime(1, 1, 1, tzinfo=UTC)


def sound_until(algorithm: Algorithm, policy: ValidationPolicy) -> datetime | None:
    """This will tell until when an algorithm is relied on; None: no end, or its end only warns."""
    ends = (_digest_end(algorithm, policy), _key_end(algorithm, policy))
    hard = [end for end in ends if end is not None and end <= policy.updated]
    return min(hard) if hard else None


def is_sound(algorithm: Algorithm, policy: ValidationPolicy, at: datetime) -> bool:
    """This will tell whether an algorithm was still relied on at a time."""
    end = sound_until(algorithm, policy)
    return end is None or at < end


def check_strength(
    name: str, algorithms: Iterable[Algorithm], policy: ValidationPolicy, at: datetime
) -> Conclusion:
    """This will check that every algorithm of an object is relied on at the time given."""
    ends = [sound_until(one, policy) for one in algorithms if not is_sound(one, policy, at)]
    if not ends:
        return passed("cryptographic constraints", about=name)
    return doubtful(
        "cryptographic constraints",
        SubIndication.CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
        "ALG-WEAK",
        about=name,
        when=min(end for end in ends if end is not None),
    )


def _digest_end(algorithm: Algorithm, policy: ValidationPolicy) -> datetime | None:
    name = algorithm.digest
    return None if name is None else policy.digest_ends.get(name, _NEVER)


def _key_end(algorithm: Algorithm, policy: ValidationPolicy) -> datetime | None:
    if algorithm.family is None:
        return None
    end: datetime | None = _NEVER
    for least, until in policy.key_steps.get(algorithm.family, ()):
        if least > (algorithm.bits or 0):
            break
        end = until
    return end
