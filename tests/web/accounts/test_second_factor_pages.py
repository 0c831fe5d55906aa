"""Setting up second factors and logging in with them."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, format_hotp_value, hotp_value
from django.urls import reverse

from skrytka.accounts.models import User
from skrytka.ledger.models import Event
from tests.world.cast import PASSWORD
from tests.world.mailbox import last_mail
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(anna: User) -> PageClient:
    client = PageClient()
    client.post(reverse("account_login"), {"login": anna.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def totp_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def activate(client: PageClient) -> str:
    client.get(reverse("mfa_activate_totp"))
    secret = str(client.session[SECRET_SESSION_KEY])
    client.post(reverse("mfa_activate_totp"), {"code": totp_of(secret)})
    return secret


def test_the_overview_and_each_page_to_add_or_remove_is_in_order(client: PageClient) -> None:
    for name in ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn"):
        assert client.get(reverse(name)).status_code == 200


def test_an_authenticator_app_is_added_with_recovery_codes(
    client: PageClient, anna: User, django_capture_on_commit_callbacks: object
) -> None:
    assert callable(django_capture_on_commit_callbacks)
    with django_capture_on_commit_callbacks(execute=True):
        secret = activate(client)
    row = Authenticator.objects.get(user=anna, type=Authenticator.Type.TOTP)
    assert secret not in str(row.data)
    assert "Aplikacja z kodami włączona" in last_mail(anna.email)
    assert Event.objects.filter(kind="FACTOR_CHANGED").exists()
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert "Niewykorzystane kody: 10." in page
    assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
    codes = client.get(reverse("mfa_download_recovery_codes")).content.decode()
    assert "Kody zapasowe do konta" in codes
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200


def test_a_wrong_code_adds_nothing(client: PageClient, anna: User) -> None:
    client.get(reverse("mfa_activate_totp"))
    page = client.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()
    assert "Kod jest niepoprawny" in page
    assert not Authenticator.objects.filter(user=anna).exists()


def test_logging_in_then_needs_the_code(client: PageClient, anna: User) -> None:
    secret = activate(client)
    fresh = PageClient()
    data = {"login": anna.email, "password": PASSWORD}
    page = fresh.post(reverse("account_login"), data, follow=True).content.decode()
    assert "Podaj drugi składnik" in page
    page = fresh.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert "Kod jest niepoprawny" in page
    assert "_auth_user_id" not in fresh.session
    fresh.post(reverse("mfa_authenticate"), {"code": totp_of(secret)})
    assert "_auth_user_id" in fresh.session


def test_changing_a_factor_later_asks_who_it_is(client: PageClient, anna: User) -> None:
    activate(client)
    session = client.session
    old = [{"method": "password", "at": 0, "reauthenticated": True}]
    session["account_authentication_methods"] = old
    session.save()
    page = client.get(reverse("mfa_deactivate_totp"), follow=True).content.decode()
    assert "Potwierdź, że to Ty" in page
    for name in ("account_reauthenticate", "mfa_reauthenticate"):
        assert "Potwierdź, że to Ty" in client.get(reverse(name)).content.decode()
    page = client.post(reverse("account_reauthenticate"), {"password": "złe"}).content.decode()
    assert "Hasło jest niepoprawne." in page


def test_a_passkey_that_answers_nothing_logs_nobody_in() -> None:
    client = PageClient()
    options = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    assert options.json()["request_options"]["publicKey"]["rpId"] == "testserver"
    client.post(reverse("mfa_login_webauthn"), {"credential": "{}"})
    assert "_auth_user_id" not in client.session
