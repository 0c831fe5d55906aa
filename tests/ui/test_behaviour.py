"""What app.js adds, in a real browser under the strict policy; and what stays without it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Engine
from playwright.sync_api import Browser, Page, expect

from skrytka.ui.parts import FileRow, FileState, Meter, Step, StepState
from skrytka.ui.refusal_texts import refusal_text
from tests.ui.browser import chromium, overflow, served, violations
from tests.ui.test_frames import MENU, Idle, Support, Viewer

pytestmark = pytest.mark.browser
WIDTHS = (1360, 390, 320)
PARTS = Path(__file__).with_name("everything.html").read_text()


class Letter(forms.Form):
    body = forms.CharField(label="Treść", widget=forms.Textarea, max_length=10)
    secret = forms.CharField(label="Hasło", widget=forms.PasswordInput)


def _page(frame: str, idle: Idle) -> str:
    context = {
        "frame": frame,
        "form": Letter({}),
        "viewer": Viewer(),
        "idle": idle,
        "support": Support(),
        "desk_menu": MENU,
        "desk_search_url": "/szukaj/",
        "show_cookie_notice": True,
        "demo_mode": True,
        "csrf_token": "token",
        "steps": (Step("Adresat", StepState.DONE, "/1/"), Step("Pismo", StepState.NOW)),
        "files": tuple(
            FileRow(f"k{place}", f"plik-{place}.zip", 2_100_000, state, percent=35)
            for place, state in enumerate(FileState)
        ),
        "meter": Meter(96_400_000, 150_000_000),
    }
    return Engine.get_default().from_string(PARTS).render(Context(context))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def address() -> Iterator[str]:
    row = FileRow("new", "nowy.pdf", 3, FileState.SAFE)
    meter = Meter(97_000_000, 150_000_000)
    source = '{% include "ui/components/file_row.html" %}{% include "ui/components/meter.html" %}'
    pages = {
        "/": _page("ui/base.html", Idle()),
        "/desk/": _page("ui/desk_base.html", Idle()),
        "/idle/": _page("ui/base.html", Idle(seconds=3, warn_seconds=2)),
        "/row/": Engine.get_default()
        .from_string(source)
        .render(Context({"file": row, "meter": meter})),
    }
    with served(pages) as at:
        yield at


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console", lambda said: complaints.append(said.text) if "Policy" in said.text else None
    )
    opened.goto(address, wait_until="networkidle")
    yield opened
    context.close()
    assert [said for said in complaints if "ERR_FAILED" not in said] == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["/", "/desk/"])
def test_axe_finds_nothing_and_nothing_overflows(
    page: Page, address: str, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address + path, wait_until="networkidle")
    assert violations(page) == []
    assert overflow(page) == 0


def test_a_box_address_is_copied_and_said_so(page: Page) -> None:
    page.click("[data-copy]")
    expect(page.locator("[data-copy-text]")).to_have_text("Skopiowano adres")
    assert page.evaluate("navigator.clipboard.readText()") == "/ZOJO_Cieszyn/SkrytkaESP"


def test_the_counter_counts_down_and_says_by_how_much_a_text_is_too_long(page: Page) -> None:
    page.fill("#id_body", "ą" * 9)
    expect(page.locator("#id_body_count")).to_have_text("Możesz wpisać jeszcze 1 znak")
    page.fill("#id_body", "ą" * 15)
    expect(page.locator("#id_body_count")).to_contain_text("Treść jest za długa o 5 znak")


def test_a_password_is_shown_and_hidden(page: Page) -> None:
    page.click("[data-show-password]")
    expect(page.locator("#id_secret")).to_have_attribute("type", "text")
    expect(page.locator("[data-show-password]")).to_have_text("Ukryj hasło")


def test_an_addressee_is_found_and_chosen_by_keyboard(page: Page) -> None:
    page.click("#to")
    page.keyboard.type("ciesz")
    expect(page.locator(".autocomplete__option")).to_have_count(2)
    assert page.locator(".autocomplete__option b").count() == 0
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
    page.keyboard.press("Enter")
    assert page.input_value("#to") == "Centrum w Cieszynie"
    assert page.input_value("#to_chosen") == "1"
    page.locator("#to").press_sequentially("x")
    assert page.input_value("#to_chosen") == ""


def test_files_are_sent_one_by_one_and_replaced_by_the_rows_of_the_server(
    page: Page, tmp_path: Path
) -> None:
    sent, empty = tmp_path / "nowy.pdf", tmp_path / "pusty.txt"
    sent.write_bytes(b"%PDF")
    empty.touch()
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.method))
    page.set_input_files("#files", [str(sent), str(empty)])
    expect(page.locator("#file-new")).to_contain_text("Plik bezpieczny, gotowy do wysłania")
    refused = page.locator(".file").last
    expect(refused).to_contain_text("Plik pusty.txt jest pusty.")
    expect(refused.locator(".spin")).to_be_hidden()
    expect(refused.get_by_text("Błąd:")).to_be_attached()
    expect(page.locator("[data-upload-status]")).to_contain_text("Plik")
    page.wait_for_timeout(300)
    assert posts.count("POST") == 1


def test_a_row_on_its_way_shows_what_kind_of_file_it_is_and_how_it_stands(
    page: Page, tmp_path: Path
) -> None:
    for name in ("zdjecie.jpg", "opis.txt"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "pusty.csv").touch()
    page.route("**/up/", lambda _route: None)
    names = ("zdjecie.jpg", "opis.txt", "pusty.csv")
    page.set_input_files("#files", [str(tmp_path / name) for name in names])
    sending, queued, refused = (page.locator("li.file").filter(has_text=name) for name in names)
    expect(queued.locator("[data-icon='queued']")).to_be_visible()
    expect(queued.locator("[data-icon='run']")).to_be_hidden()
    expect(sending.locator("[data-kind*='jpg']")).to_be_visible()
    expect(queued.locator("[data-kind='']")).to_be_visible()
    expect(refused.locator("[data-kind='refused']")).to_be_visible()
    expect(refused.get_by_role("button", name="Usuń plik pusty.csv")).to_have_class(
        re.compile("bad")
    )


def test_whoever_works_by_keyboard_keeps_their_place_in_the_list(
    page: Page, tmp_path: Path
) -> None:
    for name in ("pierwszy.pdf", "drugi.pdf"):
        (tmp_path / name).write_bytes(b"%PDF")
    page.route("**/up/", lambda _route: None)
    page.set_input_files("#files", [str(tmp_path / "pierwszy.pdf"), str(tmp_path / "drugi.pdf")])
    row = page.locator("li.file").filter(has_text="drugi.pdf")
    row.get_by_role("button", name="Wstrzymaj").press("Enter")
    expect(row.get_by_role("button", name="Wznów")).to_be_focused()
    expect(row.locator("[data-icon='paused']")).to_be_visible()
    page.keyboard.press("Enter")
    expect(row.get_by_role("button", name="Wstrzymaj")).to_be_focused()
    row.get_by_role("button", name="Usuń plik drugi.pdf").press("Enter")
    expect(page.locator("#files")).to_be_focused()
    expect(page.locator("[data-upload-status]")).to_contain_text("Plik drugi.pdf usunięty z listy.")


def test_a_row_is_heard_without_its_buttons(page: Page, tmp_path: Path) -> None:
    (tmp_path / "nowy.pdf").write_bytes(b"%PDF")
    page.set_input_files("#files", str(tmp_path / "nowy.pdf"))
    last = page.locator("[data-upload-status] p").last
    expect(last).to_have_text("nowy.pdf. Plik bezpieczny, gotowy do wysłania")


def test_a_lost_connection_leaves_the_file_to_be_sent_again(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "nowy.pdf"
    file.write_bytes(b"%PDF")
    page.route("**/up/", lambda route: route.abort())
    page.set_input_files("#files", str(file))
    expect(page.locator(".file").last).to_contain_text("Straciliśmy połączenie")
    page.unroute("**/up/")
    page.locator(".file").last.get_by_role("button", name="Wznów").click()
    expect(page.locator("#file-new")).to_be_visible()


def of_size(path: Path, megabytes: int) -> str:
    with path.open("wb") as file:
        file.truncate(megabytes * 1_000_000)
    return str(path)


def test_the_meter_moves_when_files_are_chosen_and_not_with_every_percent(
    page: Page, tmp_path: Path
) -> None:
    """What waits in the queue is spoken for, too; a screen reader is not told of it."""
    page.route("**/up/", lambda route: route.abort())
    meter = page.locator("#meter")
    expect(meter).to_contain_text("Zajęte: 96,4\xa0MB ze 150\xa0MB")
    page.set_input_files("#files", [of_size(tmp_path / f"{n}.pdf", 20) for n in (1, 2)])
    expect(meter).to_contain_text("Zajęte: 136,4\xa0MB ze 150\xa0MB")
    expect(meter).to_contain_text("Możesz dodać jeszcze 13,6\xa0MB")
    expect(meter.locator("progress")).to_have_attribute("value", "91")
    assert meter.get_attribute("aria-live") is None
    page.locator(".file").last.get_by_role("button", name="Usuń").click()
    expect(meter).to_contain_text("Możesz dodać jeszcze 33,6\xa0MB")


def test_what_there_is_no_room_for_is_refused_at_once_in_the_words_of_the_server(
    page: Page, tmp_path: Path
) -> None:
    page.route("**/up/", lambda route: route.abort())
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.set_input_files("#files", of_size(tmp_path / "a.pdf", 60))
    refused = page.locator(".file").last
    expect(refused).to_contain_text(refusal_text("F-SIZE2", "a.pdf", {
        "size": 156_400_000, "limit": 150_000_000,
    }))  # fmt: skip
    expect(page.locator("#meter")).to_contain_text("Zajęte: 96,4\xa0MB")
    expect(refused.get_by_text("Błąd:")).to_be_attached()
    page.set_input_files("#files", of_size(tmp_path / "b.pdf", 151))
    expect(page.locator(".file").last).to_contain_text(refusal_text("F-SIZE1", "b.pdf", {
        "size": 151_000_000, "limit": 150_000_000,
    }))  # fmt: skip
    assert sent == []


def test_the_servers_meter_takes_the_place_of_ours(page: Page, tmp_path: Path) -> None:
    page.set_input_files("#files", of_size(tmp_path / "nowy.pdf", 20))
    expect(page.locator("#file-new")).to_be_visible()
    expect(page.locator("#meter")).to_contain_text("Zajęte: 97\xa0MB")


def test_one_checkbox_rules_its_list(page: Page) -> None:
    page.check("[data-select-all]")
    expect(page.locator("[data-selected]")).to_have_text("Zaznaczono 2")
    page.uncheck("input[name=p][value='1']")
    expect(page.locator("[data-selected]")).to_have_text("Zaznaczono 1")


def test_a_second_click_on_send_does_nothing(page: Page) -> None:
    sent: list[str] = []
    page.route("**/x/", lambda route: sent.append(route.request.method))
    page.get_by_role("button", name="Dalej").dblclick(no_wait_after=True)
    page.wait_for_timeout(300)
    assert sent == ["POST"]


def test_idleness_is_warned_of_and_staying_is_one_key(page: Page, address: str) -> None:
    kept: list[str] = []
    page.on("request", lambda asked: kept.append(asked.method) if "zostaje" in asked.url else None)
    page.goto(f"{address}/idle/")
    dialog = page.locator("#idle-dialog")
    expect(dialog).to_be_visible(timeout=4000)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert kept == ["POST"]


def test_the_time_left_is_seen_every_second_and_heard_at_a_few_marks(
    page: Page, address: str
) -> None:
    page.clock.install()
    page.goto(address)
    clock, spoken = page.locator("[data-idle-clock]"), page.locator("[data-idle-spoken]")
    page.clock.run_for(780_000)
    expect(page.get_by_role("dialog", name="Wylogujemy Cię za 2 minuty.")).to_be_visible()
    expect(clock).to_have_text("Wylogujemy Cię za 2:00.")
    page.clock.run_for(1_000)
    expect(clock).to_contain_text("za 1:59.")
    expect(spoken).to_be_empty()
    page.clock.run_for(59_000)
    expect(spoken).to_have_text("Wylogujemy Cię za 1 minutę.")
    page.clock.run_for(25_000)
    expect(clock).to_contain_text("za 0:35.")
    expect(spoken).to_have_text("Wylogujemy Cię za 1 minutę.")
    page.clock.run_for(5_000)
    expect(spoken).to_have_text("Wylogujemy Cię za 30 sekund.")
    page.clock.run_for(29_000)
    expect(clock).to_contain_text("za 0:01.")
    expect(spoken).to_have_text("Wylogujemy Cię za 10 sekund.")


def test_when_the_time_is_over_the_dialog_says_so_even_without_a_connection(
    page: Page, address: str
) -> None:
    page.clock.install()
    page.goto(address)
    page.route("**/wyloguj/", lambda route: route.fulfill(status=204))
    page.clock.run_for(901_000)
    expect(page.locator("#idle-title")).to_have_text("Wylogowaliśmy Cię.")
    expect(page.locator("[data-idle-stay]")).to_be_hidden()


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(page: Page) -> None:
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    page.locator(".govuk-error-summary a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_body"


def test_without_scripts_files_are_added_by_a_plain_button(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(address)
    expect(plain.locator("#files")).to_be_visible()
    expect(plain.get_by_role("button", name="Dodaj pliki")).to_be_visible()
    expect(plain.locator("[data-copy]")).to_be_hidden()
    context.close()
