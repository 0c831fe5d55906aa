"""Two ways of doing a thing, turn about, each told by its best round: noise only ever slows."""

import time
from collections.abc import Callable, Mapping

ROUNDS = 4

Work = Callable[[], object]


def best_rates(works: Mapping[str, Work], each: int, rounds: int = ROUNDS) -> dict[str, float]:
    """This will do each work ``each`` times a round, in turn; its best rate per second of CPU."""
    best = dict.fromkeys(works, 0.0)
    for _ in range(rounds):
        for name, work in works.items():
            best[name] = max(best[name], rate(work, each))
    return best


def rate(work: Work, times: int) -> float:
    """This will do a work many times and return its rate per second of CPU."""
    began = time.process_time()
    for _ in range(times):
        work()
    return times / (time.process_time() - began)
