"""„Do zatwierdzenia”: another clerk reads the letter as it is, and lets it go or sends it back."""

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, Role, User
from skrytka.delivery.models import OutgoingDraft, OutgoingLetter, OutgoingState
from tests.desk.outgoing.pages import post, text_of, url
from tests.desk.world import client_at, employed
from tests.world.desk_drafts import draft_at, sealed, want_second_person, written
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def hanna(cuw: Institution) -> PageClient:
    return client_at(employed("Hanna", "Bury", cuw, Role.CLERK))


@pytest.fixture
def author(daria: User) -> PageClient:
    return client_at(daria)


@pytest.fixture
def waiting(author: PageClient, daria: User, anna: User, cuw: Institution) -> OutgoingDraft:
    want_second_person(cuw)
    draft = sealed(daria, cuw, anna)
    assert "Przekaż do zatwierdzenia" in text_of(author, url("send", draft))
    assert "czeka na zatwierdzenie przez inną osobę" in post(author, "send", draft)
    return draft_at(draft.id)


def test_another_clerk_reads_it_and_lets_it_go(waiting: OutgoingDraft, hanna: PageClient) -> None:
    assert "Do zatwierdzenia" in text_of(hanna, reverse("desk:outgoing"))
    page = text_of(hanna, url("read", waiting))
    assert "Proszę uzupełnić podpis." in page
    assert "Zatwierdź i wyślij" in page
    assert "<h1>Wysłane</h1>" in post(hanna, "release", waiting, document=waiting.document_sha256)
    letter = OutgoingLetter.objects.get()
    assert letter.released_by != letter.author


def test_the_author_is_offered_to_take_it_back_only(
    waiting: OutgoingDraft, author: PageClient
) -> None:
    page = text_of(author, url("read", waiting))
    assert "Zatwierdź i wyślij" not in page
    assert "Wycofaj do poprawy" in page
    assert author.post(url("release", waiting)).status_code == 404
    assert author.post(url("send_back", waiting), {"back-reason": "x"}).status_code == 404
    assert not OutgoingLetter.objects.exists()
    assert "Wycofaliśmy pismo" in post(author, "recall", waiting)
    assert draft_at(waiting.id).state == OutgoingState.OPEN


def test_a_letter_comes_back_with_the_reason_above_it(
    waiting: OutgoingDraft, hanna: PageClient, author: PageClient
) -> None:
    empty = post(hanna, "send_back", waiting)
    assert "Wpisz, co poprawić" in empty
    assert "<title>Błąd: " in empty
    post(hanna, "send_back", waiting, **{"back-reason": "Brakuje „pouczenia”."})
    assert "Do poprawy" in text_of(author, reverse("desk:outgoing"))
    assert "Brakuje „pouczenia”." in text_of(author, url("letter", waiting))


def test_only_the_author_takes_it_back(waiting: OutgoingDraft, hanna: PageClient) -> None:
    assert hanna.post(url("recall", waiting)).status_code == 404
    assert draft_at(waiting.id).state == OutgoingState.WAITING


def test_a_waiting_letter_is_shown_and_not_written_on(
    waiting: OutgoingDraft, author: PageClient
) -> None:
    for page in ("letter", "signature", "send", "addressee"):
        assert author.get(url(page, waiting))["Location"] == url("read", waiting)


def test_another_clerk_takes_a_draft_over_before_writing_on_it(
    hanna: PageClient, author: PageClient, daria: User, anna: User, cuw: Institution
) -> None:
    draft = written(daria, cuw, to=anna)
    assert hanna.get(url("letter", draft))["Location"] == url("read", draft)
    hanna.post(url("letter", draft), {"title": "Obce", "version": 2})
    assert draft_at(draft.id).title == "Wezwanie"
    assert "Przejmij pismo" in text_of(hanna, url("read", draft))
    assert "Teraz Ty piszesz to pismo." in post(hanna, "take_over", draft)
    assert author.get(url("letter", draft))["Location"] == url("read", draft)


def test_what_changed_meanwhile_is_told(waiting: OutgoingDraft, hanna: PageClient) -> None:
    page = post(hanna, "take_over", waiting)
    assert "Pismo czeka na zatwierdzenie." in page
