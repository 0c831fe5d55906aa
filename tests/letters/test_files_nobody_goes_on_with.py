"""What is given up, forgotten or left behind on its way is swept, and nothing else."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.config.clock import machine_now
from skrytka.gateways.installed import installed
from skrytka.letters.models import Draft, DraftState
from skrytka.letters.operations.drafts import purge_drafts
from skrytka.letters.operations.receiving import Part, TransferFault
from skrytka.letters.operations.transfers import (
    KEPT_FOR,
    abandon_transfer,
    sweep_orphaned_parts,
    sweep_transfers,
)
from skrytka.letters.queries.transfers import transfers_to
from tests.world.attachments import AT, draft_of
from tests.world.coming_files import HALF, PDF, begun, came, fault_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(anna: User, cuw: Institution) -> Draft:
    return draft_of(anna, cuw)


def test_a_file_that_is_given_up_leaves_nothing(draft: Draft, anna: User, cuw: Institution) -> None:
    transfer_id = begun(draft)
    came(transfer_id, 0, PDF[:HALF])
    assert not abandon_transfer(draft_of(anna, cuw).id, transfer_id)
    assert abandon_transfer(draft.id, transfer_id)
    assert not abandon_transfer(draft.id, transfer_id)
    assert fault_of(transfer_id, Part(HALF, [PDF[HALF:]])) is TransferFault.NOT_FOUND


def test_a_file_given_up_while_a_part_comes_does_not_come_back(draft: Draft) -> None:
    transfer_id = begun(draft)

    def chunks() -> Iterator[bytes]:
        yield PDF[:HALF]
        abandon_transfer(draft.id, transfer_id)
        yield PDF[HALF:]

    assert fault_of(transfer_id, Part(0, chunks())) is TransferFault.TAKEN_OVER
    assert transfers_to(draft.id) == ()


def test_nobody_goes_on_after_a_week(draft: Draft) -> None:
    transfer_id = begun(draft)
    came(transfer_id, 0, PDF[:HALF])
    assert sweep_transfers(at=AT + KEPT_FOR - timedelta(seconds=1)) == 0
    assert sweep_transfers(at=AT + KEPT_FOR) == 1
    assert transfers_to(draft.id) == ()


def test_what_a_letter_was_sent_without_is_not_kept_for_a_week(draft: Draft) -> None:
    transfer_id = begun(draft)
    came(transfer_id, 0, PDF[:HALF])
    Draft.objects.filter(id=draft.id).update(state=DraftState.DISCARDED)
    assert sweep_transfers(at=AT) == 0
    Draft.objects.filter(id=draft.id).update(state=DraftState.SENT)
    assert sweep_transfers(at=AT) == 1
    assert transfers_to(draft.id) == ()


def test_parts_of_a_purged_draft_are_swept(draft: Draft, anna: User, cuw: Institution) -> None:
    transfer_id = begun(draft)
    came(transfer_id, 0, PDF[:HALF])
    purge_drafts(at=draft.expires_at)
    other = begun(draft_of(anna, cuw))
    came(other, 0, PDF[:HALF])
    at = machine_now() + timedelta(days=2)
    assert sweep_orphaned_parts(at=at) >= 1
    kept = {one for found in installed().parts.left_behind(at) for one in found}
    assert (transfer_id in kept, other in kept) == (False, True)
