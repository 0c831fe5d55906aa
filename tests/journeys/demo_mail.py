"""The letter box of a demonstration, as a newcomer opens it: a page that shows every mail sent."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

SECONDS_TO_ARRIVE = 30
CONFIRMATION = re.compile("/potwierdz-email/[^/]+/")
CODE = re.compile(r"\b\d{6}\b")


@dataclass(frozen=True)
class DemoMail:
    """The mails sent to one address, newest first, in the person's own tab or in another."""

    page: Page
    address: str

    def follow_confirmation(self) -> None:
        """This will open the mails from the page at hand and follow the link that confirms."""
        self.page.get_by_role("link", name="Zobacz wysłane e-maile").click()
        mails = self.page.locator("article").filter(has_text=self.address)
        links = mails.locator("a").filter(has_text=CONFIRMATION)
        wait_for(self.page, lambda: links.count() > 0)
        links.first.click()

    def codes(self, more_than: int = -1) -> list[str]:
        """This will look into the mails in another tab, until there are more codes than that."""
        tab = self.page.context.new_page()
        tab.goto("/wersja-pokazowa/poczta/")
        mails = tab.locator("article").filter(has_text=self.address)
        found: list[str] = []

        def is_there() -> bool:
            found[:] = [code for text in mails.all_inner_texts() for code in CODE.findall(text)]
            return len(found) > more_than

        wait_for(tab, is_there)
        tab.close()
        return found


def wait_for(page: Page, is_there: Callable[[], bool]) -> None:
    """This will press „Odśwież” until what is waited for has arrived."""
    until = time.monotonic() + SECONDS_TO_ARRIVE
    while not is_there():
        assert time.monotonic() < until, f"no such mail: {page.locator('main').inner_text()}"
        page.wait_for_timeout(200)
        page.get_by_role("link", name="Odśwież").click()
