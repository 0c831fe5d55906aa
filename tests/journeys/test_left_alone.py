"""A page that was left alone logs out, and gives back what was typed once the person returns."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.citizen import CELINA, DEMO_PASSWORD, Citizen
from tests.world.browser import Scripts, visit
from tests.world.patience import SECONDS
from tests.world.server import RunningServer, running_skrytka

pytestmark = pytest.mark.browser
LOG_IN = re.compile("/konto/zaloguj/")


@pytest.fixture(scope="module")
def impatient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    data = tmp_path_factory.mktemp("impatient")
    with running_skrytka(data, SKRYTKA_WSGI="tests.world.server_impatient:application") as running:
        yield running


def comes_back(celina: Citizen) -> None:
    expect(celina.page.locator("main")).to_contain_text("Wylogowaliśmy Cię po 15 minutach")
    celina.page.get_by_label("Adres e-mail").fill(CELINA)
    celina.page.get_by_label("Hasło", exact=True).fill(DEMO_PASSWORD)
    celina.press("Zaloguj się")


def test_what_was_typed_is_there_after_the_idle_log_out(
    impatient: RunningServer, browser: Browser, scripts: Scripts
) -> None:
    with visit(browser, impatient.url, scripts=scripts) as page:
        celina = Citizen(page, CELINA, scripts)
        celina.logs_in()
        celina.finds_the_general_letter()
        celina.chooses_addressee()
        celina.writes("Zostawione", "Tego nikt jeszcze nie zapisał.")
        where = page.url
        if scripts is Scripts.ON:
            expect(page.locator("#idle-dialog")).to_be_visible(timeout=SECONDS * 1000)
            expect(page).to_have_url(LOG_IN, timeout=2 * SECONDS * 1000)
        else:
            page.wait_for_timeout((SECONDS + 1) * 1000)
            celina.press("Zapisz i dokończ później")
            expect(page).to_have_url(LOG_IN)
        comes_back(celina)
        expect(page).to_have_url(where)
        expect(page.get_by_label("Tytuł pisma")).to_have_value("Zostawione")
        expect(page.get_by_label("Treść pisma")).to_have_value("Tego nikt jeszcze nie zapisał.")


def test_one_key_keeps_a_person_in(impatient: RunningServer, browser: Browser) -> None:
    with visit(browser, impatient.url) as page:
        Citizen(page, CELINA).logs_in()
        expect(page.locator("#idle-dialog")).to_be_visible(timeout=SECONDS * 1000)
        with page.expect_response("**/konto/zostaje/") as answer:
            page.keyboard.press("Escape")
        assert answer.value.ok
        expect(page.locator("#idle-dialog")).to_be_hidden()
        page.goto("/pisma/")
        expect(page).not_to_have_url(LOG_IN)
