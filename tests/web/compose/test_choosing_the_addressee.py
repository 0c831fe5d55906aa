"""„Załatw sprawę” and step 1: the draft opens, the box is chosen and the reason is told."""

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, User
from skrytka.catalogue.models import ServiceCard
from skrytka.letters.models import Draft
from tests.web.compose.cards import service_of
from tests.web.compose.conftest import ReaderOf

pytestmark = pytest.mark.django_db
GENERAL = "/pisma/nowe/pismo-ogolne/"


def _url(draft: Draft) -> str:
    return reverse("web:draft_addressee", args=[draft.id])


def test_a_general_letter_begins_with_its_addressee(
    reader_of: ReaderOf, card: ServiceCard, anna: User
) -> None:
    answer = reader_of(anna).get(GENERAL)
    draft = Draft.objects.get()
    assert answer.headers["Location"] == _url(draft)
    assert (draft.author, draft.party, draft.title) == (anna, anna.party, "")


def test_asked_twice_it_leads_to_the_same_draft(
    reader_of: ReaderOf, card: ServiceCard, anna: User
) -> None:
    client = reader_of(anna)
    assert client.get(GENERAL).headers["Location"] == client.post(GENERAL).headers["Location"]
    assert Draft.objects.count() == 1


def test_a_draft_that_was_written_in_is_left_alone(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    reader_of(anna).get(f"{GENERAL}?skrytka=/ZOJO_Cieszyn/SkrytkaESP")
    assert Draft.objects.count() == 2


def test_from_the_page_of_a_box_the_letter_goes_there(
    reader_of: ReaderOf, card: ServiceCard, anna: User, cuw: Institution
) -> None:
    answer = reader_of(anna).get(f"{GENERAL}?skrytka=/ZOJO_Cieszyn/skrytka")
    draft = Draft.objects.get()
    assert draft.box is not None
    assert draft.box.name == "skrytka"
    assert answer.headers["Location"] == reverse("web:draft_letter", args=[draft.id])


def test_an_unknown_box_is_asked_for(reader_of: ReaderOf, card: ServiceCard, anna: User) -> None:
    reader_of(anna).get(f"{GENERAL}?skrytka=/nie/ma")
    assert Draft.objects.get().box is None


def test_a_service_of_an_institution_knows_its_addressee_and_title(
    reader_of: ReaderOf, anna: User, cuw: Institution
) -> None:
    service_of(cuw)
    answer = reader_of(anna).get("/pisma/nowe/zaswiadczenie-erp-7/", follow=True)
    draft = Draft.objects.get()
    assert draft.box is not None
    assert (draft.box.name, draft.title) == ("skrytka", "Zaświadczenie ERP-7")
    assert "Piszesz jako osoba prywatna" in answer.content.decode()


def test_an_unknown_service_does_not_exist(reader_of: ReaderOf, anna: User) -> None:
    assert reader_of(anna).get("/pisma/nowe/nie-ma-takiej/").status_code == 404


def test_who_gave_no_data_yet_gives_it_first(
    reader_of: ReaderOf, card: ServiceCard, anna: User
) -> None:
    newcomer = User.objects.create_user(email="nowa@example.pl", password="x" * 12)
    answer = reader_of(newcomer).get(GENERAL)
    assert answer.headers["Location"].startswith(reverse("web:account_data"))
    assert not Draft.objects.exists()


def test_the_page_asks_for_the_addressee(reader_of: ReaderOf, anna: User, draft: Draft) -> None:
    page = reader_of(anna).get(_url(draft)).content.decode()
    assert "Do kogo chcesz napisać?" in page
    assert f'data-autocomplete-url="{reverse("web:addressees")}"' in page
    assert "Ta skrytka przyjmuje pisma z podpisem i bez podpisu." in page


def test_without_javascript_a_search_gives_a_list_to_pick_from(
    reader_of: ReaderOf, anna: User, town_hall: Institution, draft: Draft
) -> None:
    client = reader_of(anna)
    page = client.post(_url(draft), {"addressee": "urzad miejski"}).content.decode()
    assert 'type="radio" value="/u390efc0tm/SEKAP"' in page
    assert "To adres podstawowy tej instytucji." in page
    answer = client.post(
        _url(draft), {"addressee": "urzad", "searched": "urzad", "box": "/u390efc0tm/SEKAP"}
    )
    assert answer.headers["Location"] == reverse("web:draft_letter", args=[draft.id])
    draft.refresh_from_db()
    assert draft.box is not None
    assert draft.box.name == "SEKAP"


def test_every_open_box_of_an_institution_can_be_picked(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    page = reader_of(anna).post(_url(draft), {"addressee": "cieszyn"}).content.decode()
    assert page.index('value="/ZOJO_Cieszyn/SkrytkaESP"') < page.index(
        'value="/ZOJO_Cieszyn/skrytka"'
    )


@pytest.mark.parametrize("picked", ["ZOJO_Cieszyn", "/ZOJO_Cieszyn/SkrytkaESP"])
def test_the_suggestion_that_was_picked_is_taken(
    reader_of: ReaderOf, anna: User, draft: Draft, picked: str
) -> None:
    Draft.objects.filter(id=draft.id).update(box=None)
    reader_of(anna).post(_url(draft), {"addressee": "Centrum", "chosen": picked})
    draft.refresh_from_db()
    assert draft.box is not None
    assert draft.box.name == "SkrytkaESP"


def test_nothing_picked_is_told(reader_of: ReaderOf, anna: User, draft: Draft) -> None:
    page = reader_of(anna).post(_url(draft), {"addressee": ""}).content.decode()
    assert '<a href="#id_addressee">Wybierz adresata z listy.</a>' in page


def test_nothing_found_is_told_and_the_words_stay(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    page = reader_of(anna).post(_url(draft), {"addressee": "Atlantyda"}).content.decode()
    assert "Nie znaleźliśmy „Atlantyda”." in page
    assert 'value="Atlantyda"' in page


def test_a_closed_box_is_not_taken(
    reader_of: ReaderOf, anna: User, cuw: Institution, draft: Draft
) -> None:
    cuw.boxes.update(is_open=False)
    page = reader_of(anna).post(_url(draft), {"box": "/ZOJO_Cieszyn/skrytka"}).content.decode()
    assert "Wybierz adresata z listy." in page


def test_another_box_of_the_same_institution_can_be_picked(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    client = reader_of(anna)
    page = client.get(_url(draft)).content.decode()
    assert 'value="/ZOJO_Cieszyn/SkrytkaESP" checked' in page
    client.post(_url(draft), {"addressee": "", "searched": "", "box": "/ZOJO_Cieszyn/skrytka"})
    draft.refresh_from_db()
    assert draft.box is not None
    assert draft.box.name == "skrytka"


def test_new_words_are_looked_for_although_a_box_is_marked(
    reader_of: ReaderOf, anna: User, town_hall: Institution, draft: Draft
) -> None:
    typed = {"addressee": "urzad", "searched": "", "box": "/ZOJO_Cieszyn/SkrytkaESP"}
    page = reader_of(anna).post(_url(draft), typed).content.decode()
    assert 'type="radio" value="/u390efc0tm/SEKAP"' in page
