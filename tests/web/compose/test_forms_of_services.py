"""The service's own questions: drawn, answered, kept, and wrong answers told beside them."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from skrytka.accounts.models import Institution, User
from skrytka.letters.models import Draft
from tests.web.compose.cards import service_of
from tests.web.compose.conftest import ReaderOf
from tests.world.attachments import draft_of, listed
from tests.world.files import pdf

pytestmark = pytest.mark.django_db
ANSWERS = {
    "form-imie": "Zofia",
    "form-opis": "Do wniosku\r\no emeryturę",
    "form-odbior": "LIST",
    "form-adres-street": "Głęboka",
    "form-adres-building": "7",
    "form-adres-postal_code": "43-400",
    "form-adres-town": "Cieszyn",
    "form-od-day": "27",
    "form-od-month": "3",
    "form-od-year": "2026",
    "form-pesel": "44051401359",
    "form-kwota": "1 250,50 zł",
    "form-okresy-0-szkola": "SP 2",
    "form-okresy-0-od-day": "1",
    "form-okresy-0-od-month": "9",
    "form-okresy-0-od-year": "2010",
}


@pytest.fixture
def asked(anna: User, cuw: Institution) -> Draft:
    service_of(cuw)
    return draft_of(anna, cuw)


def _url(draft: Draft) -> str:
    return reverse("web:draft_letter", args=[draft.id])


def _typed(draft: Draft, **changed: object) -> dict[str, object]:
    draft.refresh_from_db()
    return {"title": "ERP-7", "body": "", "version": str(draft.version), **ANSWERS, **changed}


def _value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)
    assert found is not None, name
    return found.group(1)


def test_every_question_is_on_the_page(reader_of: ReaderOf, anna: User, asked: Draft) -> None:
    page = reader_of(anna).get(_url(asked)).content.decode()
    for name in ANSWERS:
        assert f'name="{name}"' in page
    assert "Wypełnij, jeśli przy „Jak odbierzesz zaświadczenie” wybierasz „Listem”." in page
    assert 'name="slot-skan"' in page
    assert 'hx-params="not files,slot-skan"' in page


def test_what_is_ready_counts_the_questions_of_the_service(
    reader_of: ReaderOf, anna: User, asked: Draft
) -> None:
    client = reader_of(anna)
    todo = '<li class="todo">'
    page = " ".join(client.get(_url(asked)).content.decode().split())
    assert re.search(rf"{todo}<svg[^§]*?</svg> Dane z formularza</li>", page)
    client.post(_url(asked), _typed(asked, action="save"))
    page = " ".join(client.get(_url(asked)).content.decode().split())
    assert re.search(r"<li><svg[^§]*?</svg> Dane z formularza</li>", page)


def test_a_choice_that_may_be_left_out_can_be_taken_back(
    reader_of: ReaderOf, anna: User, asked: Draft
) -> None:
    client = reader_of(anna)
    client.post(_url(asked), _typed(asked, action="save"))
    page = client.get(_url(asked)).content.decode()
    assert '<option value="">Wybierz</option>' in page
    client.post(_url(asked), _typed(asked, action="save", **{"form-odbior": ""}))
    asked.refresh_from_db()
    assert "odbior" not in asked.answers


def test_answers_are_kept_and_shown_as_people_write_them(
    reader_of: ReaderOf, anna: User, asked: Draft
) -> None:
    client = reader_of(anna)
    client.post(_url(asked), _typed(asked, action="save"))
    asked.refresh_from_db()
    assert asked.answers["kwota"] == 125050
    assert asked.answers["od"] == "2026-03-27"
    page = client.get(_url(asked)).content.decode()
    assert _value(page, "form-kwota") == "1250,50"
    assert _value(page, "form-od-month") == "3"
    assert _value(page, "form-adres-town") == "Cieszyn"
    assert re.search(r'value="LIST" selected', page)
    assert _value(page, "form-okresy-0-szkola") == "SP 2"
    assert _value(page, "form-okresy-1-szkola") == ""


def test_a_whole_form_goes_on_without_a_body(reader_of: ReaderOf, anna: User, asked: Draft) -> None:
    client = reader_of(anna)
    answer = client.post(_url(asked), _typed(asked, action="next"))
    assert answer.headers["Location"] == reverse("web:draft_signature", args=[asked.id])
    page = client.get(reverse("web:draft_document", args=[asked.id])).content.decode()
    assert "Dane z formularza" in page
    assert "27.03.2026" in page


def test_wrong_answers_are_told_beside_their_questions_and_kept(
    reader_of: ReaderOf, anna: User, asked: Draft
) -> None:
    wrong = {"form-imie": "", "form-pesel": "123", "form-od-day": "31", "form-od-month": "2"}
    wrong |= {"form-kwota": "dużo", "form-okresy-0-szkola": "", "action": "next"}
    page = reader_of(anna).post(_url(asked), _typed(asked, **wrong)).content.decode()
    for target in ("form-imie", "form-pesel", "form-od-day", "form-kwota", "form-okresy-0-szkola"):
        assert f'<a href="#id_{target}">' in page
    assert 'id="id_form-pesel_error"' in page
    assert _value(page, "form-kwota") == "dużo"
    assert _value(page, "form-od-day") == "31"


def test_an_autosave_without_the_form_keeps_the_answers(
    reader_of: ReaderOf, anna: User, asked: Draft
) -> None:
    client = reader_of(anna)
    client.post(_url(asked), _typed(asked, action="save"))
    asked.refresh_from_db()
    typed = {"title": "Nowy", "version": str(asked.version), "action": "save"}
    client.post(_url(asked), typed)
    asked.refresh_from_db()
    assert (asked.title, asked.answers["imie"]) == ("Nowy", "Zofia")


def test_a_file_goes_into_its_own_place(reader_of: ReaderOf, anna: User, asked: Draft) -> None:
    file = SimpleUploadedFile("skan.pdf", pdf())
    client = reader_of(anna)
    typed = _typed(asked, action="upload") | {"slot-skan": file}
    page = client.post(_url(asked), typed, follow=True).content.decode()
    assert asked.attachments.get().slot == "skan"
    assert listed(asked.id) == [("skan.pdf", "SAFE", "")]
    assert page.index("Skan świadectwa") < page.index("skan.pdf") < page.index("Treść pisma")
