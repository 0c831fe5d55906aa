"""An institution decides by which rules it delivers: a new version, in force from a day on."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import Max

from skrytka.accounts.models import Institution
from skrytka.core.calendar import civil_date
from skrytka.core.delivery import DeliveryPolicy, policy_data
from skrytka.delivery.models import DeliveryRules, Release, UpdSignatures
from skrytka.ledger.operations import Actor, EventKind, Subject, record_event

LONGEST_TERM = 90


class RulesFault(StrEnum):
    """Why the rules were not adopted."""

    IN_THE_PAST = "IN_THE_PAST"
    NO_SOURCE = "NO_SOURCE"
    TERM = "TERM"
    SECOND_NOTICE = "SECOND_NOTICE"


class CannotAdoptRules(Exception):
    def __init__(self, reason: RulesFault) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class NewRules:
    """What an institution decides; `source` names its own decision (zarządzenie nr …)."""

    policy: DeliveryPolicy
    in_force_on: date
    upd_signatures: UpdSignatures
    release: Release
    source: str


def adopt_delivery_rules(
    institution_id: int, rules: NewRules, *, actor: Actor, at: datetime
) -> int:
    """This will add a version of the institution's rules and return its number.

    Deliveries that have begun keep theirs. Raises CannotAdoptRules.
    """
    check_rules(rules, at=at)
    with transaction.atomic():
        Institution.objects.select_for_update().get(id=institution_id)
        rows = DeliveryRules.objects.filter(institution=institution_id)
        version = 1 + (rows.aggregate(last=Max("version"))["last"] or 0)
        DeliveryRules.objects.create(
            institution_id=institution_id,
            version=version,
            in_force_on=rules.in_force_on,
            policy=policy_data(rules.policy),
            upd_signatures=rules.upd_signatures,
            release=rules.release,
            source=rules.source.strip(),
        )
        record_event(
            EventKind.SETTINGS_CHANGED,
            Subject("INSTITUTION", str(institution_id)),
            at=at,
            actor=actor,
            institution_id=institution_id,
            data={"what": "DELIVERY_RULES", "version": version},
        )
    return version


def check_rules(rules: NewRules, *, at: datetime) -> None:
    """This will look whether the rules could be adopted now. Raises CannotAdoptRules."""
    if rules.in_force_on < civil_date(at):
        raise CannotAdoptRules(RulesFault.IN_THE_PAST)
    if not rules.source.strip():
        raise CannotAdoptRules(RulesFault.NO_SOURCE)
    if not 1 <= rules.policy.days <= LONGEST_TERM:
        raise CannotAdoptRules(RulesFault.TERM)
    second = rules.policy.second_notice_days
    if second is not None and not 1 <= second < rules.policy.days:
        raise CannotAdoptRules(RulesFault.SECOND_NOTICE)
