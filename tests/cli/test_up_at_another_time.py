"""`skrytka up --at`: only in a demonstration, and by the same distance for all that it starts."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from skrytka.cli.main import build_parser, main
from skrytka.cli.up import instant, move_clock
from skrytka.config import clock
from tests.world.server import ROOT, environment_of

SECOND = timedelta(seconds=1)
REFUSED = "SKRYTKA_CLOCK: czas pokazowy (skrytka up --at) działa tylko przy SKRYTKA_MODE=demo."


@pytest.fixture(autouse=True)
def _clock_back(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SKRYTKA_CLOCK", "")
    clock.ahead.cache_clear()
    yield
    clock.ahead.cache_clear()


def run(data: Path, *arguments: str, **values: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "skrytka", *arguments],
        env=environment_of(data) | values, cwd=ROOT, capture_output=True, text=True, check=False,
        timeout=120,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-12-10T08:00", datetime(2026, 12, 10, 7, tzinfo=UTC)),
        ("2026-07-10T08:00", datetime(2026, 7, 10, 6, tzinfo=UTC)),
        ("2026-12-10T08:00:30", datetime(2026, 12, 10, 7, 0, 30, tzinfo=UTC)),
        ("2026-12-10T08:00+05:00", datetime(2026, 12, 10, 3, tzinfo=UTC)),
        ("2026-12-10T08:00Z", datetime(2026, 12, 10, 8, tzinfo=UTC)),
        ("2026-12-10", datetime(2026, 12, 9, 23, tzinfo=UTC)),
        ("2026-10-25T02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # the first of the two
        ("2027-03-28T02:30", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),  # never shown in Warsaw
    ],
)
def test_an_instant_without_a_zone_is_of_warsaw(text: str, at: datetime) -> None:
    assert instant(text) == at


@pytest.mark.parametrize("text", ["jutro", "2026-13-01T08:00", "", "0001-01-01T00:00"])
def test_what_is_no_instant_is_refused_with_an_example(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser(["up"]).parse_args(["up", "--at", text])
    assert ended.value.code == 2
    assert f"„{text}” nie jest chwilą. Wpisz ją tak: 2026-12-10T08:00." in capsys.readouterr().err


@pytest.mark.parametrize(
    "distance",
    [timedelta(days=14), timedelta(days=14, seconds=0.4), timedelta(days=-3), timedelta()],
)
def test_the_distance_is_handed_over_and_not_the_instant(
    distance: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SKRYTKA_MODE", "demo")
    assert clock.shown_time() is None
    at = clock.machine_now() + distance
    move_clock(at)
    assert at <= clock.now() < at + 2 * SECOND
    assert abs(int(os.environ["SKRYTKA_CLOCK"]) - distance.total_seconds()) <= 1
    assert abs(clock.now() - clock.machine_now() - distance) <= SECOND


def test_a_second_move_counts_from_the_machines_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKRYTKA_MODE", "demo")
    move_clock(clock.machine_now() + timedelta(days=14))
    move_clock(clock.machine_now() + timedelta(days=15))
    assert abs(clock.now() - clock.machine_now() - timedelta(days=15)) <= SECOND


@pytest.mark.parametrize("mode", ["production", ""])
def test_a_real_installation_is_not_started_at_another_time(tmp_path: Path, mode: str) -> None:
    data = tmp_path / "data"
    ended = run(data, "up", "--at", "2026-12-10T08:00", SKRYTKA_MODE=mode)
    assert ended.returncode == 2
    assert REFUSED in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not data.exists()


@pytest.mark.parametrize("command", ["up", "web", "worker", "migrate", "demo", "doctor"])
def test_no_command_of_a_real_installation_starts_with_a_moved_clock(
    tmp_path: Path, command: str
) -> None:
    data = tmp_path / "data"
    ended = run(data, command, SKRYTKA_CLOCK="+60", SKRYTKA_MODE="production")
    assert ended.returncode == 2
    assert ended.stderr.startswith(REFUSED)
    assert len(ended.stderr.splitlines()) == 1
    assert not data.exists()


def test_a_command_that_needs_no_settings_refuses_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["term", "--policy", "kpa-2014-next-day", "--from", "2025-11-03"]
    assert main(arguments) == 0
    monkeypatch.setenv("SKRYTKA_CLOCK", "+60")
    monkeypatch.delenv("SKRYTKA_MODE")
    clock.ahead.cache_clear()
    assert main(arguments) == 2
    assert REFUSED in capsys.readouterr().err


def test_wsgi_without_the_command_refuses_too(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "import skrytka.config.wsgi"],
        env=environment_of(tmp_path) | {"SKRYTKA_CLOCK": "+60", "SKRYTKA_MODE": "production"},
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode != 0
    assert REFUSED in ended.stderr


def test_keys_made_with_a_moved_clock_serve_without_it(tmp_path: Path) -> None:
    from cryptography import x509

    ended = run(tmp_path / "data", "migrate", SKRYTKA_CLOCK=str(30 * 86400))
    assert ended.returncode == 0, ended.stderr
    pem = (tmp_path / "data" / "keys" / "institution-seal.crt.pem").read_bytes()
    certificate = x509.load_pem_x509_certificate(pem)
    assert certificate.not_valid_before_utc < clock.machine_now()
    assert certificate.not_valid_after_utc > clock.machine_now() + timedelta(days=9 * 365 + 30)
