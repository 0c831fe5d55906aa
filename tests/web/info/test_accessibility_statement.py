"""The statement holds every id that monitoring looks for, exactly once."""

import re

import pytest

from skrytka.accounts.models import Institution
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db

REQUIRED = [
    "wstep",
    "podmiot",
    "url",
    "data-publikacja",
    "data-aktualizacja",
    "status",
    "data-sporzadzenie",
    "kontakt",
    "osoba",
    "email",
    "telefon",
    "procedura",
    "architektura",
    "aplikacje",
]
FIELDS = {
    "published_on": "2026-01-05",
    "updated_on": "2026-02-01",
    "prepared_on": "2026-01-07",
    "reviewed_on": "2026-03-30",
    "status": "PARTIAL",
    "exceptions": "Skany pism bez warstwy tekstowej\n\nFilmy bez napisów",
    "person": "Daria Wójcik",
    "email": "dostepnosc@example.pl",
    "phone": "+48 33 47 94 200",
    "architecture": "Wejście od ul. Rynek 1\nWinda",
}


def statement(institution: Institution, fields: dict[str, str]) -> str:
    Institution.objects.filter(pk=institution.pk).update(accessibility=fields)
    response = PageClient().get(f"/informacje/dostepnosc/{institution.entity}/")
    assert response.status_code == 200
    return str(response.content.decode())


def ids(page: str) -> list[str]:
    return re.findall(r'id="a11y-([a-z-]+)"', page)


def test_every_required_id_stands_exactly_once(cuw: Institution) -> None:
    found = ids(statement(cuw, FIELDS))
    assert [name for name in REQUIRED if found.count(name) != 1] == []
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("data-publikacja", "2026-01-05"),
        ("data-aktualizacja", "2026-02-01"),
        ("data-sporzadzenie", "2026-01-07"),
        ("data-przeglad", "2026-03-30"),
    ],
)
def test_dates_can_be_read_by_machines(cuw: Institution, name: str, day: str) -> None:
    assert f'<time id="a11y-{name}" datetime="{day}">' in statement(cuw, FIELDS)


@pytest.mark.parametrize(
    ("status", "words"),
    [("FULL", "jest zgodna"), ("PARTIAL", "jest częściowo zgodna"), ("NONE", "jest niezgodna")],
)
def test_the_status_is_told_in_the_words_of_the_act(
    cuw: Institution, status: str, words: str
) -> None:
    assert words in statement(cuw, FIELDS | {"status": status})


def test_what_does_not_conform_is_listed_line_by_line(cuw: Institution) -> None:
    page = statement(cuw, FIELDS)
    assert "<li>Skany pism bez warstwy tekstowej</li><li>Filmy bez napisów</li>" in page
    assert "<li>Winda</li>" in page


def test_an_outside_auditor_is_named(cuw: Institution) -> None:
    assert "a11y-audytor" not in statement(cuw, FIELDS)
    page = statement(cuw, FIELDS | {"auditor": "Fundacja Widzialni"})
    assert ids(page).count("audytor") == 1


def test_what_is_left_out_follows_from_what_is_there(cuw: Institution) -> None:
    Institution.objects.filter(pk=cuw.pk).update(email="urzad@example.pl", phone="33 111 22 33")
    needed = {name: FIELDS[name] for name in ("published_on", "prepared_on", "status")}
    page = statement(cuw, needed)
    assert 'id="a11y-data-aktualizacja" datetime="2026-01-05"' in page
    assert 'id="a11y-data-przeglad" datetime="2026-01-07"' in page
    assert "mailto:urzad@example.pl" in page
    assert "Zapytaj instytucję o dostęp do budynku." in page


@pytest.mark.parametrize(
    "fields", [{}, FIELDS | {"status": "?"}, FIELDS | {"published_on": "soon"}]
)
def test_a_statement_without_its_dates_or_status_is_not_published(
    cuw: Institution, fields: dict[str, str]
) -> None:
    Institution.objects.filter(pk=cuw.pk).update(email="urzad@example.pl")
    page = statement(cuw, fields)
    assert ids(page) == []
    assert "nie ogłosiła tu jeszcze swojej deklaracji" in page


def test_the_general_page_leads_to_each_statement(cuw: Institution, town_hall: Institution) -> None:
    page = PageClient().get("/informacje/dostepnosc/").content.decode()
    for institution in (cuw, town_hall):
        assert f"/informacje/dostepnosc/{institution.entity}/" in page
