from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from skrytka.accounts.models import Institution, User
from skrytka.config import clock
from skrytka.delivery.models import OutgoingLetter
from tests.web.compose.cards import general_letter
from tests.world.deliveries import NOON, collect, waiting_letter
from tests.world.letters import confirm_profile
from tests.world.outgoing import days, night_at
from tests.world.page_client import PageClient

ReaderOf = Callable[[User], Client]


class Hands:
    """The hands of the clock, moved by the test."""

    def __init__(self) -> None:
        self.at: datetime = NOON


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    hands = Hands()
    monkeypatch.setattr(clock, "now", lambda: hands.at)
    return hands


@pytest.fixture
def reader_of() -> ReaderOf:
    """A client that reviews every page, logged in as a person."""

    def logged_in(user: User) -> Client:
        client = PageClient()
        client.force_login(user)
        return client

    return logged_in


@pytest.fixture
def waiting(daria: User, cuw: Institution, anna: User) -> OutgoingLetter:
    """A letter of the shared services centre that waits for Anna, who has a confirmed profile."""
    general_letter()
    confirm_profile(anna, daria, cuw)
    return waiting_letter(daria, cuw, anna)


@pytest.fixture
def collected(waiting: OutgoingLetter, anna: User) -> OutgoingLetter:
    collect(waiting, anna)
    return waiting


@pytest.fixture
def deemed(waiting: OutgoingLetter) -> OutgoingLetter:
    """Nobody collected it; the system came to seal that two days late."""
    night_at(days(7, 15))
    night_at(days(17))
    return waiting
