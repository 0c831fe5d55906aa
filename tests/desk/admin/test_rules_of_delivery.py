"""„Zasady doręczeń”: what holds now, by an example; every version; the next one, or why not."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, Role, User
from skrytka.config import clock
from skrytka.core.calendar import civil_date
from skrytka.core.delivery import POLICIES, ClockStart, DeemedDay, LastDay
from skrytka.delivery.models import DeliveryRules
from skrytka.delivery.queries.rules import (
    Release,
    UpdSignatures,
    delivery_rules_for,
    delivery_rules_of,
)
from skrytka.ledger.models import Event
from tests.desk.world import client_at, employed
from tests.world.outgoing import delivery_of, dispatched_letter
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db
NEW = "desk:delivery_rules_new"


@pytest.fixture
def grzegorz(cuw: Institution) -> User:
    return employed("Grzegorz", "Maj", cuw, Role.ADMINISTRATOR)


@pytest.fixture
def admin(grzegorz: User) -> PageClient:
    return client_at(grzegorz)


def today() -> date:
    return civil_date(clock.now())


def parts(name: str, on: date) -> dict[str, str]:
    return {
        f"{name}_day": str(on.day),
        f"{name}_month": str(on.month),
        f"{name}_year": str(on.year),
    }


def typed(**changed: str) -> dict[str, str]:
    """The form as it is sent, in force from today."""
    return typed_from(today(), **changed)


def typed_from(on: date, **changed: str) -> dict[str, str]:
    given = {
        "base": "ude-art42", "upd_signatures": "PARTY", "release": "AUTHOR",
        "source": "Zarządzenie nr 7", "action": "save",
    }  # fmt: skip
    return {**given, **parts("in_force_on", on), **changed}


OWN = {
    "base": "OWN", "days": "10", "second_notice_days": "4", "last_day": "WORKING_DAY",
    "deemed_day": "LAST", "start": "ARRIVED", "access_months": "6",
}  # fmt: skip


def post(client: PageClient, **sent: str) -> str:
    return client.post(reverse(NEW), sent, follow=True).content.decode()


def shown(client: PageClient, **asked: str) -> str:
    return client.get(reverse("desk:delivery_rules"), asked).content.decode()


def test_before_any_decision_the_default_holds_and_says_so(admin: PageClient) -> None:
    found = shown(admin)
    assert "Instytucja nie przyjęła jeszcze własnych zasad." in found
    assert "KPA z 2014 r., dzień po upływie terminu" in found
    assert "Nie ma jeszcze żadnej." in found


def test_an_example_explains_the_rule_by_dates(admin: PageClient) -> None:
    found = shown(admin, **parts("start", date(2026, 4, 17)))
    assert "1\u00a0maja\u00a02026" in found
    assert "2\u00a0maja\u00a02026" in found
    assert "Dzień 14. to 1 maja 2026 r. (piątek)." in found


@pytest.mark.parametrize(
    ("on", "text"),
    [
        ({"start_day": "x", "start_month": "1", "start_year": "2026"}, "Wpisz prawdziwą datę"),
        ({"start_day": "1", "start_month": "1", "start_year": "1980"}, "Podaj dzień od 1990 r."),
        ({"start_day": "31", "start_month": "12", "start_year": "9999"}, "Podaj dzień od 1990 r."),
    ],
)
def test_a_day_that_gives_no_example_is_told(
    on: dict[str, str], text: str, admin: PageClient
) -> None:
    found = shown(admin, **on)
    assert text in found
    assert "Skąd te daty" not in found


def test_a_known_rule_is_adopted_with_its_source(
    admin: PageClient, grzegorz: User, cuw: Institution
) -> None:
    page = post(admin, **typed(upd_signatures="OFFICE_AND_PARTY", release="SECOND_PERSON"))
    assert "Nowe zasady zapisane." in page
    assert "Zarządzenie nr 7" in page
    rules = delivery_rules_for(cuw.pk, today())
    assert (rules.version, rules.policy) == (1, POLICIES["ude-art42"])
    assert rules.upd_signatures is UpdSignatures.OFFICE_AND_PARTY
    assert rules.release is Release.SECOND_PERSON
    event = Event.objects.latest("id")
    assert (event.kind, event.actor_id) == ("SETTINGS_CHANGED", str(grzegorz.pk))


def test_an_own_rule_is_kept_whole(admin: PageClient, cuw: Institution) -> None:
    post(admin, **typed())
    post(admin, **typed(**OWN))
    policy = delivery_rules_for(cuw.pk, today()).policy
    assert (policy.id, policy.version, policy.days) == ("ZOJO_Cieszyn", 2, 10)
    assert (policy.second_notice_days, policy.access_months) == (4, 6)
    assert (policy.start, policy.last_day, policy.deemed_day) == (
        ClockStart.ARRIVED, LastDay.WORKING_DAY, DeemedDay.LAST,
    )  # fmt: skip
    assert policy.source == "Zarządzenie nr 7"
    form = admin.get(reverse(NEW)).content.decode()
    assert 'value="10"' in form
    assert 'value="4"' in form


def test_an_own_rule_may_do_without_a_second_notice_and_a_window(
    admin: PageClient, cuw: Institution
) -> None:
    post(admin, **typed(**{**OWN, "second_notice_days": "", "access_months": ""}))
    policy = delivery_rules_for(cuw.pk, today()).policy
    assert (policy.second_notice_days, policy.access_months) == (None, None)
    assert "nie ma" in shown(admin)


def test_the_dates_can_be_seen_before_anything_is_kept(admin: PageClient, cuw: Institution) -> None:
    page = post(admin, **{**typed_from(date(2030, 4, 12), **OWN), "action": "example"})
    assert "Jeszcze nic nie zapisaliśmy." in page
    assert "Dzień 10. to 22 kwietnia 2030 r. (poniedziałek)." in page
    assert "23\u00a0kwietnia\u00a02030" in page  # Easter Monday moves the last day
    assert delivery_rules_of(cuw.pk) == ()


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        ({**OWN, "days": "0"}, "Termin ma od 1 do 90 dni"),
        ({**OWN, "days": "91", "second_notice_days": ""}, "Termin ma od 1 do 90 dni"),
        ({**OWN, "days": "0", "action": "example"}, "Termin ma od 1 do 90 dni"),
        ({**OWN, "second_notice_days": "10"}, "Wpisz mniejszą liczbę dni."),
        ({**OWN, "second_notice_days": "-1"}, "Wpisz mniejszą liczbę dni."),
        ({**OWN, "days": ""}, "Uzupełnij to pole własnej zasady"),
        ({**OWN, "start": ""}, "Uzupełnij to pole własnej zasady"),
        ({**OWN, "days": "dużo"}, "Wpisz liczbę, na przykład 14"),
        ({**OWN, "access_months": "0"}, "Wpisz co najmniej 1 miesiąc"),
        ({"source": "  "}, "Podaj źródło tej zasady"),
        ({"base": ""}, "Wybierz zasadę"),
        ({"release": "X"}, "Kto wypuszcza pismo"),
    ],
)
def test_what_cannot_be_a_rule_is_refused_in_words(
    sent: dict[str, str], text: str, admin: PageClient, cuw: Institution
) -> None:
    page = post(admin, **typed(**sent))
    assert text in page
    assert "Błąd:" in page
    assert delivery_rules_of(cuw.pk) == ()


def test_no_rule_begins_in_the_past(admin: PageClient, cuw: Institution) -> None:
    page = post(admin, **typed_from(today() - timedelta(days=1)))
    assert "Podaj dzisiejszy dzień albo późniejszy" in page
    assert delivery_rules_of(cuw.pk) == ()


def test_a_version_to_come_stands_in_the_history_and_does_not_hold_yet(
    admin: PageClient, cuw: Institution
) -> None:
    post(admin, **typed(base="kpa-2014-shifted"))
    page = post(admin, **typed_from(today() + timedelta(days=30)))
    assert "Wersja 1, od" in page
    assert "Od podanego dnia" in page
    assert delivery_rules_for(cuw.pk, today()).policy.id == "kpa-2014-shifted"
    assert delivery_rules_for(cuw.pk, today() + timedelta(days=30)).version == 2
    post(admin, **typed(base="ua-api-r13"))
    assert "Zastąpiona" in shown(admin)


def test_a_delivery_keeps_the_rule_it_began_with(
    admin: PageClient, daria: User, cuw: Institution, anna: User
) -> None:
    letter = dispatched_letter(daria, cuw, anna)
    post(admin, **typed())
    assert delivery_of(letter).policy["id"] == "kpa-2014-next-day"
    assert DeliveryRules.objects.get(institution=cuw).policy["id"] == "ude-art42"


def test_nothing_is_shown_of_the_rules_of_others(admin: PageClient, town_hall: Institution) -> None:
    other = employed("Halina", "Sowa", town_hall, Role.ADMINISTRATOR)
    post(client_at(other), **typed(source="Uchwała rady"))
    assert "Uchwała rady" not in shown(admin)
