"""Starting and ending such a process."""

import os
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import IO


def started(
    arguments: Iterable[str], source: int | IO[bytes] = subprocess.PIPE
) -> subprocess.Popen[bytes]:
    """This will start our own interpreter with these arguments; raises OSError.

    The process inherits no setting and no secret: only where its modules are.
    """
    return subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
        [sys.executable, "-B", *arguments],
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )


def ended(process: subprocess.Popen[bytes]) -> int:
    """This will end a process whatever it does, close its pipes, and return how it ended."""
    process.kill()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            if pipe is not None:
                pipe.close()
    return process.wait()
