"""„Kwarantanna”: files that nobody may take, for the administrator, who gets no bytes either."""

from datetime import datetime
from typing import Protocol

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from skrytka.config import clock
from skrytka.delivery.operations.flags import release_sent_bytes
from skrytka.delivery.queries.flags import flagged_bytes, flagged_bytes_of
from skrytka.desk.access import Desk, for_desk
from skrytka.desk.frame import desk_render
from skrytka.desk.quarantine.forms import ReleaseForm
from skrytka.ledger.operations import Actor
from skrytka.letters.operations.flags import CannotRelease, release_file
from skrytka.letters.operations.quarantine import CannotDestroy, ask_destruction
from skrytka.letters.policies import may_release_file, may_see_quarantine
from skrytka.letters.queries.screenings import (
    KeptFile,
    flagged_file,
    flagged_files,
    held_file,
    quarantined_files,
)


class LetGo(Protocol):
    """What lets a flagged file go for a reason. Raises CannotRelease."""

    def __call__(
        self, flag_id: int, institution_id: int, reason: str, *, actor: Actor, at: datetime
    ) -> None: ...


@require_safe
@for_desk(may_see_quarantine)
def quarantine(request: HttpRequest, desk: Desk) -> HttpResponse:
    """This will list what is held and what is flagged, by digest and rule."""
    page = {
        "held": quarantined_files(desk.institution_id),
        "flagged": flagged_files(desk.institution_id),
        "sent": flagged_bytes(desk.institution_id),
        "at": clock.now(),
    }
    return desk_render(request, desk, "desk/quarantine/quarantine.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk(may_see_quarantine)
def destroy(request: HttpRequest, desk: Desk, attachment_id: int) -> HttpResponse:
    """This will ask, and then have one file destroyed now and not on its day."""
    found = held_file(desk.institution_id, attachment_id)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _destroyed(request, desk, attachment_id)
    page = {
        "heading": _("Zniszcz plik: %(name)s") % {"name": found.file.file_name},
        "text": _(
            "Pliku nie da się potem odzyskać. W rejestrze zostaną jego nazwa, skrót i to, "
            "co w nim wykryto."
        ),
        "action": reverse("desk:destroy_file", args=[attachment_id]),
        "yes": _("Zniszcz plik"),
        "back_url": reverse("desk:quarantine"),
    }
    return desk_render(request, desk, "desk/admin/confirm.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk(may_release_file)
def release(request: HttpRequest, desk: Desk, flag_id: int) -> HttpResponse:
    """This will ask for a reason, and then let the file be taken again."""
    found = flagged_file(desk.institution_id, flag_id)
    return _false_alarm(request, desk, found, release_file)


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk(may_release_file)
def release_sent(request: HttpRequest, desk: Desk, flag_id: int) -> HttpResponse:
    """This will ask for a reason, and then let a file of letters sent be taken and sent again."""
    found = flagged_bytes_of(desk.institution_id, flag_id)
    return _false_alarm(request, desk, found, release_sent_bytes)


def _destroyed(request: HttpRequest, desk: Desk, attachment_id: int) -> HttpResponse:
    try:
        ask_destruction(attachment_id, desk.institution_id, actor=desk.actor, at=clock.now())
    except CannotDestroy:
        messages.warning(request, _("Tego pliku nie ma już w kwarantannie."))
    else:
        messages.success(request, _("Zniszczymy ten plik w ciągu kilku minut."))
    return redirect("desk:quarantine")


def _false_alarm(
    request: HttpRequest, desk: Desk, found: KeptFile | None, let_go: LetGo
) -> HttpResponse:
    """The file of another institution does not exist here, nor does one that is not held."""
    if found is None:
        raise Http404
    form = ReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _released(request, desk, found, form.cleaned_data["reason"], let_go)
    page = {
        "heading": _("Fałszywy alarm: %(name)s") % {"name": found.file_name},
        "form": form,
        "back_url": reverse("desk:quarantine"),
    }
    return desk_render(request, desk, "desk/admin/form.html", page)


def _released(
    request: HttpRequest, desk: Desk, found: KeptFile, reason: str, let_go: LetGo
) -> HttpResponse:
    try:
        let_go(found.id, desk.institution_id, reason, actor=desk.actor, at=clock.now())
    except CannotRelease:
        messages.warning(request, _("Ten plik nie jest już zatrzymany."))
    else:
        messages.success(request, _("Plik można znowu pobrać. Powód jest w historii."))
    return redirect("desk:quarantine")
