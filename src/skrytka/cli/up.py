"""`skrytka up`: web and worker in one process group, the way a small institution runs it."""

import argparse
import os
import subprocess
import sys
import threading

from skrytka.cli.web import build_server
from skrytka.config.environment import read_environment

SECONDS_TO_STOP = 30
SECONDS_BETWEEN_STARTS = 1.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--demo", action="store_true", help="load the demonstration data first")


def run(arguments: argparse.Namespace) -> int:
    """This will prepare, then serve until it is told to stop; the worker stops after the web."""
    environment = read_environment(os.environ)
    for command in ("migrate", *(["demo"] if arguments.demo else [])):
        prepared = subprocess.run([sys.executable, "-m", "skrytka", command], check=False)  # noqa: S603 - our own command
        if prepared.returncode:
            return prepared.returncode
    worker = SupervisedWorker()
    server = build_server(environment, arguments.host, processes=1)
    server.on_startup(worker.start)
    server.on_shutdown(worker.stop)
    server.serve()
    return 0


class SupervisedWorker:
    """The background worker as a child process, started again when it dies."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        threading.Thread(target=self._keep_running, name="worker-supervisor", daemon=True).start()

    def stop(self) -> None:
        self._stopping.set()
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _keep_running(self) -> None:
        while not self._stopping.is_set():
            self._process = subprocess.Popen([sys.executable, "-m", "skrytka", "worker"])
            self._process.wait()
            self._stopping.wait(SECONDS_BETWEEN_STARTS)
