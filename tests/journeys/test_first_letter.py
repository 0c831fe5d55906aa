"""From nothing to a sealed receipt in the institution's inbox, as a person does it."""

import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.citizen import OPEN_BOX, PASSWORD, Citizen, Stopwatch
from tests.journeys.clerk import confirms_profile, takes_letter
from tests.journeys.place import Place, skrytka_at_home
from tests.world.browser import Scripts, visit
from tests.world.files import pdf, xls

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
    """UPP and package are taken home, where the command says yes, and no after one flipped byte.

    What the command needs to trust comes from the public page, as everything else does.
    """
    receipt = citizen.downloads("Pobierz UPO z podpisem", folder)
    package = citizen.downloads("Pobierz kopię podpisanego pisma", folder)
    document = citizen.downloads("pismo.xml", folder)
    reading = citizen.downloads("Pobierz UPO do czytania", folder)
    assert reading.read_bytes().startswith(b"%PDF-")
    citizen.page.goto("/verify")
    seal = citizen.downloads("Pobierz certyfikat pieczęci", folder)
    arguments = [f"--document={path}" for path in (document, *files)] + [f"--trust={seal}"]
    accepted = skrytka_at_home("verify", str(receipt), *arguments)
    assert accepted.returncode == 0, accepted.stdout
    check_package(package, folder / "paczka", receipt, files)
    for path in (receipt, document, *files):
        refuses_one_flipped_byte(path, receipt, arguments)


def check_package(package: Path, folder: Path, receipt: Path, files: tuple[Path, ...]) -> None:
    """Receipt and files are in it byte for byte; anyone can check it by `sha256sum` alone."""
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
    command = ["sha256sum", "--check", "--strict", "manifest-sha256.txt"]
    checked = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    inside = {path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert {path.read_bytes() for path in (receipt, *files)} <= inside


def refuses_one_flipped_byte(path: Path, receipt: Path, arguments: list[str]) -> None:
    honest = path.read_bytes()
    middle = len(honest) // 2
    path.write_bytes(honest[:middle] + bytes([honest[middle] ^ 1]) + honest[middle + 1 :])
    refused = skrytka_at_home("verify", str(receipt), *arguments)
    path.write_bytes(honest)
    assert refused.returncode == 1, refused.stdout


@dataclass(frozen=True)
class Story:
    """Where a letter is written, by what browser, with which files, and where they are kept."""

    place: Place
    browser: Browser
    scripts: Scripts
    files: tuple[Path, Path]
    home: Path

    def titled(self, text: str) -> str:
        return f"{text} {self.place.run}, skrypty: {self.scripts.value}"

    def newcomer(self, name: str) -> str:
        return f"{name}.{self.scripts.name}.{self.place.run}@example.pl".lower()


@pytest.fixture
def story(
    place: Place, browser: Browser, scripts: Scripts, files: tuple[Path, Path], tmp_path: Path
) -> Story:
    return Story(place, browser, scripts, files, tmp_path)


def test_a_newcomer_sends_an_unsigned_letter_and_a_clerk_takes_it(story: Story) -> None:
    title, email = story.titled("Prośba o zaświadczenie"), story.newcomer("ewa")
    with visit(story.browser, story.place.url, scripts=story.scripts) as page:
        ewa, watch = Citizen(page, email, story.scripts), Stopwatch(page)
        with watch.step("Zakłada konto i potwierdza adres linkiem z e-maila"):
            ewa.signs_up()
            ewa.gives_data("Ewa", "Łęcka")
        with watch.step("Znajduje pismo ogólne, wybiera adresata, pisze i dodaje załączniki"):
            ewa.finds_the_general_letter()
            ewa.chooses_addressee()
            ewa.writes(title, BODY)
            ewa.attaches(*story.files)
            ewa.goes_on_to_signing()
        with watch.step("Wybiera wysłanie bez podpisu, sprawdza i wysyła"):
            ewa.goes_unsigned()
            expect(page.locator("main")).to_contain_text(OPEN_BOX)
            expect(page.locator("main")).to_contain_text("Wysyłasz pismo bez podpisu.")
            receipt_no = ewa.sends()
        print(f"\n{receipt_no}\n{watch.told()}")
        assert watch.seconds < TWO_MINUTES
        check_downloads(ewa, story.home, story.files)
    takes_letter(story.browser, story.place, story.scripts, title)


def test_a_newcomer_confirms_a_profile_signs_and_sends(story: Story) -> None:
    title, email = story.titled("Odwołanie od decyzji"), story.newcomer("iga")
    with visit(story.browser, story.place.url, scripts=story.scripts) as page:
        iga, watch = Citizen(page, email, story.scripts), Stopwatch(page)
        with watch.step("Zakłada konto, potwierdza adres, wylogowuje się i loguje"):
            iga.signs_up()
            iga.gives_data("Iga", "Żak")
            iga.press("Wyloguj się")
            iga.logs_in(PASSWORD)
        with watch.step("Znajduje pismo ogólne i adresata, pisze, dodaje PDF i XLS"):
            iga.finds_the_general_letter()
            iga.chooses_addressee()
            iga.writes(title, BODY)
            iga.attaches(*story.files)
            iga.goes_on_to_signing()
        with watch.step("Prosi o profil, który urzędnik potwierdza przy okienku"):
            code = iga.asks_for_a_profile()
            confirms_profile(story.browser, story.place, story.scripts, code, "Iga Żak")
        with watch.step("Wraca do pisma, podpisuje kodem z e-maila i wysyła"):
            iga.returns_to_the_draft(title)
            iga.signs_with_a_code()
            receipt_no = iga.sends()
        print(f"\n{receipt_no}\n{watch.told()}")
        expect(page.locator(".upo")).to_contain_text("Podpis zaufany, ważny")
        check_downloads(iga, story.home, story.files)
    takes_letter(story.browser, story.place, story.scripts, title)
