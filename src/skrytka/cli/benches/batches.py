"""One process of a batch: it makes ready, waits for the word, works, and says that it is done."""

import sys
from collections.abc import Callable
from datetime import datetime
from itertools import cycle

from skrytka.cli.benches.receipts import p256_key, receipts, template_of, trust_in
from skrytka.config.clock import now
from skrytka.core.signatures.xades import validate_xades


def work(name: str, times: int) -> None:
    """This will do a work many times at the word."""
    do = MAKERS[name](now())
    do()
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(times):
        do()
    print("done", flush=True)


def _sealing(at: datetime) -> Callable[[], object]:
    template, receipt = template_of(p256_key(), at), next(receipts(at))
    return lambda: template.seal(receipt, signing_time=at, references=(), role=None)


def _validating(at: datetime) -> Callable[[], object]:
    """Receipts that differ, each decoded anew every time."""
    template, rendered = template_of(p256_key(), at), receipts(at)
    sealed = [
        template.seal(next(rendered), signing_time=at, references=(), role=None) for _ in range(80)
    ]
    turns = cycle(sealed)
    trust = trust_in(template)
    return lambda: validate_xades(next(turns), detached={}, trust=trust, at=at)


MAKERS = {"seal": _sealing, "validate": _validating}

if __name__ == "__main__":
    work(sys.argv[1], int(sys.argv[2]))
