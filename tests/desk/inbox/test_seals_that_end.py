"""A seal that ends is told at the desk in time: to who administers first, then to everybody."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from skrytka.accounts.models import Institution, Role, User
from skrytka.config import clock
from skrytka.gateways.development_pki import INSTITUTION_SEAL, TRUSTED_PROFILE_SEAL
from skrytka.gateways.file_keys import FileSealKeys
from skrytka.gateways.installed import install, installed
from skrytka.letters.models import Letter
from skrytka.ui.formats import day
from tests.desk.inbox.test_attention import panel
from tests.desk.world import employed
from tests.world.letters import sent_letter
from tests.world.pki import Terms, certificate_of, make_pki, organisation, signer

pytestmark = pytest.mark.django_db
Ends = Callable[[timedelta], str]


@pytest.fixture
def _letter(anna: User, cuw: Institution) -> Letter:
    return sent_letter(anna, cuw)


@pytest.fixture
def ends_in(tmp_path: Path, _letter: Letter) -> Iterator[Ends]:
    before = installed()

    def ends(wait: timedelta) -> str:
        until = clock.now() + wait
        terms = Terms(until - timedelta(days=400), until)
        for name, own in ((INSTITUTION_SEAL, terms), (TRUSTED_PROFILE_SEAL, Terms())):
            key = signer(organisation("Centrum"), make_pki().root, own)
            pem = certificate_of(key).public_bytes(Encoding.PEM)
            (tmp_path / f"{name}.crt.pem").write_bytes(pem)
        install(replace(before, seal_keys=FileSealKeys(tmp_path)))
        return day(until)

    yield ends
    install(before)


def test_who_administers_is_told_two_months_before(cuw: Institution, ends_in: Ends) -> None:
    chief = employed("Ewa", "Lis", cuw, Role.ADMINISTRATOR)
    ends_in(timedelta(days=61))
    assert "pieczęci" not in panel(chief, "boxes")
    until = ends_in(timedelta(days=59))
    told = panel(chief, "boxes")
    assert f"{until} kończy się certyfikat pieczęci poświadczeń" in told
    assert "poczekają na nową pieczęć" in told
    assert "podpisu zaufanego" not in told


def test_a_clerk_is_told_in_the_last_week(daria: User, ends_in: Ends) -> None:
    ends_in(timedelta(days=8))
    assert "pieczęci" not in panel(daria)
    until = ends_in(timedelta(days=6))
    assert f"{until} kończy się" in panel(daria)


def test_a_seal_that_has_ended_says_what_waits(daria: User, ends_in: Ends) -> None:
    until = ends_in(-timedelta(days=1))
    assert f"{until} skończył się" in panel(daria)


def test_the_seal_is_of_the_server_so_every_institution_is_told(
    edmund: User, ends_in: Ends
) -> None:
    until = ends_in(timedelta(days=1))
    assert until in panel(edmund)
