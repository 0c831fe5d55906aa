"""What the engine said of each signed file of a letter: a line on its page, and a page of its own.

Reading asks `may_read_letter_at_desk`, having it judged again `may_handle_letter`.
"""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from skrytka.config import clock
from skrytka.core.signatures.etsi_report import etsi_report
from skrytka.core.signatures.words import SignatureKind
from skrytka.desk.access import Desk, for_letter
from skrytka.desk.frame import desk_render
from skrytka.desk.letter.downloads import saved
from skrytka.desk.letter.signature import SignatureCard, lists_used, signature_card, told_of_file
from skrytka.evidence.queries import KeptJudgement, StoredReport
from skrytka.letters.operations.judging import ask_again
from skrytka.letters.policies import may_handle_letter, may_read_letter_at_desk
from skrytka.letters.queries.desk import DeskLetter, desk_letter
from skrytka.letters.queries.judged import SignedFile, is_being_judged, signed_files, words_on_file
from skrytka.letters.queries.letters import LetterView
from skrytka.ui.formats import moment
from skrytka.ui.judged_texts import JudgedFile, judged_file, judged_pill
from skrytka.ui.parts import Fact

if TYPE_CHECKING:
    from skrytka.core.signatures.report import ReportJson


@dataclass(frozen=True)
class JudgedCard:
    """One file on the page of signatures; `card` is None while it is being judged."""

    line: JudgedFile
    card: SignatureCard | None
    why: tuple[str, ...]
    facts: tuple[Fact, ...]
    earlier: tuple[str, ...]
    report_url: str
    etsi_url: str


def judged_lines(letter: LetterView) -> tuple[JudgedFile, ...]:
    """This will say one sentence of each signed file."""
    return tuple(map(_line, signed_files(letter)))


@require_safe
@for_letter(may_read_letter_at_desk)
def signatures(request: HttpRequest, desk: Desk, letter_id: UUID) -> HttpResponse:
    """This will show who signed each file, when, whether it holds, why, and what to do."""
    shown = _shown(letter_id)
    page = {
        "letter": shown.letter,
        "cards": tuple(_card(letter_id, each) for each in signed_files(shown.letter)),
        "awaited": is_being_judged(letter_id),
        "may_ask": desk.handles,
    }
    return desk_render(request, desk, "desk/letter/signatures.html", page)


@require_POST
@for_letter(may_handle_letter)
def judge_again(request: HttpRequest, desk: Desk, letter_id: UUID) -> HttpResponse:
    """This will have every signed file judged once more; what was said before stays."""
    _shown(letter_id)
    ask_again(letter_id, actor=desk.actor, at=clock.now())
    messages.success(request, _("Sprawdzamy podpisy jeszcze raz. Odśwież stronę za chwilę."))
    return redirect("desk:signatures", letter_id)


@require_safe
@for_letter(may_read_letter_at_desk)
def signature_report(
    _request: HttpRequest, _desk: Desk, letter_id: UUID, position: int
) -> HttpResponse:
    """This will send the newest report on one file as JSON, as it was kept."""
    data = json.dumps(_newest(letter_id, position).report, ensure_ascii=False, indent=2).encode()
    return saved(data, "application/json", f"podpis-{position}.json")


@require_safe
@for_letter(may_read_letter_at_desk)
def signature_report_etsi(
    _request: HttpRequest, _desk: Desk, letter_id: UUID, position: int
) -> HttpResponse:
    """This will send the newest report on one file as other verifiers write it, in XML."""
    word = _newest(letter_id, position)
    data = etsi_report(cast("ReportJson", word.report), word.engine)
    return saved(data, "application/xml", f"podpis-{position}-etsi.xml")


def _newest(letter_id: UUID, position: int) -> KeptJudgement:
    words = words_on_file(letter_id, position)
    if not words:
        raise Http404
    return words[0]


def _shown(letter_id: UUID) -> DeskLetter:
    shown = desk_letter(letter_id)
    if shown is None:
        raise Http404
    return shown


def _line(signed: SignedFile) -> JudgedFile:
    return judged_file(signed.file.file_name, signed.outcome, signed.signers, signed.kinds)


def _card(letter_id: UUID, signed: SignedFile) -> JudgedCard:
    position = signed.file.position
    newest, *earlier = words_on_file(letter_id, position) or (None,)
    where = [letter_id, position]
    return JudgedCard(
        line=_line(signed),
        card=signature_card(_stored(newest)) if newest else None,
        why=told_of_file(newest.report) if newest else (),
        facts=_facts(newest) if newest else (),
        earlier=tuple(_said(each) for each in earlier if each),
        report_url=reverse("desk:signature_report", args=where) if newest else "",
        etsi_url=reverse("desk:signature_report_etsi", args=where) if newest else "",
    )


def _stored(word: KeptJudgement) -> StoredReport:
    return StoredReport(
        word.judged_at, word.outcome, SignatureKind.UNKNOWN, word.sha256, word.report
    )


def _facts(word: KeptJudgement) -> tuple[Fact, ...]:
    rows = [
        Fact(_("Sprawdzono"), (moment(word.judged_at),)),
        Fact(_("Silnik i zasady"), (f"{word.engine}, {word.policy}".rstrip(", "),)),
        Fact(_("Listy zaufania"), lists_used(word.report)),
        Fact(_("Skrót SHA-256"), (word.sha256,), mono=True),
    ]
    if word.incident:
        rows.append(Fact(_("Numer zdarzenia dla administratora"), (word.incident,), mono=True))
    return tuple(row for row in rows if row.lines)


def _said(word: KeptJudgement) -> str:
    return f"{moment(word.judged_at)}: {judged_pill(word.outcome).text}"
