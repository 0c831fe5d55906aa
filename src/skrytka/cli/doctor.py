"""`skrytka doctor`: what is not fit for production, in words an operator can act on.

`skrytka doctor --blobs` reads every blob to its end instead, and looks for every one that a row
names.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict

import django

FIT, NOT_FIT, CANNOT_TELL = 0, 1, 2
MEBIBYTE = 1 << 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--blobs", action="store_true", help="read and check every stored byte")
    parser.add_argument(
        "--mib-per-second", type=int, default=0, metavar="N", help="with --blobs: read no faster"
    )


def run(arguments: argparse.Namespace) -> int:
    """This will print every finding; exit status 0 when all is fit for production, else 1."""
    django.setup()
    if arguments.blobs:
        return _run_blobs(arguments)
    from skrytka.config.clock import now
    from skrytka.config.diagnosis import diagnose

    findings = diagnose(now())
    if arguments.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            print(f"{'ok  ' if finding.ok else 'FAIL'} {finding.name}: {finding.text}")
    return FIT if all(finding.ok for finding in findings) else NOT_FIT


def _run_blobs(arguments: argparse.Namespace) -> int:
    """A line for each blob that is not as it should be, as it is found; then what was looked at.

    Exit status 1 when bytes are damaged or missing, 2 when the store cannot be reached.
    """
    from skrytka.config.blob_check import BlobCount, BlobFault, check_blobs
    from skrytka.gateways.blobs import BlobNotStoredError

    count, faults = BlobCount(), Counter[str]()
    try:
        for finding in check_blobs(count, _pace(arguments.mib_per_second)):
            faults[finding.fault] += 1
            words = [word for word in asdict(finding).values() if word]
            print(json.dumps(asdict(finding)) if arguments.json else " ".join(words), flush=True)
    except BlobNotStoredError as error:
        print(error, file=sys.stderr)
        return CANNOT_TELL
    summary = asdict(count) | {fault.lower(): faults[fault] for fault in BlobFault}
    told = (f"{number} {name}" for name, number in summary.items())
    print(json.dumps(summary) if arguments.json else ", ".join(told))
    return NOT_FIT if faults[BlobFault.DAMAGED] or faults[BlobFault.MISSING] else FIT


def _pace(mebibytes_per_second: int) -> Callable[[int], None]:
    """This will make who reads wait, so that no more than so much is read in a second."""
    began, read = time.monotonic(), 0

    def wait(size: int) -> None:
        nonlocal read
        read += size
        if mebibytes_per_second:
            ahead = read / (mebibytes_per_second * MEBIBYTE) - (time.monotonic() - began)
            time.sleep(max(0.0, ahead))

    return wait
