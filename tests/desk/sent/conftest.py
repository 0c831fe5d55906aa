from datetime import datetime

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.config import clock
from skrytka.delivery.models import OutgoingLetter
from tests.world.deliveries import waiting_letter
from tests.world.letters import confirm_profile
from tests.world.outgoing import days


class Hands:
    """The hands of the clock, moved by the test."""

    def __init__(self) -> None:
        self.at: datetime = days(1)


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    hands = Hands()
    monkeypatch.setattr(clock, "now", lambda: hands.at)
    return hands


@pytest.fixture
def letter(daria: User, cuw: Institution, anna: User) -> OutgoingLetter:
    """A letter of the shared services centre that waits for Anna, who has a confirmed profile."""
    confirm_profile(anna, daria, cuw)
    return waiting_letter(daria, cuw, anna)
