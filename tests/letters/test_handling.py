"""What a clerk does with a letter changes the record, and the record says who did it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from skrytka.accounts.models import Institution, Role, User
from skrytka.accounts.operations import dismiss
from skrytka.evidence.queries import Outcome
from skrytka.ledger.queries import events_of
from skrytka.letters.models import (
    Effect,
    HandlingState,
    Letter,
    LetterAssessment,
    LetterNote,
    NoteKind,
)
from skrytka.letters.operations.arrivals import sender_key
from skrytka.letters.operations.handling import (
    Assessment,
    Bulk,
    add_note,
    assess_effect,
    assign_letter,
    assign_letters,
    change_state,
    change_states,
    open_letter,
)
from skrytka.letters.operations.handling_moves import CannotHandle, HandlingFault, Move
from tests.desk.world import (
    clerk_of,
    copies_of,
    employed,
    handling_of,
    signed_letter,
    state_of,
)
from tests.world.letters import LATER, sent_letter

pytestmark = pytest.mark.django_db
NEXT_DAY = LATER + timedelta(days=1)


@pytest.fixture
def letter(anna: User, cuw: Institution) -> Letter:
    return sent_letter(anna, cuw)


def kinds_of(letter: Letter) -> list[str]:
    return [event.kind for event in events_of("LETTER", str(letter.id))]


def test_only_the_first_opening_is_noted(letter: Letter, daria: User) -> None:
    open_letter(letter.id, clerk_of(daria), at=LATER)
    open_letter(letter.id, clerk_of(daria), at=NEXT_DAY)
    assert handling_of(letter).first_opened_at == LATER
    assert kinds_of(letter).count("LETTER_OPENED") == 1


def test_opening_moves_neither_arrival_nor_state(letter: Letter, daria: User) -> None:
    open_letter(letter.id, clerk_of(daria), at=NEXT_DAY)
    assert handling_of(letter).submitted_at == letter.submitted_at == LATER
    assert state_of(letter) is HandlingState.NEW


def test_taking_puts_the_letter_in_progress(letter: Letter, daria: User) -> None:
    assign_letter(letter.id, daria.pk, clerk_of(daria), at=NEXT_DAY)
    assert state_of(letter) is HandlingState.IN_PROGRESS
    assert handling_of(letter).assignee == daria
    assert kinds_of(letter)[-2:] == ["LETTER_STATE_CHANGED", "LETTER_ASSIGNED"]


def test_assigning_to_the_same_person_again_adds_no_event(letter: Letter, daria: User) -> None:
    assign_letter(letter.id, daria.pk, clerk_of(daria), at=NEXT_DAY)
    before = kinds_of(letter)
    assign_letter(letter.id, daria.pk, clerk_of(daria), at=NEXT_DAY)
    assert kinds_of(letter) == before


def test_nobody_elses_clerk_gets_a_letter(letter: Letter, daria: User, edmund: User) -> None:
    with pytest.raises(CannotHandle) as refused:
        assign_letter(letter.id, edmund.pk, clerk_of(daria), at=NEXT_DAY)
    assert refused.value.reason is HandlingFault.NOT_A_CLERK
    assert state_of(letter) is HandlingState.NEW


def test_the_front_desk_and_former_clerks_get_no_letter(
    letter: Letter, daria: User, cuw: Institution
) -> None:
    reception = employed("Felicja", "Kos", cuw, Role.FRONT_DESK)
    former = employed("Grzegorz", "Maj", cuw, Role.CLERK)
    dismiss(former.pk, cuw.pk, Role.CLERK, at=LATER)
    for person in (reception, former):
        with pytest.raises(CannotHandle) as refused:
            assign_letter(letter.id, person.pk, clerk_of(daria), at=NEXT_DAY)
        assert refused.value.reason is HandlingFault.NOT_A_CLERK


def test_deficiencies_need_a_reason_and_keep_it_as_a_note(letter: Letter, daria: User) -> None:
    with pytest.raises(CannotHandle) as refused:
        change_state(letter.id, Move.MARK_DEFICIENT, clerk_of(daria), at=NEXT_DAY, reason="  ")
    assert refused.value.reason is HandlingFault.NO_REASON
    change_state(
        letter.id, Move.MARK_DEFICIENT, clerk_of(daria), at=NEXT_DAY, reason="Brak podpisu"
    )
    note = LetterNote.objects.get(letter=letter)
    assert (note.kind, note.text) == (NoteKind.DEFICIENCY, "Brak podpisu")
    assert state_of(letter) is HandlingState.DEFICIENT
    assert "Brak podpisu" not in str(events_of("LETTER", str(letter.id)))


def test_who_closes_an_unassigned_letter_is_the_one_who_handled_it(
    letter: Letter, daria: User
) -> None:
    change_state(letter.id, Move.CLOSE, clerk_of(daria), at=NEXT_DAY)
    assert handling_of(letter).assignee == daria
    change_state(letter.id, Move.REOPEN, clerk_of(daria), at=NEXT_DAY)
    assert state_of(letter) is HandlingState.IN_PROGRESS


def test_a_refused_move_leaves_everything_as_it_was(letter: Letter, daria: User) -> None:
    before = kinds_of(letter)
    with pytest.raises(CannotHandle):
        change_state(letter.id, Move.REOPEN, clerk_of(daria), at=NEXT_DAY)
    assert kinds_of(letter) == before
    assert handling_of(letter).assignee is None


def test_several_letters_change_and_the_others_are_told(letter: Letter, daria: User) -> None:
    others = copies_of(letter, ["Jan Lis", "Ewa Mak"])
    change_state(others[0].id, Move.CLOSE, clerk_of(daria), at=NEXT_DAY)
    ids = [letter.id, others[0].id, others[1].id]
    done = assign_letters(ids, daria.pk, clerk_of(daria), at=NEXT_DAY)
    assert done == Bulk(2, (HandlingFault.CLOSED,))
    assert change_states(ids, Move.CLOSE, clerk_of(daria), at=NEXT_DAY).changed == 2


def test_a_letter_nobody_knows_cannot_be_handled(daria: User) -> None:
    with pytest.raises(CannotHandle) as refused:
        assign_letter(uuid4(), daria.pk, clerk_of(daria), at=NEXT_DAY)
    assert refused.value.reason is HandlingFault.NOT_FOUND


def test_a_note_holds_something(letter: Letter, daria: User) -> None:
    with pytest.raises(CannotHandle) as refused:
        add_note(letter.id, " \n", clerk_of(daria), at=NEXT_DAY)
    assert refused.value.reason is HandlingFault.NO_TEXT
    add_note(letter.id, " Zadzwonić do nadawcy ", clerk_of(daria), at=NEXT_DAY)
    assert LetterNote.objects.get(letter=letter).text == "Zadzwonić do nadawcy"
    assert kinds_of(letter)[-1] == "LETTER_NOTED"


def test_assessments_stand_beside_each_other_for_good(letter: Letter, daria: User) -> None:
    first = Assessment(Effect.INCOMPLETE, "Brak podpisu")
    assess_effect(letter.id, first, clerk_of(daria), at=LATER)
    assess_effect(letter.id, Assessment(Effect.EFFECTIVE, "Podpis"), clerk_of(daria), at=NEXT_DAY)
    effects = list(LetterAssessment.objects.order_by("id").values_list("effect", flat=True))
    assert effects == ["INCOMPLETE", "EFFECTIVE"]
    with pytest.raises(DatabaseError), transaction.atomic():
        LetterAssessment.objects.update(effect=Effect.INEFFECTIVE)
    with pytest.raises(CannotHandle) as refused:
        assess_effect(letter.id, Assessment(Effect.EFFECTIVE, ""), clerk_of(daria), at=LATER)
    assert refused.value.reason is HandlingFault.NO_REASON


def test_the_outcome_of_the_signature_comes_to_the_desk(
    anna: User, daria: User, cuw: Institution, letter: Letter
) -> None:
    assert handling_of(letter).signature_outcome == Outcome.NONE
    signed = signed_letter(anna, daria, cuw)
    assert handling_of(signed).signature_outcome == Outcome.VALID


def test_senders_are_sorted_as_a_polish_index_is() -> None:
    names = ["Łoś", "lubicz", "Lis", "Ziemba", "Żuk", "Źrebak", "Zyga", "Maj"]
    assert sorted(names, key=sender_key) == [
        "Lis", "lubicz", "Łoś", "Maj", "Ziemba", "Zyga", "Źrebak", "Żuk",
    ]  # fmt: skip
