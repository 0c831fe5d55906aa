"""`skrytka term` computes and explains, and names what it cannot read."""

import json

import pytest

from skrytka.cli.main import main


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
