"""A clerk writes, signs and sends a letter, page by page."""

from uuid import UUID

import pytest
from django.http import HttpResponse
from django.urls import reverse

from skrytka.accounts.models import Institution, User
from skrytka.delivery.models import OutgoingDraft, OutgoingLetter
from skrytka.letters.models import Letter
from tests.desk.world import client_at, signed_letter
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db
TYPED = {"title": "Wezwanie", "body": "Proszę „uzupełnić” podpis.", "case_mark": "CUW.1.2026"}


@pytest.fixture
def letter(anna: User, daria: User, cuw: Institution) -> Letter:
    return signed_letter(anna, daria, cuw)


@pytest.fixture
def at_desk(daria: User) -> PageClient:
    return client_at(daria)


def url(name: str, draft: OutgoingDraft | UUID) -> str:
    return reverse(f"desk:outgoing_{name}", args=[getattr(draft, "id", draft)])


def text_of(client: PageClient, address: str) -> str:
    return client.get(address).content.decode()


def post(client: PageClient, name: str, draft: OutgoingDraft, **sent: object) -> HttpResponse:
    answer = client.post(url(name, draft), sent, follow=True)
    assert isinstance(answer, HttpResponse)
    return answer


def only_draft() -> OutgoingDraft:
    return OutgoingDraft.objects.get()


def test_an_answer_goes_from_the_letter_to_wyslane(letter: Letter, at_desk: PageClient) -> None:
    page = text_of(at_desk, reverse("desk:letter", args=[letter.id]))
    assert "Odpowiedz" in page
    at_desk.post(reverse("desk:outgoing_answer", args=[letter.id]))
    draft = only_draft()
    written_page = text_of(at_desk, url("letter", draft))
    assert "Odpowiedź: Wniosek o zaświadczenie" in written_page
    assert "Anna Kowalska" in written_page
    post(at_desk, "letter", draft, **TYPED, version=draft.version, action="next")
    assert "Pieczęć instytucji" in text_of(at_desk, url("signature", draft))
    check = post(at_desk, "signature", draft, signature="SEALED").content.decode()
    assert "Sprawdź, zanim wyślesz" in check
    assert "Proszę „uzupełnić” podpis." in check
    done = post(at_desk, "send", draft).content.decode()
    assert "Wysłane" in done
    assert OutgoingLetter.objects.get().in_reply_to_id == letter.id
    again = text_of(at_desk, reverse("desk:letter", args=[letter.id]))
    assert "Wysłane odpowiedzi" in again
