"""Logging out after a time without activity, so that an unattended desk is not an open door.

Reading, writing and clicking count as activity; requests that a page makes on its own carry the
header `X-Skrytka-Passive` and do not. What a person sends after the time is kept in the fresh
session, so that the page can give it back after they log in.
"""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse
from django.utils.translation import gettext as _

from skrytka.config import clock
from skrytka.web.accounts.leaving import log_out

SEEN_AT = "seen_at"
SAVED_POSTS = "saved_posts"
PASSIVE_HEADER = "X-Skrytka-Passive"
# What the page adds to the log-out form when it sends it by itself.
IDLE_FIELD = "idle"
# Activity is written down at most this often; a page tells of its own activity once a minute.
WRITE_EVERY_SECONDS = 15
KEEP_ALIVE_GRACE_SECONDS = 90
LONGEST_SAVED = 100_000
NEVER_SAVED = ("csrf", "password", "haslo", "credential", "pesel")
# A postal code is no secret: only a field that is called so alone holds one of a second factor.
FACTOR_FIELD = "code"

GetResponse = Callable[[HttpRequest], HttpResponse]


class IdleLogOutMiddleware:
    """Logs a person out on their first request after the time has passed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        now = int(clock.now().timestamp())
        idle = now - _seen_at(request, now)
        if idle >= _limit(request) or _page_tells_of_idleness(request):
            return _log_out_idle(request)
        if PASSIVE_HEADER not in request.headers:
            _remember(request, now, idle)
        return self.get_response(request)


def take_saved_post(request: HttpRequest, path: str) -> QueryDict | None:
    """This will give back, once, what the same person sent to `path` after their time had passed.

    Files, passwords and codes are never in it. What another person left is thrown away.
    """
    saved = request.session.get(SAVED_POSTS, {})
    if path not in saved:
        return None
    kept = saved.pop(path)
    request.session[SAVED_POSTS] = saved
    if not request.user.is_authenticated or kept["user"] != request.user.pk:
        return None
    return QueryDict(kept["body"])


def _seen_at(request: HttpRequest, now: int) -> int:
    return int(request.session.get(SEEN_AT, now))


def _limit(request: HttpRequest) -> int:
    """The warning lets a person stay until the very end: their page may have told us late."""
    if request.path == reverse("web:keep_alive"):
        return settings.IDLE_SECONDS + KEEP_ALIVE_GRACE_SECONDS
    return settings.IDLE_SECONDS


def _remember(request: HttpRequest, now: int, idle: int) -> None:
    if SEEN_AT not in request.session or idle >= WRITE_EVERY_SECONDS:
        request.session[SEEN_AT] = now


def _log_out_idle(request: HttpRequest) -> HttpResponse:
    user_id = request.user.pk
    body = _typed(request)
    log_out(request)
    if body:
        request.session[SAVED_POSTS] = {request.path: {"user": user_id, "body": body}}
    messages.warning(
        request,
        _(
            "Wylogowaliśmy Cię po 15 minutach bez ruchu. Pismo jest zapisane. "
            "Zaloguj się, a wrócisz w to samo miejsce."
        ),
    )
    return _to_log_in(request)


def _page_tells_of_idleness(request: HttpRequest) -> bool:
    """The page counts from the last key, the server from the last request, which may be later.

    When the time is over for the page it is over: the person comes back to the same place.
    """
    is_log_out = request.method == "POST" and request.path == reverse("account_logout")
    return is_log_out and IDLE_FIELD in request.POST and _is_from_our_page(request)


def _is_from_our_page(request: HttpRequest) -> bool:
    return CsrfViewMiddleware(_nothing).process_view(request, _nothing, (), {}) is None


def _typed(request: HttpRequest) -> str:
    """What the person typed, within bounds; nothing when the form did not come from our page."""
    if request.method != "POST" or request.path == reverse("account_logout"):
        return ""
    if not _is_from_our_page(request):
        return ""
    kept: list[tuple[str, str]] = []
    for name, values in request.POST.lists():
        if name == FACTOR_FIELD or any(word in name.lower() for word in NEVER_SAVED):
            continue
        longer = [*kept, *((name, str(value)) for value in values)]
        if len(urlencode(longer)) <= LONGEST_SAVED:
            kept = longer
    return urlencode(kept)


def _nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _to_log_in(request: HttpRequest) -> HttpResponse:
    query = urlencode({"next": _place(request)})
    url = f"{reverse('account_login')}?{query}"
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": url})
    if PASSIVE_HEADER in request.headers or "X-Requested-With" in request.headers:
        return HttpResponse(status=401)
    if request.path == reverse("web:keep_alive"):
        return HttpResponse(status=401)
    return HttpResponseRedirect(url)


def _place(request: HttpRequest) -> str:
    """Where the person was: for a sent form the page it stood on."""
    if request.method in {"GET", "HEAD"} and "HX-Request" not in request.headers:
        return request.get_full_path()
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    parts = urlsplit(page)
    if parts.netloc == request.get_host() and parts.path.startswith("/"):
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return "/" if request.path == reverse("account_logout") else request.path
