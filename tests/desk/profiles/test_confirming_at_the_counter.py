"""The three steps at the counter, and who may not take them."""

import pytest
from django.urls import reverse

from skrytka.accounts.models import ConfirmedProfile, Institution, Role, User
from skrytka.accounts.operations import employ, request_profile
from skrytka.accounts.queries import confirmed_profile_of
from skrytka.config import clock
from skrytka.ledger.models import Event
from tests.world.mailbox import last_mail
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db

PESEL = "44051401359"
SEEN = {"document": "ID_CARD", "pesel": PESEL, "is_same": "on"}


def client_at(user: User) -> PageClient:
    client = PageClient()
    client.force_login(user)
    return client


@pytest.fixture
def code(anna: User) -> str:
    return request_profile(anna.pk, at=clock.now())


def step(name: str, code: str) -> str:
    return reverse(f"desk:{name}_profile", kwargs={"code": code})


def confirm_all(client: PageClient, code: str) -> str:
    client.post(step("compare", code), SEEN)
    return client.post(step("confirm", code), follow=True).content.decode()


def test_daria_finds_compares_and_confirms(anna: User, daria: User, code: str) -> None:
    client = client_at(daria)
    assert "Krok 1 z 3" in client.get(reverse("desk:profiles")).content.decode()
    typed = f"{code[:4].lower()}-{code[4:]}"
    answer = client.post(reverse("desk:profiles"), {"code": typed})
    assert answer["Location"] == step("compare", code)
    page = client.get(step("compare", code)).content.decode()
    assert "Anna Kowalska" in page
    assert "Krok 2 z 3" in page
    page = client.post(step("compare", code), SEEN, follow=True).content.decode()
    assert "Krok 3 z 3" in page
    assert "Dowód osobisty" in page
    assert PESEL not in page
    page = client.post(step("confirm", code), follow=True).content.decode()
    assert "Profil potwierdzony." in page
    assert PESEL not in page
    assert confirmed_profile_of(anna.pk, clock.now())
    event = Event.objects.get(kind="PROFILE_CONFIRMED")
    assert event.actor_id == str(daria.pk)
    assert "Twój profil jest potwierdzony" in last_mail(anna.email)
    assert "seen_identity" not in client.session


def test_the_third_step_is_not_reached_without_the_second(daria: User, code: str) -> None:
    client = client_at(daria)
    assert client.post(step("confirm", code))["Location"] == step("compare", code)
    assert not ConfirmedProfile.objects.filter(state="CONFIRMED").exists()


def test_what_was_compared_for_one_person_confirms_nobody_else(
    daria: User, celina: User, code: str
) -> None:
    client = client_at(daria)
    client.post(step("compare", code), SEEN)
    other = request_profile(celina.pk, at=clock.now())
    assert client.post(step("confirm", other))["Location"] == step("compare", other)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"pesel": "44051401358"}, "Ten PESEL jest niepoprawny."),
        ({"pesel": ""}, "Wpisz PESEL"),
        ({"pesel": "20270812347"}, "Ta osoba ma mniej niż 13 lat."),
        ({"document": ""}, "Wybierz dokument"),
        ({"is_same": ""}, "Porównaj dokument z osobą."),
    ],
)
def test_each_fault_of_the_comparison_is_told(
    daria: User, code: str, change: dict[str, str], text: str
) -> None:
    page = client_at(daria).post(step("compare", code), SEEN | change).content.decode()
    assert "<title>Błąd: Porównaj dokument" in page
    assert text in page


def test_an_unknown_code_is_told_and_its_pages_do_not_exist(daria: User, code: str) -> None:
    client = client_at(daria)
    page = client.post(reverse("desk:profiles"), {"code": "ABCD2345"}).content.decode()
    assert "Nie ma prośby o takim kodzie." in page
    for name in ("compare", "confirm", "refuse"):
        assert client.get(step(name, "ABCD2345")).status_code == 404


def test_a_refusal_needs_a_reason_and_tells_it(anna: User, daria: User, code: str) -> None:
    client = client_at(daria)
    assert "Wpisz powód" in client.post(step("refuse", code), {"reason": ""}).content.decode()
    page = client.post(step("refuse", code), {"reason": "Inne zdjęcie"}, follow=True)
    assert "Odmowa zapisana." in page.content.decode()
    assert "Inne zdjęcie" in last_mail(anna.email)
    assert confirmed_profile_of(anna.pk, clock.now()) is None


def test_daria_revokes_what_her_institution_confirmed_and_edmund_cannot(
    anna: User, daria: User, edmund: User, code: str
) -> None:
    client = client_at(daria)
    page = confirm_all(client, code)
    assert "Ważny" in page
    profile = confirmed_profile_of(anna.pk, clock.now())
    assert profile is not None
    url = reverse("desk:revoke_profile", args=[profile.id])
    for method in (client_at(edmund).get, client_at(edmund).post):
        assert method(url).status_code == 404
    assert "Anna Kowalska" not in client_at(edmund).get(reverse("desk:profiles")).content.decode()
    assert "Unieważnij profil" in client.get(url).content.decode()
    page = client.post(url, {"reason": "Pomyłka"}, follow=True).content.decode()
    assert "Profil unieważniony." in page
    assert confirmed_profile_of(anna.pk, clock.now()) is None
    assert client.get(url).status_code == 404


def test_a_clerk_is_told_that_their_own_profile_is_for_another_to_confirm(daria: User) -> None:
    own = request_profile(daria.pk, at=clock.now())
    page = confirm_all(client_at(daria), own)
    assert "Nie możesz potwierdzić własnego profilu." in page
    assert confirmed_profile_of(daria.pk, clock.now()) is None


def test_nobody_but_those_who_work_there_finds_the_counter(
    anna: User, bogdan: User, celina: User, code: str
) -> None:
    for user in (anna, bogdan, celina):
        client = client_at(user)
        assert client.get(reverse("desk:profiles")).status_code == 404
        for name in ("compare", "confirm", "refuse"):
            assert client.get(step(name, code)).status_code == 404
            assert client.post(step(name, code), SEEN).status_code == 404
    answer = PageClient().get(reverse("desk:profiles"))
    assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_confirm(celina: User, cuw: Institution, code: str, role: Role) -> None:
    employ(celina.pk, cuw.pk, role, at=clock.now())
    assert "Profil potwierdzony." in confirm_all(client_at(celina), code)
