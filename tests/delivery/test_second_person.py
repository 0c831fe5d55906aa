"""Four eyes: a second person lets a letter go or sends it back, never the author."""

import pytest

from skrytka.accounts.models import Institution, Role, User
from skrytka.delivery.models import OutgoingDraft, OutgoingLetter, OutgoingState
from skrytka.delivery.operations.dispatch import CannotDispatch, DispatchFault, dispatch_letter
from skrytka.delivery.operations.drafts import CannotChangeOutgoing, OutgoingFault, take_over
from skrytka.delivery.operations.release import (
    needs_second_person,
    recall_outgoing,
    release_outgoing,
    send_back_outgoing,
    submit_for_release,
)
from skrytka.delivery.queries.outgoing import outgoing_count, outgoing_lists
from skrytka.ledger.models import Event
from tests.desk.world import employed
from tests.world.desk_drafts import (
    NOW,
    actor,
    draft_at,
    frozen,
    sealed,
    want_second_person,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def hanna(cuw: Institution) -> User:
    return employed("Hanna", "Bury", cuw, Role.CLERK)


@pytest.fixture
def waiting(daria: User, anna: User, cuw: Institution) -> OutgoingDraft:
    want_second_person(cuw)
    draft = sealed(daria, cuw, anna)
    submit_for_release(draft.id, at=NOW)
    return draft


DIGEST = "0" * 64


def refusal(act: object, *args: object, **named: object) -> OutgoingFault:
    assert callable(act)
    with pytest.raises(CannotChangeOutgoing) as refused:
        act(*args, **named)
    return refused.value.reason


def test_an_institution_decides_whether_two_are_needed(cuw: Institution) -> None:
    assert not needs_second_person(cuw.pk, at=NOW)
    want_second_person(cuw)
    assert needs_second_person(cuw.pk, at=NOW)


def test_a_second_person_lets_the_letter_go(waiting: OutgoingDraft, hanna: User) -> None:
    release_outgoing(waiting.id, hanna.pk, waiting.document_sha256)
    sent = dispatch_letter(waiting.id, actor=actor(hanna), at=NOW)
    letter = OutgoingLetter.objects.get(id=sent.letter_id)
    assert (letter.released_by, letter.author != hanna) == (hanna, True)


def test_only_what_was_read_is_released(waiting: OutgoingDraft, hanna: User) -> None:
    """The author took it back and wrote something else, while the page stood open."""
    assert refusal(release_outgoing, waiting.id, hanna.pk, DIGEST) is (
        OutgoingFault.CHANGED_ELSEWHERE
    )
    assert draft_at(waiting.id).released_by is None


def test_nothing_goes_before_it_is_released(waiting: OutgoingDraft, daria: User) -> None:
    with pytest.raises(CannotDispatch) as refused:
        dispatch_letter(waiting.id, actor=actor(daria), at=NOW)
    assert refused.value.reason is DispatchFault.NOT_RELEASED


def test_nobody_releases_what_they_wrote_or_signed(
    waiting: OutgoingDraft, daria: User, hanna: User
) -> None:
    assert refusal(release_outgoing, waiting.id, daria.pk, DIGEST) is OutgoingFault.OWN_LETTER
    OutgoingDraft.objects.filter(id=waiting.id).update(signed_by=hanna)
    assert refusal(release_outgoing, waiting.id, hanna.pk, DIGEST) is OutgoingFault.OWN_LETTER
    assert draft_at(waiting.id).released_by is None


def test_only_a_signed_draft_is_put_before_the_second_person(
    daria: User, anna: User, cuw: Institution, hanna: User
) -> None:
    want_second_person(cuw)
    draft = frozen(daria, cuw, anna)
    assert refusal(submit_for_release, draft.id, at=NOW) is OutgoingFault.CHANGED_ELSEWHERE
    assert refusal(release_outgoing, draft.id, hanna.pk, DIGEST) is OutgoingFault.CHANGED_ELSEWHERE


def test_a_second_click_changes_nothing(waiting: OutgoingDraft) -> None:
    submit_for_release(waiting.id, at=NOW)
    assert draft_at(waiting.id).state == OutgoingState.WAITING


def test_a_letter_comes_back_with_the_reason(
    waiting: OutgoingDraft, daria: User, hanna: User
) -> None:
    send_back_outgoing(waiting.id, " Zły adres. ", hanna.pk, actor=actor(hanna), at=NOW)
    draft = draft_at(waiting.id)
    assert (draft.state, draft.sent_back_reason) == (OutgoingState.OPEN, "Zły adres.")
    assert not draft.signed_sha256
    event = Event.objects.get(kind="OUTGOING_SENT_BACK")
    assert (event.subject_id, event.actor_id) == (str(draft.id), str(hanna.pk))
    assert "adres" not in str(event.data)
    (row,) = outgoing_lists(draft.institution_id, daria.pk).own
    assert row.is_sent_back


def test_sending_back_needs_a_reason_and_another_person(
    waiting: OutgoingDraft, daria: User, hanna: User
) -> None:
    named = {"actor": actor(hanna), "at": NOW}
    empty = refusal(send_back_outgoing, waiting.id, "  ", hanna.pk, **named)
    assert empty is OutgoingFault.NO_REASON
    own = refusal(send_back_outgoing, waiting.id, "Źle", daria.pk, **named)
    assert own is OutgoingFault.OWN_LETTER


def test_the_author_takes_it_back_to_mend_it(waiting: OutgoingDraft, hanna: User) -> None:
    recall_outgoing(waiting.id, at=NOW)
    assert draft_at(waiting.id).state == OutgoingState.OPEN
    late = refusal(release_outgoing, waiting.id, hanna.pk, DIGEST)
    assert late is OutgoingFault.CHANGED_ELSEWHERE


def test_a_waiting_letter_is_not_written_on(waiting: OutgoingDraft, hanna: User) -> None:
    assert refusal(take_over, waiting.id, hanna.pk, at=NOW) is OutgoingFault.WAITING


def test_each_sees_what_they_have_to_do(
    waiting: OutgoingDraft, daria: User, hanna: User, anna: User, cuw: Institution
) -> None:
    own = written(daria, cuw, to=anna)
    lists = outgoing_lists(cuw.pk, daria.pk)
    assert [row.id for row in lists.own] == [own.id]
    assert [row.id for row in lists.waiting] == [waiting.id]
    assert lists.to_release == ()
    others = outgoing_lists(cuw.pk, hanna.pk)
    assert [row.id for row in others.to_release] == [waiting.id]
    assert [row.id for row in others.of_others] == [own.id]
    assert (outgoing_count(cuw.pk, daria.pk), outgoing_count(cuw.pk, hanna.pk)) == (1, 1)
