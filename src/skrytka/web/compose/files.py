"""The files of a draft as rows of the page."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from skrytka.config import clock
from skrytka.letters.operations.completeness import DraftGap
from skrytka.letters.operations.transfers import KEPT_FOR
from skrytka.letters.queries.drafts import AttachmentView, DraftView
from skrytka.letters.queries.previews import has_preview
from skrytka.letters.queries.transfers import TransferView
from skrytka.letters.screening.faults import AttachmentFault
from skrytka.letters.screening.formats import FileFormat
from skrytka.letters.screening.policy import CIESZYN_2026, ScreeningPolicy
from skrytka.ui import limit_texts
from skrytka.ui.parts import FileRow, FileState, Meter, Tick
from skrytka.ui.refusal_texts import refusal_text
from skrytka.ui.remark_texts import remark_sentence

# After this long a person wants to know that it is not their network.
USUALLY_DONE_WITHIN = timedelta(minutes=2)


def file_rows(draft: DraftView, slot: str = "") -> tuple[FileRow, ...]:
    """This will list the attachments of one slot, then what is on its way to it.

    The empty slot is the letter's own.
    """
    listed = (file_row(draft, file) for file in draft.attachments if file.slot == slot)
    coming = (transfer_row(draft, one) for one in draft.transfers if one.slot == slot)
    return (*listed, *coming)


def file_row(draft: DraftView, file: AttachmentView) -> FileRow:
    """This will lay out one attachment; a state that can still change is asked for again."""
    state = _state(file)
    waits = state is FileState.LATER
    return FileRow(
        key=str(file.id),
        name=file.file_name,
        size=file.size,
        state=state,
        text="" if file.is_safe else fault_text(file),
        preview_url=_preview_url(draft, file) if file.is_safe else "",
        poll_url=reverse("web:draft_file", args=[draft.id, file.id]) if waits else "",
        sha256="" if file.is_refused else file.sha256,
        remark="" if file.is_refused else remark_sentence(file.remarks),
    )


def transfer_row(draft: DraftView, transfer: TransferView) -> FileRow:
    """This will lay out a file on its way: cut off at some point, or arrived and being screened."""
    key, url = str(transfer.id), reverse("web:draft_file", args=[draft.id, transfer.id])
    name, size = transfer.file_name, transfer.size
    if transfer.has_arrived:
        text = _late_text(transfer)
        return FileRow(key, name, size, FileState.SCREENING, text=text, poll_url=url)
    return FileRow(
        key,
        name,
        size,
        FileState.BROKEN,
        text=_("Wybierz ten plik jeszcze raz, a dokończymy przesyłanie."),
        percent=transfer.percent,
        transfer_url=reverse("web:draft_transfer", args=[draft.id, transfer.id]),
        fingerprint=transfer.fingerprint,
    )


def _late_text(transfer: TransferView) -> str:
    """What the usual words would hide: the disk is full, or many files stand before this one."""
    arrived_at = transfer.expires_at - KEPT_FOR
    if clock.now() < arrived_at + USUALLY_DONE_WITHIN:
        return ""
    return refusal_text(AttachmentFault.SCANNER_SILENT, transfer.file_name, {})


def fault_text(file: AttachmentView) -> str:
    """This will say what is wrong with a file, or that it still waits for the scanner (F-SCAN)."""
    code = file.code or AttachmentFault.SCANNER_SILENT
    return refusal_text(code, file.file_name, file.details)


def rules_of(draft: DraftView) -> ScreeningPolicy:
    """This will return what the addressee accepts; before one is chosen, the built-in rules."""
    return draft.rules or CIESZYN_2026


def formats_of(rules: ScreeningPolicy) -> tuple[str, ...]:
    """This will list the accepted formats in the order in which institutions publish them."""
    return tuple(known.value for known in FileFormat if known in rules.formats)


def files_hint(rules: ScreeningPolicy) -> str:
    """This will tell formats and limits above the place for files."""
    return limit_texts.files_hint(formats_of(rules), rules.total_bytes, rules.file_bytes)


def meter_of(draft: DraftView) -> Meter:
    """This will tell how much of the limit for all attachments is taken or spoken for."""
    coming = sum(transfer.size for transfer in draft.transfers)
    rules = rules_of(draft)
    return Meter(draft.used_bytes + coming, rules.total_bytes, rules.file_bytes)


def ticks_of(draft: DraftView) -> tuple[Tick, ...]:
    """This will say what is ready: addressee, text, attachments, signature."""
    missing = {problem.path for problem in draft.problems}
    files = _files_tick(draft)
    return (
        Tick(_("Adresat"), done="box" not in missing),
        Tick(_("Tytuł i treść"), done=not missing & {"title", "body"}),
        *_answers_tick(draft),
        *((files,) if files else ()),
        Tick(_("Podpis"), done=bool(draft.signing_mode)),
    )


def _answers_tick(draft: DraftView) -> tuple[Tick, ...]:
    """The questions of the service, where it asks any that must be answered."""
    if not any(field.required for field in draft.card.form.fields):
        return ()
    is_done = all(problem.gap is not DraftGap.ANSWER for problem in draft.problems)
    return (Tick(_("Dane z formularza"), done=is_done),)


def _files_tick(draft: DraftView) -> Tick | None:
    count = len(draft.attachments) + len(draft.transfers)
    if not count:
        return None
    ready = sum(file.is_safe for file in draft.attachments)
    refused = sum(file.is_refused for file in draft.attachments)
    text = ngettext(
        "Załączniki: %(ready)s z %(count)s gotowy",
        "Załączniki: %(ready)s z %(count)s gotowe",
        ready,
    ) % {"ready": ready, "count": count}
    waiting = len(draft.attachments) - ready - refused
    if waiting:
        text += ", " + _("%(n)s do sprawdzenia") % {"n": waiting}
    if refused:
        text += ", " + _("%(n)s do poprawy") % {"n": refused}
    return Tick(text, done=ready == count)


def _state(file: AttachmentView) -> FileState:
    if file.is_refused:
        return FileState.REFUSED
    return FileState.SAFE if file.is_safe else FileState.LATER


def _preview_url(draft: DraftView, file: AttachmentView) -> str:
    if not has_preview(file.media_type):
        return ""
    return reverse("web:draft_file_preview", args=[draft.id, file.id])
