"""„Podgląd”: the one who sends and the one who receives look at a file without opening it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.citizen import ANNA, DARIA, Citizen
from tests.journeys.clerk import at_work
from tests.journeys.crawl import Crawl
from tests.journeys.place import Place
from tests.world import pages
from tests.world.browser import Scripts, visit
from tests.world.files import csv

pytestmark = pytest.mark.browser
IS_DRAWN = "picture => picture.complete && picture.naturalWidth > 0"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    paper, table = tmp_path / "umowa najmu.pdf", tmp_path / "lista.csv"
    paper.write_bytes(pages.pages(3))
    table.write_bytes(csv("cp1250"))
    return paper, table


def look_at(page: Page, scripts: Scripts, who: str) -> None:
    """Without JavaScript in the page there is nothing that axe could run in."""
    if scripts is Scripts.ON:
        crawl = Crawl(who, page)
        crawl.look_at("preview")
        assert not crawl.problems, "\n".join(crawl.problems)


def leafs_through(page: Page) -> None:
    """This will read the second page of the file, reached from the first by its link."""
    page.get_by_role("link", name=re.compile("Podgląd pliku umowa najmu.pdf")).click()
    expect(page.get_by_role("img", name="Strona 1 z 3 pliku umowa najmu.pdf")).to_be_visible()
    page.get_by_role("link", name=re.compile("Następna")).click()
    picture = page.get_by_role("img", name="Strona 2 z 3 pliku umowa najmu.pdf")
    expect(picture).to_be_visible()
    assert picture.evaluate(IS_DRAWN)
    expect(page.get_by_role("link", name=re.compile("Poprzednia"))).to_be_visible()


def test_both_sides_look_at_the_pages_of_a_file(
    place: Place, browser: Browser, scripts: Scripts, files: tuple[Path, Path]
) -> None:
    title = f"Pismo z podglądem {place.run} {scripts.name.lower()}"
    with visit(browser, place.url, scripts=scripts) as page:
        anna = Citizen(page, ANNA, scripts)
        anna.logs_in()
        anna.finds_the_general_letter()
        anna.chooses_addressee()
        anna.writes_and_waits(title, "Treść pisma.")
        anna.attaches(*files)
        safe = page.locator("li.file").filter(has_text="Plik bezpieczny")
        expect(safe).to_have_count(2, timeout=60_000)
        leafs_through(page)
        look_at(page, scripts, "anna")
        page.get_by_role("link", name="Wróć do pisma").click()
        page.get_by_role("link", name=re.compile("Podgląd pliku lista.csv")).click()
        expect(page.get_by_label("Treść pliku")).to_contain_text("1;Łucja;Żory;1,50")
        look_at(page, scripts, "anna-text")
        page.get_by_role("link", name="Wróć do pisma").click()
        anna.goes_on_to_signing()
        anna.changes_the_box()
        anna.goes_on_to_signing()
        anna.goes_unsigned()
        anna.sends()
    with at_work(browser, place, scripts, DARIA) as clerk:
        clerk.page.get_by_role("link", name=title, exact=True).first.click()
        leafs_through(clerk.page)
        look_at(clerk.page, scripts, "daria")
