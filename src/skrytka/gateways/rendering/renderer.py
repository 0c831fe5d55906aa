"""Asking a drawing process for one page, and telling what became of it when it does not answer.

Every page has a process of its own: nothing of one file is left for the next. The file goes to it
as an open descriptor of a copy without a name, so that 150 MB are in nobody's memory.
"""

import logging
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore
from typing import BinaryIO, Protocol, cast

from skrytka.gateways.apart.endings import FAULT, OUT_OF_MEMORY, OUT_OF_TIME
from skrytka.gateways.apart.starting import ended, started
from skrytka.gateways.apart.watch import Watch
from skrytka.gateways.rendering.limits import MIB, RenderingLimits
from skrytka.gateways.rendering.question import (
    Asked,
    CannotRender,
    PageSource,
    RenderFault,
    read_answer,
)
from skrytka.gateways.rendering.recent import RecentPages, RenderedPage
from skrytka.gateways.turns import TURNS

log = logging.getLogger("skrytka.rendering")

CHILD = ("-m", "skrytka.gateways.rendering.child")
# What the interpreter and the libraries take before any file is looked at.
OWN_SIZE = 128 * MIB
ENDED_BY = {OUT_OF_MEMORY: RenderFault.TOO_LARGE, OUT_OF_TIME: RenderFault.TOO_LONG}


class PageRenderer(Protocol):
    """Whoever draws the pages of files."""

    def page(self, source: PageSource, page_no: int) -> RenderedPage:
        """This will draw one page, counted from one. Raises CannotRender."""
        ...


class _NoAnswerError(Exception):
    """The process did not answer; `status` is how it ended, as `subprocess` tells it."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass
class ProcessRenderer:
    """Draws in processes of their own, a few at once; who waits too long is told so.

    `folder` is where the copies lie while they are drawn from. May be used from any thread.
    """

    folder: Path
    limits: RenderingLimits = field(default_factory=RenderingLimits)
    command: tuple[str, ...] = CHILD

    def __post_init__(self) -> None:
        self._recent = RecentPages(self.limits.kept)
        self._places = BoundedSemaphore(self.limits.at_once)

    def page(self, source: PageSource, page_no: int) -> RenderedPage:
        key = (source.sha256, source.media_type, page_no)
        kept = self._recent.find(key)
        if kept is not None:
            return kept
        with TURNS.aside(), self._place():
            drawn = self._drawn(source, page_no)
        self._recent.keep(key, drawn)
        return drawn

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(timeout=self.limits.wait):
            raise CannotRender(RenderFault.BUSY)
        try:
            yield
        finally:
            self._places.release()

    def _drawn(self, source: PageSource, page_no: int) -> RenderedPage:
        with tempfile.TemporaryFile(dir=self.folder) as copy:
            copy.writelines(source.chunks)
            size = copy.tell()
            copy.seek(0)
            try:
                return self._asked(cast("BinaryIO", copy), self._question(source, page_no))
            except _NoAnswerError as failure:
                raise _unseen(failure, source, size) from failure

    def _question(self, source: PageSource, page_no: int) -> Asked:
        limits = self.limits
        frame = (limits.width, limits.height, limits.pixels)
        return Asked(source.media_type, page_no, *frame, limits.cpu, limits.memory)

    def _asked(self, copy: BinaryIO, question: Asked) -> RenderedPage:
        try:
            process = started((*self.command, question.as_json()), copy)
        except OSError as error:
            raise _NoAnswerError(FAULT) from error
        try:
            return self._answer(process)
        finally:
            ended(process)

    def _answer(self, process: subprocess.Popen[bytes]) -> RenderedPage:
        """The watch counts from a process that has not begun yet, so its own size comes on top."""
        watch = Watch(process, self.limits.patience, self.limits.memory + OWN_SIZE)
        try:
            with watch:
                return read_answer(cast("BinaryIO", process.stdout), self.limits.answer)
        except EOFError as error:
            raise _NoAnswerError(watch.ended_as or process.wait()) from error
        except ValueError as error:
            raise _NoAnswerError(FAULT) from error


def _unseen(failure: _NoAnswerError, source: PageSource, size: int) -> CannotRender:
    incident = uuid.uuid4().hex
    fault = ENDED_BY.get(failure.status, RenderFault.BROKEN)
    log.error(
        "rendering_failed incident=%s reason=%s status=%d size=%d media_type=%s",
        *(incident, fault, failure.status, size, source.media_type),
    )
    return CannotRender(fault, incident)
