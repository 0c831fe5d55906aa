"""Who is behind a request: the person of a session that lasts, and nobody else."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from skrytka.accounts.models import User
from skrytka.config.clock import machine_now

pytestmark = pytest.mark.django_db


def is_known(client: Client) -> bool:
    return client.get(reverse("web:drafts")).status_code == 200


@pytest.fixture
def at_home(client: Client, anna: User) -> Client:
    client.force_login(anna)
    return client


def test_a_person_stays_logged_in(at_home: Client) -> None:
    assert is_known(at_home)


def test_a_session_ends_at_its_hour(at_home: Client) -> None:
    Session.objects.update(expire_date=machine_now() + timedelta(seconds=60))
    assert is_known(at_home)
    Session.objects.update(expire_date=machine_now() - timedelta(seconds=1))
    assert not is_known(at_home)


def test_a_session_that_was_ended_elsewhere_is_none(at_home: Client) -> None:
    Session.objects.all().delete()
    assert not is_known(at_home)


def test_a_closed_account_is_logged_out_everywhere(at_home: Client, anna: User) -> None:
    User.objects.filter(id=anna.pk).update(is_active=False)
    assert not is_known(at_home)


def test_a_deleted_person_is_nobody(at_home: Client, anna: User) -> None:
    session = at_home.session
    session["_auth_user_id"] = str(anna.pk + 10_000)
    session.save()
    assert not is_known(at_home)
