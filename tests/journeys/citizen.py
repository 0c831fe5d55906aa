"""What a citizen does on the pages, in their words; the same with and without JavaScript."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Download, Page, Response, expect

from tests.journeys.demo_mail import DemoMail
from tests.world.browser import Scripts

PASSWORD = "cztery-zwykłe-słowa-razem"
DEMO_PASSWORD = "pokazowe-haslo-2026"
ANNA, CELINA = "anna.kowalska@example.pl", "celina.nowak@example.pl"
DARIA, EDMUND = "daria.wojcik@cuw.example", "edmund.zajac@um.example"
CENTRE = "Centrum Usług Wspólnych w Cieszynie"
OPEN_BOX = "/ZOJO_Cieszyn/SkrytkaESP"
GENERAL = "Pismo ogólne do podmiotu publicznego"


@dataclass(frozen=True)
class Step:
    """One thing a person did: how many pages they saw meanwhile and how long it took."""

    name: str
    pages: int
    seconds: float

    def __str__(self) -> str:
        return f"{self.name}: {self.pages} pages, {self.seconds:.1f} s"


@dataclass
class Stopwatch:
    """The steps a person took before a page."""

    page: Page
    began: float = field(default_factory=time.monotonic)
    steps: list[Step] = field(default_factory=list)
    pages: int = 0

    def __post_init__(self) -> None:
        self.page.on("domcontentloaded", self._count)

    def _count(self, _page: Page) -> None:
        self.pages += 1

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        began, pages = time.monotonic(), self.pages
        yield
        self.steps.append(Step(name, self.pages - pages, time.monotonic() - began))

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    def told(self) -> str:
        lines = [f"  {number}. {step}" for number, step in enumerate(self.steps, start=1)]
        total = Step(f"{len(self.steps)} steps", self.pages, self.seconds)
        return "\n".join([*lines, f"  {total}"])


@dataclass
class Citizen:
    """A person before a page, which is a browser window of their own."""

    page: Page
    email: str
    scripts: Scripts = Scripts.ON

    @property
    def has_scripts(self) -> bool:
        return self.scripts is Scripts.ON

    @property
    def mail(self) -> DemoMail:
        return DemoMail(self.page, self.email)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def signs_up(self) -> None:
        self.page.goto("/")
        self.page.get_by_role("link", name="Załóż konto").first.click()
        self.page.get_by_label("Adres e-mail").fill(self.email)
        self.page.get_by_label("Hasło", exact=True).fill(PASSWORD)
        self.press("Załóż konto")
        self.mail.follow_confirmation()
        self.press("Tak, potwierdzam")

    def gives_data(self, given_name: str, family_name: str) -> None:
        expect(self.page).to_have_title(re.compile("Twoje dane"))
        self.page.get_by_label("Imię").fill(given_name)
        self.page.get_by_label("Nazwisko").fill(family_name)
        self.page.get_by_label("Miejscowość").fill("Cieszyn")
        self.press("Zapisz")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Konto gotowe")

    def logs_in(self, password: str = DEMO_PASSWORD) -> None:
        self.page.goto("/konto/zaloguj/")
        self.page.get_by_label("Adres e-mail").fill(self.email)
        self.page.get_by_label("Hasło", exact=True).fill(password)
        self.press("Zaloguj się")
        expect(self.page).not_to_have_url(re.compile("zaloguj"))

    def finds_the_general_letter(self) -> None:
        self.page.goto("/")
        self.page.get_by_role("link", name="Katalog spraw").first.click()
        self.page.get_by_label("Co chcesz załatwić?").fill("pismo ogolne")
        self.press("Szukaj")
        self.page.get_by_role("link", name=GENERAL).first.click()
        self.page.get_by_role("button", name="Załatw sprawę").first.click()

    def chooses_addressee(self, typed: str = "centrum cieszyn", name: str = CENTRE) -> None:
        """The box is chosen by the product, for a citizen the one that is there for citizens."""
        self.page.get_by_label("Do kogo chcesz napisać?").press_sequentially(typed, delay=10)
        if self.has_scripts:
            self.page.get_by_role("option").filter(has_text=name).first.click()
        else:
            self.press("Dalej")
            self.page.get_by_role("radio", name=name).first.check()
        self.press("Dalej")
        expect(self.page.locator("main")).to_contain_text(f"{name}")
        expect(self.page.get_by_label("Tytuł pisma")).to_be_visible()

    def changes_the_box(self, address: str = OPEN_BOX) -> None:
        """Step 3 says where a letter may go without a signature, and leads there."""
        self.page.get_by_role("link", name="zmień adresata", exact=True).click()
        self.page.get_by_role("radio", name=address).check()
        self.press("Dalej")
        expect(self.page.locator("main")).to_contain_text(address)

    def writes(self, title: str, body: str) -> None:
        self.page.get_by_label("Tytuł pisma").fill(title)
        self.page.get_by_label("Treść pisma").fill(body)

    def writes_and_waits(self, title: str, body: str) -> None:
        """The page saves by itself what was typed, two seconds after the last key."""
        if not self.has_scripts:
            self.writes(title, body)
            return
        with self.page.expect_response(is_autosave):
            self.writes(title, body)

    def attaches(self, *files: Path) -> None:
        """Each file gets a row of the list: the browser's first, then the server's own."""
        rows = self.page.locator("li.file[data-file-key]")
        before = rows.count()
        self.page.set_input_files("#files", [str(file) for file in files])
        if not self.has_scripts:
            self.press("Dodaj pliki")
        expect(rows).to_have_count(before + len(files), timeout=60_000)

    def attaches_in_vain(self, file: Path, told: str) -> None:
        """The file gets a row that says why it is not taken, whoever noticed: browser or server."""
        self.page.set_input_files("#files", str(file))
        if not self.has_scripts:
            self.press("Dodaj pliki")
        expect(self.page.locator("li.file").filter(has_text=told)).to_have_count(1, timeout=60_000)

    def row(self, name: str) -> str:
        """This will return what the list says of a file."""
        row = self.page.locator("li.file").filter(has_text=name).last
        return " ".join(row.inner_text().split())

    def goes_on_to_signing(self) -> None:
        self.press("Przejdź do podpisu")
        expect(self.page.locator("main")).to_contain_text("Jak chcesz podpisać pismo?")

    def goes_unsigned(self) -> None:
        self.page.get_by_role("radio", name=re.compile("bez podpisu", re.IGNORECASE)).check()
        self.press("Dalej")
        expect(self.page.locator("main")).to_contain_text("Sprawdź, zanim wyślesz")

    def asks_for_a_profile(self) -> str:
        """Step 3 leads a person without a profile to the request; its code is for the counter."""
        self.page.get_by_role("radio", name=re.compile("^Podpis zaufany")).check()
        self.press("Dalej")
        self.press("Poproś o potwierdzenie profilu")
        self.press("Poproś o potwierdzenie")
        return self.page.locator("p.lead.mono").inner_text()

    def returns_to_the_draft(self, title: str) -> None:
        """A draft opens at the step where it was left."""
        self.page.goto("/pisma/robocze/")
        self.page.get_by_role("link", name=title).first.click()
        expect(self.page.locator("main")).to_contain_text("Jak chcesz podpisać pismo?")

    def signs_with_a_code(self) -> None:
        self.page.get_by_role("radio", name=re.compile("^Podpis zaufany")).check()
        self.press("Dalej")
        seen = len(self.mail.codes())
        self.press("Wyślij kod")
        code = self.mail.codes(more_than=seen)[0]
        self.page.get_by_label("Kod z e-maila").fill(code)
        self.press("Podpisz kodem z e-maila")
        expect(self.page.locator("main")).to_contain_text("Sprawdź, zanim wyślesz")

    def sends(self) -> str:
        """This will send the letter and return the number of its receipt."""
        self.press("Wyślij pismo")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Pismo doręczone")
        return str(self.page.locator(".upo__no").inner_text())

    def downloads(self, text: str, folder: Path) -> Path:
        """This will press a link of the page and return the file as it was saved."""
        with self.page.expect_download() as started:
            self.page.get_by_role("link", name=text).first.click()
        return saved(started.value, folder)


def is_autosave(answer: Response) -> bool:
    return "hx-request" in answer.request.headers and answer.url.endswith("/tresc/")


def saved(download: Download, folder: Path) -> Path:
    path = folder / download.suggested_filename
    download.save_as(path)
    return path
