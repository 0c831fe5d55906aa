"""What the people of the centre do: one confirms a profile at the counter, one takes a letter."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, expect

from tests.journeys.citizen import DARIA, Citizen
from tests.journeys.place import Place
from tests.world.browser import Scripts, visit

GABRIELA = "gabriela.lis@cuw.example"
# Made up; its check digit holds.
PESEL = "90010112349"


@contextmanager
def at_work(browser: Browser, place: Place, scripts: Scripts, email: str) -> Iterator[Citizen]:
    """A clerk before a browser of their own, logged in and on the page of the desk."""
    with visit(browser, place.url, scripts=scripts) as page:
        clerk = Citizen(page, email, scripts)
        clerk.logs_in()
        page.goto("/kancelaria/")
        yield clerk


def confirms_profile(
    browser: Browser, place: Place, scripts: Scripts, code: str, full_name: str
) -> None:
    """This will find the request, compare the document and confirm: three screens."""
    with at_work(browser, place, scripts, GABRIELA) as clerk:
        page = clerk.page
        page.get_by_role("link", name="Profile zaufane").first.click()
        page.get_by_label("Kod prośby").fill(code)
        clerk.press("Znajdź prośbę")
        expect(page.locator("main")).to_contain_text(full_name)
        page.get_by_role("radio", name="Dowód osobisty").check()
        page.get_by_label("PESEL z dokumentu").fill(PESEL)
        page.get_by_label("Zdjęcie, imię i nazwisko zgadzają się").check()
        clerk.press("Dalej")
        expect(page.locator("main")).to_contain_text(f"osoba przy okienku to {full_name}")
        clerk.press("Potwierdź profil")
        expect(page.locator("main")).to_contain_text("Profil potwierdzony.")


def takes_letter(browser: Browser, place: Place, scripts: Scripts, title: str) -> None:
    """This will find the letter among those received, read it and take it."""
    with at_work(browser, place, scripts, DARIA) as clerk:
        clerk.page.get_by_role("link", name=title, exact=True).first.click()
        expect(clerk.page.get_by_role("heading", level=1)).to_have_text(title)
        expect(clerk.page.locator("main")).to_contain_text("Zażółć gęślą jaźń.")
        clerk.press("Biorę to pismo")
        expect(clerk.page.locator("main")).to_contain_text("Daria Wójcik")
