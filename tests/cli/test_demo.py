"""The demonstration holds what the seed promises, and is loaded once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import authenticate
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from skrytka.accounts.models import Institution, User
from skrytka.accounts.policies import (
    may_act_for,
    may_administer,
    may_read_letters_of,
    may_use_front_desk,
    may_work_at,
)
from skrytka.accounts.queries import (
    InstitutionView,
    PartyKind,
    SenderKind,
    Viewer,
    confirmed_profile_of,
    institution_of_entity,
    institutions,
    viewer_of,
)
from skrytka.cli.demo import CannotLoadDemo, load
from skrytka.core.calendar import civil_date
from skrytka.delivery.models import Delivery
from skrytka.delivery.policies import may_release
from skrytka.delivery.queries.rules import Release, UpdSignatures, delivery_rules_of
from skrytka.ledger.models import Event
from skrytka.letters.queries.policies import attachment_policy_for
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 8, tzinfo=UTC)


def seeded(entity: str) -> InstitutionView:
    found = institution_of_entity(entity)
    assert found is not None
    return found


def viewer(email: str) -> Viewer:
    return viewer_of(User.objects.get(email=email), at=AT + timedelta(seconds=1))


@pytest.fixture(scope="module", autouse=True)
def _loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Loaded once for this file; each test works on top of it and leaves nothing behind."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert load(AT).is_new
        yield
        transaction.set_rollback(True)


def test_the_shared_services_centre_has_both_boxes_of_the_seed() -> None:
    basic, citizens = seeded("ZOJO_Cieszyn").boxes
    assert basic.address == "/ZOJO_Cieszyn/SkrytkaESP"
    assert basic.is_basic
    assert basic.accepts_unsigned
    assert SenderKind.INSTITUTION in basic.sender_kinds
    assert citizens.address == "/ZOJO_Cieszyn/skrytka"
    assert not citizens.accepts_unsigned
    assert SenderKind.INSTITUTION not in citizens.sender_kinds
    assert citizens.collection_days == 14


def test_the_town_hall_has_its_own_box_and_the_contact_data_of_the_seed() -> None:
    hall = seeded("u390efc0tm")
    assert [box.address for box in hall.boxes] == ["/u390efc0tm/SEKAP"]
    assert hall.address.lines == ("ul. Rynek 1", "43-400 Cieszyn")
    assert (hall.phone, hall.email) == ("+48 33 47 94 200", "urzad@um.cieszyn.pl")
    assert (hall.nip, hall.regon, hall.teryt) == ("5480018504", "000515709", "2403011")


def test_discs_are_brought_to_room_103() -> None:
    centre = seeded("ZOJO_Cieszyn")
    assert centre.carrier_room == "103"
    assert centre.carrier_kinds == ("CD-RW", "DVD-RW")
    assert centre.hours


@pytest.mark.parametrize("entity", ["ZOJO_Cieszyn", "u390efc0tm"])
def test_the_attachment_rules_are_those_of_the_seed(entity: str) -> None:
    policy = attachment_policy_for(seeded(entity).id, civil_date(AT))
    assert len(policy.formats) == 11
    assert policy.total_bytes == 150_000_000


def test_there_are_further_institutions_to_choose_from() -> None:
    assert len(institutions()) > 5
    assert all(one.basic_box for one in institutions())


def test_the_general_letter_can_be_written_from_the_page_of_an_institution() -> None:
    page = PageClient().get("/instytucje/ZOJO_Cieszyn/").content.decode()
    start = "/pisma/nowe/pismo-ogolne/?skrytka=%2FZOJO_Cieszyn%2FSkrytkaESP"
    assert f'href="{start}"' in page
    client = PageClient()
    client.force_login(User.objects.get(email="anna.kowalska@example.pl"))
    response = client.post(start)
    assert response.status_code == 302
    assert response["Location"].startswith("/pisma/robocze/")


def test_every_person_can_log_in_with_the_password_that_is_printed() -> None:
    summary = load(AT)
    assert len(summary.accounts) == 8
    for account in summary.accounts:
        assert account.email in summary.text
        assert User.objects.get(email=account.email).check_password(summary.password)
    assert summary.password in summary.text


def test_addresses_are_confirmed_already() -> None:
    from allauth.account.models import EmailAddress

    emails = {account.email for account in load(AT).accounts}
    assert set(EmailAddress.objects.filter(verified=True).values_list("email", flat=True)) == emails


def test_anna_and_bogdan_may_sign_and_celina_may_not() -> None:
    for email in ("anna.kowalska@example.pl", "bogdan.kowalski@example.pl"):
        assert confirmed_profile_of(User.objects.get(email=email).pk, AT)
    assert not viewer("celina.nowak@example.pl").has_confirmed_profile


def test_anna_acts_for_a_company_celina_for_an_association() -> None:
    anna, celina = viewer("anna.kowalska@example.pl"), viewer("celina.nowak@example.pl")
    assert [party.kind for party in anna.parties] == [PartyKind.PERSON, PartyKind.COMPANY]
    assert [party.kind for party in celina.parties] == [PartyKind.PERSON, PartyKind.ASSOCIATION]


def test_bogdan_reads_for_anna_and_celina_does_not() -> None:
    anna = viewer("anna.kowalska@example.pl").parties[0].id
    assert may_read_letters_of(viewer("bogdan.kowalski@example.pl"), anna)
    assert not may_act_for(viewer("bogdan.kowalski@example.pl"), anna)
    assert not may_read_letters_of(viewer("celina.nowak@example.pl"), anna)


def test_each_of_the_staff_holds_one_role_at_one_place() -> None:
    centre, hall = seeded("ZOJO_Cieszyn").id, seeded("u390efc0tm").id
    daria = viewer("daria.wojcik@cuw.example")
    assert may_work_at(daria, centre)
    assert not may_administer(daria, centre)
    assert not may_work_at(daria, hall)
    assert may_administer(viewer("filip.sikora@cuw.example"), centre)
    assert may_use_front_desk(viewer("gabriela.lis@cuw.example"), centre)
    edmund = viewer("edmund.zajac@um.example")
    assert may_work_at(edmund, hall)
    assert not may_work_at(edmund, centre)


def test_each_institution_delivers_by_a_decision_of_its_own() -> None:
    (centre,) = delivery_rules_of(seeded("ZOJO_Cieszyn").id)
    assert (centre.policy.id, centre.source) == (
        "kpa-2014-next-day", "zarządzenie dyrektora nr 7/2026",
    )  # fmt: skip
    assert (centre.upd_signatures, centre.release) == (UpdSignatures.PARTY, Release.AUTHOR)
    (hall,) = delivery_rules_of(seeded("u390efc0tm").id)
    assert (hall.policy.id, hall.release) == ("ude-art42", Release.SECOND_PERSON)
    assert centre.in_force_on == hall.in_force_on == civil_date(AT)
    assert Delivery.objects.get().policy["id"] == centre.policy.id


def test_letters_of_the_town_hall_have_a_second_person_to_let_them_go() -> None:
    hall, edmund = seeded("u390efc0tm").id, viewer("edmund.zajac@um.example")
    halina = viewer("halina.gajda@um.example")
    assert may_release(halina, hall, edmund.user_id)
    assert not may_release(edmund, hall, edmund.user_id)


def test_loading_again_changes_nothing() -> None:
    before = (Institution.objects.count(), User.objects.count(), Event.objects.count())
    assert not load(AT + timedelta(days=1)).is_new
    assert (Institution.objects.count(), User.objects.count(), Event.objects.count()) == before


def test_the_page_of_the_centre_shows_all_of_it() -> None:
    page = PageClient().get("/instytucje/ZOJO_Cieszyn/").content.decode()
    for text in (
        "/ZOJO_Cieszyn/SkrytkaESP",
        "/ZOJO_Cieszyn/skrytka",
        "/u390efc0tm/SEKAP",
        "548-001-85-04",
        "000515709",
        "2403011",
        "ul. Rynek 1",
        "+48 33 47 94 200",
        "urzad@um.cieszyn.pl",
        "Pokój 103",
        "Powiadom znajomego",
        "Żądanie, wyjaśnienie, odwołanie i zażalenie",
        "Skutek prawny",
    ):
        assert text in page


@pytest.mark.parametrize("page", ["dostepnosc", "prywatnosc"])
def test_statement_and_privacy_page_of_the_centre_are_filled(page: str) -> None:
    response = PageClient().get(f"/informacje/{page}/ZOJO_Cieszyn/")
    assert "jeszcze swojej" not in response.content.decode()


@override_settings(DEMO=False)
def test_a_serious_installation_refuses_accounts_with_a_published_password() -> None:
    with pytest.raises(CannotLoadDemo):
        load(AT)


def test_authentication_really_goes_by_the_e_mail() -> None:
    summary = load(AT)
    person = authenticate(None, email=summary.accounts[0].email, password=summary.password)
    assert person is not None
