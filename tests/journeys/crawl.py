"""Every page that one person can reach, each looked at by axe at three widths.

Pages are told apart by the name of their address: of a page of which there are many, as of letters,
a few are looked at. Links are followed as they stand, so that a link to nowhere is found as well.
"""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.world.axe import overflow, overflow_before_fonts, violations
from tests.world.browser import HEIGHT, NARROW, PHONE, WIDE

FEW = 2
LINKS = "[...document.querySelectorAll('a[href]:not([download])')].map(a => a.href)"
# Addresses that are no pages: files, answers to scripts, and those that change something.
NO_PAGES = re.compile(
    r"healthz|readyz|set_language|.*(_xml|_pdf|_receipt|_document|package|attachment)"
    r"|desk:document|web:(start_draft|draft|draft_file|draft_files|letter_status|keep_alive|act_as)"
    r"|mfa_download_recovery_codes"
)
# What everybody sees is looked at as everybody does, not once more for each person.
PUBLIC = re.compile(
    r"web:(start|institutions?|tell_a_friend|catalogue|category|card|addressees|help|terms|privacy"
    r"|cookies|accessibility|verify|demo_mail)|account_(login|signup|reset_password.*|inactive)"
)
# Mails of all persons stand there: their links lead to pages of others.
NOT_FOLLOWED = {"web:demo_mail"}


@dataclass
class Crawl:
    """One person's walk: what was seen, by name of address, and what is wrong with it."""

    who: str
    page: Page
    passed_by: re.Pattern[str] = NO_PAGES
    seen: dict[str, list[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def walk(self, *first: str) -> None:
        """This will look at the pages given and at all that they lead to, until none is new."""
        waiting = list(first)
        while waiting:
            path = waiting.pop(0)
            name = name_of(path)
            if name is None:
                self.problems.append(f"{path}: leads nowhere")
            elif self._is_new(name, path):
                waiting += self._visited(name, path)

    def look_at(self, name: str) -> None:
        """This will judge the page as it stands, at every width."""
        for width in (WIDE, PHONE, NARROW):
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            where = f"{name} at {width}"
            self.problems += [f"{where}: {found}" for found in violations(self.page)]
            if wider := overflow(self.page):
                self.problems.append(f"{where}: {wider} px wider than the window")
            self._keep_picture(name, width)
        if wider := overflow_before_fonts(self.page):
            self.problems.append(f"{where}, before its font: {wider} px wider than the window")

    def _is_new(self, name: str, path: str) -> bool:
        known = self.seen.get(name, [])
        if NO_PAGES.fullmatch(name) or self.passed_by.fullmatch(name):
            return False
        return path not in known and len(known) < FEW

    def _visited(self, name: str, path: str) -> list[str]:
        self.seen.setdefault(name, []).append(path)
        answer = self.page.goto(path)
        if answer is None or answer.status != 200:
            self.problems.append(f"{path}: {answer and answer.status}")
            return []
        self.look_at(f"{name.replace(':', '-')}-{len(self.seen[name])}")
        if name in NOT_FOLLOWED:
            return []
        links = [urlsplit(link) for link in self.page.evaluate(LINKS)]
        here = urlsplit(self.page.url).netloc
        return [
            f"{link.path}?{link.query}" if link.query else link.path
            for link in links
            if link.netloc == here
        ]

    def _keep_picture(self, name: str, width: int) -> None:
        folder = os.environ.get("SKRYTKA_SCREENSHOTS")
        if folder and width != NARROW:
            Path(folder).mkdir(parents=True, exist_ok=True)
            path = Path(folder) / f"{self.who}-{name}-{width}.png"
            self.page.screenshot(path=path, full_page=True)


def name_of(path: str) -> str | None:
    """This will return the name of an address of the product."""
    try:
        return resolve(urlsplit(path).path).view_name or "nameless"
    except Resolver404:
        return None
