"""A browser for tests that reviews every page it is given."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.client import ClientHandler

from tests.world.page_review import faults_of, parse_fragment, parse_page


class PageFaultyError(AssertionError):
    """A page broke rules that every page must keep."""

    def __init__(self, address: str, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join((f"{address}:", *(f"  - {fault}" for fault in faults))))
        self.faults = faults


class ReviewingHandler(ClientHandler):
    """Hands requests to the product and reviews what comes back."""

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        response = super().get_response(request)
        review(response, request.get_full_path(), is_fragment=_asks_for_fragment(request))
        return response


class PageClient(Client):
    """Django's test client; an HTML answer that breaks a rule fails the test that asked for it.

    Answers to htmx (header HX-Request) and to uploads (X-Requested-With) are reviewed as fragments.
    """

    def __init__(self, *, enforce_csrf_checks: bool = False) -> None:
        super().__init__(enforce_csrf_checks=enforce_csrf_checks)
        self.handler = ReviewingHandler(enforce_csrf_checks)


def review(response: HttpResponseBase, address: str = "", *, is_fragment: bool = False) -> None:
    """This will raise PageFaultyError when an HTML answer breaks a rule."""
    kind = response.headers.get("Content-Type", "")
    if not kind.startswith("text/html") or response.streaming or 300 <= response.status_code < 400:
        return
    source = bytes(getattr(response, "content", b"")).decode()
    if not source.strip():
        return
    page = parse_fragment(source) if is_fragment else parse_page(source)
    faults = faults_of(page)
    if faults:
        raise PageFaultyError(address, faults)


def _asks_for_fragment(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers or "X-Requested-With" in request.headers
