"""From what was typed to a saved draft, with two tabs told apart."""

import re
from dataclasses import dataclass

from django.http import QueryDict

from skrytka.config import clock
from skrytka.delivery.operations.drafts import (
    LONGEST_CASE_MARK,
    LONGEST_TITLE,
    CannotChangeOutgoing,
    OutgoingContent,
    OutgoingFault,
    write_outgoing,
)
from skrytka.delivery.queries.outgoing import OutgoingView, outgoing_view
from skrytka.desk.outgoing.forms import LONGEST_TYPED

# Title and case mark go into lists and names of files: each is one line.
_LINE_BREAKS = re.compile("[\r\n\t\x85\u2028\u2029]+")
LONGEST_VERSION = 9


@dataclass(frozen=True)
class Typed:
    """What a page sent: the content, and the version of the draft it was opened with."""

    content: OutgoingContent
    version: int


def typed_in(data: QueryDict, draft: OutgoingView) -> Typed:
    """This will read a sent form; a field that is missing keeps what is saved."""
    content = OutgoingContent(
        title=one_line(data.get("title", draft.title))[:LONGEST_TITLE],
        body=data.get("body", draft.body).replace("\r\n", "\n")[:LONGEST_TYPED],
        case_mark=one_line(data.get("case_mark", draft.case_mark)).strip()[:LONGEST_CASE_MARK],
    )
    return Typed(content, _version(data.get("version", ""), draft.version))


def save(draft: OutgoingView, typed: Typed) -> None:
    """This will save what was typed. Raises CannotChangeOutgoing; the same words are none."""
    if typed.content == saved_content(draft):
        return
    try:
        write_outgoing(draft.id, typed.content, version=typed.version, at=clock.now())
    except CannotChangeOutgoing as refusal:
        changed = refusal.reason is OutgoingFault.CHANGED_ELSEWHERE
        if not changed or saved_content(reloaded(draft)) != typed.content:
            raise


def saved_content(draft: OutgoingView) -> OutgoingContent:
    return OutgoingContent(draft.title, draft.body, draft.case_mark)


def reloaded(draft: OutgoingView) -> OutgoingView:
    """This will return the draft as it stands now."""
    return outgoing_view(draft.id, at=clock.now()) or draft


def one_line(text: str) -> str:
    return _LINE_BREAKS.sub(" ", text)


def _version(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) <= LONGEST_VERSION else otherwise
