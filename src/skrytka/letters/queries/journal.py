"""The journal of an institution: who did what, when, from which address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import overload

from django.db.models import QuerySet

from skrytka.ledger.models import Event
from skrytka.letters.queries.desk import names_of


@dataclass(frozen=True)
class JournalRow:
    """One event; `actor` is empty for what the system did by itself."""

    at: datetime
    actor: str
    kind: str
    subject_type: str
    subject_id: str
    remote_address: str
    data: Mapping[str, str | int | bool | None]


class Journal(Sequence[JournalRow]):
    """The events of an institution, the last one first, fetched page by page."""

    def __init__(self, institution_id: int) -> None:
        self._events: QuerySet[Event] = Event.objects.filter(institution_id=institution_id)

    def __len__(self) -> int:
        return self._events.count()

    @overload
    def __getitem__(self, place: int) -> JournalRow: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[JournalRow, ...]: ...
    def __getitem__(self, place: int | slice) -> JournalRow | tuple[JournalRow, ...]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        events = list(self._events.order_by("-id")[place])
        names = names_of(event.actor_id for event in events)
        return tuple(_row(event, names.get(event.actor_id, "")) for event in events)


def _row(event: Event, actor: str) -> JournalRow:
    return JournalRow(
        at=event.at,
        actor=actor,
        kind=event.kind,
        subject_type=event.subject_type,
        subject_id=event.subject_id,
        remote_address=event.remote_address or "",
        data=event.data,
    )
