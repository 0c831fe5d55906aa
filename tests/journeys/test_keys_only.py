"""Hands on the keyboard, never on a mouse; and a key that lives in the device."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.citizen import CELINA, DEMO_PASSWORD, Citizen
from tests.journeys.place import Place
from tests.world.browser import visit

pytestmark = pytest.mark.browser
BOGDAN = "bogdan.kowalski@example.pl"
TOWN_HALL = "Urząd Miejski w Cieszynie"
MOST_TABS = 80
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
NAME = """() => {
  const at = document.activeElement;
  const label = at.labels && at.labels.length ? at.labels[0].innerText : '';
  return (label || at.getAttribute('aria-label') || at.innerText || '').trim();
}"""


def tab_to(page: Page, name: str) -> None:
    """This will press Tab until what has the focus is called so, and see that the focus shows."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if re.match(name, str(page.evaluate(NAME))):
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            return
    raise AssertionError(f"„{name}” is not reached by the keyboard on {page.url}")


def press(page: Page, name: str) -> None:
    tab_to(page, name)
    page.keyboard.press("Enter")


def log_in_by_keys(page: Page) -> None:
    page.goto("/konto/zaloguj/?next=/sprawy/pismo-ogolne/")
    page.keyboard.press("Tab")
    assert page.evaluate(NAME) == "Przejdź do treści"
    tab_to(page, "Adres e-mail")
    page.keyboard.type(CELINA)
    tab_to(page, "Hasło")
    page.keyboard.type(DEMO_PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/sprawy/pismo-ogolne/"))


def choose_addressee_by_keys(page: Page) -> None:
    press(page, "Załatw sprawę")
    expect(page).to_have_url(re.compile("/adresat/"))
    tab_to(page, "Do kogo chcesz napisać")
    page.keyboard.type("urząd miejski")
    expect(page.get_by_role("option").filter(has_text=TOWN_HALL).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    press(page, "Dalej")


def test_a_letter_is_sent_by_keyboard_alone(place: Place, browser: Browser) -> None:
    with visit(browser, place.url) as page:
        log_in_by_keys(page)
        choose_addressee_by_keys(page)
        expect(page).to_have_url(re.compile("/tresc/"))
        tab_to(page, "Tytuł pisma")
        page.keyboard.type("Samą klawiaturą")
        tab_to(page, "Treść pisma")
        page.keyboard.type("Ta treść powstała bez myszy.")
        press(page, "Przejdź do podpisu")
        expect(page).to_have_url(re.compile("/podpis/"))
        tab_to(page, "Podpis zaufany")
        page.keyboard.press("ArrowUp")
        assert re.search("bez podpisu", str(page.evaluate(NAME)), re.IGNORECASE)
        press(page, "Dalej")
        expect(page).to_have_url(re.compile("/wyslij/"))
        press(page, "Wyślij pismo")
        expect(page.get_by_role("heading", level=1)).to_have_text("Pismo doręczone")


def test_bogdan_adds_a_passkey_and_signs_with_it(place: Place, browser: Browser) -> None:
    # Under a bare number the pages lead here by themselves: passkeys need a name.
    with visit(browser, place.url.replace("//127.0.0.1", "//localhost")) as page:
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        bogdan = Citizen(page, BOGDAN)
        bogdan.logs_in()
        page.goto("/konto/drugi-skladnik/klucze/dodaj/")
        page.get_by_label("Hasło", exact=True).fill(DEMO_PASSWORD)
        bogdan.press("Potwierdź")
        page.get_by_label("Nazwa klucza").fill("Telefon")
        bogdan.press("Dodaj klucz")
        page.wait_for_url(lambda address: not address.endswith("/klucze/dodaj/"))
        expect(page.locator("main")).to_contain_text(
            re.compile("kody zapasowe|Telefon", re.IGNORECASE)
        )
        bogdan.finds_the_general_letter()
        bogdan.chooses_addressee()
        bogdan.writes("Podpisane kluczem", "Treść pisma.")
        bogdan.goes_on_to_signing()
        page.get_by_role("radio", name=re.compile("^Podpis zaufany")).check()
        bogdan.press("Dalej")
        bogdan.press("Podpisz kluczem dostępu")
        expect(page).to_have_url(re.compile("/wyslij/"))
        bogdan.sends()
        expect(page.locator(".upo")).to_contain_text("Podpis zaufany, ważny")
