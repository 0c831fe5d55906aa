"""Deliveries that are due, taken hold of and read flat: a night has a hundred thousand of them.

What the ORM would make of a row costs more than the seal on it, so columns are read as they are;
the policy, which many share, is read once.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import TextField
from django.db.models.functions import Cast

from skrytka.core.delivery import DeliveryPolicy, DeliveryState, Standing, policy_from
from skrytka.delivery.models import Delivery, OutgoingLetterFile
from skrytka.delivery.operations.upd_facts import NamedFile, UpdSubject

INSTANTS = ("started_at", "first_notice_at", "repeat_notice_at")
KEYS = ("letter_id", "institution_id", "letter__file_count", "standing", "attempt")
TEXTS = ("policy_text", *(f"{name}_text" for name in INSTANTS))
NAMED = (
    *("upd_no", "letter__institution__name", "letter__institution__entity"),
    *("letter__addressee_name", "letter__addressee_address", "letter__case_mark"),
    *("letter__document_no", "letter__document_sha256"),
)


STANDINGS = {standing.value: standing for standing in Standing}


class DueDelivery(NamedTuple):
    """One delivery with its state, and what an UPD would name of its letter."""

    letter_id: UUID
    institution_id: int
    state: DeliveryState
    subject: UpdSubject


def hold_due(at: datetime, limit: int, among: Sequence[UUID] = ()) -> list[DueDelivery]:
    """This will take hold of deliveries due at `at`, the longest due first.

    `among` restricts them to these, where it names any. On PostgreSQL those that another worker
    holds are passed over; they stay held until the caller's transaction ends.
    """
    rows = Delivery.objects.filter(due_at__lte=at).order_by("due_at", "letter")
    if among:
        rows = rows.filter(letter__among=list(among))
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True, of=("self",))
    texts = {f"{name}_text": Cast(name, TextField()) for name in ("policy", *INSTANTS)}
    found: list[tuple[Any, ...]] = list(
        rows.annotate(**texts).values_list(*KEYS, *TEXTS, *NAMED)[:limit]
    )
    files = _files_of([letter_id for letter_id, _institution, files, *_rest in found if files])
    return [_due(row, files) for row in found]


def _due(row: tuple[Any, ...], files: Mapping[UUID, tuple[NamedFile, ...]]) -> DueDelivery:
    letter_id, institution_id, _files, standing, attempt, *texts = row
    policy, started, first, repeat, *named = texts
    state = DeliveryState(
        policy=_policy(policy),
        standing=STANDINGS[standing],
        attempt=attempt,
        started_at=_instant(started),
        first_notice_at=_instant(first),
        repeat_notice_at=_instant(repeat),
    )
    subject = UpdSubject(*(*named, files.get(letter_id, ())))
    return DueDelivery(letter_id, institution_id, state, subject)


def _instant(text: str | None) -> datetime | None:
    """An instant as the database writes it: with its offset, or, on SQLite, in UTC without one."""
    if text is None:
        return None
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


@lru_cache(maxsize=256)
def _policy(text: str) -> DeliveryPolicy:
    return policy_from(json.loads(text))


def _files_of(letter_ids: list[UUID]) -> dict[UUID, tuple[NamedFile, ...]]:
    files: dict[UUID, tuple[NamedFile, ...]] = defaultdict(tuple)
    rows = OutgoingLetterFile.objects.filter(letter__among=letter_ids).order_by(
        "letter", "position"
    )
    for letter_id, name, size, digest in rows.values_list(
        "letter_id", "file_name", "size", "sha256"
    ):
        files[letter_id] += (NamedFile(name, size, digest),)
    return files
