"""Two tabs, the back button, two clicks: one letter, and nothing that was typed is lost."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.citizen import CELINA, Citizen
from tests.journeys.place import Place
from tests.world.browser import Scripts, visit

pytestmark = pytest.mark.browser
CONFLICT = (
    "To pismo zmieniło się w innej karcie. Wczytaj nowszą wersję albo zapisz swoją jako kopię."
)
ALREADY = "To pismo zostało już wysłane"


@pytest.fixture
def celina(browser: Browser, place: Place, scripts: Scripts) -> Iterator[Citizen]:
    with visit(browser, place.url, scripts=scripts) as page:
        citizen = Citizen(page, CELINA, scripts)
        citizen.logs_in()
        yield citizen


def opens_a_draft(celina: Citizen) -> None:
    celina.finds_the_general_letter()
    celina.chooses_addressee(typed="urząd miejski cieszyn", name="Urząd Miejski w Cieszynie")


def comes_to_sending(celina: Citizen, title: str) -> None:
    opens_a_draft(celina)
    celina.writes(title, "Treść pisma.")
    celina.goes_on_to_signing()
    celina.goes_unsigned()


def letters_called(page: Page, title: str) -> int:
    page.goto("/pisma/")
    return page.get_by_role("link", name=title, exact=True).count()


def second_tab(celina: Citizen) -> Citizen:
    page = celina.page.context.new_page()
    page.goto(celina.page.url)
    return Citizen(page, celina.email, celina.scripts)


def test_two_tabs_are_told_of_each_other_and_both_texts_live(
    celina: Citizen, scripts: Scripts
) -> None:
    opens_a_draft(celina)
    other = second_tab(celina)
    celina.writes("Z pierwszej karty", "Pierwsza.")
    celina.goes_on_to_signing()
    other.writes(f"Z drugiej karty {scripts.value}", "Druga.")
    if scripts is Scripts.OFF:
        other.press("Przejdź do podpisu")
    expect(other.page.locator("#draft-conflict")).to_contain_text(CONFLICT)
    expect(other.page.get_by_label("Treść pisma")).to_have_value("Druga.")
    other.press("Zapisz moją jako kopię")
    expect(other.page.get_by_label("Treść pisma")).to_have_value("Druga.")
    assert other.page.url != celina.page.url.replace("podpis", "tresc")
    celina.page.goto(celina.page.url.replace("podpis", "tresc"))
    expect(celina.page.get_by_label("Treść pisma")).to_have_value("Pierwsza.")


def test_the_newer_version_can_be_loaded_instead(celina: Citizen, scripts: Scripts) -> None:
    opens_a_draft(celina)
    other = second_tab(celina)
    celina.writes("Z pierwszej karty", "Pierwsza.")
    celina.goes_on_to_signing()
    other.writes("Z drugiej karty", "Druga.")
    if scripts is Scripts.OFF:
        other.press("Przejdź do podpisu")
    other.page.get_by_role("button", name="Wczytaj nowszą wersję").click()
    expect(other.page.get_by_label("Treść pisma")).to_have_value("Pierwsza.")


def test_back_after_sending_tells_that_it_was_sent(
    celina: Citizen, place: Place, scripts: Scripts
) -> None:
    title = f"Wróć {place.run}, skrypty: {scripts.value}"
    comes_to_sending(celina, title)
    other = second_tab(celina)
    receipt_no = celina.sends()
    celina.page.go_back()
    expect(celina.page.get_by_role("heading", level=1)).to_have_text(ALREADY)
    expect(celina.page.locator("main")).to_contain_text(receipt_no)
    other.press("Wyślij pismo")
    expect(other.page.get_by_role("heading", level=1)).to_have_text(ALREADY)
    other.page.get_by_role("button", name=re.compile("UPO|pismo")).click()
    expect(other.page.locator(".upo__no")).to_have_text(receipt_no)
    assert letters_called(celina.page, title) == 1


def test_a_double_click_sends_once(celina: Citizen, place: Place, scripts: Scripts) -> None:
    title = f"Dwa kliknięcia {place.run}, skrypty: {scripts.value}"
    comes_to_sending(celina, title)
    celina.page.get_by_role("button", name="Wyślij pismo", exact=True).dblclick(no_wait_after=True)
    expect(celina.page.get_by_role("heading", level=1)).to_have_text(
        re.compile(f"Pismo doręczone|{ALREADY}")
    )
    assert letters_called(celina.page, title) == 1
