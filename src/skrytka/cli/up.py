"""`skrytka up`: web and worker together, the way a small institution runs it."""

import argparse
import os
import subprocess
import sys

from skrytka.cli.web import build_server
from skrytka.config.allocator import give_memory_back
from skrytka.config.environment import read_environment
from skrytka.config.serving import web_with_worker


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--demo", action="store_true", help="load the demonstration data first")


def run(arguments: argparse.Namespace) -> int:
    """This will prepare, then serve until it is told to stop: this process only watches.

    The one that serves is started again when it dies; both end when this one is killed.
    """
    give_memory_back()
    environment = read_environment(os.environ)
    for command in ("migrate", *(["demo"] if arguments.demo else [])):
        prepared = subprocess.run([sys.executable, "-m", "skrytka", command], check=False)  # noqa: S603 - our own command
        if prepared.returncode:
            return prepared.returncode
    server = build_server(environment, arguments.host, processes=1)
    server.serve(target_loader=web_with_worker, wrap_loader=False)
    return 0
