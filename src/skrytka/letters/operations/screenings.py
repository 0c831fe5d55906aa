"""Every answer of the scanners is kept: when, by which engine and database, and what it was."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from skrytka.ledger.statements import append_all
from skrytka.letters.models import FileScreening, LetterAttachment, Occasion
from skrytka.letters.screening import AttachmentFault, Outcome, Verdict

LONGEST_ENGINE = 300
LONGEST_RULE = 200
AT_ONCE = 500


class Unanswered(StrEnum):
    """SILENT: the scanner answers, but not about this file. MISSING: its bytes are not there."""

    SILENT = "SILENT"
    MISSING = "MISSING"


@dataclass(frozen=True)
class ScreenedFile:
    """A file of a letter and what was said of it."""

    attachment: LetterAttachment
    verdict: Verdict

    @property
    def is_infected(self) -> bool:
        return is_infected(self.verdict)


def is_infected(verdict: Verdict) -> bool:
    """This will tell whether malware was found, and not merely a broken rule of the format."""
    return verdict.fault is not None and verdict.fault.reason is AttachmentFault.MALWARE


def found_in(verdict: Verdict) -> tuple[str, str]:
    """This will return the engine and the name of what it found, as they are kept."""
    rule = verdict.fault.data.rule if verdict.fault else ""
    return verdict.engine[:LONGEST_ENGINE], rule[:LONGEST_RULE]


def keep_answers(
    draft_id: UUID, verdicts: Iterable[Verdict], occasion: Occasion, *, at: datetime
) -> None:
    """This will keep what scanners said of files of one draft, in the caller's transaction.

    A file that no scanner answered for, because it broke a rule before or all were silent, leaves
    nothing here.
    """
    append_all([_row(draft_id, each, occasion, at) for each in verdicts if _is_answered(each)])


def keep_answer_again(draft_ids: Sequence[UUID], verdict: Verdict, *, at: datetime) -> None:
    """This will keep what scanners say of bytes anew, for each of the drafts that have them.

    In the caller's transaction.
    """
    rows = (_row(draft_id, verdict, Occasion.AGAIN, at) for draft_id in draft_ids)
    FileScreening.objects.bulk_create(rows, batch_size=AT_ONCE)


def keep_unanswered(
    draft_ids: Sequence[UUID], sha256: str, why: Unanswered, *, at: datetime
) -> None:
    """This will keep that a file was asked about again in vain, so that nobody asks for ever."""
    rows = (
        FileScreening(
            draft_id=draft_id, digest=sha256, occasion=Occasion.AGAIN, outcome=why, screened_at=at
        )
        for draft_id in draft_ids
    )
    FileScreening.objects.bulk_create(rows, batch_size=AT_ONCE)


def _is_answered(verdict: Verdict) -> bool:
    return bool(verdict.engine) and verdict.outcome is not Outcome.UNSCREENED


def _row(draft_id: UUID, verdict: Verdict, occasion: Occasion, at: datetime) -> FileScreening:
    engine, rule = found_in(verdict)
    return FileScreening(
        draft_id=draft_id,
        digest=verdict.sha256,
        occasion=occasion,
        outcome=verdict.outcome,
        code=verdict.fault.reason if verdict.fault else "",
        engine=engine,
        rule=rule,
        screened_at=at,
    )
