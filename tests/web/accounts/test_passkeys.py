"""Passkeys: added on the page, good for log-in and for one signature at a time."""

import json
import re
from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
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
