"""Throws mutated inputs at every decoder of signatures, guided by what they reach (atheris).

Usage: fuzz.py MINUTES [CORPUS] [TARGET ...]. Each target runs in a process of its own with a bound
of memory and of time for each input; a finding ends it and leaves the input in a file. Findings
become tests.
"""

import logging
import os
import subprocess
import sys
import warnings
from pathlib import Path

HERE = Path(__file__).resolve()
ROOT = HERE.parent.parent
NAMES = ("xml", "cms", "token", "container", "pdf", "list", "crl", "ocsp", "certificate")
SECONDS_FOR_AN_INPUT = 10  # of a busy machine; the limits of the product are tested apart
MEBIBYTES = 1536


def main(minutes: str, corpus: str = "", *chosen: str) -> int:
    """This will run the targets one after the other; 1 when one of them found something."""
    status = 0
    for name in chosen or NAMES:
        command = [sys.executable, str(HERE), "--target", name, minutes, corpus]
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
        told = [line for line in done.stderr.splitlines() if "stat::number_of_executed" in line]
        runs = told[-1].split()[-1] if told else "?"
        print(f"{name:12} {runs:>10} inputs, {'FOUND' if done.returncode else 'nothing found'}")
        if done.returncode:
            status = 1
            print("\n".join(done.stderr.splitlines()[-25:]))
    return status


def fuzz(name: str, minutes: str, corpus: str) -> None:
    """This will fuzz one target until its time is over; the library ends the process."""
    import atheris

    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    with atheris.instrument_imports(include=["skrytka.core.signatures"]):
        from tools.fuzzing.seeds import laid_out
        from tools.fuzzing.targets import TARGETS
    target = TARGETS[name]
    folder = laid_out(target.made(), Path(corpus) if corpus else None, target.ending)
    known = frozenset().union(*(target.say(path.read_bytes()) for path in folder.iterdir()))

    def one_input(data: bytes) -> None:
        more = target.say(data) - known
        if more:
            raise AssertionError(f"vouched for what nobody signed: {more}")

    limits = [f"-max_total_time={int(float(minutes) * 60)}", "-print_final_stats=1"]
    limits += [f"-timeout={SECONDS_FOR_AN_INPUT}", f"-rss_limit_mb={MEBIBYTES}", "-max_len=65536"]
    atheris.Setup([sys.argv[0], *limits, str(folder)], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("SKRYTKA_TEST_DATA", str(ROOT / ".fuzz"))
    if sys.argv[1:2] == ["--target"]:
        fuzz(*sys.argv[2:5])
    else:
        sys.exit(main(*sys.argv[1:]))
