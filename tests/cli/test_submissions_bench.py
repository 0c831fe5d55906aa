"""The bench of submissions sends real letters, and its best figure is the best of its rounds."""

import argparse
import json

import pytest

from skrytka.cli.benches import submissions
from skrytka.cli.benches.submissions import Figures, _best, _round, run
from skrytka.cli.benches.work import bare_loop, submission
from skrytka.evidence.models import Receipt
from skrytka.letters.models import Letter


def figures(per_cpu_second: float, p95_ms: float, peak_mb: float) -> Figures:
    return Figures("submission", 8, 30, per_cpu_second, 40.0, 100.0, p95_ms, peak_mb)


@pytest.mark.django_db
def test_one_round_of_work_is_one_letter_with_its_receipt() -> None:
    work = submission()
    for sent in (1, 2):
        work()
        assert (Letter.objects.count(), Receipt.objects.count()) == (sent, sent)
    assert set(Letter.objects.values_list("signing_mode", flat=True)) == {"TRUSTED"}
    bare_loop()()


def test_a_round_counts_what_every_client_did() -> None:
    done: list[int] = []
    measured = _round("submission", lambda: done.append(1), clients=4, count=10)
    assert (len(done), measured.count, measured.clients) == (8, 8, 4)
    assert 0 <= measured.p50_ms <= measured.p95_ms


def test_each_figure_is_the_best_but_the_peak_is_the_highest() -> None:
    best = _best([figures(50, 190, 200), figures(61, 240, 210)])
    assert (best.per_cpu_second, best.p95_ms, best.peak_mb, best.count) == (61, 190, 210, 60)


@pytest.mark.parametrize("as_json", [True, False])
def test_figures_are_printed(
    as_json: bool,  # noqa: FBT001 - a parameter of the test
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("SKRYTKA_DATA", "SKRYTKA_MODE", "SKRYTKA_KEYS"):
        monkeypatch.setenv(name, "before")
    monkeypatch.setattr(submissions, "_measured", lambda _count: [figures(61, 190, 210)])
    assert run(argparse.Namespace(count=7, json=as_json)) == 0
    told = capsys.readouterr().out
    if as_json:
        assert json.loads(told)[0]["per_cpu_second"] == 61
    else:
        assert "61.0" in told
        assert "190.0" in told
