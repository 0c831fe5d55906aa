"""What a draft of the desk still lacks before it can be signed and sent."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from skrytka.accounts.queries.delivery_consent import accepts_delivery
from skrytka.core.calendar import civil_date
from skrytka.delivery.models import OutgoingDraft, OutgoingFile
from skrytka.delivery.queries.flags import flagged_among
from skrytka.letters.operations.completeness import LONGEST_BODY
from skrytka.letters.queries.policies import attachment_policy_for
from skrytka.letters.screening import Remark, ScreeningPolicy, extension_of, remarks_named

# A place of a template such as {znak_sprawy}; what is not filled in stays visible and is named.
PLACE = re.compile(r"\{([^\W\d]\w{0,39})\}")


class OutgoingGap(StrEnum):
    """Codes of the error catalogue, and three of the desk."""

    NO_ADDRESSEE = "A-NONE"
    BOX_CLOSED = "A-OFF"
    RESIGNED = "RESIGNED"
    NO_TITLE = "T-EMPTY"
    NO_BODY = "B-EMPTY"
    BODY_TOO_LONG = "B-LONG"
    FILE_NOT_TAKEN = "F-TYPE"
    FILES_TOO_BIG = "F-SIZE2"
    FILE_INFECTED = "F-VIRUS"
    FILE_HOLDS_MORE = "F-ACTIVE"
    FILE_LOCKED = "F-LOCK"
    PLACE_LEFT = "PLACE"
    NO_NAME = "NAME"


@dataclass(frozen=True)
class OutgoingProblem:
    """One thing to mend: `path` names the field, `text` what the code alone does not say.

    `remark` is what an F-ACTIVE is about.
    """

    gap: OutgoingGap
    path: str
    text: str = ""
    number: int = 0
    remark: str = ""


def places_in(text: str) -> tuple[str, ...]:
    """This will list the places of a template that stand in a text, each once, in order."""
    return tuple(dict.fromkeys(match[0] for match in PLACE.finditer(text)))


def outgoing_problems(
    draft: OutgoingDraft, files: list[OutgoingFile], at: datetime
) -> tuple[OutgoingProblem, ...]:
    """This will list all that keeps the draft from being signed, in the order of the page.

    Files obey the institution's own rules in force at `at`, and none is flagged.
    """
    return (
        *_addressee(draft, at),
        *_text(draft, has_files=bool(files)),
        *_left(draft),
        *_files(draft, files, at),
        *_author(draft),
    )


def _addressee(draft: OutgoingDraft, at: datetime) -> list[OutgoingProblem]:
    if draft.party_id is None and draft.to_box is None:
        return [OutgoingProblem(OutgoingGap.NO_ADDRESSEE, "addressee")]
    if draft.party_id is not None and not accepts_delivery(draft.party_id, at=at):
        return [OutgoingProblem(OutgoingGap.RESIGNED, "addressee")]
    if draft.to_box is not None and not draft.to_box.is_open:
        return [OutgoingProblem(OutgoingGap.BOX_CLOSED, "addressee", text=draft.to_box.address)]
    return []


def _text(draft: OutgoingDraft, *, has_files: bool) -> list[OutgoingProblem]:
    problems = []
    if not draft.title.strip():
        problems.append(OutgoingProblem(OutgoingGap.NO_TITLE, "title"))
    if not draft.body.strip() and not has_files:
        problems.append(OutgoingProblem(OutgoingGap.NO_BODY, "body"))
    too_long = len(draft.body) - LONGEST_BODY
    if too_long > 0:
        problems.append(OutgoingProblem(OutgoingGap.BODY_TOO_LONG, "body", number=too_long))
    return problems


def _left(draft: OutgoingDraft) -> list[OutgoingProblem]:
    return [
        OutgoingProblem(OutgoingGap.PLACE_LEFT, path, text=place)
        for path, text in (("title", draft.title), ("body", draft.body))
        for place in places_in(text)
    ]


def _files(draft: OutgoingDraft, files: list[OutgoingFile], at: datetime) -> list[OutgoingProblem]:
    rules = attachment_policy_for(draft.institution_id, civil_date(at))
    problems = [problem for file in files for problem in _file_beyond(file, rules)]
    flagged = flagged_among(draft.institution_id, [file.sha256 for file in files])
    problems += [
        OutgoingProblem(OutgoingGap.FILE_INFECTED, "files", text=file.file_name)
        for file in files
        if file.sha256 in flagged
    ]
    total = sum(file.size for file in files)
    if total > rules.total_bytes:
        problems.append(OutgoingProblem(OutgoingGap.FILES_TOO_BIG, "files", number=total))
    return problems


def _file_beyond(file: OutgoingFile, rules: ScreeningPolicy) -> list[OutgoingProblem]:
    """What the rules of today refuse, though those of the day it was added let it in."""
    if not rules.accepts(extension_of(file.file_name)):
        return [OutgoingProblem(OutgoingGap.FILE_NOT_TAKEN, "files", text=file.file_name)]
    found = next(filter(rules.refuses, remarks_named(file.remarks)), None)
    if found is None:
        return []
    gap = OutgoingGap.FILE_LOCKED if found is Remark.LOCKED else OutgoingGap.FILE_HOLDS_MORE
    return [OutgoingProblem(gap, "files", text=file.file_name, remark=found)]


def _author(draft: OutgoingDraft) -> list[OutgoingProblem]:
    """A letter of an office says who signed it in its name (KPA art. 14 § 1a)."""
    if draft.author.given_name and draft.author.family_name:
        return []
    return [OutgoingProblem(OutgoingGap.NO_NAME, "author")]
