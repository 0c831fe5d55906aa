"""What the engine said of the signed files of a letter, the newest word of each file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from skrytka.core.signatures.words import Indication
from skrytka.evidence.facts import JsonValue
from skrytka.evidence.models import FileJudgement
from skrytka.evidence.queries.reports import OUTCOMES, Outcome


@dataclass(frozen=True)
class KeptJudgement:
    """One word on one file; `position` 0 is the document. `report` is that of `validate --json`."""

    position: int
    sha256: str
    judged_at: datetime
    asked_by: str
    engine: str
    policy: str
    outcome: Outcome
    incident: str
    report: Mapping[str, JsonValue]


def judgements_of(letter_id: UUID) -> Mapping[int, KeptJudgement]:
    """This will return the newest word on each file that bears a signature, by its position."""
    rows = FileJudgement.objects.filter(letter_id=letter_id).order_by("id")
    return {row.position: _kept(row) for row in rows}


def judgements_of_file(letter_id: UUID, position: int) -> tuple[KeptJudgement, ...]:
    """This will return every word on one file, the newest first."""
    rows = FileJudgement.objects.filter(letter_id=letter_id, position=position).order_by("-id")
    return tuple(map(_kept, rows))


def positions_judged(run: str) -> frozenset[int]:
    """This will tell which files a run has already been answered for."""
    rows = FileJudgement.objects.filter(run=run)
    return frozenset(rows.values_list("position", flat=True))


def _kept(row: FileJudgement) -> KeptJudgement:
    return KeptJudgement(
        position=row.position,
        sha256=row.sha256,
        judged_at=row.judged_at,
        asked_by=row.asked_by,
        engine=row.engine,
        policy=row.policy,
        outcome=OUTCOMES[Indication(row.indication)],
        incident=row.incident,
        report=row.report,
    )
