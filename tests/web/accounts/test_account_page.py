"""The person's own page: data, organisations, mandates, the profile."""

import pytest
from django.urls import reverse

from skrytka.accounts.models import ConfirmedProfile, Institution, Mandate, Party, User
from skrytka.accounts.operations import (
    AccountData,
    Counter,
    SeenIdentity,
    confirm_profile,
    create_account,
    refuse_profile,
    request_profile,
)
from skrytka.accounts.queries import SeenDocument, profile_request_of_code
from skrytka.config import clock
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db

FIRM = {
    "kind": "COMPANY",
    "name": "Żuraw i Syn sp. z o.o.",
    "nip": "548-001-85-04",
    "town": "Cieszyn",
}
DATA = {"given_name": "Anna", "family_name": "Kowalska", "language": "pl"}


def client_of(user: User) -> PageClient:
    client = PageClient()
    client.force_login(user)
    return client


def page_of(user: User, name: str = "web:account", **args: int) -> str:
    return client_of(user).get(reverse(name, kwargs=args)).content.decode()


def test_the_page_shows_who_one_is_and_where_answers_go(anna: User) -> None:
    page = page_of(anna)
    assert "Anna Kowalska" in page
    assert "/akowalska/domyslna" in page
    assert "Głęboka 7/3" in page
    assert "Działasz w swoim imieniu." in page


@pytest.mark.parametrize(
    "name",
    [
        "account",
        "account_data",
        "add_organisation",
        "give_mandate",
        "account_profile",
        "keep_alive",
    ],
)
def test_a_stranger_is_asked_to_log_in(name: str) -> None:
    answer = PageClient().get(reverse(f"web:{name}"))
    assert answer["Location"].startswith(reverse("account_login"))


def test_who_has_not_given_their_data_is_asked_for_it_first(db: None) -> None:
    user_id = create_account(AccountData("x@example.pl", "cztery zwykłe słowa"), at=clock.now())
    client = client_of(User.objects.get(id=user_id))
    for name in ("account", "add_organisation", "account_profile"):
        assert client.get(reverse(f"web:{name}"))["Location"] == reverse("web:account_data")
    assert client.get(reverse("web:give_mandate")).status_code == 404


def test_data_are_changed_and_the_language_with_them(anna: User) -> None:
    client = client_of(anna)
    answer = client.post(reverse("web:account_data"), DATA | {"street": "Leśna", "language": "en"})
    assert answer["Location"] == reverse("web:account")
    assert answer.cookies["django_language"].value == "en"
    assert Party.objects.get(user=anna).street == "Leśna"


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"given_name": ""}, "Wpisz imię"),
        ({"family_name": " "}, "Wpisz nazwisko"),
        ({"postal_code": "43400"}, "Wpisz kod pocztowy, na przykład 43-400"),
    ],
)
def test_each_fault_in_the_data_is_told(anna: User, change: dict[str, str], text: str) -> None:
    page = client_of(anna).post(reverse("web:account_data"), DATA | change).content.decode()
    assert "<title>Błąd: Twoje dane" in page
    assert page.count(text) >= 2


def test_a_person_adds_an_organisation_and_acts_for_it(anna: User) -> None:
    client = client_of(anna)
    page = client.post(reverse("web:add_organisation"), FIRM, follow=True).content.decode()
    assert "Żuraw i Syn sp. z o.o." in page
    party = Party.objects.get(kind="COMPANY")
    assert (party.nip, party.box_address) == ("5480018504", "/zurawisynspzoo/domyslna")
    page = client.post(reverse("web:act_as"), {"party": party.pk}, follow=True).content.decode()
    assert "Działasz teraz jako Żuraw i Syn sp. z o.o." in page
    assert "jako Żuraw i Syn sp. z o.o." in page
    client.post(reverse("web:act_as"), {"party": anna.party.pk})
    assert client.session["acting_party_id"] == anna.party.pk


@pytest.mark.parametrize("party", ["", "x", "0"])
def test_nobody_acts_for_what_is_no_party_of_theirs(anna: User, party: str) -> None:
    assert client_of(anna).post(reverse("web:act_as"), {"party": party}).status_code == 404


def test_nobody_of_the_cast_acts_for_anna(
    anna: User, bogdan: User, celina: User, daria: User, edmund: User
) -> None:
    for user in (bogdan, celina, daria, edmund):
        answer = client_of(user).post(reverse("web:act_as"), {"party": anna.party.pk})
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"nip": "5480018505"}, "Ten NIP jest niepoprawny."),
        ({"regon": "1"}, "Ten REGON jest niepoprawny."),
        ({"krs": "1"}, "Numer KRS ma 10 cyfr."),
        ({"nip": ""}, "Wpisz NIP, REGON albo KRS"),
        ({"name": ""}, "Wpisz nazwę"),
        ({"kind": ""}, "Wybierz rodzaj organizacji"),
    ],
)
def test_each_fault_of_an_organisation_is_told(
    anna: User, change: dict[str, str], text: str
) -> None:
    page = client_of(anna).post(reverse("web:add_organisation"), FIRM | change).content.decode()
    assert "<title>Błąd: Dodaj organizację" in page
    assert text in page
    assert not Party.objects.filter(kind="COMPANY").exists()


