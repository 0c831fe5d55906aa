"""`skrytka bench`: measure on this machine, always beside a floor or a peer in the same run."""

import argparse
from importlib import import_module

BENCHES = {
    "blobs": "skrytka.cli.benches.blobs",
    "memory": "skrytka.cli.benches.memory",
    "submissions": "skrytka.cli.benches.submissions",
    "search": "skrytka.cli.benches.search",
    "seal": "skrytka.cli.benches.seal",
    "sweep": "skrytka.cli.benches.sweep",
    "uploads": "skrytka.cli.benches.uploads",
    "validate": "skrytka.cli.benches.validate",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", choices=sorted(BENCHES))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--count", type=int, default=300, help="submissions per round")
    parser.add_argument("--pending", type=int, default=1_000_000, help="sweep: deliveries not due")
    parser.add_argument("--due", type=int, default=100_000, help="sweep: deliveries due tonight")


def run(arguments: argparse.Namespace) -> int:
    """This will run one bench and print its figures."""
    status: int = import_module(BENCHES[arguments.name]).run(arguments)
    return status
