"""A real Chromium as a person of Cieszyn has it, and what it complains about while one clicks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    sync_playwright,
)

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE, PHONE, NARROW = 1360, 390, 320
HEIGHT = 900
PATIENCE_MS = 15_000
# What a browser says of a request that a person cut short by going elsewhere.
CUT_SHORT = "net::ERR_ABORTED"


class Scripts(Enum):
    """Whether a person's browser runs JavaScript."""

    ON = "with JavaScript"
    OFF = "without JavaScript"


@dataclass
class Complaints:
    """Everything that went wrong in a browser behind the page: nothing may be here at the end."""

    heard: list[str] = field(default_factory=list)
    expected_statuses: frozenset[int] = frozenset()

    def listen_to(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.heard.append(f"script: {error.error}"))
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)

    def _console(self, said: ConsoleMessage) -> None:
        # A status is told by the answer itself; the console only repeats it.
        if said.type == "error" and not said.text.startswith("Failed to load resource"):
            self.heard.append(f"console: {said.text}")

    def _failed(self, request: Request) -> None:
        if request.failure != CUT_SHORT:
            self.heard.append(f"request: {request.method} {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected_statuses:
            self.heard.append(f"answer: {response.status} {response.request.method} {response.url}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """This will start the browser and close it afterwards; its profile is thrown away."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(SWITCHES))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visit(
    browser: Browser,
    url: str,
    *,
    scripts: Scripts = Scripts.ON,
    width: int = WIDE,
    expected: frozenset[int] = frozenset(),
) -> Iterator[Page]:
    """This will open an empty page of a person's own at a server.

    When the story went well, every complaint of the browser behind the page fails it still; only
    answers of the `expected` statuses belong to the story.
    """
    context = browser.new_context(
        base_url=url,
        locale="pl-PL",
        timezone_id="Europe/Warsaw",
        viewport={"width": width, "height": HEIGHT},
        java_script_enabled=scripts is Scripts.ON,
    )
    context.set_default_timeout(PATIENCE_MS)
    complaints = Complaints(expected_statuses=expected)
    complaints.listen_to(context)
    try:
        yield context.new_page()
        assert complaints.heard == [], complaints.heard
    finally:
        context.close()
