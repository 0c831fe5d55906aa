"""The receipt page in its three looks, its timeline, and who may read it."""

import pytest
from django.test import Client
from django.urls import reverse

from skrytka.accounts.models import User
from skrytka.catalogue.models import ServiceCard
from skrytka.letters.models import (
    HandlingState,
    IntakeState,
    Letter,
    LetterHandling,
    LetterIntake,
)
from tests.web.receipts.conftest import ReaderOf

pytestmark = pytest.mark.django_db
PAGES = ("letter", "letter_status", "letter_content")
DOWNLOADS = ("letter_receipt", "letter_receipt_pdf", "letter_document", "letter_package")


def _url(name: str, letter: Letter) -> str:
    return reverse(f"web:{name}", args=[letter.id])


def test_a_delivered_letter_shows_its_receipt(
    reader_of: ReaderOf, anna: User, letter: Letter
) -> None:
    page = reader_of(anna).get(_url("letter", letter)).content.decode()
    assert "<h1>Pismo doręczone</h1>" in page
    assert "godz.\u00a011:30:15. Kopię potwierdzenia wysłaliśmy na anna@example.pl." in page
    assert "Urzędowe poświadczenie odbioru (UPO)" in page
    assert "ESP-UPP-2026-0000001" in page
    assert "Pieczęć elektroniczna ważna" in page
    assert "<strong>23.11.2026, 11:30:15</strong> (czas urzędowy, UTC+1)" in page
    assert "Podpis zaufany, ważny" in page
    assert "RPW/CUW/00001/2026" in page
    assert "umowa najmu.pdf" in page
    assert letter.document_sha256 in page


def test_everything_can_be_downloaded_from_the_page(
    reader_of: ReaderOf, anna: User, letter: Letter
) -> None:
    page = reader_of(anna).get(_url("letter", letter)).content.decode()
    for name in DOWNLOADS:
        assert _url(name, letter) in page
    assert "dowód dla urzędu i sądu" in page
    assert "Dowodem jest plik XML. PDF i wydruk służą tylko do czytania." in page
    assert "skrytka=%2FZOJO_Cieszyn%2FSkrytkaESP" in page


def test_the_proxy_reads_it_without_the_address_of_the_sender(
    reader_of: ReaderOf, bogdan: User, letter: Letter
) -> None:
    page = reader_of(bogdan).get(_url("letter", letter)).content.decode()
    assert "Pismo doręczone" in page
    assert "anna@example.pl" not in page


@pytest.mark.parametrize("person", ["celina", "daria", "edmund"])
def test_for_everybody_else_the_letter_does_not_exist(
    reader_of: ReaderOf, request: pytest.FixtureRequest, letter: Letter, person: str
) -> None:
    client = reader_of(request.getfixturevalue(person))
    pages = [_url(name, letter) for name in (*PAGES, *DOWNLOADS)]
    pages.append(reverse("web:letter_attachment", args=[letter.id, 1]))
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 404)


def test_who_is_not_logged_in_logs_in_first(letter: Letter) -> None:
    for name in (*PAGES, *DOWNLOADS):
        answer = Client().get(_url(name, letter))
        assert answer.headers["Location"].startswith(reverse("account_login"))


def test_the_letter_can_be_read_again(reader_of: ReaderOf, anna: User, letter: Letter) -> None:
    page = reader_of(anna).get(_url("letter_content", letter)).content.decode()
    assert "Treść pisma" in page
    assert "Proszę o zaświadczenie." in page


def test_the_timeline_follows_the_desk(
    reader_of: ReaderOf, anna: User, daria: User, letter: Letter
) -> None:
    client = reader_of(anna)
    page = client.get(_url("letter", letter)).content.decode()
    assert "<li><strong>Przekazane pracownikowi</strong></li>" in page
    LetterHandling.objects.update(assignee=daria)
    page = client.get(_url("letter", letter)).content.decode()
    assert '<li class="on"><strong>Przekazane pracownikowi</strong></li>' in page
    LetterHandling.objects.update(state=HandlingState.DONE)
    page = client.get(_url("letter", letter)).content.decode()
    assert "Sprawa załatwiona przez urząd" in page


def test_the_timeline_promises_only_what_the_card_of_the_service_says(
    reader_of: ReaderOf, anna: User, letter: Letter
) -> None:
    client = reader_of(anna)
    for promised, shown in (("do 21 dni", "według karty sprawy: do 21 dni"), ("", "")):
        ServiceCard.objects.update(time_limit=promised)
        page = client.get(_url("letter", letter)).content.decode()
        note = f'<span class="when">{shown}</span>' if shown else ""
        assert f"<li><strong>Odpowiedź</strong>{note}</li>" in page


def test_while_the_receipt_is_made_the_page_says_so_and_asks_again(
    reader_of: ReaderOf, anna: User, waiting: Letter
) -> None:
    LetterIntake.objects.filter(letter=waiting).update(state=IntakeState.ACCEPTED)
    client = reader_of(anna)
    page = client.get(_url("letter", waiting)).content.decode()
    assert "<h1>Pismo przyjęte</h1>" in page
    assert "Przygotowujemy potwierdzenie, zwykle trwa to minutę." in page
    assert f'hx-get="{_url("letter_status", waiting)}"' in page
    assert client.get(_url("letter_status", waiting)).status_code == 204


def test_while_files_are_screened_the_page_says_that_the_date_counts_already(
    reader_of: ReaderOf, anna: User, waiting: Letter
) -> None:
    page = reader_of(anna).get(_url("letter", waiting)).content.decode()
    assert "<h1>Sprawdzamy załączniki</h1>" in page
    assert "jego data wpływu już się liczy" in page
    assert "sprawdzamy załączniki, data wpływu już się liczy" in page
    assert f'hx-get="{_url("letter_status", waiting)}"' in page
    assert "UPO z podpisem" not in page


def test_the_list_says_that_its_files_are_being_screened(
    reader_of: ReaderOf, anna: User, waiting: Letter
) -> None:
    page = reader_of(anna).get(reverse("web:letters")).content.decode()
    assert waiting.title in page
    assert "Sprawdzamy załączniki" in page
    assert "Doręczone" not in page


def test_when_the_receipt_is_ready_the_page_loads_anew(
    reader_of: ReaderOf, anna: User, letter: Letter
) -> None:
    answer = reader_of(anna).get(_url("letter_status", letter))
    assert answer.headers["HX-Refresh"] == "true"


def test_a_refused_letter_names_file_and_rule_with_its_sealed_refusal(
    reader_of: ReaderOf, anna: User, refused: Letter
) -> None:
    page = reader_of(anna).get(_url("letter", refused)).content.decode()
    assert "<h1>Nie przyjęliśmy pisma</h1>" in page
    assert "W pliku zaproszenie.txt wykryliśmy złośliwe oprogramowanie." in page
    assert "Poświadczenie nieprzedłożenia" in page
    assert "ESP-NPP-2026-0000001" in page
    assert "Wysłane dokumenty" in page
    assert "Doręczone dokumenty" not in page
    assert _url("letter_receipt", refused) in page
    assert _url("letter_package", refused) not in page
    assert "Nieprzyjęte" in page
