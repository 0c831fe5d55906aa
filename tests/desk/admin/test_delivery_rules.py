"""The rules of delivery as an administrator reads, tries and changes them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, Role, User
from skrytka.config import clock
from skrytka.core.calendar import civil_date
from skrytka.core.delivery import POLICIES, ClockStart, DeemedDay, LastDay
from skrytka.delivery.models import Release, UpdSignatures
from skrytka.delivery.operations.rules import RulesFault
from skrytka.delivery.queries.rules import delivery_rules_for, delivery_rules_of
from skrytka.desk.admin.delivery_words import FAULTS
from skrytka.ledger.models import Event
from skrytka.ui.formats import day
from tests.desk.world import client_at, employed
from tests.world.outgoing import adopt, delivery_of, noticed_letter
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db
OWN = {
    "own_id": "cuw-21-dni", "name": "Reguła CUW", "law": "§ 3 zarządzenia nr 7/2026",
    "start": "ARRIVED", "days": "21", "second_notice_days": "10", "last_day": "WORKING_DAY",
    "deemed_day": "NEXT", "access_months": "6",
}  # fmt: skip


@pytest.fixture
def filip(cuw: Institution) -> User:
    return employed("Filip", "Sikora", cuw, Role.ADMINISTRATOR)


@pytest.fixture
def admin(filip: User) -> PageClient:
    return client_at(filip)


def today() -> date:
    return civil_date(clock.now())


def office(on: date | None = None, **changed: str) -> dict[str, str]:
    """What is typed beside the rule about the term."""
    begins = on or today()
    return {
        "upd_signatures": "OFFICE_AND_PARTY", "release": "SECOND_PERSON",
        "source": "zarządzenie nr 9/2026", "in_force_on_day": str(begins.day),
        "in_force_on_month": str(begins.month), "in_force_on_year": str(begins.year), **changed,
    }  # fmt: skip


def page(client: PageClient, name: str = "delivery_rules", **wanted: str) -> str:
    return client.get(reverse(f"desk:{name}"), wanted).content.decode()


def sent(client: PageClient, name: str, step: str = "", /, **typed: str) -> str:
    data = {**typed, "step": step} if step else typed
    return client.post(reverse(f"desk:{name}"), data, follow=True).content.decode()


def test_an_institution_that_has_decided_nothing_reads_what_holds(admin: PageClient) -> None:
    shown = page(admin)
    assert "Instytucja nie przyjęła jeszcze swoich zasad" in shown
    assert "KPA z 2014 r., dzień po upływie terminu" in shown
    assert "Historia zasad" not in shown


def test_the_example_computes_a_day_of_choice_and_says_why(admin: PageClient) -> None:
    assert day(today()).split("\u00a0")[1] in page(admin)
    shown = page(admin, on_day="3", on_month="11", on_year="2025")
    assert f"<strong>{day(date(2025, 11, 18))}</strong>" in shown
    assert "Tego dnia nie wliczamy, liczymy od następnego." in shown
    assert "(art. 57 § 1 KPA)" in shown


@pytest.mark.parametrize(
    ("on_day", "on_year", "text"),
    [("31", "2025", "Wpisz prawdziwą datę"), ("3", "1980", "Wpisz rok od 1990 do 2200"),
     ("3", "9999", "Wpisz rok od 1990 do 2200"), ("", "2025", "Wpisz datę")],
)  # fmt: skip
def test_a_day_that_cannot_be_computed_is_told(
    admin: PageClient, on_day: str, on_year: str, text: str
) -> None:
    shown = page(admin, on_day=on_day, on_month="11", on_year=on_year)
    assert text in shown
    assert "<title>Błąd: Zasady doręczeń" in shown
    assert "Uznanie za doręczone</dt><dd><strong>" not in shown


def test_new_rules_are_looked_at_before_they_are_adopted(
    admin: PageClient, cuw: Institution, filip: User
) -> None:
    typed = {"base": "ude-art42", **office()}
    shown = sent(admin, "delivery_rules_new", **typed)
    assert "Sprawdź nowe zasady doręczeń" in shown
    assert "Doręczenia, które się już zaczęły, zostają przy swoich zasadach." in shown
    assert 'data-verbatim>Podpis adresata</td><td role="cell" data-h="Będzie"' in shown
    assert "Czas na odbiór" not in shown, "both rules give fourteen days"
    assert delivery_rules_of(cuw.pk) == ()

    adopted = sent(admin, "delivery_rules_new", "adopt", **typed)
    assert "Nowe zasady zapisane." in adopted
    assert "Teraz obowiązuje wersja 1" in adopted
    rules = delivery_rules_for(cuw.pk, today())
    assert (rules.policy, rules.upd_signatures, rules.release, rules.source) == (
        POLICIES["ude-art42"], UpdSignatures.OFFICE_AND_PARTY, Release.SECOND_PERSON,
        "zarządzenie nr 9/2026",
    )  # fmt: skip
    event = Event.objects.latest("id")
    assert (event.actor_id, event.data) == (
        str(filip.pk), {"what": "DELIVERY_RULES", "version": 1},
    )  # fmt: skip
    assert "co: zasady doręczeń" in page(admin, "journal")


def test_who_wants_to_mend_something_finds_what_they_typed(
    admin: PageClient, cuw: Institution
) -> None:
    shown = sent(admin, "delivery_rules_new", "edit", base="ude-art42", **office())
    assert 'value="zarządzenie nr 9/2026"' in shown
    assert "Nowe zasady doręczeń" in shown
    assert delivery_rules_of(cuw.pk) == ()


def test_a_rule_of_ones_own_is_kept_as_typed_and_counts(
    admin: PageClient, cuw: Institution
) -> None:
    shown = sent(admin, "delivery_rules_own", **OWN, **office())
    assert "Reguła CUW (cuw-21-dni, 1)" in shown
    assert "Dzień 21. to" in shown
    sent(admin, "delivery_rules_own", "adopt", **OWN, **office())
    policy = delivery_rules_for(cuw.pk, today()).policy
    assert (policy.id, policy.version, policy.source) == (OWN["own_id"], 1, OWN["law"])
    assert (policy.start, policy.days, policy.second_notice_days) == (ClockStart.ARRIVED, 21, 10)
    assert (policy.last_day, policy.deemed_day, policy.access_months) == (
        LastDay.WORKING_DAY, DeemedDay.NEXT, 6,
    )  # fmt: skip
    assert 'value="cuw-21-dni"' in page(admin, "delivery_rules_own")


def test_what_a_rule_may_lack_is_left_empty(admin: PageClient, cuw: Institution) -> None:
    typed = {**OWN, "second_notice_days": "", "access_months": ""}
    sent(admin, "delivery_rules_own", "adopt", **typed, **office())
    policy = delivery_rules_for(cuw.pk, today()).policy
    assert (policy.second_notice_days, policy.access_months) == (None, None)


def test_other_words_under_the_same_code_are_the_next_version_of_the_rule(
    admin: PageClient, cuw: Institution
) -> None:
    for days, source in (("21", "nr 1"), ("28", "nr 2"), ("21", "nr 3")):
        typed = {**OWN, "days": days}
        sent(admin, "delivery_rules_own", "adopt", **typed, **office(source=source))
    versions = [each.policy.version for each in delivery_rules_of(cuw.pk)]
    assert versions == [1, 2, 1]


@pytest.mark.parametrize(
    ("name", "typed", "field", "text"),
    [
        ("delivery_rules_new", {"base": ""}, "base", "Wybierz regułę"),
        ("delivery_rules_new", {"base": "moja"}, "base", "Wybierz poprawną wartość"),
        ("delivery_rules_new", {"source": " "}, "source", "Podaj decyzję, którą przyjęto"),
        ("delivery_rules_new", {"in_force_on_year": "2025"}, "in_force_on", "od dziś albo później"),
        ("delivery_rules_new", {"in_force_on_year": "9999"}, "in_force_on", "od 1990 do 2200"),
        ("delivery_rules_new", {"release": ""}, "release", "Wybierz jedną możliwość"),
        ("delivery_rules_own", {"days": "91"}, "days", "Wpisz liczbę od 1 do 90"),
        ("delivery_rules_own", {"days": "0"}, "days", "Wpisz liczbę od 1 do 90"),
        ("delivery_rules_own", {"days": ""}, "days", "Wpisz liczbę od 1 do 90"),
        ("delivery_rules_own", {"second_notice_days": "21"}, "second_notice_days", "wcześniej"),
        ("delivery_rules_own", {"access_months": "0"}, "access_months", "od 1 do 120"),
        ("delivery_rules_own", {"own_id": "Moja Reguła"}, "own_id", "Użyj małych liter"),
        ("delivery_rules_own", {"own_id": "ude-art42"}, "own_id", "ma już reguła wbudowana"),
        ("delivery_rules_own", {"law": ""}, "law", "Podaj przepis"),
        ("delivery_rules_own", {"name": ""}, "name", "Wpisz nazwę reguły"),
    ],
)
def test_each_refusal_stands_at_its_field(
    admin: PageClient, cuw: Institution, name: str, typed: dict[str, str], field: str, text: str
) -> None:
    sound = {"base": "ude-art42", **OWN, **office()}
    shown = sent(admin, name, "adopt", **{**sound, **typed})
    at = shown.index(f'id="id_{field}_error"')
    assert text in shown[at : at + 300]
    assert "<title>Błąd:" in shown
    assert delivery_rules_of(cuw.pk) == ()


@pytest.mark.parametrize("fault", RulesFault)
def test_every_refusal_has_its_field_and_its_words(fault: RulesFault) -> None:
    assert all(FAULTS[fault])


def test_rules_for_later_wait_in_the_history(admin: PageClient, cuw: Institution) -> None:
    later = today() + timedelta(days=30)
    sent(admin, "delivery_rules_new", "adopt", base="kpa-2014-shifted", **office(later))
    shown = page(admin)
    assert "Instytucja nie przyjęła jeszcze swoich zasad" in shown
    assert "Przyszła" in shown
    # What is decided now for an earlier day gives way to it.
    confirm = sent(admin, "delivery_rules_new", base="ude-art42", **office())
    assert f"Zacznie obowiązywać: {day(later)}" in confirm
    sent(admin, "delivery_rules_new", "adopt", base="ude-art42", **office())
    assert delivery_rules_for(cuw.pk, later).version == 1
    assert "Teraz obowiązuje wersja 2" in page(admin)


def test_a_delivery_that_has_begun_keeps_its_rules(
    admin: PageClient, cuw: Institution, daria: User, anna: User
) -> None:
    letter = noticed_letter(daria, cuw, anna)
    before = delivery_of(letter).last_day_on
    sent(admin, "delivery_rules_own", "adopt", **OWN, **office())
    assert delivery_of(letter).policy["id"] == "kpa-2014-next-day"
    assert delivery_of(letter).last_day_on == before


def test_rules_of_another_institution_are_not_seen(
    admin: PageClient, town_hall: Institution
) -> None:
    adopt(town_hall, replace(POLICIES["ude-art42"], id="um-30", name="Reguła UM"))
    assert "Reguła UM" not in page(admin)


def test_a_clerk_and_people_from_elsewhere_adopt_nothing(
    cuw: Institution, daria: User, edmund: User, anna: User, celina: User
) -> None:
    for user in (daria, edmund, anna, celina):
        answer = client_at(user).post(
            reverse("desk:delivery_rules_new"), {"base": "ude-art42", "step": "adopt", **office()}
        )
        assert answer.status_code == 404
    assert delivery_rules_of(cuw.pk) == ()
