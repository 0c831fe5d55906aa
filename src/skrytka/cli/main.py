"""The command `skrytka`: one subcommand, one module."""

import argparse
import errno
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module

from skrytka.config.clock import ahead
from skrytka.config.environment import EnvironmentFaultyError

FAULTY_SETTINGS = 2
FULL = (errno.ENOSPC, errno.EDQUOT)
SQLITE_FULL = "database or disk is full"
NO_SPACE = "Brakuje miejsca na dysku z danymi (SKRYTKA_DATA). Zwolnij miejsce i spróbuj ponownie."


@dataclass(frozen=True)
class Command:
    """A subcommand: its module has `add_arguments(parser)` and `run(arguments) -> int`."""

    module: str
    summary: str


COMMANDS = {
    "up": Command("skrytka.cli.up", "web and worker together, on this machine"),
    "web": Command("skrytka.cli.web", "the web server alone"),
    "worker": Command("skrytka.cli.worker", "the background worker alone"),
    "migrate": Command("skrytka.cli.migrate", "prepare or upgrade database, keys and static files"),
    "demo": Command("skrytka.cli.load_demo", "load the demonstration institution and people"),
    "keys": Command("skrytka.cli.keys", "see and renew the keys of stored files"),
    "doctor": Command("skrytka.cli.doctor", "say what is not fit for production"),
    "validate": Command("skrytka.cli.validate", "judge the signatures of a file"),
    "verify": Command("skrytka.cli.verify", "check a receipt against its documents, offline"),
    "screen": Command("skrytka.cli.screen", "say what the attachment rules think of a file"),
    "term": Command("skrytka.cli.term", "compute the dates of a delivery under a policy"),
    "bounced": Command("skrytka.cli.bounced", "take in a mail that came back to the sender"),
    "bench": Command("skrytka.cli.bench", "measure this installation"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """This will run one subcommand and return its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "skrytka.config.settings")
    arguments = build_parser(sys.argv[1:] if argv is None else argv).parse_args(argv)
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        ahead()  # a clock that may not be moved is refused before anything starts
        return run(arguments)
    except EnvironmentFaultyError as faulty:
        for fault in faulty.faults:
            print(fault, file=sys.stderr)
        return FAULTY_SETTINGS
    except Exception as error:
        if not is_disk_full(error):
            raise
        print(NO_SPACE, file=sys.stderr)
        return FAULTY_SETTINGS


def is_disk_full(error: Exception) -> bool:
    """This will tell whether the disk is full, whoever noticed: the system or SQLite."""
    return (isinstance(error, OSError) and error.errno in FULL) or SQLITE_FULL in str(error)


def build_parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    """This will build the parser, loading only the module of the command that is asked for."""
    parser = argparse.ArgumentParser(prog="skrytka", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        subparser = commands.add_parser(name, help=command.summary, description=command.summary)
        if argv and argv[0] == name:
            module = import_module(command.module)
            module.add_arguments(subparser)
            subparser.set_defaults(run=module.run)
    return parser
