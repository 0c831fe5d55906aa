"""Judges every row and prints how many there are, by format and by code.

python -m tests.letters.screening.table
"""

import sys
import time
from collections import Counter

from skrytka.gateways.yara_scanner import EmbeddedScanner
from skrytka.letters.screening import CIESZYN_2026, Screener, Verdict, extension_of
from skrytka.letters.screening.specimen import in_memory
from tests.letters.screening.table.rows import bad_files, good_files, titled
from tests.letters.screening.table.samples import Bad, Good


def judged(row: Good | Bad) -> tuple[Verdict, float]:
    began = time.perf_counter()
    verdict = Screener(CIESZYN_2026, EmbeddedScanner()).screen(row.name, in_memory(row.data))
    return verdict, (time.perf_counter() - began) * 1000


def main() -> int:
    wrong = 0
    judged(good_files()[0])
    accepted, refused = Counter[str](), Counter[str]()
    for good in good_files():
        verdict, _ = judged(good)
        accepted[extension_of(good.name)] += 1
        wrong += verdict.fault is not None
    for bad in bad_files():
        verdict, took = judged(bad)
        refused[bad.code] += 1
        wrong += verdict.fault is None or verdict.fault.reason != bad.code
        if " GB " in bad.what or " MiB " in bad.what:
            print(f"{titled(bad)}: refused in {took:.1f} ms")
    print(f"{len(good_files())} good files:", dict(accepted))
    print(f"{len(bad_files())} bad files:", dict(refused))
    print(f"{wrong} judged otherwise than the tables say")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
