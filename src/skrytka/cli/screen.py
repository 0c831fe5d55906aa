"""`skrytka screen FILE…`: what the attachment rules and the scanner say; nothing is stored.

The files are judged as the attachments of one letter, in the order given: the sum of sizes and
files given twice count. They are scanned by the embedded rules, and by the clamd of SKRYTKA_CLAMD.
Exit status: 0 accepted, 1 refused, 2 cannot tell.
"""

import argparse
import json
import os
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypedDict

from django.conf import settings

from skrytka.config.environment import clamd_of
from skrytka.gateways.malware import MalwareScanner
from skrytka.gateways.opened_scanners import open_scanner
from skrytka.letters.screening import (
    CIESZYN_2026,
    AttachmentFault,
    Fault,
    FaultData,
    Outcome,
    Screener,
    ScreeningPolicy,
    UnknownPolicyError,
    Verdict,
    opened,
    policy_named,
)
from skrytka.ui.refusal_texts import refusal_text
from skrytka.ui.remark_texts import remark_lines

ACCEPTED, REFUSED, CANNOT_TELL = 0, 1, 2


class FileReport(TypedDict):
    """One file of the JSON answer; `code` and `text` are empty for an accepted one."""

    name: str
    sha256: str
    size: int
    detected: str
    accepted: bool
    code: str
    text: str
    engine: str
    members: list["FileReport"]
    remarks: list[str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--policy", default=CIESZYN_2026.policy_id, metavar="ID")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """This will screen the files, print what was found and return the exit status."""
    if not settings.configured:
        # The sentences are asked of gettext; no database and no environment are needed for that.
        settings.configure(USE_I18N=False)
    try:
        policy = policy_named(arguments.policy)
    except UnknownPolicyError as unknown:
        print(f"screen: no policy named {unknown}", file=sys.stderr)
        return CANNOT_TELL
    letter = _Letter(policy, open_scanner(clamd_of(os.environ)))
    try:
        verdicts = [letter.add(path) for path in arguments.files]
    except OSError as error:
        print(f"screen: {error}", file=sys.stderr)
        return CANNOT_TELL
    _print(verdicts, as_json=arguments.json)
    return _exit_status(verdicts)


@dataclass
class _Letter:
    """The letter the files would go into: how full it is, and what is in it."""

    policy: ScreeningPolicy
    scanner: MalwareScanner
    used: int = 0
    seen: dict[str, str] = field(default_factory=dict)

    def add(self, path: Path) -> Verdict:
        with opened(path) as specimen:
            verdict = Screener(self.policy, self.scanner).screen(path.name, specimen)
        if verdict.outcome is Outcome.REFUSED:
            return verdict
        fault = self._fault(verdict)
        if fault is not None:
            return replace(verdict, outcome=Outcome.REFUSED, fault=fault)
        self.used += verdict.size
        self.seen[verdict.sha256] = verdict.file_name
        return verdict

    def _fault(self, verdict: Verdict) -> Fault | None:
        name, total = verdict.file_name, self.used + verdict.size
        if verdict.sha256 in self.seen:
            data = FaultData(name, other_name=self.seen[verdict.sha256])
            return Fault(AttachmentFault.DUPLICATE, data)
        if total > self.policy.total_bytes:
            data = FaultData(name, size=total, limit=self.policy.total_bytes)
            return Fault(AttachmentFault.SUM_TOO_BIG, data)
        if len(self.seen) >= self.policy.file_count:
            data = FaultData(name, limit=self.policy.file_count)
            return Fault(AttachmentFault.TOO_MANY, data)
        return None


def _exit_status(verdicts: list[Verdict]) -> int:
    outcomes = {verdict.outcome for verdict in verdicts}
    if Outcome.REFUSED in outcomes:
        return REFUSED
    return CANNOT_TELL if Outcome.UNSCREENED in outcomes else ACCEPTED


def _print(verdicts: list[Verdict], *, as_json: bool) -> None:
    reports = [report_of(verdict) for verdict in verdicts]
    if as_json:
        answer = {"files": reports, "accepted": all(report["accepted"] for report in reports)}
        print(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    for report in reports:
        said = "OK" if report["accepted"] else f"{report['code']} {report['text']}"
        remarks = "; ".join(remark_lines(report["remarks"]))
        print(f"{report['name']}: {said}{f' ({remarks})' if remarks else ''}")


def report_of(verdict: Verdict) -> FileReport:
    """This will put a verdict into the words of the JSON answer."""
    code, text = "", ""
    if verdict.fault is not None:
        code, data = verdict.fault.reason.value, verdict.fault.data
        text = refusal_text(code, verdict.file_name, data.as_details())
    return FileReport(
        name=verdict.file_name,
        sha256=verdict.sha256,
        size=verdict.size,
        detected=verdict.detected,
        accepted=verdict.outcome is Outcome.SAFE,
        code=code,
        text=text,
        engine=verdict.engine,
        members=[report_of(member) for member in verdict.members],
        remarks=[remark.value for remark in verdict.remarks],
    )
