"""`skrytka screen` says of files what the attachment rules and the scanner say."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from skrytka.cli import screen
from skrytka.config.environment import EnvironmentFaultyError
from skrytka.gateways.yara_scanner import EmbeddedScanner
from skrytka.letters.screening import CIESZYN_2026, policy
from tests.world import files
from tests.world.clamd import MARK, Clamd


def call(*arguments: str | Path) -> int:
    parser = argparse.ArgumentParser()
    screen.add_arguments(parser)
    return screen.run(parser.parse_args([str(argument) for argument in arguments]))


def kept(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_accepted_files_exit_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [kept(tmp_path, name, data) for name, data in files.honest().items()]
    assert call(*paths) == 0
    assert capsys.readouterr().out.count(": OK\n") == 11


def test_the_answer_in_json_has_the_agreed_shape(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = kept(tmp_path, "a.zip", files.zipped({"x.pdf": files.pdf(), "y.txt": files.EICAR}))
    assert call(path, "--json") == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["accepted"] is False
    (report,) = answer["files"]
    assert set(report) == {
        "name", "sha256", "size", "detected", "accepted", "code", "text", "engine", "members",
        "remarks",
    }  # fmt: skip
    assert (report["code"], report["detected"]) == ("F-VIRUS", "ZIP")
    assert report["engine"] == EmbeddedScanner().in_use()
    assert "złośliwe oprogramowanie" in report["text"]
    assert [member["code"] for member in report["members"]] == ["", "F-VIRUS"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", files.EICAR, "F-VIRUS"),
        ("a.pdf", files.exe(), "F-MAGIC"),
        ("a.pdf", b"", "F-EMPTY"),
        ("a.zip", files.locked_zip(), "F-LOCK"),
        ("a.zip", files.bomb_zip(), "F-ZIP"),
        ("a.exe", files.exe(), "F-TYPE"),
    ],
)
def test_refused_files_exit_with_1_and_their_code(
    name: str, data: bytes, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(kept(tmp_path, name, data)) == 1
    assert f"{name}: {code} " in capsys.readouterr().out


def test_the_same_file_twice_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = kept(tmp_path, "a.pdf", files.pdf())
    second = kept(tmp_path, "b.pdf", files.pdf())
    assert call(first, second) == 1
    assert "b.pdf: F-DUP Ten plik jest już na liście: a.pdf." in capsys.readouterr().out


def test_the_sum_and_the_number_of_files_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    small = policy.ScreeningPolicy("small", CIESZYN_2026.formats, 1000, "próba", file_count=2)
    monkeypatch.setitem(policy.BUILT_IN, "small", small)
    paths = [kept(tmp_path, f"{n}.txt", f"plik {n} ".encode() * 100) for n in range(2)]
    assert call(*paths, "--policy", "small") == 1
    assert "1.txt: F-SIZE2" in capsys.readouterr().out
    paths = [kept(tmp_path, f"{n}.txt", f"plik {n}".encode()) for n in range(3)]
    assert call(*paths, "--policy", "small") == 1
    assert "2.txt: F-COUNT" in capsys.readouterr().out


def test_what_cannot_be_told_exits_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(tmp_path / "nie-ma.pdf") == 2
    assert call(kept(tmp_path, "a.pdf", files.pdf()), "--policy", "krakow-1999") == 2
    assert "krakow-1999" in capsys.readouterr().err


def test_a_silent_scanner_exits_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SKRYTKA_CLAMD", "unix:///nonexistent/ctl")
    assert call(kept(tmp_path, "a.pdf", files.pdf())) == 2
    assert "F-SCAN" in capsys.readouterr().out


def test_a_clamd_of_the_operator_is_asked_too(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    shared_clamd: Clamd,
) -> None:
    monkeypatch.setenv("SKRYTKA_CLAMD", shared_clamd.address)
    assert call(kept(tmp_path, "a.pdf", files.pdf()), "--json") == 0
    (report,) = json.loads(capsys.readouterr().out)["files"]
    assert report["engine"].startswith("yara-x ")
    assert "; ClamAV " in report["engine"]
    assert call(kept(tmp_path, "b.txt", MARK)) == 1
    assert "b.txt: F-VIRUS" in capsys.readouterr().out


def test_a_faulty_address_of_clamd_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SKRYTKA_CLAMD", "/run/clamav/clamd.ctl")
    with pytest.raises(EnvironmentFaultyError, match="SKRYTKA_CLAMD"):
        call(kept(tmp_path, "a.pdf", files.pdf()))


def test_the_command_needs_no_settings_and_no_database(tmp_path: Path) -> None:
    path = kept(tmp_path, "a.txt", files.EICAR)
    program = (
        "import argparse, sys\n"
        "from skrytka.cli import screen\n"
        "p = argparse.ArgumentParser(); screen.add_arguments(p)\n"
        "sys.exit(screen.run(p.parse_args()))"
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("DJANGO", "SKRYTKA"))}
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        env=environment, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("a.txt: F-VIRUS ")
