"""The page of one letter at the desk, laid out from what the queries know."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from skrytka.core.calendar import civil_date
from skrytka.core.identifiers import ReceiptKind
from skrytka.delivery.queries.sent import SentView, answers_to
from skrytka.desk.access import Desk
from skrytka.desk.letter.forms import AssessmentForm, DeficiencyForm, NoteForm
from skrytka.desk.letter.history import timeline_of
from skrytka.desk.letter.judged import judged_lines
from skrytka.desk.letter.screened import screened_text
from skrytka.desk.letter.signature import SignatureCard, signature_card
from skrytka.desk.texts import EFFECTS, outcome_pill, state_pill
from skrytka.letters.operations.handling_moves import Move, moves_from
from skrytka.letters.queries.desk import AssessmentView, DeskLetter, NamedEvent
from skrytka.letters.queries.letters import SentFile
from skrytka.letters.queries.papers import Paper
from skrytka.letters.queries.previews import has_preview
from skrytka.letters.queries.states import HandlingState
from skrytka.letters.screening import MEDIA_TYPES
from skrytka.ui.formats import day, file_size, moment
from skrytka.ui.judged_texts import JudgedFile
from skrytka.ui.navigation import address_with
from skrytka.ui.parts import Download, Fact, Pill, TimelineEvent
from skrytka.ui.remark_texts import remark_lines


@dataclass(frozen=True)
class AttachmentLine:
    """A file of the letter, what scanners said of it, and the address of one that may be taken."""

    name: str
    kind: str
    size: int
    digest: str
    url: str
    remarks: tuple[str, ...] = ()
    screened: str = ""
    is_flagged: bool = False
    preview_url: str = ""


@dataclass(frozen=True)
class AssessmentLine:
    effect: str
    assessed: AssessmentView


@dataclass(frozen=True)
class AnswerLine:
    """A letter that was sent in answer, and where it is looked at."""

    letter: SentView
    url: str


@dataclass(frozen=True)
class Actions:
    """What the person may do with this letter now."""

    can_take: bool
    assign_url: str
    can_mark: bool
    can_resume: bool
    can_close: bool
    can_reopen: bool


@dataclass(frozen=True)
class LetterPage:
    """Everything the templates lay out."""

    shown: DeskLetter
    state: Pill
    signature_pill: Pill
    paper: Paper | None
    attachments: tuple[AttachmentLine, ...]
    signature: SignatureCard
    judged: tuple[JudgedFile, ...]
    times: tuple[Fact, ...]
    register: tuple[Fact, ...]
    receipts: tuple[Download, ...]
    documents: tuple[Download, ...]
    history: tuple[TimelineEvent, ...]
    assessments: tuple[AssessmentLine, ...]
    actions: Actions | None
    answers: tuple[AnswerLine, ...]
    may_answer: bool


@dataclass(frozen=True)
class LetterForms:
    """The forms of the page; `faulty` is the one that was sent with a fault."""

    note: NoteForm
    deficiency: DeficiencyForm
    assessment: AssessmentForm
    faulty: forms.Form | None = None


def fresh_forms(faulty: forms.Form | None = None) -> LetterForms:
    """This will return empty forms, and the faulty one in its place with what was typed."""
    return LetterForms(
        note=faulty if isinstance(faulty, NoteForm) else NoteForm(),
        deficiency=faulty if isinstance(faulty, DeficiencyForm) else DeficiencyForm(),
        assessment=faulty if isinstance(faulty, AssessmentForm) else AssessmentForm(),
        faulty=faulty,
    )


def letter_page(
    desk: Desk, shown: DeskLetter, paper: Paper | None, events: tuple[NamedEvent, ...]
) -> LetterPage:
    """This will lay out one letter for the person at this desk."""
    return LetterPage(
        shown=shown,
        state=state_pill(_state(shown)),
        signature_pill=outcome_pill(shown.letter.signature),
        paper=paper,
        attachments=_attachments(shown),
        signature=signature_card(shown.report),
        judged=judged_lines(shown.letter),
        times=_times(shown),
        register=_register(shown),
        receipts=_receipts(shown),
        documents=_documents(shown),
        history=timeline_of(events),
        assessments=tuple(
            AssessmentLine(str(EFFECTS[each.effect]), each) for each in shown.assessments
        ),
        actions=_actions(desk, shown) if desk.handles else None,
        answers=tuple(map(_answer, answers_to(shown.letter.id))),
        may_answer=desk.writes,
    )


def _state(shown: DeskLetter) -> HandlingState:
    handling = shown.letter.handling
    return handling.state if handling else HandlingState.NEW


def _times(shown: DeskLetter) -> tuple[Fact, ...]:
    arrived = Fact(_("Wpłynęło"), (moment(shown.letter.submitted_at),))
    if shown.first_opened_at is None:
        return (arrived,)
    return (arrived, Fact(_("Otwarte"), (moment(shown.first_opened_at),)))


def _register(shown: DeskLetter) -> tuple[Fact, ...]:
    letter = shown.letter
    arrived_on = shown.arrived_on or civil_date(letter.submitted_at)
    return (
        Fact(_("RPW"), (letter.register_no,), mono=True),
        Fact(_("Data wpływu"), (day(arrived_on),)),
        Fact(_("Skrytka"), (shown.box_title, letter.box_address), mono=True),
        Fact(_("Sprawa"), (letter.card_name,)),
        Fact(_("Nadawca"), (letter.sender_name, letter.sender_address), mono=True),
        Fact(_("Prowadzi"), (shown.assignee_name or _("jeszcze nikt"),)),
    )


def _receipts(shown: DeskLetter) -> tuple[Download, ...]:
    receipt = shown.letter.receipt
    if receipt is None:
        return ()
    name = _("UPP") if receipt.kind is ReceiptKind.UPP else _("NPP")
    note = f"{receipt.receipt_no}, {file_size(receipt.size)}"
    return (
        Download(_("%(name)s z pieczęcią (XML)") % {"name": name}, _at("receipt_xml", shown), note),
        Download(_("%(name)s do czytania (PDF)") % {"name": name}, _at("receipt_pdf", shown)),
    )


def _documents(shown: DeskLetter) -> tuple[Download, ...]:
    size = file_size(shown.letter.document.size)
    return (
        Download(_("Pismo z podpisem (XML)"), _at("document", shown), size, "file-code-corner"),
        Download(_("Wszystko razem (ZIP)"), _at("package", shown), "", "folder-archive"),
    )


def format_name(media_type: str) -> str:
    """This will name a format in letters as screening found it; by media type where it has none."""
    named = (known.value for known, of in MEDIA_TYPES.items() if of == media_type)
    return next(named, media_type)


def _attachments(shown: DeskLetter) -> tuple[AttachmentLine, ...]:
    letter = shown.letter
    return tuple(
        AttachmentLine(
            file.file_name,
            format_name(file.media_type),
            file.size,
            file.sha256,
            "" if file.is_flagged else reverse("desk:attachment", args=[letter.id, file.position]),
            remark_lines(file.remarks),
            screened_text(shown.screenings.get(file.sha256)),
            file.is_flagged,
            preview_url=""
            if file.is_flagged
            else preview_url(file, "desk:attachment_preview", letter.id),
        )
        for file in letter.attachments
    )


def preview_url(file: SentFile, name: str, letter_id: UUID) -> str:
    """This will tell where a file of a letter can be looked at; empty where it cannot."""
    return reverse(name, args=[letter_id, file.position]) if has_preview(file.media_type) else ""


def _answer(letter: SentView) -> AnswerLine:
    tracked = address_with("desk:sent_letter", letter.id)
    return AnswerLine(letter, tracked or reverse("desk:outgoing_sent", args=[letter.draft_id]))


def _actions(desk: Desk, shown: DeskLetter) -> Actions:
    moves = moves_from(_state(shown))
    letter_id = shown.letter.id
    back = {"p": str(letter_id), "next": reverse("desk:letter", args=[letter_id])}
    can_assign = Move.ASSIGN in moves
    return Actions(
        can_take=can_assign and shown.assignee_id != desk.viewer.user_id,
        assign_url=reverse("desk:assign", query=back) if can_assign else "",
        can_mark=Move.MARK_DEFICIENT in moves,
        can_resume=Move.RESUME in moves,
        can_close=Move.CLOSE in moves,
        can_reopen=Move.REOPEN in moves,
    )


def _at(name: str, shown: DeskLetter) -> str:
    letter_id: UUID = shown.letter.id
    return reverse(f"desk:{name}", args=[letter_id])
