"""150 MB over a wire that breaks ten times, two reloads and a killed server: nothing from zero."""

import hashlib
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.citizen import ANNA, Citizen
from tests.world.browser import PATIENCE_MS
from tests.world.files import exe, pdf
from tests.world.large_files import large_picture
from tests.world.postgres import free_port
from tests.world.server import RunningServer, start_skrytka, wait_until_ready
from tests.world.wire import Wire, wire_to

pytestmark = pytest.mark.browser
SIZE = 150_000_000
RATE = 24_000_000
SAFE = "Plik bezpieczny, gotowy do wysłania"
AGAIN = "Wybierz ten plik jeszcze raz, a dokończymy przesyłanie."
TITLE = "Zdjęcia z budowy"
# What is on its way in two kernels and a proxy when a wire is cut, and one part not yet kept.
LOST_AT_A_CUT = 12 << 20


@dataclass
class Served:
    """A server that people reach over a wire that breaks."""

    data: Path
    wire: Wire
    port: int
    running: list[RunningServer] = field(default_factory=list)

    def start(self) -> None:
        environment = {"SKRYTKA_BASE_URL": f"http://localhost:{self.wire.port}"}
        self.running.append(start_skrytka(self.data, environment, port=self.port))
        wait_until_ready(self.running[-1])

    def kill(self) -> None:
        self.running[-1].kill()


@contextmanager
def served(data: Path, rate: int) -> Iterator[Served]:
    port = free_port()
    with wire_to(port, rate=rate) as wire:
        there = Served(data, wire, port)
        try:
            there.start()
            yield there
        finally:
            there.kill()


@contextmanager
def page_at(browser: Browser, port: int) -> Iterator[Page]:
    context = browser.new_context(
        base_url=f"http://localhost:{port}",
        viewport={"width": 390, "height": 844},
        locale="pl-PL",
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    try:
        yield page
    finally:
        context.close()


def begins_a_letter(anna: Citizen) -> None:
    anna.logs_in()
    anna.finds_the_general_letter()
    anna.chooses_addressee()
    anna.writes_and_waits(TITLE, "W załączeniu.")


def percent_of(page: Page) -> int:
    value = page.locator("li.file progress").first.get_attribute("value")
    return int(value or 0)


def wait_for_percent(page: Page, percent: int, seconds: int = 60) -> None:
    until = time.monotonic() + seconds
    while percent_of(page) < percent:
        assert time.monotonic() < until, page.locator("li.file").last.inner_text()
        page.wait_for_timeout(50)


def goes_on_to_the_last_page(anna: Citizen) -> None:
    anna.goes_on_to_signing()
    anna.changes_the_box()
    anna.goes_on_to_signing()
    anna.goes_unsigned()


def test_a_large_file_survives_the_journey(browser: Browser, tmp_path: Path) -> None:
    chance = random.Random(2026)
    file = large_picture(tmp_path / "budowa.bmp", SIZE)
    with served(tmp_path / "data", RATE) as there, page_at(browser, there.wire.port) as page:
        anna = Citizen(page, ANNA)
        begins_a_letter(anna)
        before = there.wire.sent
        page.set_input_files("#files", str(file))
        places = sorted(chance.randint(4, 92) for _ in range(10))
        for number, place in enumerate(places, start=1):
            wait_for_percent(page, place)
            there.wire.cut()
            if number in {3, 6}:
                reloads_and_goes_on(page, file, place)
            if number == 8:
                there.kill()
                there.start()
        expect(page.locator("li.file").last).to_contain_text(SAFE, timeout=120_000)
        assert there.wire.sent - before < SIZE + 10 * LOST_AT_A_CUT
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        goes_on_to_the_last_page(anna)
        expect(page.get_by_title(digest)).to_have_count(1)


def reloads_and_goes_on(page: Page, file: Path, place: int) -> None:
    """After a reload the browser has forgotten the file; the server has not."""
    page.reload()
    row = page.locator("li.file").filter(has_text=file.name)
    expect(row).to_contain_text(AGAIN)
    assert percent_of(page) >= place - 8
    page.set_input_files("#files", str(file))
    wait_for_percent(page, place)
    expect(page.locator("li.file").filter(has_text=file.name)).to_have_count(1)


def test_another_device_of_the_same_person_goes_on(browser: Browser, tmp_path: Path) -> None:
    file = large_picture(tmp_path / "budowa.bmp", 40_000_000)
    with served(tmp_path / "data", 8_000_000) as there:
        with page_at(browser, there.wire.port) as page:
            begins_a_letter(Citizen(page, ANNA))
            page.set_input_files("#files", str(file))
            wait_for_percent(page, 40)
        sent = there.wire.sent
        with page_at(browser, there.wire.port) as other:
            anna = Citizen(other, ANNA)
            anna.logs_in()
            other.goto("/pisma/robocze/")
            other.get_by_role("link", name=TITLE).first.click()
            row = other.locator("li.file").filter(has_text=file.name)
            expect(row).to_contain_text(AGAIN)
            anna.press("Przejdź do podpisu")
            expect(other.locator("main")).to_contain_text("Poczekaj, aż prześlemy 1 plik")
            other.set_input_files("#files", str(file))
            expect(row).to_contain_text(SAFE, timeout=60_000)
            assert there.wire.sent - sent < 32_000_000


def test_a_person_pauses_goes_on_and_gives_up(browser: Browser, tmp_path: Path) -> None:
    file = large_picture(tmp_path / "budowa.bmp", 60_000_000)
    (tmp_path / "umowa.pdf").write_bytes(pdf())
    (tmp_path / "program.exe").write_bytes(exe())
    with served(tmp_path / "data", 12_000_000) as there, page_at(browser, there.wire.port) as page:
        anna = Citizen(page, ANNA)
        begins_a_letter(anna)
        page.set_input_files("#files", [str(file), str(tmp_path / "umowa.pdf")])
        first = page.locator("li.file").first
        wait_for_percent(page, 20)
        first.get_by_role("button", name="Wstrzymaj").click()
        expect(first).to_contain_text("Wstrzymane")
        expect(page.locator("li.file").last).to_contain_text(SAFE)
        anna.press("Przejdź do podpisu")
        expect(page.locator("#files-wait")).to_contain_text("Poczekaj, aż prześlemy 1 plik")
        first.get_by_role("button", name="Wznów").click()
        expect(first).to_contain_text("Przesyłanie")
        first.get_by_role("button", name="Usuń").click()
        expect(page.locator("li.file")).to_have_count(1)
        expect(page.locator("#meter")).to_contain_text("Możesz dodać jeszcze 150")
        page.set_input_files("#files", str(tmp_path / "program.exe"))
        expect(page.locator("li.file").last).to_contain_text("Nie przyjmujemy plików EXE.")
        page.reload()
        expect(page.locator("li.file")).to_have_count(1)
