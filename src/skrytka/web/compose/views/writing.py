"""Step 2: the letter itself, saved whichever button is pressed."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from skrytka.config import clock
from skrytka.letters.operations.attachments import remove_attachment
from skrytka.letters.operations.documents import CannotFreeze, freeze_document
from skrytka.letters.operations.drafts import CannotChangeDraft, DraftFault
from skrytka.letters.operations.transfers import abandon_transfer
from skrytka.letters.queries.drafts import DraftView
from skrytka.web.compose.access import open_draft_page
from skrytka.web.compose.frame import Stage, stage_url
from skrytka.web.compose.letter_page import LetterPage, show_letter
from skrytka.web.compose.saving import Typed, reloaded, save, save_as_copy, typed_in
from skrytka.web.compose.uploading import take_files, uuid_or_none
from skrytka.web.idle import take_saved_post

Action = Callable[[HttpRequest, DraftView, str], HttpResponse]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@open_draft_page
def letter(request: HttpRequest, draft: DraftView) -> HttpResponse:
    """This will show the letter for writing, or save it and go where the button says.

    Whoever comes back by the button of the browser sees the files that came meanwhile.
    """
    if draft.addressee is None:
        return redirect(stage_url(draft, Stage.ADDRESSEE))
    if request.method != "POST":
        return _opened(request, draft)
    typed = typed_in(request.POST, draft)
    if "HX-Request" in request.headers:
        return _autosaved(request, draft, typed)
    return _sent(request, draft, typed)


def _opened(request: HttpRequest, draft: DraftView) -> HttpResponse:
    """What a person sent after the idle log-out comes back as if they had never left."""
    kept = take_saved_post(request, request.path)
    if kept is None:
        return show_letter(request, LetterPage(draft))
    messages.info(request, _("Przywróciliśmy to, co było wpisane przed wylogowaniem."))
    return show_letter(request, LetterPage(draft, typed=typed_in(kept, draft)))


def _autosaved(request: HttpRequest, draft: DraftView, typed: Typed) -> HttpResponse:
    try:
        save(draft, typed)
    except CannotChangeDraft as refusal:
        if refusal.reason is not DraftFault.CHANGED_ELSEWHERE:
            raise
        page = LetterPage(draft, typed=typed, conflict="W-TWO")
        return show_letter(request, page, template="web/compose/parts/autosaved.html")
    return show_letter(
        request, LetterPage(reloaded(draft)), template="web/compose/parts/autosaved.html"
    )


def _sent(request: HttpRequest, draft: DraftView, typed: Typed) -> HttpResponse:
    action, _colon, key = request.POST.get("action", "save").partition(":")
    if action == "copy":
        return _copied(request, draft, typed)
    try:
        save(draft, typed)
    except CannotChangeDraft as refusal:
        if refusal.reason is not DraftFault.CHANGED_ELSEWHERE:
            raise
        return show_letter(request, LetterPage(draft, typed=typed, conflict="W-TWO"))
    return _after_saving(request, reloaded(draft), action, key)


def _after_saving(request: HttpRequest, draft: DraftView, action: str, key: str) -> HttpResponse:
    """Files sent along with any button are taken in first: nothing that was chosen is lost."""
    files_error = take_files(request, draft)
    if files_error:
        return show_letter(request, LetterPage(reloaded(draft), files_error=files_error))
    return ACTIONS.get(action, _stay)(request, draft, key)


def _copied(request: HttpRequest, draft: DraftView, typed: Typed) -> HttpResponse:
    copy_id = save_as_copy(draft, typed)
    messages.success(request, _("Zapisaliśmy Twoją wersję jako osobną wersję roboczą."))
    return redirect("web:draft_letter", copy_id)


def _stay(request: HttpRequest, _draft: DraftView, _key: str) -> HttpResponse:
    return redirect(request.path)


def _later(request: HttpRequest, _draft: DraftView, _key: str) -> HttpResponse:
    messages.success(request, _("Zapisaliśmy pismo. Wersja robocza czeka na Ciebie 30 dni."))
    return redirect("web:letters")


def _remove(request: HttpRequest, draft: DraftView, key: str) -> HttpResponse:
    attachment_id = uuid_or_none(key)
    if attachment_id is not None and not abandon_transfer(draft.id, attachment_id):
        remove_attachment(draft.id, attachment_id, at=clock.now())
    return redirect(f"{request.path}#attachments")


def _upload(request: HttpRequest, _draft: DraftView, _key: str) -> HttpResponse:
    return redirect(f"{request.path}#attachments")


def _next(request: HttpRequest, draft: DraftView, _key: str) -> HttpResponse:
    try:
        freeze_document(draft.id, at=clock.now())
    except CannotFreeze as refusal:
        page = LetterPage(reloaded(draft), problems=refusal.problems)
        return show_letter(request, page)
    return redirect(stage_url(draft, Stage.SIGNATURE))


ACTIONS: dict[str, Action] = {
    "next": _next,
    "later": _later,
    "remove": _remove,
    "upload": _upload,
}
