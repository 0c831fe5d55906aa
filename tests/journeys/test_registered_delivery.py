"""A letter of the centre: collected, refused, collected by a proxy, left alone, sent back."""

import json
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.citizen import ANNA, CELINA, DARIA
from tests.journeys.deliveries import (
    REMINDER,
    SECRET,
    Office,
    asks_and_is_answered,
    desk_sees,
    link_in,
    notice_of,
    office_at,
    saved,
    sees_nothing_of_the_content,
    sends_letter,
    sent_link_in,
    signs_the_upd,
)
from tests.journeys.place import skrytka_at_home
from tests.world.browser import Scripts
from tests.world.smtp import running_smtp

pytestmark = pytest.mark.browser
BOGDAN = "bogdan.kowalski@example.pl"
MONDAY = "2026-12-07T10:00"
AFTER_SEVEN_DAYS, AFTER_THE_TERM = "2026-12-15T08:00", "2026-12-22T06:00"
DAY_TWENTY = "2026-12-27T09:00"


def verified(office: Office, path: Path) -> dict[str, object]:
    """What the command says at home, with the two certificates that the public page offers."""
    seal, profile = (
        certificate(office, path.parent, name) for name in ("pieczec", "podpis-zaufany")
    )
    done = skrytka_at_home(
        "verify", str(path), "--trust", str(seal), "--trust-profile", str(profile), "--json"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    said: dict[str, object] = json.loads(done.stdout)
    return said


def certificate(office: Office, folder: Path, name: str) -> Path:
    path = folder / f"{name}.pem"
    with urllib.request.urlopen(f"{office.server.url}/verify/{name}.pem", timeout=10) as answer:
        path.write_bytes(answer.read())
    return path


def test_a_letter_is_collected_refused_and_collected_by_a_proxy(
    browser: Browser, scripts: Scripts, tmp_path: Path
) -> None:
    with (
        running_smtp() as mail,
        office_at(tmp_path / "data", MONDAY, mail, browser, scripts) as office,
    ):
        collected(office, tmp_path)
        refused(office)
        by_a_proxy(office)


def collected(office: Office, folder: Path) -> None:
    """Anna is answered and told by mail; she signs the UPD and reads; it is checked at home."""
    asks_and_is_answered(office, "Prośba", "Zaświadczenie o zarobkach", "CUW.7.1.2026")
    notice = notice_of(office, ANNA, "CUW.7.1.2026")
    assert "Zaświadczenie o zarobkach" not in notice
    with office.person(ANNA) as anna:
        page = anna.page
        page.goto(link_in(notice))
        sees_nothing_of_the_content(page, "Zaświadczenie o zarobkach")
        expect(page.locator("main")).to_contain_text("21\u00a0grudnia\u00a02026")
        signs_the_upd(office, anna)
        expect(page.locator("main")).to_contain_text(SECRET)
        upd = saved(anna, "UPD", folder)
    desk_sees(office, "CUW.7.1.2026", "Odebrane")
    said = verified(office, upd)
    assert (said["kind"], said["valid"]) == ("UPD", True)
    assert said["way"] == "COLLECTED"


def refused(office: Office) -> None:
    """Celina does not accept the letter: it counts as delivered, and she may read it."""
    sends_letter(office, "/cnowak/domyslna", "Wezwanie", "CUW.7.2.2026")
    notice = notice_of(office, CELINA, "CUW.7.2.2026")
    with office.person(CELINA) as celina:
        page = celina.page
        page.goto(link_in(notice))
        page.get_by_role("link", name="Nie przyjmuję pisma").click()
        expect(page.locator("main")).to_contain_text("art. 47 KPA")
        celina.press("Nie przyjmuję pisma")
        expect(page.locator("main")).to_contain_text("Odmowa")
        expect(page.locator("main")).to_contain_text(SECRET)


def by_a_proxy(office: Office) -> None:
    """Bogdan holds Anna's mandate: he is told too, and his signature opens her letter."""
    sends_letter(office, "/akowalska/domyslna", "Umowa", "CUW.7.3.2026")
    notice = notice_of(office, BOGDAN, "CUW.7.3.2026")
    with office.person(BOGDAN) as bogdan:
        bogdan.page.goto(link_in(notice))
        signs_the_upd(office, bogdan)
        expect(bogdan.page.locator("main")).to_contain_text(SECRET)
        expect(bogdan.page.locator("main")).to_contain_text("Bogdan Kowalski")


def test_a_letter_nobody_collects_is_deemed_delivered_and_one_that_bounced_is_not(
    browser: Browser, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    with running_smtp() as mail:
        mail.unknown = {CELINA}
        with office_at(data, MONDAY, mail, browser) as office:
            sends_letter(office, "/akowalska/domyslna", "Decyzja", "CUW.8.1.2026")
            sends_letter(office, "/cnowak/domyslna", "Wezwanie", "CUW.8.2.2026")
            first = link_in(notice_of(office, ANNA, "CUW.8.1.2026"))
            (alarm,) = mail.wait_for(DARIA, "Zatrzymane doręczenie")
            assert "CUW.8.2.2026" in alarm
        with office_at(data, AFTER_SEVEN_DAYS, mail, browser) as office:
            assert link_in(notice_of(office, ANNA, "CUW.8.1.2026", REMINDER)) == first
        with office_at(data, AFTER_THE_TERM, mail, browser) as office:
            notice_of(office, DARIA, "CUW.8.1.2026", "Pismo uznane za doręczone")
            ended = mail.of(DARIA, "Pismo uznane za doręczone")
            assert not any("CUW.8.2.2026" in text for text in ended)
            left_alone(office, first, tmp_path)
            desk_sees(office, "CUW.8.1.2026", "Uznane za doręczone")
            desk_sees(office, "CUW.8.2.2026", "Zatrzymane")
            celina_still_can(office)


def left_alone(office: Office, address: str, folder: Path) -> None:
    """Anna finds the letter open, with the day of law; the UPD is the system's, never hers."""
    office.mail.wait_for(ANNA, "Pismo uznane za doręczone")
    with office.person(ANNA) as anna:
        anna.page.goto(address)
        expect(anna.page.locator("main")).to_contain_text("22\u00a0grudnia\u00a02026")
        expect(anna.page.locator("main")).to_contain_text(SECRET)
        upd = saved(anna, "UPD", folder)
    said = verified(office, upd)
    assert said["way"] == "DEEMED"
    assert b"Zawiadomienie powt\xc3\xb3rne" in upd.read_bytes()


def test_a_server_that_was_down_over_reminder_and_term_deems_nothing(
    browser: Browser, tmp_path: Path
) -> None:
    """From day six to day twenty nobody was reminded, so a clerk starts the term anew."""
    data, mark = tmp_path / "data", "CUW.9.1.2026"
    with running_smtp() as mail:
        with office_at(data, MONDAY, mail, browser) as office:
            sends_letter(office, "/akowalska/domyslna", "Decyzja", mark)
            notice_of(office, ANNA, mark)
        with office_at(data, DAY_TWENTY, mail, browser) as office:
            alarm = notice_of(office, DARIA, mark, "Zatrzymane doręczenie")
            assert "powtórne zawiadomienie nie wyszło przed końcem terminu" in alarm
            starts_anew(office, alarm)
            again = notice_of(office, ANNA, "10\u00a0stycznia\u00a02027")
            assert mark in again
            assert not mail.of(DARIA, "Pismo uznane za doręczone")


def starts_anew(office: Office, alarm: str) -> None:
    """Daria follows the alarm, reads why the letter stands still, and has Anna told again."""
    with office.person(DARIA) as daria:
        page = daria.page
        page.goto(sent_link_in(alarm))
        expect(page.locator("main")).to_contain_text("Doręczenie zatrzymane")
        daria.press("Powiadom od nowa")
        daria.press("Powiadom od nowa")
        expect(page.locator("main")).to_contain_text("Termin liczymy od nowa")


def celina_still_can(office: Office) -> None:
    """No notice reached her, so no term ran out: the letter waits."""
    with office.person(CELINA) as celina:
        celina.page.goto("/odebrane/")
        celina.page.get_by_role("link", name="Pismo od:").first.click()
        expect(celina.page.locator("main")).to_contain_text("Podpisz plik u siebie")
        sees_nothing_of_the_content(celina.page, "Wezwanie")