def test_a_mandate_is_given_by_box_address_and_ended(anna: User, celina: User) -> None:
    client = client_of(anna)
    url = reverse("web:give_mandate")
    assert "dostaje Anna Kowalska" in client.get(url).content.decode()
    page = client.post(url, {"box_address": "/cwrona/domyslna"}, follow=True).content.decode()
    assert "Celina Wrona" in page
    end = reverse("web:end_mandate", args=[Mandate.objects.get().pk])
    assert "Celina Wrona nie będzie już czytać" in client.get(end).content.decode()
    assert "Pełnomocnictwo zakończone." in client.post(end, follow=True).content.decode()
    assert client.get(end).status_code == 404


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("/nikt/domyslna", "Nie ma osoby o takim adresie skrzynki."),
        ("nikt", "Nie ma osoby o takim adresie skrzynki."),
        ("/cwrona/inna", "Nie ma osoby o takim adresie skrzynki."),
        ("/akowalska/domyslna", "To Twój adres."),
        ("/bnowak/domyslna", "Ta osoba ma już pełnomocnictwo."),
        ("", "Wpisz adres skrzynki pełnomocnika"),
    ],
)
def test_each_fault_of_a_mandate_is_told(
    anna: User, bogdan: User, celina: User, address: str, text: str
) -> None:
    answer = client_of(anna).post(reverse("web:give_mandate"), {"box_address": address})
    assert text in answer.content.decode()
    assert Mandate.objects.count() == 1


def test_the_proxy_may_resign_and_nobody_else_may_touch_the_mandate(
    anna: User, bogdan: User, celina: User, daria: User, edmund: User
) -> None:
    end = reverse("web:end_mandate", args=[Mandate.objects.get().pk])
    for user in (celina, daria, edmund):
        assert client_of(user).post(end).status_code == 404
    assert "Czytasz i odbierasz pisma tych osób" in page_of(bogdan)
    assert client_of(bogdan).post(end)["Location"] == reverse("web:account")
    assert Mandate.objects.get().until is not None


def test_asking_for_a_profile_gives_a_code_and_says_where_to_go(
    anna: User, daria: User, town_hall: Institution
) -> None:
    client = client_of(anna)
    url = reverse("web:account_profile")
    assert "Poproś o potwierdzenie" in client.get(url).content.decode()
    for _ in range(2):
        page = client.post(url, follow=True).content.decode()
    code = ConfirmedProfile.objects.get().request_code
    assert f"{code[:4]}-{code[4:]}" in page
    assert "Centrum Usług Wspólnych w Cieszynie" in page
    assert "pokój 103" in page
    assert "Urząd Miejski w Cieszynie" not in page
    assert "Czeka na potwierdzenie" in page_of(anna)


def test_a_confirmed_profile_is_shown_renewed_and_given_up(
    anna: User, daria: User, cuw: Institution
) -> None:
    confirm(anna, daria, cuw)
    client = client_of(anna)
    url = reverse("web:account_profile")
    page = client.get(url).content.decode()
    assert "Potwierdzony do" in page
    assert "Odnów profil" in page
    assert "44051401359" not in page
    revoke = reverse("web:revoke_profile")
    assert "Unieważnić profil?" in client.get(revoke).content.decode()
    page = client.post(revoke, follow=True).content.decode()
    assert "Twój profil jest unieważniony." in page
    assert "Na prośbę właściciela" in page
    assert client.get(revoke).status_code == 404


def test_a_confirmed_name_stays(anna: User, daria: User, cuw: Institution) -> None:
    confirm(anna, daria, cuw)
    answer = client_of(anna).post(reverse("web:account_data"), DATA | {"given_name": "Hanna"})
    assert "Imię i nazwisko potwierdził urząd." in answer.content.decode()


def test_a_refused_request_shows_why(anna: User, daria: User, cuw: Institution) -> None:
    refuse_profile(asked(anna), "Inne zdjęcie", Counter(cuw.pk, daria.pk), at=clock.now())
    page = page_of(anna, "web:account_profile")
    assert "Powód: Inne zdjęcie" in page
    assert "Poproś o potwierdzenie" in page


def asked(user: User) -> int:
    found = profile_request_of_code(request_profile(user.pk, at=clock.now()))
    assert found is not None
    return found.id


def confirm(user: User, clerk: User, place: Institution) -> None:
    identity = SeenIdentity(SeenDocument.ID_CARD, "44051401359")
    confirm_profile(asked(user), identity, Counter(place.pk, clerk.pk), at=clock.now())
