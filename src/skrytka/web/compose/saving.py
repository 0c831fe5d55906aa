"""From what was typed to a saved draft, with two tabs told apart."""

import re
from dataclasses import dataclass

from django.http import QueryDict

from skrytka.config import clock
from skrytka.letters.operations.drafts import (
    LONGEST_TITLE,
    CannotChangeDraft,
    DraftContent,
    DraftFault,
    copy_draft,
    write_draft,
)
from skrytka.letters.queries.drafts import DraftView, draft_view
from skrytka.web.compose.answers import answers_in
from skrytka.web.compose.forms import LONGEST_TYPED

# A title goes into subjects of mails and names of files: it is one line.
_LINE_BREAKS = re.compile("[\r\n\t\x85\u2028\u2029]+")


@dataclass(frozen=True)
class Typed:
    """What a page sent: the content, and the version of the draft it was opened with."""

    content: DraftContent
    version: int


def typed_in(data: QueryDict, draft: DraftView) -> Typed:
    """This will read a sent form; a field that is missing keeps what is saved."""
    body = data.get("body", draft.body).replace("\r\n", "\n")
    content = DraftContent(
        title=_LINE_BREAKS.sub(" ", data.get("title", draft.title))[:LONGEST_TITLE],
        body=body[:LONGEST_TYPED],
        answers=answers_in(data, draft),
    )
    return Typed(content, _version(data.get("version", ""), draft.version))


def save(draft: DraftView, typed: Typed) -> None:
    """This will save what was typed. Raises CannotChangeDraft; the same words are no conflict."""
    if typed.content == saved_content(draft):
        return
    try:
        write_draft(draft.id, typed.content, version=typed.version, at=clock.now())
    except CannotChangeDraft as refusal:
        if refusal.reason is not DraftFault.CHANGED_ELSEWHERE or not _same_now(draft, typed):
            raise


def save_as_copy(draft: DraftView, typed: Typed) -> str:
    """This will keep what was typed as a draft of its own and return its id."""
    return str(copy_draft(draft.id, typed.content, at=clock.now()))


def saved_content(draft: DraftView) -> DraftContent:
    return DraftContent(draft.title, draft.body, dict(draft.answers))


def reloaded(draft: DraftView) -> DraftView:
    """This will return the draft as it stands now."""
    return draft_view(draft.id, at=clock.now()) or draft


def _same_now(draft: DraftView, typed: Typed) -> bool:
    """Whether an automatic save of this very page came first with the same words."""
    return saved_content(reloaded(draft)) == typed.content


def _version(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise
