"""Arrived files are screened on a thread of their own: no receipt waits for their seconds."""

import logging
import threading
from types import TracebackType

from django.db import close_old_connections

from skrytka.config.clock import now
from skrytka.config.effects import drain
from skrytka.ledger.operations import Lane
from skrytka.ledger.queries import has_due_effects

log = logging.getLogger("skrytka.worker")

SECONDS_BETWEEN_LOOKS = 0.3


class FilesLane:
    """Keeps the lane of files moving for the block; the file under way is finished at its end."""

    def __init__(self, worker: str) -> None:
        self._worker = worker
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep_moving, name="files", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._stopping.set()
        self._thread.join()

    def _keep_moving(self) -> None:
        while not self._stopping.wait(SECONDS_BETWEEN_LOOKS):
            try:
                self._look()
            except Exception:
                log.exception("files_wait")

    def _look(self) -> None:
        close_old_connections()
        while has_due_effects(at=now(), lane=Lane.FILES) and not self._stopping.is_set():
            drain(self._worker, limit=1, lane=Lane.FILES)
