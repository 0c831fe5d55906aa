"""Collecting with a signature made elsewhere: take the UPD, sign it, bring it back the same day."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from skrytka.config import clock
from skrytka.delivery.operations.collecting import collect_with_file, issue_upd
from skrytka.delivery.operations.ending import CannotCollect
from skrytka.delivery.queries.incoming import WaitingLetter
from skrytka.evidence.queries import CannotDecode
from skrytka.ledger.operations import Actor
from skrytka.ui.formats import day
from skrytka.ui.parts import Download, ErrorLine
from skrytka.ui.signing_texts import undecodable_text
from skrytka.web.context import viewer_on
from skrytka.web.incoming.access import waiting_page
from skrytka.web.incoming.frame import step_page
from skrytka.web.incoming.texts import HAS_ENDED, collect_text
from skrytka.web.receipts.files import bytes_answer
from skrytka.web.signed_file.reports import reasons_in
from skrytka.web.signed_file.upload import bytes_of

FIELD_ID = "id_signed_file"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@waiting_page
def signed_file(request: HttpRequest, letter: WaitingLetter) -> HttpResponse:
    """This will take the signed UPD back and open the letter."""
    if request.method == "POST":
        return _taken_back(request, letter, request.FILES.get("signed_file"))
    return _page(request, letter)


@never_cache
@require_safe
@waiting_page
def upd_to_sign(request: HttpRequest, letter: WaitingLetter) -> HttpResponseBase:
    """This will hand out the UPD that bears today's date, byte for byte the same all day."""
    try:
        upd = issue_upd(letter.id, viewer_on(request).user_id, at=clock.now())
    except CannotCollect as refusal:
        if refusal.reason in HAS_ENDED:
            raise
        return _page(request, letter, collect_text(refusal))
    return bytes_answer(upd, f"{letter.upd_no}.xml", "application/xml")


def _taken_back(
    request: HttpRequest, letter: WaitingLetter, upload: "UploadedFile[bytes] | None"
) -> HttpResponse:
    if upload is None:
        return _page(request, letter, _("Wybierz podpisany plik."))
    user_id = viewer_on(request).user_id
    actor = Actor(str(user_id))
    try:
        collect_with_file(letter.id, bytes_of(upload), user_id=user_id, actor=actor, at=clock.now())
    except CannotCollect as refusal:
        if refusal.reason in HAS_ENDED:
            raise
        return _page(request, letter, collect_text(refusal), reasons_in(refusal.report))
    except CannotDecode as fault:
        return _page(request, letter, undecodable_text(fault.incident), reasons_in(fault))
    return redirect("web:incoming_letter", letter.id)


def _page(
    request: HttpRequest, letter: WaitingLetter, error: str = "", reasons: tuple[str, ...] = ()
) -> HttpResponse:
    take = Download(
        _("Pobierz poświadczenie do podpisania"),
        reverse("web:incoming_upd_to_sign", args=[letter.id]),
        "XML",
        "file-code-corner",
    )
    page = {
        **step_page(letter),
        "downloads": (take,),
        "today": day(clock.now()),
        "error": error,
        "reasons": reasons,
        "faults": (ErrorLine(error, FIELD_ID),) if error else (),
    }
    return render(request, "web/incoming/signed_file.html", page)
