"""Past certificate and past signature validation with time sliding (EN 319 102-1 §5.6.2)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from skrytka.core.signatures.process.certificates import (
    Context,
    Purpose,
    check_chain_constraints,
    validate_certificate,
)
from skrytka.core.signatures.process.conclusion import (
    Conclusion,
    carried,
    doubtful,
    failed,
    passed,
)
from skrytka.core.signatures.process.facts import (
    Algorithm,
    CertificateFacts,
    RevocationFacts,
    Status,
)
from skrytka.core.signatures.process.longterm import CURABLE
from skrytka.core.signatures.process.policy import RevocationDemand
from skrytka.core.signatures.process.proofs import Proofs
from skrytka.core.signatures.process.revocation import Revocations
from skrytka.core.signatures.process.strength import check_strength, sound_until
from skrytka.core.signatures.words import SubIndication

_S = SubIndication


@dataclass(frozen=True)
class Signed:
    """What past signature validation is asked about: a signature or a token."""

    id: str
    certificate: str
    algorithms: tuple[Algorithm, ...]
    purpose: Purpose


@dataclass(frozen=True)
class Slid:
    """Where the time came to rest, or why it could not slide."""

    conclusion: Conclusion
    control: datetime


def validate_past(
    signed: Signed, current: Conclusion, context: Context, proofs: Proofs
) -> Conclusion:
    """This will say whether proofs of existence cure what holds today (§5.6.2.4)."""
    title = "past signature validation"
    if current.passed or current.sub_indication not in CURABLE:
        return current
    slid = validate_past_certificate(signed.certificate, context, proofs, signed.purpose)
    if not slid.conclusion.passed:
        return carried(title, current, current, slid.conclusion, about=signed.id)
    since = proofs.since(signed.id)
    certificate = context.material.certificates[signed.certificate]
    if since > slid.control:
        return carried(title, current, current, slid.conclusion, about=signed.id)
    if since < certificate.not_before and not certificate.is_trust_anchor:
        return failed(title, _S.NOT_YET_VALID, "CHAIN-NOT-YET", about=signed.id)
    strong = check_strength(signed.id, signed.algorithms, context.policy, since)
    decisive = passed(title) if strong.passed else strong
    return carried(title, decisive, current, slid.conclusion, strong, about=signed.id)


def validate_past_certificate(
    name: str, context: Context, proofs: Proofs, purpose: Purpose
) -> Slid:
    """This will find the last time at which a path is known to have been valid (§5.6.2.1)."""
    title = "past certificate validation"
    chain = context.material.chain(name, context.at)
    if not chain or not chain[-1].is_trusted(context.at):
        fault = doubtful(title, _S.NO_CERTIFICATE_CHAIN_FOUND, "CHAIN-NONE", about=name)
        return Slid(fault, context.at)
    constraints = check_chain_constraints(chain, context.policy, purpose)
    if len(chain) > 1 and not constraints.passed:
        return Slid(carried(title, constraints), context.at)
    return _slide(chain, context, proofs)


def _slide(chain: tuple[CertificateFacts, ...], context: Context, proofs: Proofs) -> Slid:
    """§5.6.2.2: from the anchor down, the control time moves back to where each still held."""
    control = context.at
    for one in reversed(chain[:-1]):
        slid = _slide_one(one, control, context, proofs)
        if not slid.conclusion.passed:
            return slid
        control = slid.control
    return Slid(passed("validation time sliding", about=chain[0].id), control)


def _slide_one(one: CertificateFacts, control: datetime, context: Context, proofs: Proofs) -> Slid:
    chosen: RevocationFacts | None = None
    if not one.exempt and (one.revocations or _is_required(context)):
        chosen = _choose(one, control, context, proofs)
        if chosen is None:
            fault = doubtful(
                "validation time sliding", _S.NO_POE, "REVOCATION-UNKNOWN", about=one.id
            )
            return Slid(fault, control)
    control = _after_revocation(one, chosen, control)
    return Slid(
        passed("validation time sliding", about=one.id), _weakest(one, chosen, control, context)
    )


def _is_required(context: Context) -> bool:
    return context.policy.revocation is RevocationDemand.REQUIRED


def _choose(
    one: CertificateFacts, control: datetime, context: Context, proofs: Proofs
) -> RevocationFacts | None:
    """§5.6.2.2.4 step 2: data that count, issued and proved to exist before the control time."""
    data = Revocations(one, lambda signer: _past_issuer(signer, one, context, proofs))
    usable = [
        item
        for item in one.revocations
        if data.consistency_fault(item) is None
        and item.this_update is not None
        and proofs.exists_at(one.id, control)
        and proofs.exists_at(item.id, control)
        and _is_of_valid_issuer(item, one, context, proofs)
    ]
    return max(usable, key=lambda item: item.this_update or context.at, default=None)


def _is_of_valid_issuer(
    item: RevocationFacts, one: CertificateFacts, context: Context, proofs: Proofs
) -> bool:
    since = proofs.since(item.id)
    strong = check_strength(item.id, (item.algorithm,), context.policy, since).passed
    return strong and _past_issuer(item.signer or "", one, context, proofs).passed


def _past_issuer(
    signer: str, one: CertificateFacts, context: Context, proofs: Proofs
) -> Conclusion:
    """An issuer out of force today was in force when the data are proved to have existed."""
    title = "revocation issuer"
    issuer = context.material.certificates.get(signer)
    unknown = doubtful(title, _S.NO_POE, "REVOCATION-UNKNOWN", about=signer)
    if issuer is None or signer in context.asked or signer == one.id:
        return unknown
    if signer in one.chain:
        return passed(title, about=signer)
    asked = replace(context, asked=context.asked | {one.id, signer})
    now = validate_certificate(signer, asked, Purpose.REVOCATION)
    if now.passed:
        return now
    slid = validate_past_certificate(signer, asked, proofs, Purpose.REVOCATION)
    return slid.conclusion


def _after_revocation(
    one: CertificateFacts, chosen: RevocationFacts | None, control: datetime
) -> datetime:
    """§5.6.2.2.4 step 3: a revoked certificate held until then; an expired one until its end."""
    if chosen is not None and chosen.status is Status.REVOKED and chosen.revoked_at is not None:
        control = min(control, chosen.revoked_at)
    return min(control, one.not_after)


def _weakest(
    one: CertificateFacts, chosen: RevocationFacts | None, control: datetime, context: Context
) -> datetime:
    """§5.6.2.2.4 step 4: no later than the algorithms of certificate and data were relied on."""
    algorithms: Iterable[Algorithm] = (one.algorithm, *((chosen.algorithm,) if chosen else ()))
    ends = [sound_until(each, context.policy) for each in algorithms]
    return min((control, *(end for end in ends if end is not None)))
