"""Asking the judging process, and telling what became of it when it does not answer.

No answer is never a pass: a file that broke, starved or outlasted its process is INDETERMINATE,
and the incident stands in the log under the number that the report names, without any content.
"""

import json
import logging
import subprocess
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import BinaryIO, Protocol, cast

from skrytka.core.signatures.reasons import Reason, ReasonCode
from skrytka.core.signatures.report import ReportJson, report_data
from skrytka.core.signatures.verdict import ValidationReport
from skrytka.core.signatures.words import Indication, SubIndication
from skrytka.gateways.apart.endings import FAULT, OUT_OF_MEMORY, OUT_OF_TIME, RETIRED
from skrytka.gateways.apart.framing import read_framed
from skrytka.gateways.apart.starting import ended, started
from skrytka.gateways.apart.watch import Watch
from skrytka.gateways.judging.limits import JudgingLimits
from skrytka.gateways.judging.question import Question, write_question
from skrytka.gateways.turns import TURNS

log = logging.getLogger("skrytka.judging")

CHILD = ("-m", "skrytka.gateways.judging.child")
AT_ONCE = 2
ENDED_BY = {OUT_OF_MEMORY: ReasonCode.RES_MEM, OUT_OF_TIME: ReasonCode.RES_CPU}


@dataclass(frozen=True)
class Judgement:
    """What was said of a file: the report in the shape of `validate --json`.

    `incident` names a failure of the judging itself in the log; empty when there was none.
    """

    report: ReportJson
    incident: str = ""

    @property
    def indication(self) -> Indication:
        return Indication(self.report["indication"])


class SignatureJudge(Protocol):
    """Whoever judges the signatures of a file."""

    def judge(self, question: Question) -> Judgement:
        """This will judge every signature of a file; raises nothing for what it holds."""
        ...


class _NoAnswerError(Exception):
    """The process did not answer; `status` is how it ended, as `subprocess` tells it."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.reason = ENDED_BY.get(status, ReasonCode.ENGINE_FAULT)
        self.status = status


@dataclass
class _Child:
    """One judging process and how many files it has answered for."""

    process: subprocess.Popen[bytes]
    served: int = 0


@dataclass
class ProcessJudge:
    """Judges in processes of their own, at most two at once; one is kept for the next file.

    `command` is what the interpreter is given, `lists` the file of `kept_lists`, if there is one.
    May be used from any thread.
    """

    limits: JudgingLimits = field(default_factory=JudgingLimits)
    command: tuple[str, ...] = CHILD
    lists: Path | None = None
    _kept: list[_Child] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)
    _places: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(AT_ONCE))

    def judge(self, question: Question) -> Judgement:
        with TURNS.aside(), self._places:
            try:
                return Judgement(self._ask(question))
            except _NoAnswerError as failure:
                return _undecided(question, failure)

    def close(self) -> None:
        """This will end the processes that are kept."""
        with self._lock:
            children, self._kept = self._kept, []
        for child in children:
            ended(child.process)

    def _ask(self, question: Question) -> ReportJson:
        child = self._take()
        try:
            report = _asked(child.process, question, self.limits, self.lists)
        except _NoAnswerError as failure:
            ended(child.process)
            if child.served and failure.status == RETIRED:
                # It had waited long enough and left just as it was asked.
                return self._ask(question)
            raise
        except BaseException:
            ended(child.process)
            raise
        child.served += 1
        self._give_back(child)
        return report

    def _take(self) -> _Child:
        with self._lock:
            child = self._kept.pop() if self._kept else None
        if child is not None and child.process.poll() is None:
            return child
        if child is not None:
            ended(child.process)
        try:
            return _Child(started((*self.command, str(self.limits.idle))))
        except OSError as error:
            raise _NoAnswerError(FAULT) from error

    def _give_back(self, child: _Child) -> None:
        with self._lock:
            keep = not self._kept and child.served < self.limits.files_per_child
            if keep:
                self._kept.append(child)
        if not keep:
            ended(child.process)


def _asked(
    process: subprocess.Popen[bytes],
    question: Question,
    limits: JudgingLimits,
    lists: Path | None,
) -> ReportJson:
    size = question.size
    watch = Watch(process, limits.patience_for(size), limits.memory_for(size))
    try:
        with watch:
            answer = _exchanged(process, question, limits, lists)
    except (OSError, EOFError) as error:
        raise _NoAnswerError(watch.ended_as or process.wait()) from error
    except ValueError as error:
        raise _NoAnswerError(FAULT) from error
    return _report(answer)


def _exchanged(
    process: subprocess.Popen[bytes],
    question: Question,
    limits: JudgingLimits,
    lists: Path | None,
) -> bytes:
    stdin, stdout = cast("BinaryIO", process.stdin), cast("BinaryIO", process.stdout)
    with suppress(BrokenPipeError):  # how it ended says more than that it did not listen
        write_question(question, limits, stdin, lists)
    return read_framed(stdout, limits.report)


def _report(answer: bytes) -> ReportJson:
    """Only what has the shape of a report is taken for one."""
    try:
        said = json.loads(answer)
        Indication(said["indication"])
        lists = (said["signatures"], said["reasons"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _NoAnswerError(FAULT) from error
    if not all(isinstance(each, list) for each in lists):
        raise _NoAnswerError(FAULT)
    return cast("ReportJson", said)


def _undecided(question: Question, failure: _NoAnswerError) -> Judgement:
    incident = uuid.uuid4().hex
    log.error(
        "judging_failed incident=%s reason=%s status=%d size=%d",
        *(incident, failure.reason, failure.status, question.size),
    )
    report = ValidationReport(
        indication=Indication.INDETERMINATE,
        sub_indication=SubIndication.GENERIC,
        signatures=(),
        at=question.at,
        reasons=(Reason.of(failure.reason),),
        content=None,
        trust=question.trust,
    )
    return Judgement(report_data(report), incident)
