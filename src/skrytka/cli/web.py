"""`skrytka web`: the web server."""

import argparse
import os

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mp import MPServer

from skrytka.config.allocator import give_memory_back
from skrytka.config.environment import Environment, read_environment
from skrytka.config.serving import APPLICATION, web

# Counts connections, and browsers keep some open that ask for nothing: those cost next to nothing.
BACKPRESSURE_PER_THREAD = 16
SECONDS_TO_FINISH = 20
# In bytes. A connection holds several of them while a body comes; with granian's own 408 KiB fifty
# uploads at once took 300 MB and more.
READ_BUFFER = 256 * 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--processes", type=int, default=1)


def run(arguments: argparse.Namespace) -> int:
    """This will serve until it is told to stop; requests under way are finished first."""
    give_memory_back()
    environment = read_environment(os.environ)
    server = build_server(environment, arguments.host, arguments.processes)
    server.serve(target_loader=web, wrap_loader=False)
    return 0


def build_server(environment: Environment, host: str, processes: int) -> MPServer:
    """This will set up granian: WSGI, blocking threads enough for slow clients."""
    return MPServer(
        APPLICATION,
        address=host,
        port=environment.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(max_buffer_size=READ_BUFFER),
        websockets=False,
        workers=processes,
        blocking_threads=environment.threads,
        backpressure=environment.threads * BACKPRESSURE_PER_THREAD,
        workers_kill_timeout=SECONDS_TO_FINISH,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )
