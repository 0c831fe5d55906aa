"""Several letters at once: ticked in the list, asked about on a page, changed together."""

import zipfile
from io import BytesIO

import pytest
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from skrytka.accounts.models import Institution, Role, User
from skrytka.accounts.operations import employ
from skrytka.evidence.queries import receipt_of
from skrytka.letters.models import HandlingState, Letter, LetterNote
from skrytka.letters.operations.handling import change_state
from skrytka.letters.operations.handling_moves import Move
from tests.desk.world import clerk_of, client_at, copies_of, employed, handling_of, state_of
from tests.world.cast import LONG_AGO
from tests.world.letters import LATER, sent_letter

pytestmark = pytest.mark.django_db
ASSIGN = "/kancelaria/przydziel/"
STATES = "/kancelaria/stan/"
DOWNLOAD = "/kancelaria/pobierz/"


@pytest.fixture
def letters(anna: User, cuw: Institution) -> list[Letter]:
    letter = sent_letter(anna, cuw)
    return [letter, *copies_of(letter, ["Jan Łoś", "Ewa Lis"])]


def streamed(answer: HttpResponseBase) -> bytes:
    assert isinstance(answer, StreamingHttpResponse)
    return b"".join(answer)


def ids(letters: list[Letter]) -> list[str]:
    return [str(letter.id) for letter in letters]


def test_the_page_names_the_letters_and_only_own_clerks(
    letters: list[Letter], daria: User, edmund: User, cuw: Institution
) -> None:
    employed("Felicja", "Kos", cuw, Role.FRONT_DESK)
    page = client_at(daria).get(ASSIGN, {"p": ids(letters)}).content.decode()
    assert "Pismo numer 1" in page
    assert "Daria Lis" in page
    assert "Edmund" not in page
    assert "Felicja" not in page


def test_chosen_letters_are_assigned_and_the_list_comes_back(
    letters: list[Letter], daria: User, cuw: Institution
) -> None:
    colleague = employed("Hanna", "Rak", cuw, Role.CLERK)
    back = f"{reverse('desk:inbox')}?stan=NEW"
    sent = {"p": ids(letters), "assignee": str(colleague.pk), "next": back}
    answer = client_at(daria).post(ASSIGN, sent)
    assert answer["Location"] == back
    assert {handling_of(letter).assignee for letter in letters} == {colleague}


def test_closed_letters_are_passed_over_and_told(letters: list[Letter], daria: User) -> None:
    change_state(letters[0].id, Move.CLOSE, clerk_of(daria), at=LATER)
    sent = {"p": ids(letters), "assignee": str(daria.pk)}
    page = client_at(daria).post(ASSIGN, sent, follow=True).content.decode()
    assert "Zmieniono 2 pism" in page
    assert "Pominięto 1 pismo. Pismo jest już załatwione." in page


def test_nobody_chosen_is_told_beside_the_field(letters: list[Letter], daria: User) -> None:
    page = client_at(daria).post(ASSIGN, {"p": ids(letters)}).content.decode()
    assert "Błąd: Przydziel pisma" in page
    assert page.count("Wybierz osobę") == 2


def test_nothing_ticked_sends_back_with_advice(daria: User) -> None:
    for address in (ASSIGN, STATES, DOWNLOAD):
        page = client_at(daria).get(address, follow=True).content.decode()
        assert "Zaznacz pisma na liście" in page


def test_several_letters_change_their_state(letters: list[Letter], daria: User) -> None:
    client = client_at(daria)
    client.post(STATES, {"p": ids(letters), "move": "CLOSE"})
    assert {state_of(letter) for letter in letters} == {HandlingState.DONE}
    client.post(STATES, {"p": ids(letters), "move": "REOPEN"})
    assert {state_of(letter) for letter in letters} == {HandlingState.IN_PROGRESS}


def test_deficiencies_of_several_letters_need_a_reason(letters: list[Letter], daria: User) -> None:
    client = client_at(daria)
    sent = {"p": ids(letters), "move": "MARK_DEFICIENT"}
    assert "Wpisz powód" in client.post(STATES, sent).content.decode()
    client.post(STATES, {**sent, "reason": "Brak podpisu"})
    assert LetterNote.objects.filter(text="Brak podpisu").count() == 3


@pytest.mark.parametrize("next_page", ["https://example.com/", "//example.com", "bzdura"])
def test_the_way_back_never_leaves_the_house(
    letters: list[Letter], daria: User, next_page: str
) -> None:
    sent = {"p": ids(letters), "move": "CLOSE", "next": next_page}
    assert client_at(daria).post(STATES, sent)["Location"] == reverse("desk:inbox")


def test_several_letters_are_taken_home_in_one_archive(letters: list[Letter], daria: User) -> None:
    answer = client_at(daria).get(DOWNLOAD, {"p": ids(letters)})
    assert answer["Content-Type"] == "application/zip"
    assert "attachment" in answer["Content-Disposition"]
    with zipfile.ZipFile(BytesIO(streamed(answer))) as archive:
        names = archive.namelist()
        folders = {name.partition("/")[0] for name in names}
        assert len(folders) == len(letters)
        for folder in folders:
            assert {f"{folder}/pismo.xml", f"{folder}/manifest-sha256.txt"} <= set(names)
        assert archive.testzip() is None
    receipt = receipt_of(letters[0].id)
    assert receipt
    assert f"{receipt.receipt_no}/{receipt.receipt_no}.xml" in names


def test_letters_of_another_institution_are_not_in_the_archive(
    letters: list[Letter], edmund: User
) -> None:
    page = client_at(edmund).get(DOWNLOAD, {"p": ids(letters)}, follow=True).content.decode()
    assert "Zaznacz pisma na liście" in page


def test_the_button_is_beside_the_others(letters: list[Letter], daria: User) -> None:
    assert f'formaction="{DOWNLOAD}"' in client_at(daria).get("/kancelaria/").content.decode()


def test_unreadable_ids_are_passed_over(letters: list[Letter], daria: User) -> None:
    page = client_at(daria).get(STATES, {"p": ["bzdura", *ids(letters)]}).content.decode()
    assert "Pismo numer 2" in page


def test_who_works_at_one_institution_has_nothing_to_change(daria: User) -> None:
    page = client_at(daria).get(reverse("desk:workplaces")).content.decode()
    assert "Pracujesz w jednej instytucji, więc nie ma czego zmieniać." in page
    assert "Pracujesz w kilku instytucjach." not in page


def test_who_works_at_two_institutions_changes_between_them(
    letters: list[Letter], daria: User, town_hall: Institution
) -> None:
    employ(daria.pk, town_hall.pk, Role.CLERK, at=LONG_AGO)
    client = client_at(daria)
    places = reverse("desk:workplaces")
    assert "Urząd Miejski w Cieszynie" in client.get(places).content.decode()
    page = client.post(places, {"institution": str(town_hall.pk)}, follow=True).content.decode()
    assert "Pismo numer 1" not in page
    assert client.post(places, {"institution": "999999"}).status_code == 404
    # A letter opens at its own desk, whichever is chosen.
    address = reverse("desk:letter", args=[letters[0].id])
    assert "Centrum Usług Wspólnych" in client.get(address).content.decode()
