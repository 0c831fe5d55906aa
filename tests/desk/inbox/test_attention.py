"""„Uwaga” on the first page of the desk: what waits here, with a link that shows just that."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import resolve, reverse

from skrytka.accounts.models import Institution, Role, User
from skrytka.config import clock
from skrytka.letters.models import Letter, LetterHandling
from tests.desk.world import client_at, copies_of, employed
from tests.world.letters import sent_letter

pytestmark = pytest.mark.django_db
PANEL = re.compile(r'<section class="callout callout--warn attention".*?</section>', re.DOTALL)
LINK = re.compile(r'<a class="govuk-link" href="([^"]+)">([^<]+)</a>')


@pytest.fixture
def letters(anna: User, cuw: Institution, daria: User) -> list[Letter]:
    letter = sent_letter(anna, cuw)
    return [letter, *copies_of(letter, ["Jan Łoś", "Ewa Lis"])]


def arrived(letter: Letter, days_ago: float, **changed: object) -> None:
    at = clock.now() - timedelta(days=days_ago)
    LetterHandling.objects.filter(letter=letter).update(submitted_at=at, **changed)


def panel(user: User, name: str = "inbox") -> str:
    page = client_at(user).get(reverse(f"desk:{name}")).content.decode()
    found = PANEL.search(page)
    return found[0] if found else ""


def test_nothing_is_shown_when_nothing_waits(letters: list[Letter], daria: User) -> None:
    for letter in letters:
        arrived(letter, 0.5)
    assert panel(daria) == ""


def test_each_line_leads_to_just_what_it_counts(letters: list[Letter], daria: User) -> None:
    arrived(letters[0], 2)
    arrived(letters[1], 3, first_opened_at=clock.now())
    arrived(letters[2], 0.5)
    lines = {text: url.replace("&amp;", "&") for url, text in LINK.findall(panel(daria))}
    assert list(lines) == [
        "1 pismo nieotwarte od ponad 1 dnia", "2 pisma bez prowadzącego od ponad 1 dnia",
    ]  # fmt: skip
    found = []
    for url in lines.values():
        page = client_at(daria).get(url).content.decode()
        found.append(re.findall(r"Znaleziono (\d+)", page))
    assert found == [["1"], ["2"]]


def test_the_filter_says_what_it_shows_and_keeps_it(letters: list[Letter], daria: User) -> None:
    arrived(letters[0], 2, assignee=daria)
    page = client_at(daria).get(reverse("desk:inbox"), {"stan": "UNTAKEN"}).content.decode()
    assert '<option value="UNTAKEN" selected>Bez prowadzącego</option>' in page
    assert letters[1].title in page
    assert "Znaleziono 2" in page
    many = copies_of(letters[0], [f"Nadawca {number}" for number in range(30)])
    page = client_at(daria).get(reverse("desk:inbox"), {"stan": "UNTAKEN"}).content.decode()
    assert "stan=UNTAKEN" in page.split('id="letters-foot"')[1]
    assert f"Znaleziono {len(many) + 2}" in page
    mine = client_at(daria).get(reverse("desk:mine")).content.decode()
    assert "Bez prowadzącego" not in mine


def test_edmund_sees_nothing_of_it(letters: list[Letter], edmund: User) -> None:
    arrived(letters[0], 20)
    assert panel(edmund) == ""


def test_the_front_desk_reads_it_and_is_led_to_no_settings(anna: User, cuw: Institution) -> None:
    felicja = employed("Felicja", "Kos", cuw, Role.FRONT_DESK)
    arrived(sent_letter(anna, cuw), 20)
    shown = panel(felicja)
    assert "0 osób prowadzących pisma" in shown
    assert reverse("desk:staff") not in shown
    assert "?stan=UNOPENED&amp;sort=arrival" in shown


def test_an_administrator_finds_it_on_their_own_first_page(anna: User, cuw: Institution) -> None:
    grzegorz = employed("Grzegorz", "Maj", cuw, Role.ADMINISTRATOR)
    arrived(sent_letter(anna, cuw), 2)
    shown = panel(grzegorz, "boxes")
    assert f'<a class="govuk-link" href="{reverse("desk:staff")}">0 osób' in shown
    assert "1 pismo nieotwarte" in shown
    assert reverse("desk:inbox") not in shown.replace(reverse("desk:staff"), "")


def test_the_other_lists_stay_as_they_are(letters: list[Letter], daria: User) -> None:
    arrived(letters[0], 20)
    assert panel(daria)
    assert panel(daria, "done") == ""


def test_mails_lead_where_the_panel_leads(letters: list[Letter], daria: User) -> None:
    arrived(letters[0], 20)
    shown = [url.replace("&amp;", "&") for url, _text in LINK.findall(panel(daria))]
    mailed = [settings.WATCH_LINKS[code] for code in ("UNREAD", "UNTAKEN", "SILENT_BOX")]
    assert [link.removeprefix(settings.BASE_URL) for link in mailed] == shown
    staff = settings.WATCH_LINKS["NO_CLERK"].removeprefix(settings.BASE_URL)
    assert resolve(staff).view_name == "desk:staff"
