from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from skrytka.web.context import COOKIE_NOTICE

YEAR_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True)
class Stored:
    """Something kept on the reader's device: its name, what for and how long."""

    name: str
    purpose: str | Promise
    how_long: str | Promise


COOKIES = (
    Stored(
        "sessionid",
        _("Pamięta, że to Ty się logujesz."),
        _("Do zamknięcia przeglądarki, najdłużej 12 godzin. Bez ruchu tylko 15 minut."),
    ),
    Stored(
        "csrftoken",
        _("Chroni formularze: nikt nie wyśle ich w Twoim imieniu z innej strony."),
        _("1 rok"),
    ),
    Stored("django_language", _("Pamięta wybrany język."), _("Do zamknięcia przeglądarki")),
    Stored("cookie_info", _("Pamięta, że komunikat o plikach cookie jest ukryty."), _("1 rok")),
)
LOCAL_STORAGE = (
    Stored(
        "skrytka-last-active",
        _("Pamięta godzinę ostatniego ruchu, żeby jedna karta nie wylogowała Cię z drugiej."),
        _("Do czasu, gdy usuniesz dane strony w przeglądarce"),
    ),
)


@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    page = {"cookies": COOKIES, "local_storage": LOCAL_STORAGE}
    return render(request, "web/info/cookies.html", page)


@require_POST
def hide_cookie_notice(request: HttpRequest) -> HttpResponse:
    """This will remember, in a cookie only, that the notice was read, and go back."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = reverse("web:start")
    response = redirect(back)
    response.set_cookie(
        COOKIE_NOTICE,
        "1",
        max_age=YEAR_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
