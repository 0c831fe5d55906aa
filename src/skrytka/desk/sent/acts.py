"""What a clerk does with a delivery that did not reach its party: each after a question."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from skrytka.config import clock
from skrytka.delivery.operations.notices import CannotNoteBounce, report_bounce
from skrytka.delivery.operations.restart import CannotStartAnew, start_anew
from skrytka.delivery.policies import may_write_outgoing
from skrytka.delivery.queries.tracked_letter import letter_of_notice, sent_letter
from skrytka.desk.access import Desk
from skrytka.desk.frame import desk_render
from skrytka.desk.sent.access import for_notice, for_sent
from skrytka.desk.sent.texts import BOUNCE_FAULTS, RESTART_FAULTS


@require_http_methods(["GET", "HEAD", "POST"])
@for_sent(may_write_outgoing)
def restart(request: HttpRequest, desk: Desk, letter_id: UUID) -> HttpResponse:
    """This will ask, and then have the party of a stopped delivery told anew."""
    at = clock.now()
    letter = sent_letter(letter_id, at=at)
    if letter.way is None:
        raise Http404
    page = {
        "heading": _("Powiadom od nowa"),
        "text": _(
            "Wyślemy nowe pierwsze zawiadomienie i policzymy termin od początku. "
            "Poprzednie zawiadomienia zostają w historii, ale się nie liczą. "
            "Najpierw sprawdź, czy adres e-mail jest dobry."
        ),
        "yes": _("Powiadom od nowa"),
        "action": reverse("desk:sent_restart", args=[letter_id]),
        "back_url": reverse("desk:sent_letter", args=[letter_id]),
    }
    if request.method != "POST":
        return desk_render(request, desk, "desk/sent/confirm.html", page)
    try:
        start_anew(letter_id, actor=desk.actor, at=at)
    except CannotStartAnew as refusal:
        messages.error(request, str(RESTART_FAULTS[refusal.reason]))
    else:
        messages.success(request, _("Nowe zawiadomienie jest w drodze. Termin liczymy od nowa."))
    return redirect("desk:sent_letter", letter_id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_notice(may_write_outgoing)
def bounced(request: HttpRequest, desk: Desk, notice_id: UUID) -> HttpResponse:
    """This will ask, and then take in a clerk's word that the mail of a notice came back."""
    letter_id = letter_of_notice(notice_id)
    page = {
        "heading": _("Zwrócony e-mail"),
        "text": _(
            "Zapiszemy, że zawiadomienie wróciło, i zatrzymamy termin. "
            "Tego nie da się cofnąć: pismo nie zostanie uznane za doręczone, "
            "dopóki nie zawiadomisz adresata od nowa."
        ),
        "yes": _("E-mail wrócił"),
        "action": reverse("desk:sent_bounced", args=[notice_id]),
        "back_url": reverse("desk:sent_letter", args=[letter_id]),
    }
    if request.method != "POST":
        return desk_render(request, desk, "desk/sent/confirm.html", page)
    try:
        report_bounce(notice_id, actor=desk.actor, at=clock.now())
    except CannotNoteBounce as refusal:
        messages.error(request, str(BOUNCE_FAULTS[refusal.reason]))
    else:
        messages.success(request, _("Zapisane: e-mail wrócił."))
    return redirect("desk:sent_letter", letter_id)
