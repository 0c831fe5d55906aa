"""A letter with a flagged file: shown with a warning on page and list, its file taken by nobody."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, User
from skrytka.gateways.installed import install, installed
from skrytka.ledger.operations import Actor
from skrytka.letters.models import FlaggedFile, Letter, LetterAttachment
from skrytka.letters.operations.flags import release_file
from tests.desk.world import client_at, signed_letter
from tests.world.attachments import added, draft_of, scan_with
from tests.world.files import txt
from tests.world.letters import LATER
from tests.world.screened import NEW, OLD, letter_with, wormy

pytestmark = pytest.mark.django_db
WARNING = "Nowsza baza wykryła złośliwe oprogramowanie"


@pytest.fixture(autouse=True)
def _scanner_back() -> Iterator[None]:
    before = installed()
    yield
    install(before)


@pytest.fixture
def letter(anna: User, celina: User, cuw: Institution) -> Letter:
    scan_with(OLD)
    letter = letter_with(anna, cuw, opis=txt(), faktura=wormy())
    scan_with(NEW)
    added(draft_of(celina), "a.txt", wormy())
    return letter


def shown(user: User, name: str, *args: object) -> str:
    return client_at(user).get(reverse(name, args=args)).content.decode()


def test_each_file_says_when_and_by_what_it_was_screened(
    anna: User, daria: User, cuw: Institution
) -> None:
    scan_with(OLD)
    letter = signed_letter(anna, daria, cuw)
    page = shown(daria, "desk:letter", letter.id)
    assert "Sprawdzony 23\u00a0listopada\u00a02026\u00a0r., 10:00. Skaner: mark, baza 1" in page


def test_a_file_nobody_answered_for_says_nothing(anna: User, daria: User, cuw: Institution) -> None:
    letter = signed_letter(anna, daria, cuw)
    attachment = LetterAttachment.objects.get(letter=letter)
    other = LetterAttachment(
        letter=letter, position=2, file_name="b.pdf", media_type="", size=1, sha256="0" * 64
    )
    other.save(force_insert=True)
    page = shown(daria, "desk:letter", letter.id)
    assert page.count("Sprawdzony ") == 1
    assert attachment.file_name in page


@pytest.mark.parametrize(("place", "who"), [("desk:attachment", "daria"), ("web:letter", "anna")])
def test_nobody_is_shown_what_it_looks_like(
    letter: Letter, place: str, who: str, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    client, opened = client_at(user), reverse(f"{place}_preview", args=[letter.id, 1])
    flagged = reverse(f"{place}_preview", args=[letter.id, 2])
    assert client.get(opened).status_code == 200
    assert client.get(flagged).status_code == 404
    assert client.get(f"{flagged}strona/1.png").status_code == 404
    page = shown(user, place.replace("attachment", "letter"), letter.id)
    assert opened in page
    assert flagged not in page


def test_the_letter_warns_and_offers_every_file_but_that_one(letter: Letter, daria: User) -> None:
    page = shown(daria, "desk:letter", letter.id)
    assert WARNING in page
    assert "Nie do pobrania" in page
    assert reverse("desk:attachment", args=[letter.id, 1]) in page
    assert reverse("desk:attachment", args=[letter.id, 2]) not in page
    assert "Złośliwe oprogramowanie w pliku" in page
    assert "załącznik 2" in page


def test_whoever_knows_the_address_is_not_handed_it(
    letter: Letter, daria: User, anna: User, bogdan: User, celina: User, edmund: User
) -> None:
    at_desk = reverse("desk:attachment", args=[letter.id, 2])
    at_home = reverse("web:letter_attachment", args=[letter.id, 2])
    for user in (daria, anna, bogdan, celina, edmund):
        client = client_at(user)
        assert [client.get(each).status_code for each in (at_desk, at_home)] == [404, 404]


def test_the_lists_mark_the_letter(letter: Letter, daria: User, edmund: User) -> None:
    inbox = shown(daria, "desk:inbox")
    assert "Złośliwy plik" in inbox
    assert "1 pismo z plikiem, w którym nowsza baza wykryła złośliwe oprogramowanie" in inbox
    flagged = shown(daria, "desk:flagged")
    assert reverse("desk:letter", args=[letter.id]) in flagged
    assert letter.title not in shown(edmund, "desk:flagged")
    assert "W przyjętych pismach nie ma złośliwych plików." in shown(edmund, "desk:flagged")


def test_the_sender_is_told_which_file_cannot_be_taken(letter: Letter, anna: User) -> None:
    page = shown(anna, "web:letter", letter.id)
    assert "Pliku faktura.txt nie można pobrać" in page
    assert reverse("web:letter_attachment", args=[letter.id, 2]) not in page
    assert reverse("web:letter_attachment", args=[letter.id, 1]) in page


def test_after_a_false_alarm_everything_is_as_before(
    letter: Letter, daria: User, anna: User, cuw: Institution
) -> None:
    flag = FlaggedFile.objects.get()
    release_file(flag.pk, cuw.pk, "pomyłka producenta", actor=Actor(str(daria.pk)), at=LATER)
    page = shown(daria, "desk:letter", letter.id)
    assert WARNING not in page
    assert reverse("desk:attachment", args=[letter.id, 2]) in page
    assert "Złośliwy plik" not in shown(daria, "desk:inbox")
    where = reverse("web:letter_attachment", args=[letter.id, 2])
    answer = client_at(anna).get(where)
    assert b"".join(answer) == wormy()
