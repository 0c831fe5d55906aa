"""The report of a validation, kept as evidence."""

import json
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from uuid import UUID

from skrytka.core.signatures.report import ReportJson, report_data
from skrytka.core.signatures.verdict import ValidationReport
from skrytka.core.signatures.words import SignatureKind
from skrytka.evidence.facts import JsonValue
from skrytka.evidence.models import FileJudgement, SignatureReport
from skrytka.gateways.judging import Judgement
from skrytka.ledger.statements import append, append_once

NUL, REPLACEMENT = r"\u0000", r"\ufffd"
ENGINE = f"skrytka {version('skrytka')}"


@dataclass(frozen=True)
class JudgedFile:
    """Which file of a letter was judged: its place, the digest of the bytes, the run, who asked."""

    letter_id: UUID
    position: int
    sha256: str
    run: str
    asked_by: str = ""


def record_signature_report(
    letter_id: UUID, document_sha256: str, report: ValidationReport, *, at: datetime
) -> None:
    """This will keep what the validation said, in the caller's transaction."""
    kinds = [verdict.kind for verdict in report.signatures]
    kept = SignatureReport(
        letter_id=letter_id,
        document_sha256=document_sha256,
        at=at,
        indication=report.indication,
        kind=kinds[0] if kinds else SignatureKind.UNKNOWN,
        report=report_data(report),
    )
    append(kept)


def record_file_judgement(file: JudgedFile, judgement: Judgement, *, at: datetime) -> None:
    """This will keep what was said of a file; a second word of the same run is not written."""
    kept = FileJudgement(
        letter_id=file.letter_id,
        position=file.position,
        run=file.run,
        sha256=file.sha256,
        judged_at=at,
        asked_by=file.asked_by,
        engine=ENGINE,
        policy=judgement.report.get("policy", ""),
        indication=judgement.indication,
        incident=judgement.incident,
        report=_storable(judgement.report),
    )
    append_once(kept)


def _storable(report: ReportJson) -> JsonValue:
    """PostgreSQL keeps no NUL in JSON, and a certificate may hold one: a sign stands for it."""
    text = json.dumps(report)
    kept: JsonValue = json.loads(text.replace(NUL, REPLACEMENT))
    return kept
