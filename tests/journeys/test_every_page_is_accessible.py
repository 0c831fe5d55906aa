"""No page of anybody has a fault that axe can find, or is too wide for a small window."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.citizen import ANNA, CELINA, DARIA, Citizen
from tests.journeys.crawl import PUBLIC, Crawl
from tests.journeys.place import Place
from tests.world.browser import visit
from tests.world.files import EICAR, pdf, txt

pytestmark = pytest.mark.browser
FILIP, GABRIELA = "filip.sikora@cuw.example", "gabriela.lis@cuw.example"
ACCOUNT = ("/konto/", "/konto/gotowe/", "/konto/potwierdz-haslem/", "/konto/wyloguj/")
# One word: there is nowhere to break it but anywhere.
LONG = "zaswiadczenie_o_zatrudnieniu_" * 6
DRAFT = re.compile("/pisma/robocze/[0-9a-f-]+/")
# Which pages a walk passes by, because another walk looks at them.
NOTHING = re.compile("(?!)")
NOT_THE_DESK = re.compile("(?!desk:).*")
SEEN_WITH_ANNA = re.compile(PUBLIC.pattern + "|(mfa|account|usersessions)_.*")


@dataclass(frozen=True)
class Stage:
    """Where a crawl takes place."""

    place: Place
    browser: Browser
    folder: Path

    @contextmanager
    def crawl_of(
        self, who: str, email: str = "", passed_by: re.Pattern[str] = PUBLIC
    ) -> Iterator[tuple[Crawl, Citizen]]:
        with visit(self.browser, self.place.url, expected=frozenset({404})) as page:
            citizen = Citizen(page, email)
            if email:
                citizen.logs_in()
            crawl = Crawl(who, page, passed_by)
            yield crawl, citizen
            assert not crawl.problems, "\n".join(crawl.problems)


@pytest.fixture
def stage(place: Place, browser: Browser, tmp_path: Path) -> Stage:
    return Stage(place, browser, tmp_path)


def file(stage: Stage, name: str, data: bytes) -> Path:
    path = stage.folder / name
    path.write_bytes(data)
    return path


def an_open_draft(citizen: Citizen) -> str:
    """This will write a letter and return the address under which all its steps stand."""
    citizen.finds_the_general_letter()
    citizen.chooses_addressee()
    citizen.writes_and_waits("Pismo o dostępności", "Treść pisma.")
    found = DRAFT.search(citizen.page.url)
    assert found
    return found.group()


def test_pages_for_everybody(stage: Stage) -> None:
    with stage.crawl_of("everybody", passed_by=NOTHING) as (crawl, anyone):
        crawl.walk("/", "/wersja-pokazowa/poczta/", "/verify", "/adresaci/", "/konto/wylaczone/",
                   "/konto/haslo/nowe/wyslane/", "/konto/haslo/nowe/gotowe/")  # fmt: skip
        anyone.page.goto("/sprawy/?q=qqqqxyz")
        crawl.look_at("catalogue-nothing-found")
        anyone.page.goto("/adresaci/?q=cieszyn")
        crawl.look_at("addressees-found")
        anyone.page.goto("/nie-ma-takiej-strony/")
        expect(anyone.page.get_by_role("heading", level=1)).to_be_visible()
        crawl.look_at("error-404")


def test_forms_that_were_filled_in_badly(stage: Stage) -> None:
    with stage.crawl_of("badly") as (crawl, anyone):
        for path, button in (
            ("/konto/zaloguj/", "Zaloguj się"),
            ("/konto/zaloz/", "Załóż konto"),
            ("/verify", "Sprawdź"),
        ):
            anyone.page.goto(path)
            anyone.page.locator("main").get_by_role("button", name=button).first.click()
            expect(anyone.page).to_have_title(re.compile("^Błąd: "))
            crawl.look_at(f"badly{path.strip('/').replace('/', '-')}")


def test_pages_of_anna(stage: Stage) -> None:
    with stage.crawl_of("anna", ANNA) as (crawl, anna):
        draft = an_open_draft(anna)
        crawl.walk(f"{draft}tresc/")
        anna.page.goto(f"{draft}tresc/")
        anna.attaches(file(stage, f"{LONG}.pdf", pdf()))
        anna.attaches_in_vain(file(stage, f"wirus_{LONG}.txt", EICAR), "złośliwe oprogramowanie")
        crawl.look_at("draft-with-files")
        anna.press("Przejdź do podpisu")
        expect(anna.page).to_have_title(re.compile("^Błąd: "))
        crawl.look_at("draft-with-a-refused-file")
        anna.page.locator("li.file").filter(has_text="wirus").get_by_role("button").click()
        expect(anna.page.locator("li.file[data-file-key]")).to_have_count(1)
        anna.goes_on_to_signing()
        crawl.walk(f"{draft}adresat/", f"{draft}podpis/", f"{draft}podpis/zaufany/",
                   f"{draft}podpis/plik/", f"{draft}dokument/", f"{draft}usun/")  # fmt: skip
        anna.page.goto(f"{draft}podpis/")
        anna.press("Dalej")
        crawl.look_at("signature-not-chosen")
        anna.changes_the_box()
        anna.goes_on_to_signing()
        anna.goes_unsigned()
        crawl.look_at("send")
        anna.sends()
        crawl.look_at("receipt-at-once")
        crawl.walk(f"{draft}wyslane/", *ACCOUNT, "/pisma/", "/pisma/robocze/")


def test_pages_of_a_person_without_a_profile(stage: Stage) -> None:
    with stage.crawl_of("celina", CELINA, SEEN_WITH_ANNA) as (crawl, celina):
        draft = an_open_draft(celina)
        celina.press("Przejdź do podpisu")
        crawl.walk(f"{draft}podpis/zaufany/")
        celina.page.goto(f"{draft}tresc/")
        celina.writes_and_waits("", "")
        celina.press("Przejdź do podpisu")
        expect(celina.page).to_have_title(re.compile("^Błąd: "))
        crawl.look_at("letter-incomplete")
        celina.page.goto("/konto/profil/")
        celina.press("Poproś o potwierdzenie")
        crawl.look_at("profile-asked-for")
        code = celina.page.locator("p.lead.mono").inner_text().replace("-", "")
    with stage.crawl_of("counter", GABRIELA, NOT_THE_DESK) as (crawl, _clerk):
        crawl.walk(f"/kancelaria/profile/{code}/", f"/kancelaria/profile/{code}/odmow/")


def test_pages_of_the_desk(stage: Stage) -> None:
    with stage.crawl_of("writer", ANNA) as (_crawl, anna):
        an_open_draft(anna)
        anna.attaches(file(stage, "opis.txt", txt()))
        anna.goes_on_to_signing()
        anna.changes_the_box()
        anna.goes_on_to_signing()
        anna.goes_unsigned()
        anna.sends()
    for who, email in (("daria", DARIA), ("filip", FILIP), ("gabriela", GABRIELA)):
        with stage.crawl_of(who, email, NOT_THE_DESK) as (crawl, _clerk):
            crawl.walk("/kancelaria/", "/kancelaria/instytucja/")
