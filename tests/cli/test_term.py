"""`skrytka term` computes and explains, and names what it cannot read."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from skrytka.accounts.models import Institution
from skrytka.cli.main import main
from skrytka.core.delivery import POLICIES
from tests.world.outgoing import adopt, days


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


def policy_of(capsys: pytest.CaptureFixture[str], name: str, start: str) -> tuple[str, str]:
    status, out = said(capsys, "--policy", name, "--from", start, "--json")
    assert status == 0
    return json.loads(out)["policy"], json.loads(out)["deemed_delivered_on"]


@pytest.mark.django_db
def test_an_institution_stands_for_its_rules_of_that_day(
    cuw: Institution, capsys: pytest.CaptureFixture[str]
) -> None:
    assert policy_of(capsys, "ZOJO_Cieszyn", "2026-11-03")[0] == "kpa-2014-next-day"
    own = replace(POLICIES["ude-art42"], id="cuw-21", name="Reguła CUW", days=21)
    adopt(cuw, POLICIES["kpa-2014-last-day"], at=days(0))
    adopt(cuw, own, at=days(1))
    assert policy_of(capsys, "ZOJO_Cieszyn", "2026-11-02") == ("kpa-2014-last-day", "2026-11-16")
    assert policy_of(capsys, "ZOJO_Cieszyn", "2026-11-03") == ("cuw-21", "2026-11-25")
    status, out = said(capsys, "--policy", "ZOJO_Cieszyn", "--from", "2026-11-03")
    assert status == 0
    assert "Reguła CUW (zasada cuw-21, wersja 1)" in out


@pytest.mark.django_db
def test_an_unknown_name_is_told_with_those_there_are(
    cuw: Institution, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out = said(capsys, "--policy", "ZOJO_Gdynia", "--from", "2026-11-03")
    assert status == 2
    assert out.startswith("Nie ma zasady ani instytucji „ZOJO_Gdynia”. Podaj jedną z zasad:\n")
    assert all(f"  {policy.id}: {policy.name}\n" in out for policy in POLICIES.values())


@pytest.mark.parametrize(("name", "status"), [("ude-art42", 0), ("ZOJO_Cieszyn", 2)])
def test_where_nothing_is_installed_the_policies_built_in_are_known(
    tmp_path: Path, name: str, status: int
) -> None:
    mode = {"SKRYTKA_MODE": "demo", "SKRYTKA_DATA": str(tmp_path / "data")}
    ours = ("SKRYTKA", "DJANGO", "DATABASE_URL")
    outside = {key: text for key, text in os.environ.items() if not key.startswith(ours)}
    for settings in (mode, mode | {"SKRYTKA_MODE": "production"}):
        command = [sys.executable, "-m", "skrytka", "term", "--policy", name]
        ran = subprocess.run(
            [*command, "--from", "2026-11-03"],
            env=outside | settings, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert ran.returncode == status, ran.stderr
        assert ("Nie ma tu bazy" in ran.stdout) is (status == 2)
        assert ran.stderr == ""
        assert not (tmp_path / "data").exists()
