"""Passkeys: added on the page, good for log-in and for one signature at a time."""

import json
import re
from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.urls import reverse

from skrytka.accounts.models import User
from skrytka.accounts.operations import (
    CannotConfirmFactor,
    FactorFault,
    begin_passkey,
    complete_passkey,
)
from skrytka.accounts.queries import FactorMethod, factor_methods_of, factors_of
from tests.world.cast import PASSWORD
from tests.world.page_client import PageClient
from tests.world.soft_passkey import Options, SoftPasskey

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
SIGN = "sign:letter-1"


def new_passkey() -> SoftPasskey:
    return SoftPasskey("testserver", "http://testserver")


def data_in(page: str) -> dict[str, Options]:
    found = re.search(r'<script id="js_data" type="application/json">(.*?)</script>', page)
    assert found
    data: dict[str, Options] = json.loads(found[1])
    return data


@pytest.fixture
def client(anna: User) -> PageClient:
    client = PageClient()
    client.post(reverse("account_login"), {"login": anna.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.fixture
def passkey(client: PageClient) -> SoftPasskey:
    passkey = new_passkey()
    page = client.get(reverse("mfa_add_webauthn")).content.decode()
    answer = passkey.register(data_in(page)["creation_options"])
    client.post(reverse("mfa_add_webauthn"), {"name": "Telefon", "credential": answer})
    return passkey


def test_a_passkey_is_added_renamed_and_removed(
    client: PageClient, anna: User, passkey: SoftPasskey
) -> None:
    row = Authenticator.objects.get(user=anna, type=Authenticator.Type.WEBAUTHN)
    assert "Telefon" in client.get(reverse("mfa_list_webauthn")).content.decode()
    edit = reverse("mfa_edit_webauthn", args=[row.pk])
    assert client.get(edit).status_code == 200
    client.post(edit, {"name": "Nowy telefon"})
    assert "Nowy telefon" in client.get(reverse("mfa_list_webauthn")).content.decode()
    remove = reverse("mfa_remove_webauthn", args=[row.pk])
    assert "Usunąć ten klucz?" in client.get(remove).content.decode()
    client.post(remove)
    assert factors_of(anna.pk).passkey_count == 0


def test_logging_in_then_takes_the_passkey(
    client: PageClient, anna: User, passkey: SoftPasskey
) -> None:
    fresh = PageClient()
    data = {"login": anna.email, "password": PASSWORD}
    page = fresh.post(reverse("account_login"), data, follow=True).content.decode()
    answer = passkey.sign(data_in(page)["request_options"])
    fresh.post(reverse("mfa_authenticate"), {"credential": answer})
    assert "_auth_user_id" in fresh.session


def test_a_passkey_confirms_a_signature(anna: User, passkey: SoftPasskey) -> None:
    assert factor_methods_of(anna.pk) == (FactorMethod.PASSKEY, FactorMethod.EMAIL_CODE)
    challenge = begin_passkey(anna.pk)
    answer = passkey.sign(json.loads(challenge.options_json))
    confirmation = complete_passkey(anna.pk, SIGN, challenge, answer, at=AT)
    assert (confirmation.method, confirmation.purpose) == (FactorMethod.PASSKEY, SIGN)


def test_an_answer_to_another_challenge_confirms_nothing(anna: User, passkey: SoftPasskey) -> None:
    answer = passkey.sign(json.loads(begin_passkey(anna.pk).options_json))
    with pytest.raises(CannotConfirmFactor) as refusal:
        complete_passkey(anna.pk, SIGN, begin_passkey(anna.pk), answer, at=AT)
    assert refusal.value.reason is FactorFault.PASSKEY_REFUSED


def test_the_key_of_another_person_or_site_confirms_nothing(
    anna: User, passkey: SoftPasskey
) -> None:
    strange = SoftPasskey("elsewhere.example", "https://elsewhere.example")
    strange.credential_id, strange.key = passkey.credential_id, passkey.key
    for key in (new_passkey(), strange):
        challenge = begin_passkey(anna.pk)
        answer = key.sign(json.loads(challenge.options_json))
        with pytest.raises(CannotConfirmFactor) as refusal:
            complete_passkey(anna.pk, SIGN, challenge, answer, at=AT)
        assert refusal.value.reason is FactorFault.PASSKEY_REFUSED


def test_five_wrong_answers_close_the_passkey_for_a_while(anna: User, passkey: SoftPasskey) -> None:
    for _ in range(5):
        with pytest.raises(CannotConfirmFactor):
            complete_passkey(anna.pk, SIGN, begin_passkey(anna.pk), "{}", at=AT)
    challenge = begin_passkey(anna.pk)
    answer = passkey.sign(json.loads(challenge.options_json))
    with pytest.raises(CannotConfirmFactor) as refusal:
        complete_passkey(anna.pk, SIGN, challenge, answer, at=AT)
    assert refusal.value.reason is FactorFault.TOO_MANY_ATTEMPTS


def page_at(client: PageClient, name: str, host: str) -> str:
    return client.get(reverse(name), HTTP_HOST=host).content.decode()


@pytest.mark.parametrize(("host", "name"), [("127.0.0.1:8000", "localhost:8000"),
                                            ("[::1]:8000", "localhost:8000"),
                                            ("127.0.0.1", "localhost")])  # fmt: skip
def test_under_a_number_the_page_leads_to_itself_under_a_name(
    client: PageClient, settings: LazySettings, host: str, name: str
) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1", "[::1]", "localhost"]
    address = reverse("mfa_add_webauthn")
    page = page_at(client, "mfa_add_webauthn", host)
    assert f'href="http://{name}{address}"' in page
    assert "mfa_webauthn_add" not in page
    assert f'href="http://{name}/konto/drugi-skladnik/"' in page_at(client, "mfa_index", host)
    login = page_at(PageClient(), "account_login", host)
    assert f'href="http://{name}/konto/zaloguj/"' in login
    assert "passkey_login" not in login


def test_under_a_name_the_button_is_there(client: PageClient) -> None:
    assert "data-passkey-host" not in page_at(client, "mfa_add_webauthn", "testserver")
    assert "mfa_webauthn_add" in page_at(client, "mfa_add_webauthn", "testserver")


@pytest.mark.parametrize("host", ["192.0.2.7", "127.0.0.1"])
def test_a_number_without_a_name_is_told_and_leads_nowhere(
    client: PageClient, settings: LazySettings, host: str
) -> None:
    settings.ALLOWED_HOSTS = [host]
    page = page_at(client, "mfa_add_webauthn", host)
    assert "Otwórz Skrytkę pod jej nazwą." in page
    assert "localhost" not in page
