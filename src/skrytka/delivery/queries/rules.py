"""Which rules of delivery hold at an institution on a day."""

from dataclasses import dataclass, replace
from datetime import date

from skrytka.core.delivery import POLICIES, DeliveryPolicy, policy_from
from skrytka.delivery.models import DeliveryRules, Release, UpdSignatures

__all__ = [
    "DEFAULT_POLICY",
    "Release",
    "RulesView",
    "UpdSignatures",
    "delivery_rules_for",
    "delivery_rules_of",
    "numbered",
]

# The reading that leaves no doubt: the day after the term has lapsed, as the Supreme Court reads
# "po upływie" (III CZP 24/23), and no earlier one.
DEFAULT_POLICY = POLICIES["kpa-2014-next-day"]


@dataclass(frozen=True)
class RulesView:
    """One version of an institution's rules; version 0 are those nobody has decided on."""

    version: int
    in_force_on: date
    policy: DeliveryPolicy
    upd_signatures: UpdSignatures
    release: Release
    source: str


def delivery_rules_for(institution_id: int, on: date) -> RulesView:
    """This will return the rules in force on a day: the newest version that had begun by then."""
    rows = DeliveryRules.objects.filter(institution=institution_id, in_force_on__lte=on)
    row = rows.order_by("-in_force_on", "-version").first()
    return _view(row) if row else _undecided()


def delivery_rules_of(institution_id: int) -> tuple[RulesView, ...]:
    """This will list every version of an institution's rules, the newest first."""
    rows = DeliveryRules.objects.filter(institution=institution_id).order_by("-version")
    return tuple(_view(row) for row in rows)


def numbered(policy: DeliveryPolicy, institution_id: int) -> DeliveryPolicy:
    """This will give a policy of the institution's own the version it has there.

    The same words under the same id are the version they were before; other words are the next one.
    """
    adopted = (rules.policy for rules in delivery_rules_of(institution_id))
    earlier = [each for each in adopted if each.id == policy.id]
    for each in earlier:
        if replace(policy, version=each.version, in_force_on=each.in_force_on) == each:
            return each
    return replace(policy, version=1 + max((each.version for each in earlier), default=0))


def _undecided() -> RulesView:
    return RulesView(
        version=0,
        in_force_on=DEFAULT_POLICY.in_force_on,
        policy=DEFAULT_POLICY,
        upd_signatures=UpdSignatures.PARTY,
        release=Release.AUTHOR,
        source="",
    )


def _view(row: DeliveryRules) -> RulesView:
    return RulesView(
        version=row.version,
        in_force_on=row.in_force_on,
        policy=policy_from(row.policy),
        upd_signatures=UpdSignatures(row.upd_signatures),
        release=Release(row.release),
        source=row.source,
    )
