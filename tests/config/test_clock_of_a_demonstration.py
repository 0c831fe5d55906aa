"""The clock of a demonstration may be moved; that of a real installation may not."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID
from django.conf import settings

from skrytka.accounts.models import User
from skrytka.config import blob_sealing, blob_sweep, clock, wiring, worker
from skrytka.config.environment import EnvironmentFaultyError, clock_ahead_of, read_environment
from skrytka.config.incoming import upload_folder
from skrytka.config.worker import blobs_step, sweep_step
from skrytka.gateways import development_pki
from skrytka.gateways.development_pki import create_development_pki
from skrytka.gateways.installed import blobs_of, install, installed
from skrytka.ui import formats
from tests.desk.world import client_at
from tests.world.page_client import PageClient

DAYS_14 = str(14 * 24 * 3600)
DEMO = {"SKRYTKA_MODE": "demo"}
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _clock_back() -> Iterator[None]:
    clock.ahead.cache_clear()
    yield
    clock.ahead.cache_clear()


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of this process shows a day two weeks on.

    The connection of a test is not the worker's to close.
    """
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setenv("SKRYTKA_CLOCK", DAYS_14)
    clock.ahead.cache_clear()


def faults_of(values: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(EnvironmentFaultyError) as refused:
        read_environment(values)
    with pytest.raises(EnvironmentFaultyError) as refused_alone:
        clock_ahead_of(values)
    assert refused_alone.value.faults == refused.value.faults
    return refused.value.faults


@pytest.mark.parametrize("mode", [{}, {"SKRYTKA_MODE": "production"}])
@pytest.mark.parametrize("text", ["+60", "0", "rubbish"])
def test_a_real_installation_refuses_a_moved_clock(mode: dict[str, str], text: str) -> None:
    (fault,) = faults_of(mode | {"SKRYTKA_CLOCK": text})
    assert fault.startswith("SKRYTKA_CLOCK: czas pokazowy")
    assert "tylko przy SKRYTKA_MODE=demo" in fault


@pytest.mark.parametrize(
    "text", ["jutro", "1.5", "2026-12-10T08:00", " 60", "++1", "-", "٣", "1e3"]
)
def test_what_is_no_number_of_seconds_is_refused(text: str) -> None:
    (fault,) = faults_of(DEMO | {"SKRYTKA_CLOCK": text})
    assert fault.startswith(f"SKRYTKA_CLOCK={text}: podaj, o ile sekund")


@pytest.mark.parametrize("text", ["999999999999", "-999999999999", str(9 * 365 * 86400 + 1)])
def test_a_clock_is_moved_no_further_than_the_keys_serve(text: str) -> None:
    (fault,) = faults_of(DEMO | {"SKRYTKA_CLOCK": text})
    assert "najwyżej o 9 lat" in fault


@pytest.mark.parametrize(
    ("text", "seconds"), [("+1209600", 1209600), ("60", 60), ("-3600", -3600), ("0", 0)]
)
def test_a_demonstration_is_told_by_how_much(text: str, seconds: int) -> None:
    values = DEMO | {"SKRYTKA_CLOCK": text}
    assert read_environment(values).clock_ahead == timedelta(seconds=seconds)
    assert clock_ahead_of(values) == timedelta(seconds=seconds)


@pytest.mark.parametrize("values", [{}, {"SKRYTKA_CLOCK": ""}, DEMO, DEMO | {"SKRYTKA_CLOCK": ""}])
def test_without_the_setting_the_clock_is_the_machines(values: dict[str, str]) -> None:
    assert read_environment(values).clock_ahead is None
    assert clock_ahead_of(values) is None


def test_a_clock_that_is_not_moved_shows_no_time_of_its_own() -> None:
    assert abs(clock.now() - clock.machine_now()) < SECOND
    assert clock.shown_time() is None


@pytest.mark.usefixtures("moved")
def test_a_moved_clock_runs_on_at_its_distance() -> None:
    first = clock.now()
    assert abs(first - clock.machine_now() - timedelta(days=14)) < SECOND
    assert first.utcoffset() == timedelta()
    assert clock.now() > first
    shown = clock.shown_time()
    assert shown is not None
    assert abs(shown - first) < SECOND


def test_the_clock_itself_refuses_a_real_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKRYTKA_CLOCK", DAYS_14)
    monkeypatch.setenv("SKRYTKA_MODE", "production")
    with pytest.raises(EnvironmentFaultyError):
        clock.now()


@pytest.mark.django_db
@pytest.mark.usefixtures("moved")
def test_uploads_under_way_are_not_swept_by_a_moved_clock() -> None:
    fresh = upload_folder(settings.ENVIRONMENT) / "fresh.upload"
    old = upload_folder(settings.ENVIRONMENT) / "old.upload"
    for path in (fresh, old):
        path.write_bytes(b"x")
    two_days_ago = (clock.machine_now() - timedelta(days=2)).timestamp()
    os.utime(old, (two_days_ago, two_days_ago))
    sweep_step()
    assert (fresh.exists(), old.exists()) == (True, False)
    fresh.unlink()


@pytest.mark.django_db
@pytest.mark.usefixtures("moved")
def test_fresh_blobs_are_not_set_aside_by_a_moved_clock() -> None:
    stored = blobs_of(None).put(b"nobody refers to it yet")
    assert blobs_step() == f"{blob_sweep.Swept()} {blob_sealing.Sealed()} wrapped=0"
    assert stored.sha256 not in {key for some in blobs_of(None).aside() for key, _ in some}


def real_keys(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys whose certificates do not say that they are for development."""
    for name in ("institution-seal", "trusted-profile-seal"):
        monkeypatch.setitem(development_pki.COMMON_NAMES, name, "Pieczęć urzędu")
    monkeypatch.setattr(
        development_pki,
        "_name",
        lambda common: x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)]),
    )
    create_development_pki(folder, clock.machine_now())


def test_a_moved_clock_never_meets_real_seals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = installed()
    real_keys(tmp_path, monkeypatch)
    still = replace(settings.ENVIRONMENT, keys=tmp_path)
    monkeypatch.setattr(settings, "ENVIRONMENT", still)
    wiring.wire()
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(still, clock_ahead=timedelta(days=1)))
    with pytest.raises(EnvironmentFaultyError) as refused:
        wiring.wire()
    assert refused.value.faults == (wiring.REAL_SEALS,)
    install(before)


def test_a_moved_clock_may_seal_with_keys_for_development_or_make_them_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = installed()
    environment = replace(settings.ENVIRONMENT, keys=tmp_path, clock_ahead=timedelta(days=1))
    monkeypatch.setattr(settings, "ENVIRONMENT", environment)
    wiring.wire()
    create_development_pki(tmp_path, clock.machine_now())
    wiring.wire()
    install(before)


def shown_notice() -> str:
    return f"<strong>Czas pokazowy: {formats.day(clock.now())}, {formats.clock_time(clock.now())}"


@pytest.mark.django_db
@pytest.mark.usefixtures("moved")
@pytest.mark.parametrize("address", ["/", "/konto/zaloguj/"])
def test_every_page_says_that_its_clock_is_moved(address: str) -> None:
    before = shown_notice()
    page = PageClient().get(address).content.decode()
    assert before in page or shown_notice() in page
    assert "Wersja pokazowa." in page


@pytest.mark.usefixtures("moved")
def test_the_desk_says_it_too(daria: User) -> None:
    before = shown_notice()
    page = client_at(daria).get("/kancelaria/").content.decode()
    assert before in page or shown_notice() in page


@pytest.mark.django_db
def test_a_demonstration_on_its_own_time_shows_none() -> None:
    assert "Czas pokazowy" not in PageClient().get("/").content.decode()
