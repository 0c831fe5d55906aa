"""`skrytka term` computes and explains, and names what it cannot read."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from skrytka.accounts.models import Institution
from skrytka.cli.main import main
from skrytka.core.delivery import POLICIES
from tests.world.outgoing import SENT_AT, adopt, days


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    status = main(["term", *arguments])
    return status, capsys.readouterr().out


def test_dates_come_with_their_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("--policy", "kpa-2014-next-day", "--from", "2025-11-03")
    status, out = said(capsys, *arguments, "--json")
    found = json.loads(out)
    assert status == 0
    assert {name: found[name] for name in found if name != "explanation"} == {
        "policy": "kpa-2014-next-day",
        "version": 1,
        "from": "2025-11-03",
        "second_notice_on": "2025-11-10",
        "last_day_on": "2025-11-17",
        "deemed_delivered_on": "2025-11-18",
        "access_until": "2026-02-18",
    }
    assert all(set(reason) == {"rule", "source", "text"} for reason in found["explanation"])
    status, out = said(capsys, *arguments)
    assert status == 0
    assert "Uznanie za doręczone: 18 listopada 2025 r. (wtorek)" in out


@pytest.mark.parametrize(
    ("start", "day"),
    [
        ("2026-05-21T23:30:00Z", "2026-05-22"),
        ("2026-05-21T23:30:00", "2026-05-21"),
        ("2026-03-29T01:59:59+01:00", "2026-03-29"),
        ("2026-10-24T22:00:00+00:00", "2026-10-25"),
    ],
)
def test_an_instant_counts_as_its_day_in_warsaw(
    start: str, day: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _status, out = said(capsys, "--policy", "ude-art42", "--from", start, "--json")
    assert json.loads(out)["from"] == day
    assert json.loads(out)["access_until"] is None


@pytest.mark.parametrize(
    ("start", "text"),
    [
        ("jutro", "„jutro” nie jest datą"),
        ("9999-12-31", "„9999-12-31” nie jest datą"),
        ("1980-01-01", "od 1990 r., a pytasz o 1980"),
    ],
)
def test_what_is_no_date_is_told(start: str, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out = said(capsys, "--policy", "kpa-2014-shifted", "--from", start)
    assert status == 2
    assert text in out


@pytest.mark.django_db
def test_an_institution_gives_the_rule_it_had_on_the_day(
    cuw: Institution, capsys: pytest.CaptureFixture[str]
) -> None:
    adopt(cuw, POLICIES["ude-art42"], at=SENT_AT)
    adopt(cuw, POLICIES["kpa-2014-shifted"], at=days(10))

    def policy_on(start: str) -> str:
        status, out = said(capsys, "--policy", "ZOJO_Cieszyn", "--from", start, "--json")
        assert status == 0
        return str(json.loads(out)["policy"])

    assert policy_on("2026-11-01") == "kpa-2014-next-day"
    assert policy_on("2026-11-02") == "ude-art42"
    assert policy_on("2026-11-12") == "kpa-2014-shifted"
    _status, out = said(capsys, "--policy", "ZOJO_Cieszyn", "--from", "2026-11-02")
    assert "Ustawa o doręczeniach elektronicznych (zasada ude-art42, wersja 1)" in out


@pytest.mark.django_db
def test_a_name_of_neither_a_rule_nor_an_institution_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["term", "--policy", "Nikt", "--from", "2026-11-02"]) == 2
    told = capsys.readouterr().err
    assert "Nie ma zasady ani instytucji „Nikt”." in told
    assert "kpa-2014-next-day" in told


def run_apart(policy: str, data: Path) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, where nobody has made a database."""
    environment = {**os.environ, "SKRYTKA_DATA": str(data), "SKRYTKA_MODE": "demo"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "skrytka", "term", "--policy", policy, "--from", "2026-11-02"]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_a_known_rule_needs_no_database_and_makes_none(tmp_path: Path) -> None:
    done = run_apart("kpa-2014-next-day", tmp_path / "none")
    assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "none").exists()


def test_without_a_database_an_institution_is_not_known(tmp_path: Path) -> None:
    done = run_apart("ZOJO_Cieszyn", tmp_path)
    assert done.returncode == 2
    assert "Nie ma zasady ani instytucji" in done.stderr
