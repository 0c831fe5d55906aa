"""A browser for tests that reviews every page it is given."""

from django.http import HttpResponse
from django.test import Client

from tests.world.page_review import faults_of, parse_fragment, parse_page


class PageFaultyError(AssertionError):
    """A page broke rules that every page must keep."""

    def __init__(self, address: str, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join((f"{address}:", *(f"  - {fault}" for fault in faults))))
        self.faults = faults


class PageClient(Client):
    """Django's test client; an HTML answer that breaks a rule fails the test that asked for it.

    Answers to htmx (header HX-Request) and to uploads (X-Requested-With) are reviewed as fragments.
    """

    def request(self, **request: object) -> HttpResponse:
        response = super().request(**request)
        review(response, str(request.get("PATH_INFO", "")), is_fragment=_asks_for_fragment(request))
        return response


def review(response: HttpResponse, address: str = "", *, is_fragment: bool = False) -> None:
    """This will raise PageFaultyError when an HTML answer breaks a rule."""
    kind = response.headers.get("Content-Type", "")
    if not kind.startswith("text/html") or response.streaming or not response.content:
        return
    if 300 <= response.status_code < 400:
        return
    source = response.content.decode()
    page = parse_fragment(source) if is_fragment else parse_page(source)
    faults = faults_of(page)
    if faults:
        raise PageFaultyError(address, faults)


def _asks_for_fragment(request: dict[str, object]) -> bool:
    return "HTTP_HX_REQUEST" in request or "HTTP_X_REQUESTED_WITH" in request
