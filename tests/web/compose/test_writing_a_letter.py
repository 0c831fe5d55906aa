"""Step 2: title, body, saving, and two tabs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from skrytka.accounts.models import Institution, User
from skrytka.letters.models import Draft, DraftAttachment
from skrytka.letters.operations.drafts import DraftContent, write_draft
from tests.web.compose.conftest import ReaderOf
from tests.world.attachments import AT, listed
from tests.world.files import EICAR, pdf

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def _url(draft: Draft) -> str:
    return reverse("web:draft_letter", args=[draft.id])


def _typed(draft: Draft, **changed: object) -> dict[str, object]:
    return {"title": "Skarga", "body": "Proszę.", "version": str(draft.version), **changed}


def _saved(draft: Draft) -> tuple[str, str]:
    draft.refresh_from_db()
    return draft.title, draft.body


def _in_another_tab(draft: Draft) -> None:
    content = DraftContent("Inny tytuł", "Inna treść", {})
    write_draft(draft.id, content, version=draft.version, at=AT)


def test_the_page_shows_what_was_written(reader_of: ReaderOf, anna: User, draft: Draft) -> None:
    page = reader_of(anna).get(_url(draft)).content.decode()
    assert "Napisz pismo: pismo i załączniki (krok 2 z 4)" in page
    assert "Wniosek o zaświadczenie" in page
    assert "/ZOJO_Cieszyn/SkrytkaESP" in page
    assert "Formaty: DOC, RTF, XLS, CSV, TXT, GIF, TIF, BMP, JPG, PDF, ZIP." in page


def test_the_browser_keeps_no_page_that_knows_nothing_of_later_files(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    assert "no-store" in reader_of(anna).get(_url(draft))["Cache-Control"]


def test_without_an_addressee_the_first_step_comes_first(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    Draft.objects.filter(id=draft.id).update(box=None)
    answer = reader_of(anna).get(_url(draft))
    assert answer.headers["Location"] == reverse("web:draft_addressee", args=[draft.id])


def test_enter_in_a_field_saves_and_stays(reader_of: ReaderOf, anna: User, draft: Draft) -> None:
    answer = reader_of(anna).post(_url(draft), _typed(draft, action="save"))
    assert answer.headers["Location"] == _url(draft)
    assert _saved(draft) == ("Skarga", "Proszę.")


def test_a_complete_letter_goes_on_to_the_signature(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    answer = reader_of(anna).post(_url(draft), _typed(draft, action="next"))
    assert answer.headers["Location"] == reverse("web:draft_signature", args=[draft.id])


def test_what_lacks_is_told_beside_its_field_and_in_the_summary(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    typed = _typed(draft, title=" ", body="", action="next")
    page = reader_of(anna).post(_url(draft), typed).content.decode()
    assert "<title>Błąd: Napisz pismo" in page
    assert "Popraw 2 rzeczy, żeby przejść dalej" in page
    assert '<a href="#id_title">Wpisz tytuł pisma</a>' in page
    assert '<a href="#id_body">Wpisz treść pisma albo dodaj załącznik</a>' in page
    assert 'id="id_title_error"' in page


def test_a_letter_that_is_too_long_is_kept_whole_and_told_by_how_much(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    body = "a" * 10_005
    page = reader_of(anna).post(_url(draft), _typed(draft, body=body, action="next"))
    assert "Treść jest za długa o 5 znaków" in page.content.decode()
    assert _saved(draft) == ("Skarga", body)


def test_saving_for_later_leads_to_the_list(reader_of: ReaderOf, anna: User, draft: Draft) -> None:
    client = reader_of(anna)
    answer = client.post(_url(draft), _typed(draft, action="later"), follow=True)
    assert "Wersja robocza czeka na Ciebie 30 dni." in answer.content.decode()
    assert _saved(draft) == ("Skarga", "Proszę.")


def test_an_automatic_save_answers_with_the_time_and_the_new_version(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    answer = reader_of(anna).post(_url(draft), _typed(draft), headers=HTMX)
    page = answer.content.decode()
    assert "Zapisane o" in page
    assert f'name="version" value="{draft.version + 1}"' in page
    assert page.count('hx-swap-oob="true"') == 3


def test_another_tab_is_told_and_both_ways_out_are_offered(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    _in_another_tab(draft)
    page = reader_of(anna).post(_url(draft), _typed(draft, action="next")).content.decode()
    assert "To pismo zmieniło się w innej karcie." in page
    assert "Wczytaj nowszą wersję" in page
    assert "Zapisz moją jako kopię" in page
    assert "Proszę." in page
    assert _saved(draft) == ("Inny tytuł", "Inna treść")


def test_an_automatic_save_tells_of_another_tab_too(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    _in_another_tab(draft)
    answer = reader_of(anna).post(_url(draft), _typed(draft), headers=HTMX)
    assert "To pismo zmieniło się w innej karcie." in answer.content.decode()


def test_the_same_words_saved_before_are_no_conflict(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    write_draft(draft.id, DraftContent("Skarga", "Proszę.", {}), version=draft.version, at=AT)
    answer = reader_of(anna).post(_url(draft), _typed(draft, action="next"))
    assert answer.headers["Location"] == reverse("web:draft_signature", args=[draft.id])


def test_the_losing_tab_is_kept_as_a_copy(reader_of: ReaderOf, anna: User, draft: Draft) -> None:
    _in_another_tab(draft)
    reader_of(anna).post(_url(draft), _typed(draft, action="copy"))
    copy = Draft.objects.exclude(id=draft.id).get()
    assert (copy.title, copy.body, copy.author) == ("Skarga", "Proszę.", anna)


def test_files_go_with_any_button_without_javascript(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    files = [SimpleUploadedFile("umowa.pdf", pdf()), SimpleUploadedFile("wirus.txt", EICAR)]
    typed = _typed(draft, action="upload", files=files)
    client = reader_of(anna)
    page = client.post(_url(draft), typed, follow=True).content.decode()
    assert listed(draft.id) == [("umowa.pdf", "SAFE", ""), ("wirus.txt", "REFUSED", "F-VIRUS")]
    assert "Plik bezpieczny, gotowy do wysłania" in page
    assert "W pliku wirus.txt wykryliśmy złośliwe oprogramowanie." in page
    assert _saved(draft) == ("Skarga", "Proszę.")


def test_a_refused_file_keeps_the_letter_from_going_on(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    files = [SimpleUploadedFile("wirus.txt", EICAR)]
    page = reader_of(anna).post(_url(draft), _typed(draft, action="next", files=files))
    row = f"file-{DraftAttachment.objects.get(draft=draft).id}"
    assert f'<a href="#{row}">Usuń plik wirus.txt.' in page.content.decode()
    assert f'id="{row}"' in page.content.decode()


def test_the_same_file_twice_is_told_and_the_first_stays(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    files = [SimpleUploadedFile("a.pdf", pdf()), SimpleUploadedFile("b.pdf", pdf())]
    page = reader_of(anna).post(_url(draft), _typed(draft, action="next", files=files))
    assert "Ten plik jest już na liście: a.pdf." in page.content.decode()
    assert listed(draft.id) == [("a.pdf", "SAFE", "")]


def test_removing_a_file_saves_what_was_typed(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    client = reader_of(anna)
    files = [SimpleUploadedFile("a.pdf", pdf())]
    client.post(_url(draft), _typed(draft, action="upload", files=files))
    draft.refresh_from_db()
    key = draft.attachments.get().id
    client.post(_url(draft), _typed(draft, title="Nowy", action=f"remove:{key}"))
    assert listed(draft.id) == []
    assert _saved(draft) == ("Nowy", "Proszę.")


def test_what_was_typed_before_the_idle_log_out_comes_back(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    client = reader_of(anna)
    session = client.session
    body = f"title=Przerwane&body=W+p%C3%B3%C5%82+zdania&version={draft.version}"
    session["saved_posts"] = {_url(draft): {"user": anna.pk, "body": body}}
    session.save()
    page = client.get(_url(draft)).content.decode()
    assert "Przywróciliśmy to, co było wpisane przed wylogowaniem." in page
    assert "W pół zdania" in page


def test_a_closed_box_is_told_with_another_one(
    reader_of: ReaderOf, anna: User, cuw: Institution, draft: Draft
) -> None:
    cuw.boxes.filter(is_basic=True).update(is_open=False)
    page = reader_of(anna).post(_url(draft), _typed(draft, action="next")).content.decode()
    assert "nie przyjmuje teraz pism pod tym adresem" in page
    assert "/ZOJO_Cieszyn/skrytka" in page
