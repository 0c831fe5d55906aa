"""Step 4: check, send once, and what a second click meets."""

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, User
from skrytka.ledger.operations import Actor
from skrytka.letters.models import Draft, Letter
from skrytka.letters.operations.documents import freeze_document
from skrytka.letters.operations.drafts import discard_draft
from skrytka.letters.operations.signing import send_unsigned
from tests.web.compose.conftest import ReaderOf
from tests.world.attachments import added
from tests.world.files import pdf, txt
from tests.world.letters import LATER, unsigned_draft, written_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(card: object, anna: User, cuw: Institution) -> Draft:
    return unsigned_draft(anna, cuw)


def _url(name: str, draft: Draft) -> str:
    return reverse(f"web:draft_{name}", args=[draft.id])


def test_everything_to_send_is_shown_with_its_way_back(
    reader_of: ReaderOf, anna: User, signed: Draft
) -> None:
    page = reader_of(anna).get(_url("send", signed)).content.decode()
    assert "Sprawdź, zanim wyślesz. Po wysłaniu nie zmienisz pisma." in page
    assert "Wysyłasz pismo bez podpisu." in page
    for name in ("addressee", "letter", "signature"):
        assert _url(name, signed) in page
    assert 'data-submit-text="Wysyłamy. Nie zamykaj strony."' in page


def test_the_files_to_send_are_counted_with_their_size(
    reader_of: ReaderOf, card: object, anna: User, cuw: Institution
) -> None:
    draft = written_draft(anna, cuw)
    added(draft, "umowa.pdf", pdf())
    added(draft, "opis.txt", txt())
    freeze_document(draft.id, at=LATER)
    send_unsigned(draft.id)
    page = reader_of(anna).get(_url("send", draft)).content.decode()
    assert "2 pliki, 1\u00a0kB" in page
    assert "Proszę o zaświadczenie." in page


def test_an_unsigned_draft_goes_back_to_the_signature(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    client = reader_of(anna)
    assert client.get(_url("send", draft)).headers["Location"] == _url("signature", draft)
    assert client.post(_url("send", draft)).headers["Location"] == _url("signature", draft)


def test_sending_leads_to_the_receipt(reader_of: ReaderOf, anna: User, signed: Draft) -> None:
    client = reader_of(anna)
    answer = client.post(_url("send", signed))
    letter = Letter.objects.get()
    assert answer.headers["Location"] == reverse("web:letter", args=[letter.id])


def test_a_second_click_shows_the_first_receipt(
    reader_of: ReaderOf, anna: User, signed: Draft
) -> None:
    client = reader_of(anna)
    client.post(_url("send", signed))
    page = client.post(_url("send", signed), follow=True).content.decode()
    assert "To pismo zostało już wysłane" in page
    assert "Nie wysłaliśmy go drugi raz." in page
    assert "Zobacz UPO" in page
    assert Letter.objects.count() == 1


@pytest.mark.parametrize("name", ["letter", "signature", "send", "addressee", "document"])
def test_the_back_button_after_sending_tells_that_it_went(
    reader_of: ReaderOf, anna: User, signed: Draft, name: str
) -> None:
    client = reader_of(anna)
    client.post(_url("send", signed))
    assert client.get(_url(name, signed)).headers["Location"] == _url("sent", signed)


def test_a_page_that_saves_by_itself_is_led_away_after_sending(
    reader_of: ReaderOf, anna: User, signed: Draft
) -> None:
    client = reader_of(anna)
    client.post(_url("send", signed))
    answer = client.post(_url("letter", signed), {"title": "x"}, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == _url("sent", signed)


def test_a_box_that_closed_meanwhile_keeps_the_letter_here(
    reader_of: ReaderOf, anna: User, cuw: Institution, signed: Draft
) -> None:
    cuw.boxes.filter(is_basic=True).update(is_open=False)
    page = reader_of(anna).post(_url("send", signed)).content.decode()
    assert "nie przyjmuje teraz pism pod tym adresem" in page
    assert not Letter.objects.exists()


def test_a_service_that_needs_a_signature_by_now_says_so(
    reader_of: ReaderOf, anna: User, signed: Draft
) -> None:
    signed.card.required_signature = "REQUIRED"
    signed.card.save()
    page = reader_of(anna).post(_url("send", signed)).content.decode()
    assert "Tę sprawę trzeba podpisać. Wybierz rodzaj podpisu." in page


def test_a_discarded_draft_is_not_sent(reader_of: ReaderOf, anna: User, signed: Draft) -> None:
    discard_draft(signed.id, actor=Actor("anna"), at=LATER)
    client = reader_of(anna)
    assert client.get(_url("send", signed)).headers["Location"] == reverse("web:drafts")
    assert client.post(_url("send", signed)).headers["Location"] == reverse("web:drafts")


def test_a_draft_that_never_went_has_no_such_notice(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    assert reader_of(anna).get(_url("sent", draft)).status_code == 404
