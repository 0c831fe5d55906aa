"""Writing a letter at the desk: begun, answered, addressed, saved in two tabs, put away."""

from uuid import UUID, uuid4

import pytest

from skrytka.accounts.models import Box, Institution, User
from skrytka.accounts.operations.delivery_consent import resign_from_delivery
from skrytka.delivery.models import OutgoingDraft, OutgoingState
from skrytka.delivery.operations.completeness import OutgoingGap
from skrytka.delivery.operations.dispatch import dispatch_letter
from skrytka.delivery.operations.documents import CannotFreezeOutgoing, freeze_outgoing
from skrytka.delivery.operations.drafts import (
    CannotChangeOutgoing,
    OutgoingContent,
    OutgoingFault,
    answer_letter,
    choose_institution_box,
    choose_party,
    copy_outgoing,
    discard_outgoing,
    restore_outgoing,
    start_outgoing,
    take_over,
    write_outgoing,
)
from skrytka.delivery.operations.signing import seal_outgoing
from skrytka.delivery.queries.outgoing import outgoing_document, outgoing_lists, outgoing_view
from skrytka.ledger.models import Event
from skrytka.letters.models import Letter
from skrytka.letters.queries.papers import paper_of
from tests.desk.world import refused_letter, signed_letter
from tests.world.desk_drafts import NOW, TEXT, actor, draft_at, frozen, sealed, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(anna: User, daria: User, cuw: Institution) -> Letter:
    return signed_letter(anna, daria, cuw)


def refusal(act: object, *args: object, **named: object) -> OutgoingFault:
    assert callable(act)
    with pytest.raises(CannotChangeOutgoing) as refused:
        act(*args, **named)
    return refused.value.reason


def gaps(draft_id: UUID) -> list[OutgoingGap]:
    with pytest.raises(CannotFreezeOutgoing) as refused:
        freeze_outgoing(draft_id, at=NOW)
    return [problem.gap for problem in refused.value.problems]


def test_an_untouched_draft_is_taken_again(daria: User, cuw: Institution) -> None:
    first = start_outgoing(cuw.pk, daria.pk, at=NOW)
    assert start_outgoing(cuw.pk, daria.pk, at=NOW) == first
    write_outgoing(first, TEXT, version=1, at=NOW)
    assert start_outgoing(cuw.pk, daria.pk, at=NOW) != first


def test_an_institution_without_a_box_sends_nothing(daria: User, cuw: Institution) -> None:
    Box.objects.filter(institution=cuw).update(is_open=False)
    assert refusal(start_outgoing, cuw.pk, daria.pk, at=NOW) is OutgoingFault.NO_BOX


def test_an_answer_goes_to_the_sender_under_the_title(
    letter: Letter, daria: User, anna: User
) -> None:
    draft = draft_at(answer_letter(letter.id, daria.pk, at=NOW))
    assert (draft.party, draft.title) == (anna.party, "Odpowiedź: Wniosek o zaświadczenie")
    assert (draft.in_reply_to_id, draft.box_id) == (letter.id, letter.box_id)
    assert answer_letter(letter.id, daria.pk, at=NOW) == draft.id


def test_an_answer_bears_the_case_mark_of_the_one_before(letter: Letter, daria: User) -> None:
    first = answer_letter(letter.id, daria.pk, at=NOW)
    write_outgoing(first, OutgoingContent("A", "b", "CUW.7.2026"), version=1, at=NOW)
    freeze_outgoing(first, at=NOW)
    seal_outgoing(first, actor=actor(daria), at=NOW)
    dispatch_letter(first, actor=actor(daria), at=NOW)
    second = draft_at(answer_letter(letter.id, daria.pk, at=NOW))
    assert (second.id != first, second.case_mark) == (True, "CUW.7.2026")


def test_a_letter_that_is_on_no_desk_is_not_answered(
    daria: User, anna: User, cuw: Institution
) -> None:
    refused = refused_letter(anna, cuw)
    for letter_id in (refused.id, uuid4()):
        assert refusal(answer_letter, letter_id, daria.pk, at=NOW) is OutgoingFault.NOT_FOUND


