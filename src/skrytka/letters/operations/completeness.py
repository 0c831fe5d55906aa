"""What a draft still lacks before it can be signed and sent."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from skrytka.catalogue.forms import check_answers, form_of
from skrytka.letters.models import AttachmentState, Draft, DraftAttachment
from skrytka.letters.queries.attachments import policy_of_draft
from skrytka.letters.screening import Remark, ScreeningPolicy, extension_of, remarks_named

LONGEST_BODY = 10_000


class DraftGap(StrEnum):
    """Codes of the error catalogue."""

    NO_ADDRESSEE = "A-NONE"
    BOX_CLOSED = "A-OFF"
    NO_TITLE = "T-EMPTY"
    NO_BODY = "B-EMPTY"
    BODY_TOO_LONG = "B-LONG"
    REFUSED_FILE = "F-REFUSED"
    FILE_NOT_TAKEN = "F-TYPE"
    FILE_TOO_BIG = "F-SIZE1"
    FILE_HOLDS_MORE = "F-ACTIVE"
    FILE_LOCKED = "F-LOCK"
    FILES_TOO_BIG = "F-SIZE2"
    FILES_ON_THEIR_WAY = "F-WAIT"
    ANSWER = "FORM"


@dataclass(frozen=True)
class DraftProblem:
    """One thing to mend: `path` names the field, `text` what to do where the code alone cannot.

    `remark` is what an F-ACTIVE is about.
    """

    gap: DraftGap
    path: str
    text: str = ""
    number: int = 0
    remark: str = ""


def draft_problems(
    draft: Draft, files: list[DraftAttachment], at: datetime, *, coming: int
) -> tuple[DraftProblem, ...]:
    """This will list all that keeps the draft from being signed, in the order of the page.

    Files obey the rules of the addressee in force at `at`; it may be another since they came.
    `coming` files are still on their way: the letter waits for them.
    """
    return (
        *_addressee(draft),
        *_text(draft, has_files=bool(files or coming)),
        *_answers(draft, files),
        *_refused(files),
        *_beyond_rules(files, policy_of_draft(draft, at)),
        *_on_their_way(coming),
    )


def _addressee(draft: Draft) -> list[DraftProblem]:
    if draft.box is None:
        return [DraftProblem(DraftGap.NO_ADDRESSEE, "box")]
    if not draft.box.is_open:
        return [DraftProblem(DraftGap.BOX_CLOSED, "box", text=draft.box.address)]
    return []


def _text(draft: Draft, *, has_files: bool) -> list[DraftProblem]:
    problems = []
    if not draft.title.strip():
        problems.append(DraftProblem(DraftGap.NO_TITLE, "title"))
    if needs_body(draft) and not draft.body.strip() and not has_files:
        problems.append(DraftProblem(DraftGap.NO_BODY, "body"))
    too_long = len(draft.body) - LONGEST_BODY
    if too_long > 0:
        problems.append(DraftProblem(DraftGap.BODY_TOO_LONG, "body", number=too_long))
    return problems


def needs_body(draft: Draft) -> bool:
    """This will tell whether the text is the letter itself; a filled-in form can do without."""
    return draft.card.institution_id is None


def _answers(draft: Draft, files: list[DraftAttachment]) -> list[DraftProblem]:
    slots = frozenset(file.slot for file in files if file.state != AttachmentState.REFUSED)
    return [
        DraftProblem(DraftGap.ANSWER, problem.path, text=problem.text)
        for problem in check_answers(form_of(draft.form), draft.answers, filled_slots=slots)
    ]


def _beyond_rules(files: list[DraftAttachment], rules: ScreeningPolicy) -> list[DraftProblem]:
    kept = [file for file in files if file.state != AttachmentState.REFUSED]
    problems = [problem for file in kept for problem in _file_beyond(file, rules)]
    total = sum(file.size for file in kept)
    if total > rules.total_bytes:
        problems.append(DraftProblem(DraftGap.FILES_TOO_BIG, "files", number=total))
    return problems


def _on_their_way(count: int) -> list[DraftProblem]:
    return [DraftProblem(DraftGap.FILES_ON_THEIR_WAY, "files", number=count)] if count else []


def _file_beyond(file: DraftAttachment, rules: ScreeningPolicy) -> list[DraftProblem]:
    """What the rules of this addressee refuse, though those of an earlier one let it in."""
    path, name = f"attachment-{file.id}", file.file_name
    if not rules.accepts(extension_of(name)):
        return [DraftProblem(DraftGap.FILE_NOT_TAKEN, path, text=name)]
    if rules.limits_each_file and file.size > rules.file_bytes:
        return [DraftProblem(DraftGap.FILE_TOO_BIG, path, text=name, number=file.size)]
    found = next(filter(rules.refuses, remarks_named(file.remarks)), None)
    if found is None:
        return []
    gap = DraftGap.FILE_LOCKED if found is Remark.LOCKED else DraftGap.FILE_HOLDS_MORE
    return [DraftProblem(gap, path, text=name, remark=found)]


def _refused(files: list[DraftAttachment]) -> list[DraftProblem]:
    return [
        DraftProblem(DraftGap.REFUSED_FILE, f"attachment-{file.id}", text=file.file_name)
        for file in files
        if file.state == AttachmentState.REFUSED
    ]
