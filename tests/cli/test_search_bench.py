"""The bench of search fills a catalogue and asks every kind of question."""

import json
from argparse import Namespace
from datetime import UTC, datetime
from random import Random

import pytest

from skrytka.accounts.models import Box
from skrytka.catalogue.bench import fill
from skrytka.catalogue.models import ServiceCard
from skrytka.cli import bench_search
from skrytka.cli.bench_search import SearchFigures, _kinds, _measured, _slip, run

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.django_db
def test_what_is_put_in_is_found_by_every_kind_of_question() -> None:
    words = fill(40, 80, at=NOW)
    assert ServiceCard.objects.count() == 40
    assert Box.objects.count() == 80
    for name, ask, texts in _kinds(words.towns, words.rare):
        figures = _measured(name, "sqlite", ask, texts, 5)
        assert figures.count == 5
        assert 0 < figures.p50_ms <= figures.p95_ms
        if "address" not in name:
            assert figures.found > 0


@pytest.mark.parametrize("seed", range(40))
def test_a_slip_changes_a_word_by_one_letter_and_keeps_the_first(seed: int) -> None:
    slipped = _slip(Random(seed), "zaświadczenie")
    assert slipped[0] == "z"
    assert abs(len(slipped) - len("zaświadczenie")) <= 1


@pytest.mark.parametrize("as_json", [True, False])
def test_figures_are_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, as_json: bool
) -> None:
    figures = [SearchFigures("card: one word", "sqlite", 7, 1.5, 2.5, 2.0, 1.0, 90.0)]
    monkeypatch.setattr(bench_search, "measure_search", lambda **_sizes: figures)
    assert run(Namespace(json=as_json, count=7)) == 0
    printed = capsys.readouterr().out
    if as_json:
        assert json.loads(printed)[0]["p95_ms"] == 2.5
    else:
        assert "card: one word" in printed
        assert "100%" in printed
