"""By which rules the institutions of the demonstration deliver, each by its own decision."""

from datetime import datetime

from skrytka.accounts.queries import institution_of_entity
from skrytka.cli.demo.people import Workplace
from skrytka.core.calendar import civil_date
from skrytka.core.delivery import POLICIES
from skrytka.delivery.operations.rules import NewRules, adopt_delivery_rules
from skrytka.delivery.queries.rules import Release, UpdSignatures, delivery_rules_of
from skrytka.ledger.operations.events import SYSTEM

DECISIONS = {
    Workplace.CUW: ("kpa-2014-next-day", Release.AUTHOR, "zarządzenie dyrektora nr 7/2026"),
    Workplace.TOWN_HALL: ("ude-art42", Release.SECOND_PERSON, "zarządzenie burmistrza nr 12/2026"),
}


def adopt_rules(at: datetime) -> None:
    """This will give each its rules, in force at once; who has any keeps them."""
    for entity, (policy_id, release, source) in DECISIONS.items():
        institution = institution_of_entity(entity)
        if institution is None or delivery_rules_of(institution.id):
            continue
        rules = NewRules(POLICIES[policy_id], civil_date(at), UpdSignatures.PARTY, release, source)
        adopt_delivery_rules(institution.id, rules, actor=SYSTEM, at=at)
