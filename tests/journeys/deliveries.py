"""What people do with a letter that an institution sends: write it, collect it, leave it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.journeys.citizen import ANNA, DARIA, Citizen
from tests.world.browser import Scripts, visit
from tests.world.server import RunningServer, start_skrytka, wait_until_ready
from tests.world.smtp import Mailboxes

NOTICE, REMINDER = "Czeka na Ciebie pismo z urzędu", "Przypominamy: czeka na Ciebie"
CODE = re.compile(r"\b\d{6}\b")
LINK = re.compile(r"https?://[^/\s]+(/odebrane/\S+)")
SENT_LINK = re.compile(r"https?://[^/\s]+(/kancelaria/wyslane/\S+)")
SECRET = "Decyzja odmowna, której treści nikt nie zna przed odbiorem."


@dataclass(frozen=True)
class Office:
    """The installation at one time: its server, the mailboxes of the world, a browser."""

    server: RunningServer
    mail: Mailboxes
    browser: Browser
    scripts: Scripts = Scripts.ON

    @contextmanager
    def person(self, email: str) -> Iterator[Citizen]:
        with visit(self.browser, self.server.url, scripts=self.scripts) as page:
            person = Citizen(page, email, self.scripts)
            person.logs_in()
            yield person


@contextmanager
def office_at(
    data: Path, at: str, mail: Mailboxes, browser: Browser, scripts: Scripts = Scripts.ON
) -> Iterator[Office]:
    """This will start the installation on its data at a time, and stop it in order."""
    server = start_skrytka(data, {"SKRYTKA_MAIL_URL": mail.url}, at=at)
    try:
        wait_until_ready(server)
        yield Office(server, mail, browser, scripts)
    finally:
        server.stop()
        server.kill()


def sends_letter(office: Office, box_address: str, title: str, case_mark: str) -> None:
    """Daria writes to the box of a person, puts the seal of the centre on it and sends it."""
    with office.person(DARIA) as daria:
        daria.page.goto("/kancelaria/wychodzace/")
        daria.press("Napisz pismo")
        daria.page.get_by_label("Do kogo piszesz?").fill(box_address)
        daria.press("Dalej")
        writes_seals_and_sends(daria, title, case_mark)


def writes_seals_and_sends(clerk: Citizen, title: str, case_mark: str) -> None:
    page = clerk.page
    page.get_by_label("Tytuł pisma").fill(title)
    page.get_by_label("Znak sprawy").fill(case_mark)
    page.get_by_label("Treść pisma").fill(SECRET)
    clerk.press("Przejdź do podpisu")
    page.get_by_role("radio", name="Pieczęć instytucji").check()
    clerk.press("Dalej")
    expect(page.locator("main")).to_contain_text(SECRET)
    clerk.press("Wyślij pismo")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wysłane")


def asks_and_is_answered(office: Office, asked: str, title: str, case_mark: str) -> None:
    """Anna writes to the centre; Daria finds her letter among those received and answers it."""
    with office.person(ANNA) as anna:
        anna.finds_the_general_letter()
        anna.chooses_addressee()
        anna.writes(asked, "Proszę o odpowiedź.")
        anna.goes_on_to_signing()
        anna.goes_unsigned()
        anna.sends()
    with office.person(DARIA) as daria:
        daria.page.goto("/kancelaria/")
        daria.page.get_by_role("link", name=asked, exact=True).first.click()
        daria.press("Odpowiedz")
        expect(daria.page.locator("main")).to_contain_text("Anna Kowalska")
        writes_seals_and_sends(daria, title, case_mark)


def desk_sees(office: Office, case_mark: str, standing: str) -> None:
    """The list of sent letters says how far this one is."""
    with office.person(DARIA) as daria:
        daria.page.goto(f"/kancelaria/wyslane/?q={case_mark}")
        expect(daria.page.locator("main")).to_contain_text(case_mark)
        expect(daria.page.locator("main table")).to_contain_text(standing)


def notice_of(office: Office, address: str, case_mark: str, subject: str = NOTICE) -> str:
    """The mail about one letter, by its case mark, as soon as it has arrived."""
    return office.mail.wait_for_one(address, subject, case_mark)


def link_in(mail: str) -> str:
    """The address of the waiting letter, as the notice names it."""
    found = LINK.search(mail)
    assert found is not None, mail
    return found[1]


def sent_link_in(mail: str) -> str:
    """The address of the letter at the desk, as a mail to those who sent it names it."""
    found = SENT_LINK.search(mail)
    assert found is not None, mail
    return found[1]


def sees_nothing_of_the_content(page: Page, title: str) -> None:
    text = page.content()
    assert title not in text
    assert SECRET not in text


def signs_the_upd(office: Office, person: Citizen) -> None:
    """The trusted signature, with a code that comes by mail."""
    page, before = person.page, len(codes_to(office, person))
    person.press("Potwierdź odbiór i otwórz")
    person.press("Wyślij kod")
    office.mail.wait_for(person.email, "", 1)
    while len(codes_to(office, person)) == before:
        page.wait_for_timeout(100)
    page.get_by_label("Kod z e-maila").fill(codes_to(office, person)[-1])
    person.press("Podpisz kodem z e-maila")


def codes_to(office: Office, person: Citizen) -> list[str]:
    """The codes mailed to a person so far; no other mail of theirs holds six digits."""
    mails = office.mail.of(person.email, "Kod")
    return [code for mail in mails for code in CODE.findall(mail)]


def saved(person: Citizen, name: str, folder: Path) -> Path:
    """This will press a download and return the file it brings."""
    with person.page.expect_download() as started:
        person.page.get_by_role("link", name=name).first.click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path
