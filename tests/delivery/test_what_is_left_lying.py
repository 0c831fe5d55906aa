"""The watchdog counts what an institution has to look at, and of no other institution."""

from datetime import timedelta

import pytest

from skrytka.accounts.models import Box, Institution, Role, User
from skrytka.accounts.operations import dismiss
from skrytka.delivery.queries.watch import Watch, watch_of
from skrytka.ledger.operations import Actor
from skrytka.letters.models import HandlingState, LetterHandling
from skrytka.letters.operations.handling import assign_letter, open_letter
from tests.desk.world import clerk_of, employed, handling_of
from tests.world.letters import LATER, sent_letter
from tests.world.outgoing import days, noticed_letter
from tests.world.sent_letters import deemed_letter, log_in, stopped_letter

pytestmark = pytest.mark.django_db
QUIET = Watch()


def test_an_institution_with_a_clerk_and_nothing_to_do_is_quiet(
    daria: User, cuw: Institution
) -> None:
    assert watch_of(cuw.pk, at=LATER) == QUIET
    assert QUIET.is_quiet


def test_a_new_letter_counts_after_a_day(daria: User, cuw: Institution, anna: User) -> None:
    sent_letter(anna, cuw)
    assert watch_of(cuw.pk, at=LATER + timedelta(days=1)).is_quiet
    watch = watch_of(cuw.pk, at=LATER + timedelta(days=1, seconds=1))
    assert watch == Watch(unread=1)
    assert not watch.is_quiet


def test_a_letter_somebody_opened_counts_until_somebody_takes_it(
    daria: User, cuw: Institution, anna: User
) -> None:
    letter, late = sent_letter(anna, cuw), LATER + timedelta(days=2)
    open_letter(letter.id, clerk_of(daria), at=LATER)
    assert watch_of(cuw.pk, at=LATER + timedelta(days=1)).is_quiet
    assert watch_of(cuw.pk, at=late) == Watch(untaken=1)
    assign_letter(letter.id, daria.pk, clerk_of(daria), at=late)
    assert watch_of(cuw.pk, at=late).is_quiet


def test_the_letters_of_a_clerk_who_has_gone_are_nobodys(
    daria: User, cuw: Institution, anna: User
) -> None:
    employed("Ewa", "Sroka", cuw, Role.CLERK)
    letter = sent_letter(anna, cuw)
    assign_letter(letter.id, daria.pk, clerk_of(daria), at=LATER)
    dismiss(daria.pk, cuw.pk, Role.CLERK, at=LATER, actor=Actor("1"))
    late = LATER + timedelta(hours=1)
    assert watch_of(cuw.pk, at=late) == Watch(untaken=1)
    LetterHandling.objects.update(state=HandlingState.DONE)
    assert watch_of(cuw.pk, at=late).is_quiet


def test_a_box_nobody_opened_for_14_days(daria: User, cuw: Institution, anna: User) -> None:
    box = handling_of(sent_letter(anna, cuw)).box
    assert box is not None
    assert watch_of(cuw.pk, at=LATER + timedelta(days=13)).unopened_boxes == 0
    late = LATER + timedelta(days=14)
    assert watch_of(cuw.pk, at=late).unopened_boxes == 1
    other = Box.objects.exclude(pk=box.pk).get(institution=cuw)
    LetterHandling.objects.update(first_opened_at=late - timedelta(days=1))
    assert watch_of(cuw.pk, at=late).unopened_boxes == 0
    LetterHandling.objects.update(first_opened_at=None, box=other)
    assert watch_of(cuw.pk, at=late).unopened_boxes == 1


def test_without_a_clerk_who_can_log_in(daria: User, cuw: Institution) -> None:
    daria.is_active = False
    daria.save()
    assert watch_of(cuw.pk, at=LATER).without_clerk == 1
    daria.is_active = True
    daria.save()
    assert watch_of(cuw.pk, at=LATER).without_clerk == 0
    dismiss(daria.pk, cuw.pk, Role.CLERK, at=LATER, actor=Actor("1"))
    assert watch_of(cuw.pk, at=LATER + timedelta(hours=1)).without_clerk == 1


def test_terms_that_end_and_people_who_did_not_come(
    daria: User, cuw: Institution, anna: User
) -> None:
    noticed_letter(daria, cuw, anna)
    assert watch_of(cuw.pk, at=days(10)).is_quiet
    assert watch_of(cuw.pk, at=days(11)) == Watch(ending=1, unreached=1)
    log_in(anna, days(11))
    assert watch_of(cuw.pk, at=days(11)) == Watch(ending=1)


def test_stopped_deliveries(daria: User, cuw: Institution, anna: User) -> None:
    stopped_letter(daria, cuw, anna)
    assert watch_of(cuw.pk, at=days(2)) == Watch(stopped=1, unreached=1)


def test_a_deeming_nobody_could_prevent_is_told_for_14_days(
    daria: User, cuw: Institution, anna: User
) -> None:
    deemed_letter(daria, cuw, anna)
    assert watch_of(cuw.pk, at=days(28)) == Watch(unreached=1)
    assert watch_of(cuw.pk, at=days(29)).is_quiet


def test_nothing_of_one_institution_is_told_to_another(
    daria: User, cuw: Institution, anna: User, town_hall: Institution, edmund: User
) -> None:
    stopped_letter(daria, cuw, anna)
    sent_letter(anna, cuw)
    assert watch_of(town_hall.pk, at=days(60)).is_quiet
