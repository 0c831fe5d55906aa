"""Watching a process while it works on one file: for how long, and how much memory it fills."""

import resource
import subprocess
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from types import TracebackType
from typing import Self

from skrytka.gateways.apart.endings import OUT_OF_MEMORY, OUT_OF_TIME

SECONDS_BETWEEN_LOOKS = 0.05


class Watch:
    """Ends the process when it is late or fills more than it may; `ended_as` then says why."""

    def __init__(self, process: subprocess.Popen[bytes], patience: float, memory: int) -> None:
        self.ended_as: int | None = None
        self._process = process
        self._until = monotonic() + patience
        self._most = _filled_by(process.pid) + memory
        self._done = Event()
        self._thread = Thread(target=self._look, name="watch-apart", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(SECONDS_BETWEEN_LOOKS):
            if monotonic() > self._until:
                self._end(OUT_OF_TIME)
            elif _filled_by(self._process.pid) > self._most:
                self._end(OUT_OF_MEMORY)

    def _end(self, status: int) -> None:
        self.ended_as = status
        self._done.set()
        self._process.kill()


def _filled_by(pid: int) -> int:
    """This will return the bytes a process has in memory (proc(5)); none once it is gone."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
    except OSError:
        return 0
    return int(pages) * resource.getpagesize()
