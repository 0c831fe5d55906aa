"""The request that brings the last part takes a small file in; the outbox steps in when it dies."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.ledger.operations import Lane
from skrytka.ledger.queries import has_due_effects
from skrytka.letters.models import Draft
from skrytka.letters.operations import taking_in
from skrytka.letters.operations.attachments import add_attachment
from skrytka.letters.operations.receiving import AT_ONCE, TIME_TO_TAKE_IN, Part, receive_part
from skrytka.letters.operations.taking_in import take_in_file
from skrytka.letters.operations.transfers import NewTransfer, begin_transfer
from tests.world import files
from tests.world.attachments import AT, draft_of, listed

pytestmark = pytest.mark.django_db
PDF = files.pdf()


@pytest.fixture
def draft(anna: User, cuw: Institution) -> Draft:
    return draft_of(anna, cuw)


def arrived(draft: Draft, size: int = len(PDF)) -> UUID:
    transfer_id = begin_transfer(NewTransfer(draft.id, "skan.pdf", size), at=AT)
    receive_part(transfer_id, Part(0, [PDF.ljust(size)], size), at=AT)
    return transfer_id


@pytest.mark.parametrize(
    ("size", "wait"), [(len(PDF), TIME_TO_TAKE_IN), (AT_ONCE + 1, timedelta(0))]
)
def test_the_outbox_leaves_a_small_file_to_the_one_who_sent_it(
    draft: Draft, size: int, wait: timedelta
) -> None:
    """Two at once would judge it twice, and one of them fail."""
    arrived(draft, size)
    assert not has_due_effects(at=AT + wait - timedelta(milliseconds=1), lane=Lane.FILES)
    assert has_due_effects(at=AT + wait, lane=Lane.FILES)


def test_who_is_second_at_taking_in_refuses_nothing(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    transfer_id = arrived(draft)

    def too_late(*arguments: Any, **named: Any) -> UUID:
        add_attachment(*arguments, **named)
        return add_attachment(*arguments, **named)

    monkeypatch.setattr(taking_in, "add_attachment", too_late)
    take_in_file(transfer_id, at=AT)
    assert listed(draft.id) == [("skan.pdf", "SAFE", "")]
