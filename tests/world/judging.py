"""A judging process that breaks on whatever does not start like XML."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from skrytka.gateways.installed import install, installed
from skrytka.gateways.judging import ProcessJudge

# What such a process breaks on; any other would be told as a file without a signature.
BREAKING = b"broken on the way"


@contextmanager
def breaking_judge(fault: str = "die") -> Iterator[None]:
    """This will put a judge in place whose process meets that fault of `hostile_judges`."""
    before, judge = installed(), ProcessJudge(command=("-m", "tests.world.hostile_judges", fault))
    install(replace(before, judge=judge))
    try:
        yield
    finally:
        install(before)
        judge.close()
