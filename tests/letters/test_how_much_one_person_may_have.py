"""A person may have ten full letters in their drafts altogether, and so many files on their way."""

from datetime import timedelta
from uuid import UUID

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.letters.models import AttachmentState, Draft, DraftAttachment, DraftState
from skrytka.letters.operations import allowance
from skrytka.letters.operations.allowance import most_bytes
from skrytka.letters.operations.attachments import Upload, add_attachment
from skrytka.letters.operations.receiving import Part, receive_part
from skrytka.letters.operations.room import CannotAttach
from skrytka.letters.operations.taking_in import take_in_file
from skrytka.letters.operations.transfers import NewTransfer, abandon_transfer, begin_transfer
from skrytka.letters.screening import CIESZYN_2026
from tests.world.attachments import ANNA, AT, added, draft_of, listed, small_rules

pytestmark = pytest.mark.django_db
LETTERFUL = CIESZYN_2026.total_bytes


@pytest.fixture
def drafts(anna: User, cuw: Institution) -> list[Draft]:
    return [draft_of(anna, cuw) for _ in range(11)]


def announced(draft: Draft, size: int = LETTERFUL, name: str = "mapa.zip") -> UUID:
    return begin_transfer(NewTransfer(draft.id, name, size), at=AT)


def refusal(draft: Draft, size: int) -> CannotAttach:
    with pytest.raises(CannotAttach, match="F-DRAFTS") as refused:
        announced(draft, size, "jeszcze.zip")
    return refused.value


def test_ten_full_letters_may_be_on_their_way_and_no_byte_more(drafts: list[Draft]) -> None:
    for draft in drafts[:10]:
        announced(draft)
    told = refusal(drafts[10], 7).data
    assert (told.file_name, told.size, told.limit) == (
        "jeszcze.zip", 10 * LETTERFUL + 7, 10 * LETTERFUL,
    )  # fmt: skip


def test_giving_up_a_file_makes_room(drafts: list[Draft]) -> None:
    *_, last = [announced(draft) for draft in drafts[:10]]
    refusal(drafts[10], 7)
    abandon_transfer(drafts[9].id, last)
    announced(drafts[10], 7)


def listed_of_size(draft: Draft, size: int, state: AttachmentState = AttachmentState.SAFE) -> None:
    row = added(draft, "skan.txt", b"tekst")
    DraftAttachment.objects.filter(id=row.id).update(size=size, state=state)


def test_files_on_the_lists_count_too_also_of_drafts_put_away(drafts: list[Draft]) -> None:
    for draft in drafts[:9]:
        listed_of_size(draft, LETTERFUL)
    Draft.objects.filter(id=drafts[0].id).update(state=DraftState.DISCARDED)
    announced(drafts[9])
    refusal(drafts[10], 1)


@pytest.mark.parametrize("sent", [True, False])
def test_what_was_sent_or_refused_does_not_count(drafts: list[Draft], *, sent: bool) -> None:
    for draft in drafts[:10]:
        state = AttachmentState.SAFE if sent else AttachmentState.REFUSED
        listed_of_size(draft, LETTERFUL, state)
    if sent:
        Draft.objects.exclude(id=drafts[10].id).update(state=DraftState.SENT)
    announced(drafts[10])


def test_others_have_their_own(drafts: list[Draft], celina: User, cuw: Institution) -> None:
    for draft in drafts[:10]:
        announced(draft)
    announced(draft_of(celina, cuw))


def test_an_institution_that_takes_longer_letters_takes_ten_of_those(
    drafts: list[Draft], cuw: Institution
) -> None:
    small_rules(cuw, total=2 * LETTERFUL)
    for draft in drafts[:5]:
        announced(draft, 2 * LETTERFUL)
    announced(drafts[5], LETTERFUL)
    assert most_bytes(CIESZYN_2026) == 10 * LETTERFUL


def test_so_many_files_may_be_on_their_way_at_once(
    drafts: list[Draft], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert allowance.MOST_COMING == 200
    monkeypatch.setattr(allowance, "MOST_COMING", 3)
    for draft in drafts[:3]:
        announced(draft, 10)
    told = refusal(drafts[3], 10).data
    assert (told.size, told.limit) == (0, 3)


def test_a_file_sent_whole_obeys_the_same(drafts: list[Draft]) -> None:
    for draft in drafts[:10]:
        announced(draft)
    upload = Upload("skan.txt", [b"tekst"], declared_size=5)
    with pytest.raises(CannotAttach, match="F-DRAFTS"):
        add_attachment(drafts[10].id, upload, actor=ANNA, at=AT)
    assert listed(drafts[10].id) == []


def test_a_file_that_was_let_in_is_taken_in_whatever_else_came(drafts: list[Draft]) -> None:
    transfer_id = announced(drafts[0], 5, "skan.txt")
    for draft in drafts[1:11]:
        listed_of_size(draft, LETTERFUL)
    receive_part(transfer_id, Part(0, [b"tekst"], 5), at=AT + timedelta(minutes=1))
    take_in_file(transfer_id, at=AT)
    assert listed(drafts[0].id) == [("skan.txt", "SAFE", "")]
