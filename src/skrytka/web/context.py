"""What the frame of every page needs to know about its reader."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from skrytka.accounts.queries import Viewer, viewer_of
from skrytka.accounts.queries.directory import host_institution
from skrytka.config import clock
from skrytka.delivery.queries.incoming import waiting_count
from skrytka.ui.navigation import address_of

COOKIE_NOTICE = "cookie_info"
ACTING_PARTY = "acting_party_id"
SECTIONS = {
    "catalogue": "catalogue",
    "card": "catalogue",
    "institutions": "institutions",
    "institution": "institutions",
    "tell_a_friend": "institutions",
    "letters": "letters",
    "drafts": "letters",
    "incoming": "letters",
    "help": "help",
    "accessibility": "accessibility",
    "privacy": "privacy",
    "cookies": "cookies",
    "terms": "terms",
    "verify": "verify",
}


@dataclass(frozen=True)
class Reader:
    """The person as the frame shows them."""

    is_authenticated: bool
    display_name: str
    acting_as: str
    is_clerk: bool
    desk_url: str
    viewer: Viewer

    @cached_property
    def unread_count(self) -> int:
        """How many letters wait to be collected; asked only by a page that shows it."""
        return waiting_count(self.viewer)


@dataclass(frozen=True)
class Idle:
    """When the person is logged out, and where the page asks for more time."""

    seconds: int
    warn_seconds: int
    keep_alive_url: str
    log_out_url: str


@dataclass(frozen=True)
class SupportLine:
    phone: str
    hours: str


def viewer_on(request: HttpRequest) -> Viewer:
    """This will tell who is behind a request; asked once per request."""
    known = getattr(request, "_skrytka_viewer", None)
    if isinstance(known, Viewer):
        return known
    user = getattr(request, "user", AnonymousUser())
    chosen = request.session.get(ACTING_PARTY) if hasattr(request, "session") else None
    viewer = viewer_of(user, chosen, at=clock.now())
    setattr(request, "_skrytka_viewer", viewer)  # noqa: B010 - HttpRequest declares no such field
    return viewer


def page_context(request: HttpRequest) -> dict[str, object]:
    """This will give every page its frame; what costs a query is asked only when shown."""
    return {
        "viewer": SimpleLazyObject(lambda: reader_of(viewer_on(request))),
        "support": SimpleLazyObject(support_line),
        "idle": _idle(),
        "nav_current": _section_of(request),
        "show_cookie_notice": COOKIE_NOTICE not in request.COOKIES,
        "demo_mode": settings.DEMO,
        "shown_time": clock.shown_time(),
    }


def reader_of(viewer: Viewer) -> Reader:
    return Reader(
        is_authenticated=viewer.is_authenticated,
        display_name=viewer.display_name,
        acting_as=viewer.acting_as,
        is_clerk=viewer.is_clerk,
        desk_url=address_of("desk:inbox"),
        viewer=viewer,
    )


def support_line() -> SupportLine:
    """This will return the telephone of the institution that runs this installation."""
    host = host_institution()
    return SupportLine(host.phone, ", ".join(host.hours)) if host else SupportLine("", "")


def _idle() -> Idle:
    return Idle(
        seconds=settings.IDLE_SECONDS,
        warn_seconds=settings.IDLE_WARNING_SECONDS,
        keep_alive_url=address_of("web:keep_alive"),
        log_out_url=address_of("account_logout"),
    )


def _section_of(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is None or match.namespace != "web":
        return ""
    return SECTIONS.get(match.url_name or "", "")
