"""`skrytka web`: the web server."""

import argparse
import os

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from skrytka.config.environment import Environment, read_environment

# Slow clients hold a thread each; the rest wait in line instead of being turned away.
BACKPRESSURE_PER_THREAD = 2
SECONDS_TO_FINISH = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--processes", type=int, default=1)


def run(arguments: argparse.Namespace) -> int:
    """This will serve until it is told to stop; requests under way are finished first."""
    environment = read_environment(os.environ)
    build_server(environment, arguments.host, arguments.processes).serve()
    return 0


def build_server(environment: Environment, host: str, processes: int) -> MPServer:
    """This will set up granian: WSGI, blocking threads enough for slow clients."""
    return MPServer(
        os.environ.get("SKRYTKA_WSGI", "skrytka.config.wsgi:application"),
        address=host,
        port=environment.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=processes,
        blocking_threads=environment.threads,
        backpressure=environment.threads * BACKPRESSURE_PER_THREAD,
        workers_kill_timeout=SECONDS_TO_FINISH,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )
