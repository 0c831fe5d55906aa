"""The benches of sealing and verifying run, and say what they are beside."""

import json
from argparse import Namespace

import pytest

from skrytka.cli.benches import seal, validate
from skrytka.cli.benches.rounds import best_rates

FEW = Namespace(count=3, json=True)


def test_the_bare_key_and_the_whole_seal_are_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert seal.run(FEW) == 0
    figures = json.loads(capsys.readouterr().out)
    assert [each["key"] for each in figures["keys"]] == ["RSA-2048", "P-256"]
    assert all(each["bare_per_second"] > each["sealed_per_second"] > 0 for each in figures["keys"])
    assert all(3000 < each["bytes"] < 8000 for each in figures["keys"])
    assert figures["two_of_one"] > 0


def test_every_check_and_the_plain_peer_are_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert validate.run(FEW) == 0
    figures = json.loads(capsys.readouterr().out)
    assert all(each["peer_per_second"] > 0 < each["ours_per_second"] for each in figures["keys"])


def test_figures_are_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    few = Namespace(count=3, json=False)
    assert (seal.run(few), validate.run(few)) == (0, 0)
    told = capsys.readouterr().out
    assert "of bare" in told
    assert "of xmlsec" in told


def test_the_best_round_of_each_counts() -> None:
    done: list[str] = []
    rates = best_rates({"a": lambda: done.append("a"), "b": lambda: done.append("b")}, 2, rounds=2)
    assert done == ["a", "a", "b", "b", "a", "a", "b", "b"]
    assert rates.keys() == {"a", "b"}
