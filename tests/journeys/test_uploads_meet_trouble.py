"""What a person reads when a file is stopped on its way, and that it goes on by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.journeys.citizen import ANNA, Citizen
from tests.journeys.test_uploads_go_on import (
    AGAIN,
    SAFE,
    Served,
    begins_a_letter,
    page_at,
    served,
    wait_for_percent,
)
from tests.world.disks import small_disk
from tests.world.large_files import large_picture

pytestmark = pytest.mark.browser
SIZE = 24_000_000
RATE = 5_000_000
LONG_MS = 60_000
CUT = "Wznowimy od tego miejsca, gdy wróci internet."
PROXY_PAGE = "<html><h1>502 Bad Gateway</h1></html>"


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("skrytka") / "data", RATE) as found:
        yield found


@pytest.fixture
def anna(browser: Browser, there: Served) -> Iterator[Citizen]:
    with page_at(browser, there.wire.port) as page:
        citizen = Citizen(page, ANNA)
        begins_a_letter(citizen)
        yield citizen


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return large_picture(tmp_path / "budowa.bmp", SIZE)


def begins_to_send(page: Page, file: Path) -> Locator:
    page.set_input_files("#files", str(file))
    wait_for_percent(page, 20)
    return page.locator("li.file").filter(has_text=file.name)


def test_a_server_that_is_gone_is_told_soon_and_not_when_all_is_given_up(
    anna: Citizen, there: Served, file: Path
) -> None:
    row = begins_to_send(anna.page, file)
    there.kill()
    expect(row).to_contain_text(CUT, timeout=5_000)
    there.start()
    expect(row).to_contain_text(SAFE, timeout=LONG_MS)


def test_the_meter_says_the_same_before_while_and_after_files_come(
    anna: Citizen, file: Path, tmp_path: Path
) -> None:
    page, second = anna.page, large_picture(tmp_path / "plan.bmp", SIZE)
    meter = page.locator("#meter")
    page.set_input_files("#files", [str(file), str(second)])
    expect(meter).to_contain_text("Zajęte: 48,0\xa0MB ze 150\xa0MB")
    wait_for_percent(page, 20)
    page.reload()
    expect(meter).to_contain_text("Zajęte: 24,0\xa0MB ze 150\xa0MB")
    page.set_input_files("#files", [str(file), str(second)])
    expect(meter).to_contain_text("Zajęte: 48,0\xa0MB ze 150\xa0MB")
    expect(page.locator("li.file").filter(has_text=SAFE)).to_have_count(2, timeout=LONG_MS)
    expect(meter).to_contain_text("Zajęte: 48,0\xa0MB ze 150\xa0MB")


def test_whoever_logs_in_again_in_another_tab_goes_on_without_a_reload(
    anna: Citizen, there: Served, file: Path
) -> None:
    page, sent = anna.page, there.wire.sent
    row = begins_to_send(page, file)
    other = Citizen(page.context.new_page(), ANNA)
    other.page.goto("/")
    other.press("Wyloguj się")
    expect(row).to_contain_text("Wylogowaliśmy Cię. Zaloguj się, a dokończymy.")
    other.logs_in()
    expect(row).to_contain_text(SAFE, timeout=LONG_MS)
    assert there.wire.sent - sent < 2 * SIZE
    anna.writes_and_waits("Po ponownym zalogowaniu", "Zapisuje się samo.")


def test_a_save_that_an_old_token_spoiled_succeeds_the_next_time(anna: Citizen) -> None:
    page = anna.page
    other = Citizen(page.context.new_page(), ANNA)
    other.page.goto("/")
    other.press("Wyloguj się")
    other.logs_in()
    page.get_by_label("Treść pisma").fill("Z dawną przepustką")
    expect(page.locator("#draft-saved")).to_contain_text("Nie zapisaliśmy zmian")
    page.get_by_label("Treść pisma").fill("Z nową przepustką")
    expect(page.locator("#draft-saved")).to_contain_text("Zapisane o")


def test_back_shows_what_is_on_its_way(anna: Citizen, file: Path) -> None:
    """A page kept by the browser would not know of it, and the file would come twice."""
    page = anna.page
    page.reload()
    page.set_input_files("#files", str(file))
    wait_for_percent(page, 5)
    page.goto("/pisma/")
    page.go_back()
    row = page.locator("li.file")
    expect(row).to_contain_text(AGAIN)
    page.set_input_files("#files", str(file))
    expect(row).to_contain_text(SAFE, timeout=LONG_MS)
    expect(row).to_have_count(1)


def test_a_file_that_is_gone_from_the_device_is_told_and_goes_on_when_it_is_back(
    anna: Citizen, there: Served, file: Path
) -> None:
    page, sent = anna.page, there.wire.sent
    page.set_input_files("#files", str(file))
    wait_for_percent(page, 45)
    away = file.rename(file.with_suffix(".away"))
    row = page.locator("li.file")
    expect(row).to_contain_text("Nie możemy już odczytać pliku budowa.bmp na Twoim urządzeniu.")
    away.rename(file)
    page.set_input_files("#files", str(file))
    expect(row).to_contain_text(SAFE, timeout=LONG_MS)
    expect(row).to_have_count(1)
    assert there.wire.sent - sent < SIZE + (SIZE >> 1)
    expect(page.locator("#meter")).to_contain_text("Zajęte: 24,0\xa0MB")


@pytest.mark.parametrize(
    ("status", "said"), [(502, CUT), (413, "Nie udało się dodać pliku budowa.bmp.")]
)
def test_the_error_page_of_a_proxy_is_not_shown_in_the_list(
    anna: Citizen, file: Path, status: int, said: str
) -> None:
    page = anna.page

    def answer(route: Route) -> None:
        if route.request.method == "PATCH":
            route.fulfill(status=status, content_type="text/html", body=PROXY_PAGE)
        else:
            route.continue_()

    page.route("**/przesylanie/*/", answer)
    page.set_input_files("#files", str(file))
    row = page.locator("li.file")
    expect(row).to_contain_text(said)
    expect(row).not_to_contain_text("Gateway")


def test_a_full_disk_is_told_while_it_is_full(browser: Browser, tmp_path: Path, file: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    with (
        small_disk(data / "transfers", megabytes=40) as disk,
        served(data, RATE) as there,
        page_at(browser, there.wire.port) as page,
    ):
        begins_a_letter(Citizen(page, ANNA))
        other = disk / "other"
        other.write_bytes(bytes(30_000_000))
        page.set_input_files("#files", str(file))
        row = page.locator("li.file")
        expect(row).to_contain_text("Nie możemy teraz zapisać pliku budowa.bmp.", timeout=LONG_MS)
        other.unlink()
        expect(row).to_contain_text(SAFE, timeout=LONG_MS)
