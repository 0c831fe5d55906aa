"""A command that meets a full disk says so in one line."""

import errno
from argparse import Namespace
from typing import NoReturn

import pytest
from django.db import OperationalError

from skrytka.cli import doctor
from skrytka.cli.main import main


def failing(error: Exception) -> object:
    def run(_arguments: Namespace) -> NoReturn:
        raise error

    return run


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        OperationalError("database or disk is full"),
    ],
)
def test_the_line_says_what_to_do(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor, "run", failing(error))
    assert main(["doctor"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("Brakuje miejsca na dysku z danymi (SKRYTKA_DATA).")
    assert "Traceback" not in told


def test_any_other_fault_is_shown_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "run", failing(OSError(errno.EACCES, "Permission denied")))
    with pytest.raises(OSError, match="Permission denied"):
        main(["doctor"])
