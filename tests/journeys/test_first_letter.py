"""From nothing to a sealed receipt in the institution's inbox, as a person does it."""

import subprocess
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.citizen import ANNA, DARIA, PASSWORD, Citizen, Stopwatch
from tests.world.browser import Scripts, visit
from tests.world.files import pdf, xls
from tests.world.server import RunningServer, skrytka

pytestmark = pytest.mark.browser
TWO_MINUTES = 120
BODY = "Proszę o zaświadczenie o zatrudnieniu.\n\nZażółć gęślą jaźń."


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    folder = tmp_path / "moje"
    folder.mkdir()
    (folder / "umowa.pdf").write_bytes(pdf())
    (folder / "lista płac.xls").write_bytes(xls())
    return folder / "umowa.pdf", folder / "lista płac.xls"


def check_downloads(citizen: Citizen, folder: Path, files: tuple[Path, ...]) -> None:
    """UPP and package are taken home, where the command says yes, and no after one flipped byte."""
    receipt = citizen.downloads("Pobierz UPO z podpisem", folder)
    package = citizen.downloads("Pobierz kopię podpisanego pisma", folder)
    document = citizen.downloads("pismo.xml", folder)
    arguments = [f"--document={path}" for path in (document, *files)]
    accepted = skrytka(citizen.data, "verify", str(receipt), *arguments)
    assert accepted.returncode == 0, accepted.stdout
    check_package(package, folder / "paczka", receipt, files)
    for path in (receipt, document, *files):
        refuses_one_flipped_byte(citizen.data, path, receipt, arguments)


def check_package(package: Path, folder: Path, receipt: Path, files: tuple[Path, ...]) -> None:
    """Receipt and files are in it byte for byte; anyone can check it by `sha256sum` alone."""
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
    command = ["sha256sum", "--check", "--strict", "manifest-sha256.txt"]
    checked = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    inside = {path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert {path.read_bytes() for path in (receipt, *files)} <= inside


def refuses_one_flipped_byte(data: Path, path: Path, receipt: Path, arguments: list[str]) -> None:
    honest = path.read_bytes()
    middle = len(honest) // 2
    path.write_bytes(honest[:middle] + bytes([honest[middle] ^ 1]) + honest[middle + 1 :])
    refused = skrytka(data, "verify", str(receipt), *arguments)
    path.write_bytes(honest)
    assert refused.returncode == 1, refused.stdout


def clerk_takes(clerk: Citizen, title: str) -> None:
    clerk.logs_in()
    clerk.page.goto("/kancelaria/")
    clerk.page.get_by_role("link", name=title, exact=True).first.click()
    expect(clerk.page.get_by_role("heading", level=1)).to_have_text(title)
    expect(clerk.page.locator("main")).to_contain_text("Zażółć gęślą jaźń.")
    clerk.press("Biorę to pismo")
    expect(clerk.page.locator("main")).to_contain_text("Daria Wójcik")


def test_a_newcomer_sends_an_unsigned_letter_and_a_clerk_takes_it(
    server: RunningServer,
    browser: Browser,
    scripts: Scripts,
    files: tuple[Path, Path],
    tmp_path: Path,
) -> None:
    title = f"Prośba o zaświadczenie, skrypty: {scripts.value}"
    with visit(browser, server.url, scripts=scripts) as page:
        email = f"ewa.{scripts.name}@example.pl".lower()
        ewa, watch = Citizen(page, server.data, email, scripts), Stopwatch()
        with watch.step("Zakłada konto i potwierdza adres linkiem z e-maila"):
            ewa.signs_up()
            ewa.gives_data("Ewa", "Łęcka")
        with watch.step("Wylogowuje się i loguje"):
            ewa.press("Wyloguj się")
            ewa.logs_in(PASSWORD)
        with watch.step("Znajduje pismo ogólne i adresata"):
            ewa.finds_the_general_letter()
            ewa.chooses_addressee()
        with watch.step("Pisze i dodaje załączniki"):
            ewa.writes(title, BODY)
            ewa.attaches(*files)
            ewa.goes_on_to_signing()
        with watch.step("Zmienia skrytkę na tę, która przyjmuje pisma bez podpisu"):
            ewa.changes_the_box()
            ewa.goes_on_to_signing()
        with watch.step("Wybiera wysłanie bez podpisu, sprawdza i wysyła"):
            ewa.goes_unsigned()
            expect(page.locator("main")).to_contain_text("Wysyłasz pismo bez podpisu.")
            receipt_no = ewa.sends()
        print(f"\n{receipt_no}\n{watch.told()}")
        assert watch.seconds < TWO_MINUTES
        check_downloads(ewa, tmp_path, files)
    with visit(browser, server.url, scripts=scripts) as page:
        clerk_takes(Citizen(page, server.data, DARIA, scripts), title)


def test_anna_signs_with_a_code_from_her_mail(
    server: RunningServer,
    browser: Browser,
    scripts: Scripts,
    files: tuple[Path, Path],
    tmp_path: Path,
) -> None:
    title = f"Odwołanie od decyzji, skrypty: {scripts.value}"
    with visit(browser, server.url, scripts=scripts) as page:
        anna, watch = Citizen(page, server.data, ANNA, scripts), Stopwatch()
        with watch.step("Loguje się i znajduje pismo ogólne"):
            anna.logs_in()
            anna.finds_the_general_letter()
            anna.chooses_addressee()
        with watch.step("Pisze i dodaje załączniki"):
            anna.writes(title, BODY)
            anna.attaches(*files)
            anna.goes_on_to_signing()
        with watch.step("Podpisuje kodem i wysyła"):
            anna.signs_with_a_code()
            anna.sends()
        print(f"\n{watch.told()}")
        assert watch.seconds < TWO_MINUTES
        expect(page.locator(".upo")).to_contain_text("Podpis zaufany, ważny")
        check_downloads(anna, tmp_path, files)
    with visit(browser, server.url, scripts=scripts) as page:
        clerk_takes(Citizen(page, server.data, DARIA, scripts), title)
