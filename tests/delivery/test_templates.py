"""Templates: offered once, kept by the institution, put into letters with their places filled."""

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.delivery.models import LetterTemplate
from skrytka.delivery.operations.completeness import places_in
from skrytka.delivery.operations.drafts import (
    CannotChangeOutgoing,
    OutgoingContent,
    answer_letter,
    start_outgoing,
    write_outgoing,
)
from skrytka.delivery.operations.template_texts import BUILT_IN, DEFICIENCIES, TemplateText
from skrytka.delivery.operations.templates import (
    CannotUseTemplate,
    TemplateFault,
    add_template,
    change_template,
    filled,
    offer_built_in,
    put_template,
    return_template,
    withdraw_template,
)
from skrytka.delivery.queries.templates import templates_of, templates_offered
from skrytka.ledger.models import Event
from skrytka.letters.models import Letter
from skrytka.letters.operations.handling import change_state, open_letter
from skrytka.letters.operations.handling_moves import Move
from tests.desk.world import clerk_of, signed_letter
from tests.world.desk_drafts import NOW, actor, draft_at, written

pytestmark = pytest.mark.django_db
TEXT = TemplateText("Własny", "Tytuł {znak_sprawy}", "Treść dla: {adresat}. {wpisz_cos}")


@pytest.fixture
def letter(anna: User, daria: User, cuw: Institution) -> Letter:
    return signed_letter(anna, daria, cuw)


def kept(institution: Institution, user: User, text: TemplateText = TEXT) -> int:
    return add_template(institution.pk, text, actor=actor(user), at=NOW)


def refusal(act: object, *args: object, **named: object) -> TemplateFault:
    assert callable(act)
    with pytest.raises(CannotUseTemplate) as refused:
        act(*args, **named)
    return refused.value.reason


def test_three_are_offered_to_an_institution_that_has_none(
    cuw: Institution, town_hall: Institution, daria: User
) -> None:
    assert offer_built_in(cuw.pk, actor=actor(daria), at=NOW) == 3
    assert offer_built_in(cuw.pk, actor=actor(daria), at=NOW) == 0
    assert {one.name for one in templates_of(cuw.pk)} == {one.name for one in BUILT_IN.values()}
    assert templates_of(town_hall.pk) == ()
    events = Event.objects.filter(kind="SETTINGS_CHANGED", actor_id=str(daria.pk))
    assert [event.data for event in events] == [{"what": "LETTER_TEMPLATES"}]


def test_withdrawn_templates_are_not_offered_anew(cuw: Institution, daria: User) -> None:
    template_id = kept(cuw, daria)
    withdraw_template(cuw.pk, template_id, actor=actor(daria), at=NOW)
    assert offer_built_in(cuw.pk, actor=actor(daria), at=NOW) == 0
    assert templates_offered(cuw.pk) == ()
    return_template(cuw.pk, template_id, actor=actor(daria), at=NOW)
    assert [one.name for one in templates_offered(cuw.pk)] == ["Własny"]


def test_the_call_for_deficiencies_says_what_the_law_asks() -> None:
    """KPA art. 64 § 2: at least seven days, and what follows when nothing comes."""
    for words in ("art. 64 § 2", "{braki}", "7 dni od dnia doręczenia", "bez rozpoznania"):
        assert words in DEFICIENCIES.body
    forwarded = BUILT_IN["przekazanie"].body
    assert "art. 65 § 1" in forwarded
    assert "Uzasadnienie" in forwarded


def test_places_are_filled_from_the_letter_answered(
    letter: Letter, cuw: Institution, daria: User
) -> None:
    open_letter(letter.id, clerk_of(daria), at=NOW)
    reason = "Brak adresu nadawcy."
    change_state(letter.id, Move.MARK_DEFICIENT, clerk_of(daria), at=NOW, reason=reason)
    offer_built_in(cuw.pk, actor=actor(daria), at=NOW)
    template = LetterTemplate.objects.get(code="braki-7-dni")
    draft_id = answer_letter(letter.id, daria.pk, at=NOW)
    put_template(draft_id, template.pk, version=1, at=NOW)
    draft = draft_at(draft_id)
    assert draft.title == "Wezwanie do uzupełnienia braków pisma RPW/CUW/00001/2026"
    assert places_in(draft.title + draft.body) == ()
    for words in (reason, "„Wniosek o zaświadczenie”", "23.11.2026", cuw.name):
        assert words in draft.body


