from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from skrytka.gateways.installed import installed
from skrytka.gateways.mail_folder import kept_mails

SHOWN = 50


@never_cache
@require_safe
def demo_mail(request: HttpRequest) -> HttpResponse:
    """This will show the newest mails, so that a newcomer can confirm an address and read codes.

    Outside the demonstration this page would give away everybody's codes: there it does not exist.
    """
    if not settings.DEMO:
        raise Http404
    page = {"mails": kept_mails(installed().mailer, SHOWN)}
    return render(request, "web/demo/mail.html", page)
