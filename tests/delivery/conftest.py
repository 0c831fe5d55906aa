from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.delivery.models import OutgoingLetter
from skrytka.gateways.development_pki import create_development_pki
from skrytka.gateways.file_keys import FileSealKeys
from skrytka.gateways.installed import install, installed
from tests.world.cast import LONG_AGO
from tests.world.deliveries import trust_the_issuer_of_cards, waiting_letter
from tests.world.letters import confirm_profile


@pytest.fixture
def waiting(daria: User, cuw: Institution, anna: User) -> OutgoingLetter:
    """A letter of the shared services centre that waits for Anna, who has a confirmed profile."""
    confirm_profile(anna, daria, cuw)
    return waiting_letter(daria, cuw, anna)


@pytest.fixture
def _cards_known() -> Iterator[None]:
    before = installed()
    trust_the_issuer_of_cards()
    yield
    install(before)


@pytest.fixture
def keys(tmp_path: Path) -> Iterator[Path]:
    """Keys of this test's own, put in place of the run's; what the run's sealed is not known."""
    before = installed()
    create_development_pki(tmp_path, LONG_AGO)
    install(replace(before, seal_keys=FileSealKeys(tmp_path)))
    yield tmp_path
    install(before)


@pytest.fixture
def _no_keys(waiting: OutgoingLetter, keys: Path) -> None:
    """After the letter went out the keys are gone."""
    for key in keys.glob("*.key.pem"):
        key.unlink()