def test_what_has_no_value_stays_visible(cuw: Institution, daria: User, anna: User) -> None:
    template_id = kept(cuw, daria)
    draft = written(daria, cuw, to=anna)
    write_outgoing(draft.id, OutgoingContent("", "", ""), version=2, at=NOW)
    put_template(draft.id, template_id, version=3, at=NOW)
    again = draft_at(draft.id)
    assert again.title == "Tytuł {znak_sprawy}"
    assert again.body == "Treść dla: Anna Kowalska. {wpisz_cos}"


def test_nothing_typed_is_lost(cuw: Institution, daria: User, anna: User) -> None:
    template_id = kept(cuw, daria)
    draft = written(daria, cuw, to=anna)
    assert put_template(draft.id, template_id, version=2, at=NOW) == 3
    again = draft_at(draft.id)
    assert again.title == "Wezwanie"
    assert again.body.startswith("Proszę uzupełnić podpis.\n\nDziękujemy.\n\nTreść dla: Anna")
    with pytest.raises(CannotChangeOutgoing):
        put_template(draft.id, template_id, version=2, at=NOW)


def test_a_value_is_never_filled_in_itself() -> None:
    values = {"adresat": "{znak_sprawy}", "znak_sprawy": "X"}
    assert filled("{adresat} {ZNAK_SPRAWY} {inne} {} {1} { a }", values) == (
        "{znak_sprawy} X {inne} {} {1} { a }"
    )


def test_a_template_of_another_institution_is_not_there(
    cuw: Institution, town_hall: Institution, daria: User, edmund: User
) -> None:
    other = kept(town_hall, edmund)
    draft_id = start_outgoing(cuw.pk, daria.pk, at=NOW)
    assert refusal(put_template, draft_id, other, version=1, at=NOW) is TemplateFault.NOT_FOUND
    named = {"actor": actor(daria), "at": NOW}
    assert refusal(change_template, cuw.pk, other, TEXT, **named) is TemplateFault.NOT_FOUND
    assert refusal(withdraw_template, cuw.pk, other, **named) is TemplateFault.NOT_FOUND
    assert LetterTemplate.objects.get(id=other).is_active


def test_a_withdrawn_template_is_not_put_in(cuw: Institution, daria: User) -> None:
    template_id = kept(cuw, daria)
    withdraw_template(cuw.pk, template_id, actor=actor(daria), at=NOW)
    draft_id = start_outgoing(cuw.pk, daria.pk, at=NOW)
    gone = refusal(put_template, draft_id, template_id, version=1, at=NOW)
    assert gone is TemplateFault.NOT_FOUND


def test_names_are_given_once_and_nothing_is_left_empty(cuw: Institution, daria: User) -> None:
    first = kept(cuw, daria)
    named = {"actor": actor(daria), "at": NOW}
    assert refusal(add_template, cuw.pk, TEXT, **named) is TemplateFault.NAME_TAKEN
    second = kept(cuw, daria, TemplateText("Własny!", "t", "b"))
    taken = refusal(change_template, cuw.pk, second, TEXT, **named)
    assert taken is TemplateFault.NAME_TAKEN
    change_template(cuw.pk, first, TemplateText("Własny", "t", "b"), **named)  # type: ignore[arg-type]
    blank = TemplateText("Nazwa", " ", "b")
    assert refusal(add_template, cuw.pk, blank, **named) is TemplateFault.INCOMPLETE
    codes = set(LetterTemplate.objects.values_list("code", flat=True))
    assert codes == {"wasny-1", "wasny-2"}
