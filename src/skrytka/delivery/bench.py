"""A country's deliveries to measure the sweep on: pending ones, and those that fall due tonight."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID, uuid4

from django.db import transaction

from skrytka.accounts.models import Box, Party
from skrytka.core.delivery import (
    DeliveryPolicy,
    DeliveryState,
    NoticeRound,
    NoticeSent,
    advance,
    dispatched,
    policy_data,
)
from skrytka.core.identifiers import ReceiptKind
from skrytka.delivery.models import Delivery, OutgoingLetter, OutgoingSigning, UpdSignatures
from skrytka.delivery.operations.states import fields_of, state_of
from skrytka.delivery.operations.upd_facts import deemed_facts, subject_of
from skrytka.evidence.models import Receipt, ReceiptIntent
from skrytka.evidence.operations.rendering import render
from skrytka.ledger.bulk import append_rows

ROWS_AT_ONCE = 20_000
# Notices go out one after the other, so their instants differ.
INSTANTS = 600
STATE = (
    *("standing", "attempt", "started_at", "first_notice_at", "repeat_notice_at", "stop_cause"),
    *("ended_at", "second_notice_on", "last_day_on", "deemed_on", "access_until", "due_at"),
)
LETTER = (
    *("id", "draft_id", "institution", "box", "box_address", "party", "addressee_name"),
    *("addressee_address", "author", "title", "case_mark", "document_no", "document_sha256"),
    *("document_size", "signing_mode", "dispatched_at", "file_count", "file_bytes"),
)
DELIVERY = (
    *("letter", "institution", "party", "upd_no", "upd_signatures", "policy", "dispatched_at"),
    *STATE,
)


@dataclass(frozen=True)
class Planted:
    """Which letters to plant: from which box to which party, under which policy, told when."""

    box_id: int
    party_id: int
    author_id: int
    policy: DeliveryPolicy
    first_notice_at: datetime

    def later(self, seconds: int) -> "Planted":
        return replace(self, first_notice_at=self.first_notice_at + timedelta(seconds=seconds))


def reminded(planted: Planted) -> DeliveryState:
    """This will return the state of a delivery after both notices, both sent in time."""
    state = dispatched(planted.policy, planted.first_notice_at)
    for which, days in ((NoticeRound.FIRST, 0), (NoticeRound.REPEAT, 8)):
        at = planted.first_notice_at + timedelta(days=days)
        after = advance(state, NoticeSent(which), at)
        if isinstance(after, DeliveryState):
            state = after
    return state


def plant(planted: Planted, first: int, count: int) -> datetime:
    """This will put `count` reminded deliveries in place and return when they fall due.

    `first` is the number of the first one: every number makes one letter.
    """
    states = [reminded(planted.later(seconds)) for seconds in range(INSTANTS)]
    box = Box.objects.select_related("institution").get(id=planted.box_id)
    party = Party.objects.get(id=planted.party_id)
    kept = [[fields_of(state)[name] for name in STATE] for state in states]
    numbers = iter(range(first, first + count))
    while chunk := [(number, uuid4()) for number in islice(numbers, ROWS_AT_ONCE)]:
        with transaction.atomic():
            append_rows(OutgoingLetter, LETTER, _letters(planted, box, party, chunk))
            append_rows(Delivery, DELIVERY, _deliveries(planted, box, kept, chunk))
    lapse = states[0].lapses_at
    if lapse is None:
        raise ValueError(planted.policy.id)
    return lapse


def _letters(
    planted: Planted, box: Box, party: Party, chunk: list[tuple[int, UUID]]
) -> Iterator[tuple[object, ...]]:
    for number, letter_id in chunk:
        yield (
            *(letter_id, uuid4(), box.institution_id, box.pk, box.address, party.pk, party.name),
            *(party.box_address, planted.author_id, "Decyzja w sprawie podatku"),
            *(f"CUW.{number}.2026", f"DOK-2026-{letter_id.hex[:16].upper()}", f"{number:064x}"),
            *(20_000, OutgoingSigning.SEALED.value, planted.first_notice_at, 0, 0),
        )


def _deliveries(
    planted: Planted, box: Box, kept: Sequence[Sequence[object]], chunk: list[tuple[int, UUID]]
) -> Iterator[tuple[object, ...]]:
    policy = policy_data(planted.policy)
    for number, letter_id in chunk:
        yield (
            *(letter_id, box.institution_id, planted.party_id, f"ESP-UPD-2026-{number:08}"),
            *(UpdSignatures.PARTY.value, policy, planted.first_notice_at),
            *kept[number % INSTANTS],
        )


def rendered_upd(at: datetime) -> bytes:
    """This will render the UPD of one planted delivery that is due first, unsealed."""
    row = Delivery.objects.select_related("letter__institution").order_by("due_at").first()
    if row is None:
        raise LookupError("nothing is planted")
    state = state_of(row)
    if state.dates is None:
        raise LookupError(row.pk)
    return render(ReceiptKind.UPD, deemed_facts(subject_of(row), state, state.dates), at)


@dataclass(frozen=True)
class Standing:
    """What stands on record: of deemed letters, UPDs, intents, and deliveries still due."""

    deemed: int
    receipts: int
    intents: int
    due: int


def what_stands(*, at: datetime) -> Standing:
    """This will count what became of the deliveries, and what is still due at `at`."""
    receipts = Receipt.objects.filter(kind="UPD", letter_id__in=Delivery.objects.values("pk"))
    return Standing(
        deemed=Delivery.objects.filter(standing="DEEMED").count(),
        receipts=receipts.count(),
        intents=ReceiptIntent.objects.filter(kind="UPD").count(),
        due=Delivery.objects.filter(due_at__lte=at).count(),
    )