def test_an_institution_is_answered_at_the_box_it_wrote_from(
    daria: User, edmund: User, cuw: Institution, town_hall: Institution
) -> None:
    draft = written(daria, cuw)
    choose_institution_box(draft.id, Box.objects.get(institution=town_hall).pk, at=NOW)
    freeze_outgoing(draft.id, at=NOW)
    seal_outgoing(draft.id, actor=actor(daria), at=NOW)
    dispatch_letter(draft.id, actor=actor(daria), at=NOW)
    received = Letter.objects.get(institution=town_hall)
    answer = draft_at(answer_letter(received.id, edmund.pk, at=NOW))
    assert answer.party is None
    assert answer.to_box == Box.objects.get(institution=cuw, is_basic=True)


def test_each_addressee_is_written_to_from_the_box_meant_for_it(
    daria: User, anna: User, cuw: Institution, town_hall: Institution
) -> None:
    draft = written(daria, cuw, to=anna)
    assert draft.box.name == "skrytka"
    choose_institution_box(draft.id, Box.objects.get(institution=town_hall).pk, at=NOW)
    again = draft_at(draft.id)
    assert (again.box.name, again.party) == ("SkrytkaESP", None)


def test_a_box_of_one_s_own_or_a_closed_one_is_refused(
    daria: User, cuw: Institution, town_hall: Institution
) -> None:
    draft = written(daria, cuw)
    own = Box.objects.filter(institution=cuw).first()
    other = Box.objects.get(institution=town_hall)
    Box.objects.filter(id=other.pk).update(is_open=False)
    assert own is not None
    assert refusal(choose_institution_box, draft.id, own.pk, at=NOW) is OutgoingFault.OWN_BOX
    closed = refusal(choose_institution_box, draft.id, other.pk, at=NOW)
    assert closed is OutgoingFault.BOX_CLOSED


def test_two_tabs_never_overwrite_each_other(daria: User, cuw: Institution) -> None:
    draft_id = start_outgoing(cuw.pk, daria.pk, at=NOW)
    assert write_outgoing(draft_id, TEXT, version=1, at=NOW) == 2
    other = OutgoingContent("Inny", "tekst", "")
    late = refusal(write_outgoing, draft_id, other, version=1, at=NOW)
    assert late is OutgoingFault.CHANGED_ELSEWHERE
    assert draft_at(draft_id).title == TEXT.title
    copy = draft_at(copy_outgoing(draft_id, other, at=NOW))
    assert (copy.title, copy.body, draft_at(draft_id).title) == ("Inny", "tekst", TEXT.title)


def test_every_change_drops_what_was_signed(daria: User, anna: User, cuw: Institution) -> None:
    draft = sealed(daria, cuw, anna)
    choose_party(draft.id, anna.party.pk, at=NOW)
    again = draft_at(draft.id)
    assert (again.document_sha256, again.signing_mode, again.signed_sha256) == ("", "", "")


def test_a_discarded_draft_comes_back(daria: User, cuw: Institution) -> None:
    draft = written(daria, cuw)
    discard_outgoing(draft.id, actor=actor(daria), at=NOW)
    assert draft_at(draft.id).state == OutgoingState.DISCARDED
    event = Event.objects.get(kind="OUTGOING_DISCARDED")
    assert (event.subject_id, event.institution_id) == (str(draft.id), cuw.pk)
    put_away = refusal(write_outgoing, draft.id, TEXT, version=2, at=NOW)
    assert put_away is OutgoingFault.DISCARDED
    restore_outgoing(draft.id, at=NOW)
    assert draft_at(draft.id).state == OutgoingState.OPEN
    assert refusal(restore_outgoing, draft.id, at=NOW) is OutgoingFault.CHANGED_ELSEWHERE


