"""A clerk writes, signs and sends a letter, page by page."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from skrytka.accounts.models import Box, Institution, User
from skrytka.catalogue.search.indexing import follow_institutions
from skrytka.delivery.models import OutgoingDraft, OutgoingFile, OutgoingLetter, OutgoingState
from skrytka.delivery.operations.drafts import OutgoingContent, write_outgoing
from skrytka.gateways.installed import blobs_of, installed
from skrytka.gateways.malware import Silent
from skrytka.letters.models import Letter
from tests.desk.outgoing.pages import TYPED, answered, only_draft, post, text_of, url
from tests.desk.world import client_at, signed_letter
from tests.world.attachments import scan_with
from tests.world.desk_drafts import NOW, draft_at, frozen, sealed, written
from tests.world.files import EICAR, pdf, txt
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(anna: User, daria: User, cuw: Institution) -> Letter:
    return signed_letter(anna, daria, cuw)


@pytest.fixture
def at_desk(daria: User) -> PageClient:
    return client_at(daria)


@pytest.fixture
def draft(daria: User, anna: User, cuw: Institution) -> OutgoingDraft:
    return written(daria, cuw, to=anna)


def test_an_answer_goes_from_the_letter_to_wyslane(letter: Letter, at_desk: PageClient) -> None:
    page = text_of(at_desk, reverse("desk:letter", args=[letter.id]))
    assert "Odpowiedz" in page
    at_desk.post(reverse("desk:outgoing_answer", args=[letter.id]))
    draft = only_draft()
    form = text_of(at_desk, url("letter", draft))
    assert "Odpowiedź: Wniosek o zaświadczenie" in form
    assert "Anna Kowalska" in form
    post(at_desk, "letter", draft, **TYPED, version=draft.version, action="next")
    assert "Pieczęć instytucji" in text_of(at_desk, url("signature", draft))
    check = post(at_desk, "signature", draft, signature="SEALED")
    assert "Sprawdź, zanim wyślesz" in check
    assert "Proszę „uzupełnić” podpis." in check
    done = post(at_desk, "send", draft)
    assert "<h1>Wysłane</h1>" in done
    assert OutgoingLetter.objects.get().in_reply_to_id == letter.id
    again = text_of(at_desk, reverse("desk:letter", args=[letter.id]))
    assert "Wysłane odpowiedzi" in again


def test_a_second_send_leads_to_the_first(
    at_desk: PageClient, daria: User, anna: User, cuw: Institution
) -> None:
    draft = sealed(daria, cuw, anna)
    post(at_desk, "send", draft)
    for page in ("send", "letter", "signature", "read"):
        assert at_desk.get(url(page, draft))["Location"] == url("sent", draft)
    assert "<h1>Wysłane</h1>" in post(at_desk, "send", draft)
    assert OutgoingLetter.objects.count() == 1


def test_an_empty_list_says_what_to_do(at_desk: PageClient) -> None:
    assert "Nie ma pism do wysłania" in text_of(at_desk, reverse("desk:outgoing"))


def test_the_menu_counts_what_waits(at_desk: PageClient, draft: OutgoingDraft) -> None:
    menu = text_of(at_desk, reverse("desk:inbox"))
    assert re.search(r'Do wysłania<span class="c">1</span>', menu)
    assert "Wezwanie" in text_of(at_desk, reverse("desk:outgoing"))


def test_a_new_letter_begins_with_its_addressee(
    at_desk: PageClient, anna: User, cuw: Institution, town_hall: Institution
) -> None:
    follow_institutions()
    at_desk.post(reverse("desk:outgoing_new"))
    draft = only_draft()
    assert "Wpisz adresata." in post(at_desk, "addressee", draft)
    nobody = post(at_desk, "addressee", draft, addressee="Kowalska")
    assert "Nie znaleźliśmy adresata" in nobody
    assert 'value="Kowalska"' in nobody
    assert "co do litery" in post(at_desk, "addressee", draft, addressee="/akowalsk/domyslna")
    found = post(at_desk, "addressee", draft, addressee="Urząd Miejski")
    assert "/u390efc0tm/SEKAP" in found
    stranger = {"addressee": "Urząd Miejski", "searched": "Urząd Miejski"}
    wrong = post(at_desk, "addressee", draft, **stranger, picked=anna.party.box_address)
    assert "Wybierz adresata z listy." in wrong
    post(at_desk, "addressee", draft, **stranger, picked="/u390efc0tm/SEKAP")
    assert only_draft().to_box == Box.objects.get(institution=town_hall)
    post(at_desk, "addressee", draft, addressee="/akowalska/domyslna")
    assert only_draft().party == anna.party


def test_a_letter_to_an_institution_arrives_at_once(
    at_desk: PageClient, draft: OutgoingDraft, town_hall: Institution
) -> None:
    post(at_desk, "addressee", draft, addressee="/u390efc0tm/SEKAP")
    post(at_desk, "letter", draft, **TYPED, version=2, action="next")
    post(at_desk, "signature", draft, signature="SEALED")
    assert "Pismo leży w skrytce instytucji." in post(at_desk, "send", draft)
    assert Letter.objects.get(institution=town_hall).title == "Wezwanie"


def test_nothing_typed_is_lost_when_something_is_missing(
    at_desk: PageClient, draft: OutgoingDraft
) -> None:
    typed = {**TYPED, "title": "", "body": "Tekst {znak_sprawy} dalej"}
    page = post(at_desk, "letter", draft, **typed, version=2, action="next")
    assert "<title>Błąd: " in page
    assert "Wpisz tytuł pisma" in page
    assert "W tekście zostało pole {znak_sprawy}." in page
    assert "Tekst {znak_sprawy} dalej" in page
    assert draft_at(draft.id).body == "Tekst {znak_sprawy} dalej"


def test_two_tabs_are_told_and_both_ways_keep_something(
    at_desk: PageClient, draft: OutgoingDraft
) -> None:
    write_outgoing(draft.id, OutgoingContent("Z drugiej karty", "x", ""), version=2, at=NOW)
    late = {**TYPED, "version": 2}
    page = post(at_desk, "letter", draft, **late, action="next")
    assert "zmieniło się w innej karcie" in page
    assert "Proszę „uzupełnić” podpis." in page
    assert draft_at(draft.id).title == "Z drugiej karty"
    post(at_desk, "letter", draft, **late, action="copy")
    assert {row.title for row in OutgoingDraft.objects.all()} == {"Z drugiej karty", "Wezwanie"}


def test_an_automatic_save_answers_with_what_changed(
    at_desk: PageClient, draft: OutgoingDraft
) -> None:
    htmx = {"HX-Request": "true"}
    sent = {**TYPED, "title": "Nowy", "version": 2}
    part = at_desk.post(url("letter", draft), sent, headers=htmx).content.decode()
    assert 'name="version" value="3"' in part
    late = at_desk.post(url("letter", draft), {**sent, "title": "Inny"}, headers=htmx)
    assert "zmieniło się w innej karcie" in late.content.decode()


def test_saving_for_later_leads_to_the_list(at_desk: PageClient, draft: OutgoingDraft) -> None:
    page = post(at_desk, "letter", draft, **TYPED, version=2, action="later")
    assert "Zapisaliśmy pismo" in page


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_files_come_with_the_form_and_go_by_a_button(
    at_desk: PageClient, draft: OutgoingDraft
) -> None:
    file = upload("decyzja.pdf", pdf())
    post(at_desk, "letter", draft, **TYPED, version=2, action="upload", files=file)
    (row,) = OutgoingFile.objects.all()
    answer = at_desk.get(reverse("desk:outgoing_file", args=[draft.id, row.id]))
    assert b"".join(answer) == pdf()
    assert "attachment" in answer["Content-Disposition"]
    post(at_desk, "letter", draft, **TYPED, action=f"remove:{row.id}")
    assert not OutgoingFile.objects.exists()
    gone = at_desk.get(reverse("desk:outgoing_file", args=[draft.id, row.id]))
    assert gone.status_code == 404


def test_a_refused_file_is_told_in_the_words_of_the_catalogue(
    at_desk: PageClient, draft: OutgoingDraft
) -> None:
    file = upload("wirus.txt", EICAR)
    page = post(at_desk, "letter", draft, **TYPED, version=2, action="next", files=file)
    assert "W pliku wirus.txt wykryliśmy złośliwe oprogramowanie" in page
    assert draft_at(draft.id).title == "Wezwanie"
    assert not OutgoingFile.objects.exists()


def test_a_silent_scanner_is_told_and_nothing_is_promised(
    at_desk: PageClient, draft: OutgoingDraft
) -> None:
    before = installed().malware
    scan_with(Silent())
    try:
        page = post(at_desk, "letter", draft, **TYPED, action="next", files=upload("a.txt", txt()))
    finally:
        scan_with(before)
    assert "więc go nie dodaliśmy" in page
    assert "Zapisaliśmy go" not in page


def test_the_page_sends_files_one_by_one(at_desk: PageClient, draft: OutgoingDraft) -> None:
    by_page = {"X-Requested-With": "XMLHttpRequest"}
    where = url("files", draft)
    row = at_desk.post(where, {"files": upload("a.txt", txt())}, headers=by_page)
    assert "Plik bezpieczny" in row.content.decode()
    bad = at_desk.post(where, {"files": upload("wirus.txt", EICAR)}, headers=by_page)
    assert "złośliwe oprogramowanie" in bad.content.decode()
    assert at_desk.post(where, {}, headers=by_page).status_code == 400
    (file,) = OutgoingFile.objects.all()
    at_desk.post(where, {"action": f"remove:{file.id}"}, headers=by_page)
    assert not OutgoingFile.objects.exists()


def test_what_is_sent_is_shown_from_its_bytes(
    at_desk: PageClient, daria: User, anna: User, cuw: Institution
) -> None:
    draft = frozen(daria, cuw, anna)
    page = text_of(at_desk, url("read", draft))
    assert "Odczytaliśmy go z pliku XML." in page
    assert "Głęboka 7/3" in page
    answer = at_desk.get(url("document", draft))
    assert answer.content == blobs_of(draft.institution_id).read(draft.document_sha256)


def test_a_draft_without_a_document_is_read_as_it_is(
    at_desk: PageClient, draft: OutgoingDraft
) -> None:
    assert "To jeszcze wersja robocza." in text_of(at_desk, url("read", draft))
    assert at_desk.get(url("document", draft)).status_code == 404


def test_a_draft_is_put_away_and_brought_back(at_desk: PageClient, draft: OutgoingDraft) -> None:
    assert "Usunąć wersję roboczą?" in text_of(at_desk, url("discard", draft))
    assert "Przywróć" in post(at_desk, "discard", draft)
    assert draft_at(draft.id).state == OutgoingState.DISCARDED
    post(at_desk, "restore", draft)
    assert draft_at(draft.id).state == OutgoingState.OPEN


def test_a_clerk_comes_back_to_the_step_they_left(
    at_desk: PageClient, daria: User, anna: User, cuw: Institution
) -> None:
    for draft, step in (
        (written(daria, cuw), "addressee"),
        (written(daria, cuw, to=anna), "letter"),
        (frozen(daria, cuw, anna), "signature"),
        (sealed(daria, cuw, anna), "send"),
    ):
        assert at_desk.get(url("draft", draft))["Location"] == url(step, draft)


def test_a_box_that_closed_is_told_at_the_last_step(
    at_desk: PageClient, draft: OutgoingDraft, town_hall: Institution
) -> None:
    post(at_desk, "addressee", draft, addressee="/u390efc0tm/SEKAP")
    post(at_desk, "letter", draft, **TYPED, version=2, action="next")
    post(at_desk, "signature", draft, signature="SEALED")
    Box.objects.filter(institution=town_hall).update(is_open=False)
    assert "Adresat nie przyjmuje teraz pism" in post(at_desk, "send", draft)
    assert draft_at(draft.id).state == OutgoingState.OPEN


def test_a_clerk_of_no_box_is_told(at_desk: PageClient, cuw: Institution) -> None:
    Box.objects.filter(institution=cuw).update(is_open=False)
    page = at_desk.post(reverse("desk:outgoing_new"), follow=True).content.decode()
    assert "nie ma otwartej skrytki do wysyłania" in page
    assert answered(at_desk, reverse("desk:outgoing")) == 200
