"""A real PostgreSQL for the length of a test run: own folder, own port, loopback only."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path


def server_programs() -> Path:
    """This will return the folder of initdb and pg_ctl, of the newest version installed."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda f: int(f.parent.name))
    return folders[-1]


def free_port() -> int:
    return free_ports(1)[0]


def free_ports(count: int) -> list[int]:
    """So many at once, no two alike: all are held until the last one is found."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def server_user() -> str:
    """PostgreSQL refuses to run as root: the package brings a user of its own."""
    if os.geteuid():
        return pwd.getpwuid(os.geteuid()).pw_name
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextmanager
def running_postgres() -> Iterator[str]:
    """This will start a server and yield its database URL; it is gone afterwards."""
    user, port = server_user(), free_port()
    folder = Path(tempfile.mkdtemp(prefix="skrytka-pg-"))
    if not os.geteuid():
        shutil.chown(folder, user)
    programs = server_programs()

    def run(*command: str) -> None:
        who = user if not os.geteuid() else None
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, user=who)

    data = str(folder / "data")
    run(str(programs / "initdb"), "-D", data, "-U", "skrytka", "-E", "UTF8", "-A", "trust")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c max_connections=200"
    run(
        str(programs / "pg_ctl"),
        "-D",
        data,
        "-w",
        "-l",
        str(folder / "log"),
        "-o",
        options,
        "start",
    )
    try:
        yield f"postgresql://skrytka@127.0.0.1:{port}/postgres"
    finally:
        run(str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
