"""Whose signatures an UPD may bear: the addressee's on a collected one, a seal on any other.

An UPD that the system made after the term can so never pass for one that the addressee signed, nor
the other way round: the way of the delivery stands in what is signed, and the signatures have to
fit it.
"""

from dataclasses import dataclass

from skrytka.core.receipts.facts import DeliveryWay
from skrytka.core.receipts.findings import CheckCode
from skrytka.core.signatures.verdict import SignatureVerdict
from skrytka.core.signatures.words import SignatureKind

Verdicts = tuple[SignatureVerdict, ...]
PERSONAL = frozenset(
    {
        SignatureKind.TRUSTED,
        SignatureKind.QUALIFIED,
        SignatureKind.PERSONAL,
        SignatureKind.ADVANCED,
    }
)
MOST_ON_COLLECTED = 2


@dataclass(frozen=True)
class Signatories:
    """The seal of the office, or of the system; and whoever collected the letter."""

    seal: SignatureVerdict | None
    signer: SignatureVerdict | None


def signatories(way: DeliveryWay, verdicts: Verdicts) -> Signatories:
    """This will tell the signatures apart: on a collected UPD what is no seal is the collector's.

    Issued by whom nobody here knows, it is that still; whether it is valid is another question.
    """
    if way is not DeliveryWay.COLLECTED:
        return Signatories(verdicts[0] if len(verdicts) == 1 else None, None)
    seals = [verdict for verdict in verdicts if verdict.kind is SignatureKind.SEAL]
    others = [verdict for verdict in verdicts if verdict.kind is not SignatureKind.SEAL]
    return Signatories(seals[0] if seals else None, others[-1] if others else None)


def misplaced_signatures(way: DeliveryWay, verdicts: Verdicts) -> CheckCode | None:
    """This will tell what is wrong with the set of signatures, whatever each of them is worth."""
    persons = sum(1 for verdict in verdicts if verdict.kind in PERSONAL)
    seals = sum(1 for verdict in verdicts if verdict.kind is SignatureKind.SEAL)
    if way is not DeliveryWay.COLLECTED:
        extra = CheckCode.EXTRA_SIGNATURE if len(verdicts) > 1 else None
        return CheckCode.SIGNED_BY_PERSON if persons else extra
    if seals == len(verdicts):
        return CheckCode.NOT_BY_ADDRESSEE
    if persons > 1 or len(verdicts) > MOST_ON_COLLECTED:
        return CheckCode.EXTRA_SIGNATURE
    return None
