"""„Moje pisma” and drafts: empty, filled, put away and brought back."""

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, User
from skrytka.letters.models import Draft
from skrytka.letters.operations.documents import freeze_document
from skrytka.letters.queries import letters as letter_queries
from tests.web.compose.conftest import ReaderOf
from tests.world.letters import LATER, sent_letter, unsigned_draft

pytestmark = pytest.mark.django_db
LETTERS, DRAFTS = "web:letters", "web:drafts"


def test_a_newcomer_is_led_to_the_catalogue(reader_of: ReaderOf, anna: User) -> None:
    page = reader_of(anna).get(reverse(LETTERS)).content.decode()
    assert "Nie masz jeszcze wysłanych pism." in page
    assert reverse("web:catalogue") in page
    assert "Nie masz wersji roboczych." in reader_of(anna).get(reverse(DRAFTS)).content.decode()


def test_drafts_to_finish_stand_above_sent_letters(
    reader_of: ReaderOf, anna: User, cuw: Institution, draft: Draft
) -> None:
    sent = sent_letter(anna, cuw)
    page = reader_of(anna).get(reverse(LETTERS)).content.decode()
    assert page.index("Do dokończenia") < page.index("Wysłane")
    assert reverse("web:letter", args=[sent.id]) in page
    assert "ESP-UPP-2026-0000001" in page
    assert "Doręczone" in page


def test_the_proxy_sees_the_letter_of_whom_they_stand_for(
    reader_of: ReaderOf, card: object, anna: User, bogdan: User, celina: User, cuw: Institution
) -> None:
    sent = sent_letter(anna, cuw)
    assert sent.title in reader_of(bogdan).get(reverse(LETTERS)).content.decode()
    assert sent.title not in reader_of(celina).get(reverse(LETTERS)).content.decode()


def test_long_lists_have_pages(
    reader_of: ReaderOf,
    card: object,
    anna: User,
    cuw: Institution,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(letter_queries, "PAGE", 1)
    monkeypatch.setattr("skrytka.web.compose.views.lists.PAGE", 1)
    sent_letter(anna, cuw)
    sent_letter(anna, cuw)
    client = reader_of(anna)
    page = client.get(reverse(LETTERS), {"page": "2"}).content.decode()
    assert 'aria-label="Strona 2" aria-current="page"' in page
    assert client.get(reverse(LETTERS), {"page": "x"}).status_code == 200


def test_a_draft_is_put_away_after_a_question_and_brought_back(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    client = reader_of(anna)
    discard = reverse("web:draft_discard", args=[draft.id])
    assert "Usunąć wersję roboczą?" in client.get(discard).content.decode()
    page = client.post(discard, follow=True).content.decode()
    assert "Usunęliśmy wersję roboczą. Możesz ją jeszcze przywrócić." in page
    assert "Nie masz wersji roboczych." in page
    restore = reverse("web:draft_restore", args=[draft.id])
    page = client.post(restore, follow=True).content.decode()
    assert "Przywróciliśmy wersję roboczą." in page
    draft.refresh_from_db()
    assert draft.state == "OPEN"


def test_bringing_back_what_is_there_leads_to_it(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    answer = reader_of(anna).post(reverse("web:draft_restore", args=[draft.id]))
    assert answer.headers["Location"] == reverse("web:draft", args=[draft.id])


def test_a_discarded_draft_leads_to_the_list(reader_of: ReaderOf, anna: User, draft: Draft) -> None:
    client = reader_of(anna)
    client.post(reverse("web:draft_discard", args=[draft.id]))
    answer = client.get(reverse("web:draft_letter", args=[draft.id]))
    assert answer.headers["Location"] == reverse(DRAFTS)


def _resumed_at(reader_of: ReaderOf, anna: User, draft: Draft) -> str:
    answer = reader_of(anna).get(reverse("web:draft", args=[draft.id]))
    return str(answer.headers["Location"])


def test_a_draft_is_resumed_where_it_was_left(
    reader_of: ReaderOf, anna: User, cuw: Institution, draft: Draft
) -> None:
    assert _resumed_at(reader_of, anna, draft) == reverse("web:draft_letter", args=[draft.id])
    freeze_document(draft.id, at=LATER)
    assert _resumed_at(reader_of, anna, draft) == reverse("web:draft_signature", args=[draft.id])
    signed = unsigned_draft(anna, cuw)
    assert _resumed_at(reader_of, anna, signed) == reverse("web:draft_send", args=[signed.id])
    Draft.objects.filter(id=draft.id).update(box=None)
    assert _resumed_at(reader_of, anna, draft) == reverse("web:draft_addressee", args=[draft.id])
