"""What has changed about an institution: written down, and marked for who keeps a copy of it."""

from collections.abc import Iterable
from datetime import datetime

from skrytka.accounts.models import InstitutionChange
from skrytka.ledger.operations import Actor, EventKind, Subject, record_event
from skrytka.ledger.operations.events import EventData


def record_change(institution_id: int, *, at: datetime, actor: Actor, data: EventData) -> None:
    """This will record a change of an institution or its boxes and mark it, in one transaction."""
    record_event(
        EventKind.SETTINGS_CHANGED,
        Subject("INSTITUTION", str(institution_id)),
        at=at,
        actor=actor,
        institution_id=institution_id,
        data=data,
    )
    InstitutionChange.objects.create(institution_id=institution_id)


def take_up_changes(mark_ids: Iterable[int]) -> None:
    """This will remove these marks, in the transaction that took the changes up."""
    InstitutionChange.objects.filter(id__in=list(mark_ids)).delete()
