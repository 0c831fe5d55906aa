"""Logging in, out, and back in after forgetting."""

import pytest
from django.urls import NoReverseMatch, reverse

from skrytka.accounts.models import User
from skrytka.ledger.models import Event
from tests.world.cast import PASSWORD
from tests.world.mailbox import last_mail, link_in, mail_count
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "zupełnie inne cztery słowa"


def log_in(client: PageClient, user: User, password: str = PASSWORD, **more: str) -> str:
    data = {"login": user.email, "password": password, **more}
    return client.post(reverse("account_login"), data, follow=True).content.decode()


def is_in(client: PageClient) -> bool:
    return "_auth_user_id" in client.session


def test_anna_logs_in_and_out(anna: User) -> None:
    client = PageClient()
    page = client.get(reverse("account_login")).content.decode()
    assert "Nie pamiętasz hasła?" in page
    assert "Nie masz konta? Załóż je" in page
    log_in(client, anna)
    assert is_in(client)
    page = client.post(reverse("account_logout"), follow=True).content.decode()
    assert "Wylogowaliśmy Cię." in page
    assert not is_in(client)
    kinds = list(Event.objects.filter(subject_type="USER").values_list("kind", flat=True))
    assert kinds[-2:] == ["LOGGED_IN", "LOGGED_OUT"]


def test_logging_out_by_a_link_asks_first(anna: User) -> None:
    client = PageClient()
    log_in(client, anna)
    assert "Wylogować Cię?" in client.get(reverse("account_logout")).content.decode()
    assert is_in(client)


def test_a_wrong_password_and_an_unknown_address_sound_the_same(anna: User) -> None:
    text = "E-mail lub hasło się nie zgadza."
    assert text in log_in(PageClient(), anna, "całkiem złe hasło")
    data = {"login": "nikt@example.pl", "password": "całkiem złe hasło"}
    page = PageClient().post(reverse("account_login"), data).content.decode()
    assert text in page
    assert 'value="nikt@example.pl"' in page
    assert Event.objects.filter(kind="LOGIN_FAILED").count() == 1


def test_after_five_wrong_tries_even_the_right_password_waits(anna: User) -> None:
    client = PageClient()
    for _ in range(5):
        log_in(client, anna, "całkiem złe hasło")
    page = log_in(client, anna)
    assert "Za dużo prób. Spróbuj za 15 minut albo ustaw nowe hasło." in page
    assert not is_in(client)


def test_many_tries_from_one_place_meet_the_page_of_the_limit(anna: User) -> None:
    client = PageClient()
    for _ in range(30):
        client.post(reverse("account_login"), {"login": "", "password": ""})
    answer = client.post(reverse("account_login"), {"login": "", "password": ""})
    assert answer.status_code == 429
    assert "Spróbuj za 15 minut albo ustaw nowe hasło." in answer.content.decode()


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(anna: User) -> None:
    client = PageClient()
    data = {"email": anna.email}
    page = client.post(reverse("account_reset_password"), data, follow=True).content.decode()
    assert "Sprawdź pocztę" in page
    link = link_in(last_mail(anna.email))
    page_with_form = client.get(link, follow=True)
    assert "Ustaw nowe hasło" in page_with_form.content.decode()
    path = page_with_form.redirect_chain[-1][0]
    page = client.post(path, {"password1": "krótkie"}).content.decode()
    assert "Hasło musi mieć co najmniej 12 znaków. Masz 7." in page
    page = client.post(path, {"password1": NEW_PASSWORD}, follow=True).content.decode()
    assert "Hasło zmienione" in page
    assert "Hasło do Twojego konta zostało zmienione." in last_mail(anna.email)
    again = PageClient().get(link, follow=True).content.decode()
    assert "Ten link już nie działa" in again
    fresh = PageClient()
    log_in(fresh, anna, NEW_PASSWORD)
    assert is_in(fresh)


def test_asking_for_an_unknown_address_tells_the_page_nothing() -> None:
    data = {"email": "nikt@example.pl"}
    page = PageClient().post(reverse("account_reset_password"), data, follow=True)
    assert "Sprawdź pocztę" in page.content.decode()
    assert mail_count() <= 1


def test_a_changed_password_logs_the_other_browsers_out(anna: User) -> None:
    client, other = PageClient(), PageClient()
    log_in(client, anna)
    log_in(other, anna)
    data = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD}
    page = client.post(reverse("account_change_password"), data, follow=True).content.decode()
    assert "Hasło zmienione" in page or is_in(client) is False
    assert other.get(reverse("web:account")).status_code == 302
    assert Event.objects.filter(kind="PASSWORD_CHANGED").exists()


def test_the_address_changes_only_after_the_new_one_is_confirmed(anna: User) -> None:
    client = PageClient()
    log_in(client, anna)
    data = {"email": "anna.nowa@example.pl", "action_add": "1"}
    page = client.post(reverse("account_email"), data, follow=True).content.decode()
    assert "Czekamy, aż potwierdzisz adres anna.nowa@example.pl" in page
    assert User.objects.get(pk=anna.pk).email == "anna@example.pl"
    client.post(link_in(last_mail("anna.nowa@example.pl")), follow=True)
    assert User.objects.get(pk=anna.pk).email == "anna.nowa@example.pl"
    assert "Adres e-mail zmieniony" in last_mail("anna@example.pl")


def test_sessions_are_listed_and_the_others_can_be_ended(anna: User) -> None:
    client, other = PageClient(), PageClient()
    data = {"login": anna.email, "password": PASSWORD}
    firefox = {"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/128.0"}
    client.post(reverse("account_login"), data, headers=firefox)
    log_in(other, anna)
    page = client.get(reverse("usersessions_list")).content.decode()
    assert "Firefox, Windows (ta przeglądarka)" in page
    assert "Nieznana przeglądarka" in page
    client.post(reverse("usersessions_list"))
    assert other.get(reverse("web:account")).status_code == 302
    assert client.get(reverse("web:account")).status_code == 200


@pytest.mark.parametrize(
    "name",
    ["account_set_password", "account_request_login_code", "mfa_trust", "mfa_signup_webauthn"],
)
def test_pages_of_allauth_that_the_house_does_not_use_have_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_who_asked_too_often_for_a_new_password_is_not_sent_to_ask_again(anna: User) -> None:
    client, url = PageClient(), reverse("account_reset_password")
    for _ in range(5):
        client.post(url, {"email": anna.email})
    page = client.post(url, {"email": anna.email}).content.decode()
    assert "Spróbuj za 15 minut." in page
    assert url not in page
