"""From „Załóż konto” to „Konto gotowe”."""

from dataclasses import replace

import pytest
from django.urls import reverse

from skrytka.accounts.models import Party, User
from skrytka.accounts.queries import viewer_of
from skrytka.ledger.models import Event
from tests.world.cast import LONG_AGO
from tests.world.mailbox import last_mail, link_in, mail_count
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db

EMAIL = "nowa@example.pl"
PASSWORD = "kilka zwykłych słów razem"


def sign_up(client: PageClient, email: str = EMAIL, password: str = PASSWORD) -> str:
    data = {"email": email, "password1": password}
    return client.post(reverse("account_signup"), data, follow=True).content.decode()


def test_a_newcomer_gives_an_address_confirms_it_and_gives_their_data() -> None:
    client = PageClient()
    assert "Załóż konto" in client.get(reverse("account_signup")).content.decode()
    page = sign_up(client)
    assert "Sprawdź pocztę" in page
    assert f"Wysłaliśmy link na adres {EMAIL}." in page
    assert "Link działa 24 godziny." in page
    link = link_in(last_mail(EMAIL))
    assert "Potwierdź adres e-mail" in client.get(link).content.decode()
    page = client.post(link, follow=True).content.decode()
    assert "Krok 3 z 3" in page
    data = {"given_name": "Łucja", "family_name": "Ścibor", "language": "pl", "town": "Cieszyn"}
    page = client.post(reverse("web:account_data"), data, follow=True).content.decode()
    assert "Konto gotowe" in page
    assert "Możesz napisać pierwsze pismo." in page
    assert Party.objects.get(user__email=EMAIL).box_address == "/lscibor/domyslna"
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"ACCOUNT_CREATED", "LOGGED_IN", "PARTY_ADDED"} <= kinds


def test_the_link_works_in_another_browser_and_then_asks_to_log_in() -> None:
    sign_up(PageClient())
    link = link_in(last_mail(EMAIL))
    other = PageClient()
    page = other.post(link, follow=True).content.decode()
    assert "Zaloguj się" in page
    used = PageClient().get(link).content.decode()
    assert "Ten link już nie działa" in used


def test_without_a_confirmed_address_nobody_logs_in() -> None:
    sign_up(PageClient())
    client = PageClient()
    data = {"login": EMAIL, "password": PASSWORD}
    page = client.post(reverse("account_login"), data, follow=True).content.decode()
    assert "Sprawdź pocztę" in page
    assert "_auth_user_id" not in client.session


def test_who_has_an_account_is_told_by_mail_and_not_on_the_page(anna: User) -> None:
    page = sign_up(PageClient(), anna.email)
    assert f"Wysłaliśmy link na adres {anna.email}." in page
    assert "Masz już konto" in last_mail(anna.email)
    assert User.objects.filter(email=anna.email).count() == 1


def test_the_link_is_sent_again_but_not_more_than_once_a_minute() -> None:
    client = PageClient()
    sign_up(client)
    before = mail_count()
    page = client.post(reverse("account_send_again"), follow=True).content.decode()
    assert "Sprawdź pocztę" in page
    assert mail_count() == before


@pytest.mark.parametrize(
    ("email", "password", "text"),
    [
        ("", PASSWORD, "Wpisz adres e-mail, na przykład anna@example.pl"),
        ("nowa", PASSWORD, "Wpisz adres e-mail, na przykład anna@example.pl"),
        (EMAIL, "", "Wpisz hasło"),
        (EMAIL, "krótkie", "Hasło musi mieć co najmniej 12 znaków. Masz 7."),
        (EMAIL, "password1234", "To hasło jest zbyt popularne. Wymyśl inne."),
        (EMAIL, "nowa@example.pl", "Hasło jest zbyt podobne do Twojego adresu e-mail."),
    ],
)
def test_each_fault_is_told_in_our_words_and_nothing_is_lost(
    email: str, password: str, text: str
) -> None:
    page = sign_up(PageClient(), email, password)
    assert "<title>Błąd: Załóż konto" in page
    assert page.count(text) >= 2
    assert f'value="{email}"' in page or not email
    assert mail_count() == 0


def test_a_link_in_a_mail_stands_on_our_own_address_whatever_host_was_asked() -> None:
    data = {"email": EMAIL, "password1": PASSWORD}
    PageClient().post(reverse("account_signup"), data, headers={"host": "localhost"})
    assert link_in(last_mail(EMAIL)).startswith("/konto/potwierdz-email/")


def test_the_place_one_wanted_is_kept_through_all_the_steps() -> None:
    client = PageClient()
    wanted = reverse("web:account_profile")
    data = {"email": EMAIL, "password1": PASSWORD, "next": wanted}
    client.post(reverse("account_signup"), data)
    page = client.post(link_in(last_mail(EMAIL)), follow=True).content.decode()
    assert f'name="next" value="{wanted}"' in page
    data = {"given_name": "Jan", "family_name": "Nowy", "language": "pl", "next": wanted}
    assert client.post(reverse("web:account_data"), data)["Location"] == wanted


def test_the_second_of_two_clicks_is_no_fault(anna: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of the second click was asked for before the first one had given the box."""
    nobody_yet = replace(viewer_of(anna, at=LONG_AGO), parties=())
    monkeypatch.setattr("skrytka.web.accounts.data_views.viewer_on", lambda _request: nobody_yet)
    client = PageClient()
    client.force_login(anna)
    data = {"given_name": "Anna", "family_name": "Kowalska", "language": "pl"}
    answer = client.post(reverse("web:account_data"), data)
    assert answer.headers.get("Location") == reverse("web:account_ready")
    assert Party.objects.filter(user=anna).count() == 1
