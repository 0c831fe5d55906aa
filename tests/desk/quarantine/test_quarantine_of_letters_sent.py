"""„Kwarantanna” of what an institution sends: its administrator decides, and nobody else."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, Role, User
from skrytka.config import clock
from skrytka.delivery.models import FlaggedBytes, OutgoingLetter
from skrytka.delivery.operations.flags import release_sent_bytes
from skrytka.gateways.installed import install, installed
from tests.desk.world import client_at, employed
from tests.world.outgoing import TITLE
from tests.world.page_client import PageClient
from tests.world.sent_files import draft_with, found_in_worms, sent_with

pytestmark = pytest.mark.django_db
REASON = "Producent skanera potwierdził pomyłkę"


@pytest.fixture(autouse=True)
def _scanner_back() -> Iterator[None]:
    before = installed()
    yield
    install(before)


@pytest.fixture
def letter(daria: User, cuw: Institution, anna: User) -> OutgoingLetter:
    return sent_with(daria, cuw, anna)


@pytest.fixture
def flag(letter: OutgoingLetter, celina: User) -> FlaggedBytes:
    found_in_worms(celina)
    return FlaggedBytes.objects.get()


@pytest.fixture
def grzegorz(cuw: Institution) -> User:
    return employed("Grzegorz", "Maj", cuw, Role.ADMINISTRATOR)


@pytest.fixture
def halina(town_hall: Institution) -> User:
    """An administrator elsewhere."""
    return employed("Halina", "Wąs", town_hall, Role.ADMINISTRATOR)


@pytest.fixture
def felicja(cuw: Institution) -> User:
    return employed("Felicja", "Kos", cuw, Role.FRONT_DESK)


def address(flag: FlaggedBytes) -> str:
    return reverse("desk:release_sent_bytes", args=[flag.pk])


def listed(user: User) -> str:
    return client_at(user).get(reverse("desk:quarantine")).content.decode()


def test_the_administrator_sees_file_digest_and_letter_and_no_addressee(
    flag: FlaggedBytes, letter: OutgoingLetter, grzegorz: User
) -> None:
    page = listed(grzegorz)
    for told in ("umowa.txt", flag.digest, letter.document_no, "mark, baza 2", address(flag)):
        assert told in page
    for secret in (letter.addressee_name, TITLE, "cudze.txt"):
        assert secret not in page
    assert "download" not in page


def test_what_was_not_sent_yet_says_so(
    daria: User, cuw: Institution, anna: User, celina: User, grzegorz: User
) -> None:
    draft_with(daria, cuw, anna.party)
    found_in_worms(celina)
    assert "jeszcze nie wysłany" in listed(grzegorz)


def test_where_nothing_was_found_the_page_says_so(grzegorz: User) -> None:
    assert "W pismach, które wysyłacie, nie ma złośliwych plików." in listed(grzegorz)


def test_the_menu_counts_it(flag: FlaggedBytes, grzegorz: User) -> None:
    (entry,) = (
        each
        for group in client_at(grzegorz).get(reverse("desk:boxes")).context["desk_menu"]
        for each in group.entries
        if each.url == reverse("desk:quarantine")
    )
    assert entry.count == 1


@pytest.mark.parametrize(
    "who", ["anna", "bogdan", "celina", "daria", "edmund", "felicja", "halina"]
)
def test_nobody_else_finds_or_releases_it(
    who: str, flag: FlaggedBytes, request: pytest.FixtureRequest
) -> None:
    client = client_at(request.getfixturevalue(who))
    assert client.get(address(flag)).status_code == 404
    assert client.post(address(flag), {"reason": REASON}).status_code == 404
    assert FlaggedBytes.objects.get().state == "FLAGGED"


def test_a_stranger_is_asked_to_log_in(flag: FlaggedBytes) -> None:
    assert reverse("account_login") in PageClient().get(address(flag))["Location"]


def test_an_administrator_elsewhere_does_not_see_it(flag: FlaggedBytes, halina: User) -> None:
    assert "umowa.txt" not in listed(halina)


def test_a_false_alarm_needs_a_reason(flag: FlaggedBytes, grzegorz: User) -> None:
    client = client_at(grzegorz)
    assert "Fałszywy alarm: umowa.txt" in client.get(address(flag)).content.decode()
    assert "Wpisz powód" in client.post(address(flag), {"reason": " "}).content.decode()
    page = client.post(address(flag), {"reason": REASON}, follow=True).content.decode()
    assert "Plik można znowu pobrać." in page
    flag.refresh_from_db()
    assert (flag.state, flag.reason, flag.released_by) == ("RELEASED", REASON, grzegorz)
    assert client.get(address(flag)).status_code == 404


def test_who_comes_second_is_told(
    flag: FlaggedBytes, grzegorz: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from skrytka.desk.quarantine import views

    def twice(*arguments: object, **named: object) -> None:
        FlaggedBytes.objects.update(state="RELEASED", released_at=clock.now(), reason="był")
        release_sent_bytes(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(views, "release_sent_bytes", twice)
    page = client_at(grzegorz).post(address(flag), {"reason": REASON}, follow=True)
    assert "Ten plik nie jest już zatrzymany." in page.content.decode()


def test_the_journal_has_words_for_it(flag: FlaggedBytes, grzegorz: User) -> None:
    client = client_at(grzegorz)
    client.post(address(flag), {"reason": REASON})
    page = client.get(reverse("desk:journal")).content.decode()
    for words in (
        "Złośliwe oprogramowanie w pliku",
        "Fałszywy alarm, plik zwolniony",
        "Pismo wysłane",
        "wykryto: mark",
    ):
        assert words in page
