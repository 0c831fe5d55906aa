"""Fifteen minutes without a move: logged out, told so, and nothing typed is lost."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from skrytka.accounts.models import User
from skrytka.config import clock
from skrytka.web import idle
from tests.world.cast import PASSWORD
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 23, 12, tzinfo=UTC)
W_SESS = "Wylogowaliśmy Cię po 15 minutach bez ruchu. Pismo jest zapisane."


class Hands:
    """The hands of the clock, moved by the test."""

    def __init__(self) -> None:
        self.at = START

    def move(self, **by: int) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    hands = Hands()
    monkeypatch.setattr(clock, "now", lambda: hands.at)
    return hands


@pytest.fixture
def client(hands: Hands, anna: User) -> PageClient:
    client = PageClient()
    client.force_login(anna)
    client.get(reverse("web:account"))
    return client


def is_in(client: PageClient) -> bool:
    return "_auth_user_id" in client.session


def saved_for(client: PageClient, path: str, user: User) -> object:
    request = RequestFactory().get(path)
    SessionMiddleware(lambda _: HttpResponse()).process_request(request)
    request.session = client.session
    request.user = user
    return idle.take_saved_post(request, path)


def test_who_moves_within_the_time_stays(client: PageClient, hands: Hands) -> None:
    for _ in range(4):
        hands.move(minutes=14)
        assert client.get(reverse("web:account")).status_code == 200
    assert is_in(client)


def test_after_fifteen_minutes_the_person_is_told_and_comes_back_to_the_same_place(
    client: PageClient, hands: Hands
) -> None:
    hands.move(minutes=15)
    place = reverse("web:account_profile") + "?x=1"
    answer = client.get(place, follow=True)
    assert W_SESS in answer.content.decode()
    assert not is_in(client)
    data = {"login": "anna@example.pl", "password": PASSWORD, "next": place}
    assert f'name="next" value="{place}"' in answer.content.decode()
    assert client.post(reverse("account_login"), data)["Location"] == place


def test_what_a_page_asks_on_its_own_is_no_move(client: PageClient, hands: Hands) -> None:
    hands.move(minutes=14)
    client.get(reverse("web:account"), headers={"X-Skrytka-Passive": "1"})
    hands.move(minutes=1)
    answer = client.get(reverse("web:account"), headers={"X-Skrytka-Passive": "1"})
    assert answer.status_code == 401
    assert not is_in(client)


def test_asking_to_stay_counts_as_a_move(client: PageClient, hands: Hands) -> None:
    hands.move(minutes=14)
    assert client.post(reverse("web:keep_alive")).status_code == 204
    hands.move(minutes=14)
    assert client.get(reverse("web:account")).status_code == 200


def test_asking_to_stay_too_late_is_told_to_the_page(client: PageClient, hands: Hands) -> None:
    hands.move(minutes=17)
    assert client.post(reverse("web:keep_alive")).status_code == 401


def test_what_was_sent_too_late_is_given_back_once_and_without_secrets(
    client: PageClient, hands: Hands, anna: User
) -> None:
    hands.move(minutes=20)
    path = reverse("web:account_data")
    typed = {"given_name": "Hanna", "password1": "tajne", "code": "123456", "x": ["1", "2"]}
    answer = client.post(path, typed)
    assert answer["Location"] == reverse("account_login") + "?next=%2Fkonto%2Fdane%2F"
    data = {"login": anna.email, "password": PASSWORD}
    client.post(reverse("account_login"), data)
    assert is_in(client)
    session = client.session
    saved = session[idle.SAVED_POSTS][path]["body"]
    assert saved == "given_name=Hanna&x=1&x=2"
    given = saved_for(client, path, anna)
    assert getattr(given, "getlist", list)("x") == ["1", "2"]


def test_the_form_shows_again_what_was_typed(client: PageClient, hands: Hands, anna: User) -> None:
    hands.move(minutes=20)
    path = reverse("web:account_data")
    typed = {"given_name": "Hanna", "town": "Ustroń", "postal_code": "43-450"}
    answer = client.post(path, typed)
    data = {"login": anna.email, "password": PASSWORD, "next": path}
    assert client.post(reverse("account_login"), data)["Location"] == path
    page = client.get(path).content.decode()
    assert 'value="Hanna"' in page
    assert 'value="Ustroń"' in page
    assert 'value="43-450"' in page
    assert 'value="Hanna"' not in client.get(path).content.decode()
    assert answer.status_code == 302


def test_what_anna_typed_is_not_given_to_celina(
    client: PageClient, hands: Hands, celina: User
) -> None:
    hands.move(minutes=20)
    client.post(reverse("web:account_data"), {"given_name": "Hanna"})
    client.post(reverse("account_login"), {"login": celina.email, "password": PASSWORD})
    assert saved_for(client, reverse("web:account_data"), celina) is None


def test_more_than_a_hundred_kilobytes_are_not_kept_but_the_rest_is(
    client: PageClient, hands: Hands
) -> None:
    hands.move(minutes=20)
    path = reverse("web:account_data")
    client.post(path, {"long": "x" * 100_001, "short": "y"})
    assert client.session[idle.SAVED_POSTS][path]["body"] == "short=y"


def test_a_form_that_did_not_come_from_our_page_leaves_nothing(hands: Hands, anna: User) -> None:
    client = PageClient(enforce_csrf_checks=True)
    client.force_login(anna)
    client.get(reverse("web:account"))
    hands.move(minutes=20)
    client.post(reverse("web:account_data"), {"given_name": "Ktoś obcy"})
    assert idle.SAVED_POSTS not in client.session


def test_the_log_out_by_the_clock_of_the_page_is_told_as_such(
    client: PageClient, hands: Hands
) -> None:
    hands.move(minutes=15)
    headers = {"referer": "http://testserver/konto/profil/"}
    answer = client.post(reverse("account_logout"), headers=headers)
    assert answer["Location"] == reverse("account_login") + "?next=%2Fkonto%2Fprofil%2F"
    assert W_SESS in client.get(answer["Location"]).content.decode()


def test_the_clock_of_the_page_may_be_ahead_of_the_server(client: PageClient, hands: Hands) -> None:
    hands.move(minutes=14)
    headers = {"referer": "http://testserver/konto/profil/"}
    answer = client.post(reverse("account_logout"), {"idle": ""}, headers=headers)
    assert answer["Location"] == reverse("account_login") + "?next=%2Fkonto%2Fprofil%2F"
    assert not is_in(client)


def test_a_part_of_a_page_sends_the_whole_page_to_log_in(client: PageClient, hands: Hands) -> None:
    hands.move(minutes=15)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/konto/?a=b"}
    answer = client.post(reverse("web:account_data"), {"given_name": "Hanna"}, headers=headers)
    assert answer["HX-Redirect"] == reverse("account_login") + "?next=%2Fkonto%2F%3Fa%3Db"


def test_a_page_elsewhere_is_no_place_to_come_back_to(client: PageClient, hands: Hands) -> None:
    hands.move(minutes=15)
    headers = {"referer": "https://elsewhere.example/konto/"}
    answer = client.post(reverse("account_logout"), headers=headers)
    assert answer["Location"] == reverse("account_login") + "?next=%2F"


def test_a_stranger_is_not_asked_to_move() -> None:
    assert PageClient().get(reverse("account_login")).status_code == 200
