"""The bench of search fills a catalogue and asks every kind of question, beside its floors."""

import json
from argparse import Namespace
from datetime import UTC, datetime
from random import Random

import pytest
from django.db import connection

from skrytka.accounts.models import Box
from skrytka.catalogue.bench import fill
from skrytka.catalogue.models import ServiceCard
from skrytka.cli.benches import search
from skrytka.cli.benches.floors import bare_cursor, recorded, run_bare
from skrytka.cli.benches.questions import kinds, slip
from skrytka.cli.benches.search import SearchFigures, measured, run, servers

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
NOTHING_TO_FIND = {"card: nothing fits", "addressee: nothing fits"}


@pytest.mark.django_db
def test_what_is_put_in_is_found_by_every_kind_of_question() -> None:
    words = fill(40, 80, at=NOW)
    assert ServiceCard.objects.count() == 40
    assert Box.objects.count() == 80
    for kind in kinds(words):
        figures = measured(kind, connection.connection.cursor(), 5)
        assert figures.count == 5
        assert 0 < figures.p50_ms <= figures.p95_ms
        assert figures.row_p95_ms > 0
        assert figures.sql_p95_ms > 0
        if "address" not in kind.name.partition(":")[2]:
            assert (figures.found == 0) is (kind.name in NOTHING_TO_FIND)


@pytest.mark.django_db
def test_the_floor_runs_the_very_statements_that_were_asked() -> None:
    with recorded() as statements, connection.cursor() as cursor:
        cursor.execute("SELECT %s", ["a"])
    ((sql, params),) = statements
    assert list(params) == ["a"]
    with bare_cursor() as bare:
        run_bare(bare, statements)
        bare.execute(sql, params)
        assert bare.fetchall() == [("a",)]


@pytest.mark.parametrize("seed", range(40))
def test_a_slip_changes_a_word_by_one_letter_and_keeps_the_first(seed: int) -> None:
    slipped = slip(Random(seed), "zaświadczenie")
    assert slipped[0] == "z"
    assert abs(len(slipped) - len("zaświadczenie")) <= 1


def test_both_engines_are_measured_where_a_server_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert servers() == ("",)
    monkeypatch.setenv("DATABASE_URL", "postgresql://skrytka@127.0.0.1:1/x")
    assert servers() == ("", "postgresql://skrytka@127.0.0.1:1/x")


@pytest.mark.parametrize("as_json", [True, False])
def test_figures_are_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, as_json: bool
) -> None:
    figures = SearchFigures("card: one word", "sqlite", 7, 1.5, 2.5, 2.0, 1.1, 0.1, 1.6, 1.0, 90.0)
    monkeypatch.setattr(search, "servers", lambda: ("",))
    monkeypatch.setattr(search, "measured_apart", lambda _server, _count: [figures])
    assert run(Namespace(json=as_json, count=28)) == 0
    printed = capsys.readouterr().out
    if as_json:
        assert json.loads(printed)[0]["p95_ms"] == 2.5
    else:
        assert "card: one word" in printed
        assert "100%" in printed
