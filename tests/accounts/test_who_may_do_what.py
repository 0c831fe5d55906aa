"""Every policy of people, parties and institutions, asked for the whole cast."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from skrytka.accounts import policies
from skrytka.accounts.models import Institution, Role, User
from skrytka.accounts.operations import dismiss, employ, end_mandate
from skrytka.accounts.queries import Viewer, viewer_of
from skrytka.ledger.operations import Actor
from tests.world.cast import LONG_AGO

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


def seen(user: User) -> Viewer:
    return viewer_of(user, at=AT)


def test_only_anna_acts_for_anna(
    anna: User, bogdan: User, celina: User, daria: User, edmund: User
) -> None:
    party = anna.party.pk
    assert policies.may_act_for(seen(anna), party)
    for other in (bogdan, celina, daria, edmund):
        assert not policies.may_act_for(seen(other), party)
        assert not policies.may_give_mandate_for(seen(other), party)
    assert policies.may_give_mandate_for(seen(anna), party)


def test_anna_and_her_proxy_read_her_letters_and_nobody_else(
    anna: User, bogdan: User, celina: User, daria: User, edmund: User
) -> None:
    party = anna.party.pk
    assert policies.may_read_letters_of(seen(anna), party)
    assert policies.may_read_letters_of(seen(bogdan), party)
    for other in (celina, daria, edmund):
        assert not policies.may_read_letters_of(seen(other), party)


def test_a_proxy_reads_no_more_once_the_mandate_has_ended(anna: User, bogdan: User) -> None:
    mandate = anna.party.mandates.get()
    end_mandate(mandate.pk, at=AT, actor=Actor(str(anna.pk)))
    assert not policies.may_read_letters_of(seen(bogdan), anna.party.pk)
    before = viewer_of(bogdan, at=LONG_AGO)
    assert policies.may_read_letters_of(before, anna.party.pk)


def test_clerks_work_at_their_own_institution_only(
    anna: User, daria: User, edmund: User, cuw: Institution, town_hall: Institution
) -> None:
    assert policies.may_work_at(seen(daria), cuw.pk)
    assert policies.may_work_at(seen(edmund), town_hall.pk)
    assert not policies.may_work_at(seen(daria), town_hall.pk)
    assert not policies.may_work_at(seen(edmund), cuw.pk)
    assert not policies.may_work_at(seen(anna), cuw.pk)


def test_identities_are_confirmed_by_those_who_work_there(
    anna: User, bogdan: User, celina: User, daria: User, edmund: User, cuw: Institution
) -> None:
    assert policies.may_confirm_profiles(seen(daria), cuw.pk)
    for other in (anna, bogdan, celina, edmund):
        assert not policies.may_confirm_profiles(seen(other), cuw.pk)


@pytest.mark.parametrize(
    ("role", "administers", "front_desk"),
    [
        (Role.ADMINISTRATOR, True, True),
        (Role.CLERK, False, False),
        (Role.FRONT_DESK, False, True),
    ],
)
def test_each_role_has_its_own_rights(
    celina: User,
    cuw: Institution,
    role: Role,
    administers: bool,  # noqa: FBT001 - the table
    front_desk: bool,  # noqa: FBT001 - the table
) -> None:
    employ(celina.pk, cuw.pk, role, at=LONG_AGO)
    viewer = seen(celina)
    assert policies.may_administer(viewer, cuw.pk) is administers
    assert policies.may_use_front_desk(viewer, cuw.pk) is front_desk
    assert policies.may_confirm_profiles(viewer, cuw.pk)


def test_who_was_dismissed_works_there_no_more(daria: User, cuw: Institution) -> None:
    dismiss(daria.pk, cuw.pk, Role.CLERK, at=AT)
    assert not policies.may_work_at(seen(daria), cuw.pk)


def test_a_stranger_may_do_nothing(anna: User, cuw: Institution) -> None:
    stranger = viewer_of(AnonymousUser(), at=AT)
    assert not stranger.is_authenticated
    assert not policies.may_act_for(stranger, anna.party.pk)
    assert not policies.may_read_letters_of(stranger, anna.party.pk)
    assert not policies.may_work_at(stranger, cuw.pk)
    assert not policies.may_confirm_profiles(stranger, cuw.pk)
