"""What an administrator of an institution changes: boxes, contact and texts, statement."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from skrytka.accounts.models import Box, Institution
from skrytka.accounts.operations.changes import record_change
from skrytka.ledger.operations import Actor
from skrytka.ledger.operations.events import EventData


@dataclass(frozen=True)
class BoxSettings:
    """What may change about a box; its address never does, letters and receipts name it."""

    title: str
    purpose: str
    notify: tuple[str, ...]
    is_open: bool


@dataclass(frozen=True)
class InstitutionTexts:
    """Contact and texts of the public page. `hours`: one line each."""

    lead: str
    phone: str
    email: str
    website: str
    hours: tuple[str, ...]
    channel_effect: str
    signature_rule: str
    privacy_text: str


@transaction.atomic
def change_box(box_id: int, settings: BoxSettings, *, at: datetime, actor: Actor) -> None:
    """This will change a box; a closed one takes no letters until it is opened again."""
    box = Box.objects.select_for_update().get(id=box_id)
    changed = _apply(box, {**asdict(settings), "notify": list(settings.notify)})
    _record(box.institution_id, at, actor, {"what": "BOX", "box": box_id, "fields": changed})


@transaction.atomic
def change_texts(
    institution_id: int, texts: InstitutionTexts, *, at: datetime, actor: Actor
) -> None:
    """This will change contact and texts; receipts already made keep the words of their day."""
    institution = Institution.objects.select_for_update().get(id=institution_id)
    changed = _apply(institution, {**asdict(texts), "hours": list(texts.hours)})
    _record(institution_id, at, actor, {"what": "TEXTS", "fields": changed})


@transaction.atomic
def change_statement(
    institution_id: int, fields: Mapping[str, str], *, at: datetime, actor: Actor
) -> None:
    """This will change the fields of the accessibility statement (act of 4 April 2019, art. 10)."""
    institution = Institution.objects.select_for_update().get(id=institution_id)
    changed = _apply(institution, {"accessibility": dict(fields)})
    _record(institution_id, at, actor, {"what": "STATEMENT", "fields": changed})


def _apply(row: Box | Institution, values: Mapping[str, object]) -> str:
    """This will save what differs and return the names of the changed fields."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=changed)
    return ",".join(changed)


def _record(institution_id: int, at: datetime, actor: Actor, data: EventData) -> None:
    if data["fields"]:
        record_change(institution_id, at=at, actor=actor, data=data)
