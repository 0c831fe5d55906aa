"""A box with rules of its own is given back to those of its institution, from a day on.

The next version of the box says so: nothing that was in force is rewritten, and own rules adopted
later go before it again.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction

from skrytka.core.calendar import civil_date
from skrytka.ledger.operations import Actor
from skrytka.letters.models import AttachmentPolicy
from skrytka.letters.operations.attachment_policies import next_version, record_rules
from skrytka.letters.queries.policies import has_own_rules


class HandBackFault(StrEnum):
    """Why the box keeps its rules.

    NOT_OWN: it has none of its own on that day. PAST_DAY: letters of that day are judged already.
    """

    NOT_OWN = "NOT_OWN"
    PAST_DAY = "PAST_DAY"


class CannotHandBack(Exception):
    """Nothing was changed."""

    def __init__(self, reason: HandBackFault) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class HandBack:
    """Which box goes by the rules of its institution again, from which day, by whose decision."""

    box_id: int
    in_force_on: date
    source: str


@transaction.atomic
def hand_back_box(institution_id: int, wanted: HandBack, *, actor: Actor, at: datetime) -> int:
    """This will add the version that gives the box back and return its number.

    Raises CannotHandBack.
    """
    if wanted.in_force_on < civil_date(at):
        raise CannotHandBack(HandBackFault.PAST_DAY)
    if not has_own_rules(institution_id, wanted.box_id, wanted.in_force_on):
        raise CannotHandBack(HandBackFault.NOT_OWN)
    version = next_version(institution_id)
    AttachmentPolicy.objects.create(
        institution_id=institution_id,
        box_id=wanted.box_id,
        follows_institution=True,
        version=version,
        in_force_on=wanted.in_force_on,
        formats=[],
        total_bytes=0,
        source=wanted.source,
    )
    record_rules(institution_id, version, actor=actor, at=at, box_id=wanted.box_id)
    return version
