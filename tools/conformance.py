"""Judges a corpus of signatures and compares with what its records expect.

Usage: conformance.py CORPUS. Without a corpus it says so and does nothing: the corpus is optional.
"""

import sys
from pathlib import Path


def main(corpus: str) -> int:
    records = Path(corpus) / "signatures" / "expect.jsonl"
    if not corpus or not records.exists():
        print("conformance: no corpus given (CORPUS=folder), nothing judged")
        return 0
    from skrytka.cli.conformance import judge_corpus

    return judge_corpus(records)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or [""]))
