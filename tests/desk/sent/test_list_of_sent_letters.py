"""„Wysłane” at the desk: what stands in a row, how it is narrowed, and the same as a file."""

import csv
import io
from typing import Any

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, User
from skrytka.ui.csv_files import cell_text
from tests.desk.sent.conftest import Hands
from tests.desk.world import client_at
from tests.world.outgoing import days, noticed_letter
from tests.world.page_client import PageClient
from tests.world.sent_letters import deemed_letter, letter_between, named_letter, stopped_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(daria: User) -> PageClient:
    return client_at(daria)


def page(client: PageClient, **asked: str) -> str:
    return client.get(reverse("desk:sent"), asked).content.decode()


def table(client: PageClient, name: str = "sent_table", **asked: str) -> list[list[str]]:
    answer: Any = client.get(reverse(f"desk:{name}"), asked)
    data = b"".join(answer.streaming_content)
    assert data.startswith("\ufeff".encode())
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_an_empty_list_says_what_will_stand_there(client: PageClient) -> None:
    assert "Nie ma jeszcze wysłanych pism." in page(client)
    found = page(client, q="nic")
    assert "Nie znaleźliśmy takich pism." in found
    assert "Pokaż wszystkie" in found


def test_a_row_leads_to_its_letter_and_says_how_far_it_is(
    client: PageClient, daria: User, cuw: Institution, anna: User
) -> None:
    letter = named_letter(daria, cuw, anna, title="Decyzja o łące", mark="CUW.1.2026")
    found = page(client)
    assert reverse("desk:sent_letter", args=[letter.id]) in found
    for text in ("Decyzja o łące", "Anna Kowalska", "CUW.1.2026", "Powiadomiono 1. raz"):
        assert text in found
    assert "16\u00a0listopada\u00a02026" in found
    assert "02.11.2026" in found


def test_every_standing_has_its_words(
    client: PageClient, daria: User, cuw: Institution, anna: User, town_hall: Institution,
    hands: Hands,
) -> None:  # fmt: skip
    deemed_letter(daria, cuw, anna)
    stopped_letter(daria, cuw, anna)
    letter_between(daria, cuw, town_hall)
    hands.at = days(16)
    found = page(client)
    for text in ("Uznane za doręczone", "Zatrzymane", "Doręczone", "E-mail nie doszedł"):
        assert text in found
    assert "Nikt się nie zalogował od wysłania" in found
    assert "17\u00a0listopada\u00a02026" in found


def test_tiles_lead_to_the_letters_they_count(
    client: PageClient, daria: User, cuw: Institution, anna: User
) -> None:
    stopped_letter(daria, cuw, anna)
    named_letter(daria, cuw, anna, title="W toku")
    assert "<b>2</b>" in page(client)
    assert 'href="/kancelaria/wyslane/?uwaga=STOPPED&amp;sort=last_day" class="hot"' in page(client)
    narrowed = page(client, uwaga="STOPPED", sort="last_day")
    assert "W toku" not in narrowed
    assert "Decyzja w sprawie zaświadczenia" in narrowed
    assert "W toku" in page(client, uwaga="NIC", stan="NIC", okres="NIC", dzien="x", sort="x")


def test_a_day_of_the_calendar_narrows_the_list_and_says_so(
    client: PageClient, daria: User, cuw: Institution, anna: User
) -> None:
    noticed_letter(daria, cuw, anna)
    assert "termin kończy się 16\u00a0listopada" in page(client, dzien="2026-11-16")
    assert "Nie znaleźliśmy" in page(client, dzien="2026-11-17")


def test_a_change_of_the_filter_asks_for_the_list_alone(
    client: PageClient, daria: User, cuw: Institution, anna: User
) -> None:
    noticed_letter(daria, cuw, anna)
    answer = client.get(reverse("desk:sent"), headers={"HX-Request": "true"})
    assert "<h1" not in answer.content.decode()
    assert 'id="letters"' in answer.content.decode()
    assert "HX-Request" in answer["Vary"]


def test_the_menu_names_both_lists(client: PageClient) -> None:
    found = client.get(reverse("desk:inbox")).content.decode()
    assert reverse("desk:sent") in found
    assert reverse("desk:deadlines") in found


def test_the_table_is_what_the_filter_finds(
    client: PageClient, daria: User, cuw: Institution, anna: User
) -> None:
    named_letter(daria, cuw, anna, title="Decyzja; „łąka”\ni reszta", mark="CUW.1.2026")
    named_letter(daria, cuw, anna, title="Wezwanie", mark="CUW.2.2026")
    heads, *rows = table(client)
    assert heads[:3] == ["Adresat", "Adres skrytki", "Tytuł"]
    assert len(rows) == 2
    (row,) = table(client, q="łąka")[1:]
    cells = dict(zip(heads, row, strict=True))
    assert cells["Tytuł"] == "Decyzja; „łąka”\ni reszta"
    assert cells["Wysłano"] == "2026-11-02 10:00:00"
    assert (cells["Stan"], cells["Ostatni dzień"]) == ("Powiadomiono 1. raz", "2026-11-16")
    assert cells["Doręczono"] == ""


@pytest.mark.parametrize("title", ["=1+1", "+48 33", "-2", "@SUM(A1)", "＝1+1"])
def test_no_cell_is_a_formula(
    title: str, client: PageClient, daria: User, cuw: Institution, anna: User
) -> None:
    named_letter(daria, cuw, anna, title=title)
    (row,) = table(client)[1:]
    assert row[2] == f"'{title}"


@pytest.mark.parametrize("cell", ["\t=1", " =1", "\r\n=1", '=HYPERLINK("x")', "  @a"])
def test_what_a_spreadsheet_would_skip_hides_no_formula(cell: str) -> None:
    assert cell_text(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Pismo = 1 + 1", "a-b", "1", "„=”"])
def test_a_harmless_cell_stays_as_it_is(cell: str) -> None:
    assert cell_text(cell) == cell
