"""The background worker as a thread beside the web, the way a small institution runs it."""

import logging
import threading

from skrytka.config.worker import run_worker

log = logging.getLogger("skrytka.worker")

# The same name in every life: a restart takes up its own claims.
NAME = "worker-1"
SECONDS_BETWEEN_STARTS = 1.0


class WorkerBeside:
    """Works until it is told to stop; started again whenever it fails."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep_working, name="worker", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """This will let the effect under way be finished, then end."""
        self._stopping.set()
        self._thread.join()

    def _keep_working(self) -> None:
        while not self._stopping.is_set():
            try:
                run_worker(NAME, self._stopping)
            except Exception:
                log.exception("worker_failed")
                self._stopping.wait(SECONDS_BETWEEN_STARTS)