def test_a_sent_draft_changes_no_more(daria: User, anna: User, cuw: Institution) -> None:
    draft = sealed(daria, cuw, anna)
    dispatch_letter(draft.id, actor=actor(daria), at=NOW)
    sent = refusal(write_outgoing, draft.id, TEXT, version=2, at=NOW)
    assert sent is OutgoingFault.ALREADY_SENT
    assert refusal(take_over, draft.id, daria.pk, at=NOW) is OutgoingFault.ALREADY_SENT


def test_a_document_says_who_writes_to_whom_and_about_what(
    letter: Letter, daria: User, anna: User
) -> None:
    draft_id = answer_letter(letter.id, daria.pk, at=NOW)
    write_outgoing(draft_id, TEXT, version=1, at=NOW)
    freeze_outgoing(draft_id, at=NOW)
    paper = paper_of(outgoing_document(draft_id))
    assert paper is not None
    head = {fact.term: fact.lines for fact in paper.head}
    assert head["Odpowiedź na"] == ("RPW/CUW/00001/2026",)
    assert head["W imieniu nadawcy"] == ("Daria Lis",)
    assert "Anna Kowalska" in head["Adresat"]
    assert anna.email not in head["Adresat"]
    assert (paper.case_mark, paper.paragraphs) == (
        "CUW.123.2026",
        ("Proszę uzupełnić podpis.", "Dziękujemy."),
    )


def test_what_is_missing_is_named_before_signing(daria: User, anna: User, cuw: Institution) -> None:
    draft_id = start_outgoing(cuw.pk, daria.pk, at=NOW)
    assert gaps(draft_id) == [
        OutgoingGap.NO_ADDRESSEE,
        OutgoingGap.NO_TITLE,
        OutgoingGap.NO_BODY,
    ]
    choose_party(draft_id, anna.party.pk, at=NOW)
    places = OutgoingContent("Do {adresat}", "x" * 10_000 + " {nie_ma_takiego}", "")
    write_outgoing(draft_id, places, version=1, at=NOW)
    assert gaps(draft_id) == [
        OutgoingGap.BODY_TOO_LONG,
        OutgoingGap.PLACE_LEFT,
        OutgoingGap.PLACE_LEFT,
    ]


def test_a_clerk_without_a_name_cannot_sign_for_the_office(
    daria: User, anna: User, cuw: Institution
) -> None:
    draft = written(daria, cuw, to=anna)
    User.objects.filter(id=daria.pk).update(given_name="")
    assert gaps(draft.id) == [OutgoingGap.NO_NAME]


def test_a_box_that_closes_meanwhile_is_named(
    daria: User, cuw: Institution, town_hall: Institution
) -> None:
    draft = written(daria, cuw)
    box = Box.objects.get(institution=town_hall)
    choose_institution_box(draft.id, box.pk, at=NOW)
    Box.objects.filter(id=box.pk).update(is_open=False)
    assert gaps(draft.id) == [OutgoingGap.BOX_CLOSED]


def test_a_draft_that_is_taken_over_belongs_to_the_other_clerk(
    daria: User, edmund: User, anna: User, cuw: Institution
) -> None:
    draft = frozen(daria, cuw, anna)
    take_over(draft.id, edmund.pk, at=NOW)
    view = outgoing_view(draft.id, at=NOW)
    assert view is not None
    assert (view.author_id, view.is_frozen, view.version) == (edmund.pk, False, 3)
    assert [row.id for row in outgoing_lists(cuw.pk, edmund.pk).own] == [draft.id]
    assert [row.id for row in outgoing_lists(cuw.pk, daria.pk).of_others] == [draft.id]


def test_there_is_no_draft_of_another_id() -> None:
    assert outgoing_view(uuid4(), at=NOW) is None
    assert outgoing_document(uuid4()) is None
    assert not OutgoingDraft.objects.exists()


def test_who_wants_no_letters_on_the_account_is_named_before_signing(
    daria: User, anna: User, cuw: Institution
) -> None:
    draft = written(daria, cuw, to=anna)
    resign_from_delivery(anna.party.pk, actor=actor(anna), at=NOW)
    assert gaps(draft.id) == [OutgoingGap.RESIGNED]
