"""„Kwarantanna”: the administrator of the institution decides there, and nobody else."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, Role, User
from skrytka.config import clock
from skrytka.gateways.installed import install, installed
from skrytka.letters.models import FlaggedFile, Letter, Quarantined
from skrytka.letters.operations.intake import finish_intake
from skrytka.letters.operations.quarantine import HeldFile, note_destroyed
from tests.desk.world import client_at, employed
from tests.world.attachments import added, draft_of, scan_with
from tests.world.page_client import PageClient
from tests.world.screened import NEW, OLD, letter_in_waiting, letter_with, wormy

pytestmark = pytest.mark.django_db
REASON = "Producent skanera potwierdził pomyłkę"


@pytest.fixture(autouse=True)
def _scanner_back() -> Iterator[None]:
    before = installed()
    yield
    install(before)


@pytest.fixture
def held(anna: User, cuw: Institution) -> Quarantined:
    letter = letter_in_waiting(anna, cuw, faktura=wormy("faktura"))
    scan_with(NEW)
    finish_intake(letter.id, at=clock.now())
    return Quarantined.objects.get()


@pytest.fixture
def flag(anna: User, celina: User, cuw: Institution) -> FlaggedFile:
    scan_with(OLD)
    letter_with(anna, cuw, umowa=wormy())
    scan_with(NEW)
    added(draft_of(celina), "a.txt", wormy())
    return FlaggedFile.objects.get()


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


def file_of(held: Quarantined) -> HeldFile:
    return HeldFile(held.pk, held.attachment.sha256, held.institution_id)


def addresses(held: Quarantined, flag: FlaggedFile) -> tuple[str, ...]:
    return (
        reverse("desk:quarantine"),
        reverse("desk:destroy_file", args=[held.pk]),
        reverse("desk:release_file", args=[flag.pk]),
    )


def test_the_administrator_opens_every_page(
    held: Quarantined, flag: FlaggedFile, grzegorz: User
) -> None:
    client = client_at(grzegorz)
    assert [client.get(where).status_code for where in addresses(held, flag)] == [200, 200, 200]


@pytest.mark.parametrize("person", ["anna", "bogdan", "celina", "daria", "edmund", "felicja"])
def test_nobody_else_finds_any_or_decides_anything(
    person: str, held: Quarantined, flag: FlaggedFile, request: pytest.FixtureRequest
) -> None:
    client = client_at(request.getfixturevalue(person))
    where = addresses(held, flag)
    assert [client.get(each).status_code for each in where] == [404, 404, 404]
    posts = [client.post(each, {"reason": REASON}).status_code for each in where[1:]]
    assert posts == [404, 404]
    assert nothing_changed(held, flag)


def test_an_administrator_elsewhere_sees_an_empty_list(
    held: Quarantined, flag: FlaggedFile, halina: User
) -> None:
    client = client_at(halina)
    page = client.get(reverse("desk:quarantine")).content.decode()
    assert "Kwarantanna jest pusta." in page
    assert "faktura.txt" not in page
    for where in addresses(held, flag)[1:]:
        assert client.post(where, {"reason": REASON}).status_code == 404
    assert nothing_changed(held, flag)


def test_a_stranger_is_asked_to_log_in(held: Quarantined, flag: FlaggedFile) -> None:
    for where in addresses(held, flag):
        assert reverse("account_login") in PageClient().get(where)["Location"]


def nothing_changed(held: Quarantined, flag: FlaggedFile) -> bool:
    due = held.destroy_after
    held.refresh_from_db()
    flag.refresh_from_db()
    return (held.destroy_after, flag.state) == (due, "FLAGGED")


def test_the_list_tells_digest_rule_and_day_and_no_sender(
    held: Quarantined, flag: FlaggedFile, grzegorz: User
) -> None:
    page = client_at(grzegorz).get(reverse("desk:quarantine")).content.decode()
    for told in ("faktura.txt", "umowa.txt", held.attachment.sha256, "mark, baza 2"):
        assert told in page
    letter = held.attachment.letter
    assert letter.document_no in page
    assert letter.sender_name not in page
    assert "zniszczymy" in page


def test_no_link_of_the_page_leads_to_bytes(
    held: Quarantined, flag: FlaggedFile, grzegorz: User
) -> None:
    page = client_at(grzegorz).get(reverse("desk:quarantine")).content.decode()
    assert "download" not in page
    assert reverse("desk:attachment", args=[held.attachment.letter_id, 1]) not in page


def test_the_menu_counts_what_is_kept(
    held: Quarantined, flag: FlaggedFile, grzegorz: User, daria: User
) -> None:
    menu = client_at(grzegorz).get(reverse("desk:boxes")).content.decode()
    assert reverse("desk:quarantine") in menu
    assert reverse("desk:quarantine") not in client_at(daria).get("/kancelaria/").content.decode()


def test_a_file_is_destroyed_after_a_question(held: Quarantined, grzegorz: User) -> None:
    client = client_at(grzegorz)
    where = reverse("desk:destroy_file", args=[held.pk])
    asked = client.get(where).content.decode()
    assert "Pliku nie da się potem odzyskać." in asked
    page = client.post(where, follow=True).content.decode()
    assert "Zniszczymy ten plik w ciągu kilku minut." in page
    assert "zniszczymy za chwilę" in page
    held.refresh_from_db()
    assert held.destroy_after <= clock.now()


def test_what_is_destroyed_stays_in_the_list(held: Quarantined, grzegorz: User) -> None:
    note_destroyed(file_of(held), "", at=clock.now())
    client = client_at(grzegorz)
    page = client.get(reverse("desk:quarantine")).content.decode()
    assert "zniszczony" in page
    assert held.attachment.sha256 in page
    where = reverse("desk:destroy_file", args=[held.pk])
    assert client.post(where).status_code == 404


def test_a_false_alarm_needs_a_reason(flag: FlaggedFile, grzegorz: User) -> None:
    client = client_at(grzegorz)
    where = reverse("desk:release_file", args=[flag.pk])
    assert "Wpisz powód" in client.post(where, {"reason": " "}).content.decode()
    page = client.post(where, {"reason": REASON}, follow=True).content.decode()
    assert "Plik można znowu pobrać." in page
    flag.refresh_from_db()
    assert (flag.state, flag.reason, flag.released_by) == ("RELEASED", REASON, grzegorz)


@pytest.mark.parametrize(
    ("operation", "name"), [("ask_destruction", "destroy_file"), ("release_file", "release_file")]
)
def test_who_comes_second_is_told(
    operation: str,
    name: str,
    held: Quarantined,
    flag: FlaggedFile,
    grzegorz: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from skrytka.desk.quarantine import views

    really = getattr(views, operation)

    def twice(*arguments: object, **named: object) -> None:
        note_destroyed(file_of(held), "", at=clock.now())
        FlaggedFile.objects.update(state="RELEASED", released_at=clock.now(), reason="był")
        really(*arguments, **named)

    monkeypatch.setattr(views, operation, twice)
    where = reverse(f"desk:{name}", args=[held.pk if name == "destroy_file" else flag.pk])
    page = client_at(grzegorz).post(where, {"reason": REASON}, follow=True).content.decode()
    assert "Tego pliku nie ma już" in page or "Ten plik nie jest już zatrzymany." in page


def test_the_journal_has_words_for_all_of_it(
    held: Quarantined, flag: FlaggedFile, grzegorz: User
) -> None:
    client = client_at(grzegorz)
    client.post(reverse("desk:release_file", args=[flag.pk]), {"reason": REASON})
    client.post(reverse("desk:destroy_file", args=[held.pk]))
    note_destroyed(file_of(held), "IN_USE", at=clock.now())
    page = client.get(reverse("desk:journal")).content.decode()
    for words in (
        "Plik w kwarantannie",
        "Plik do zniszczenia przed czasem",
        "Plik z kwarantanny zniszczony",
        "Złośliwe oprogramowanie w pliku",
        "Fałszywy alarm, plik zwolniony",
        "te same bajty: są w przyjętym piśmie",
        "wykryto: mark",
    ):
        assert words in page


def test_letters_are_not_read_here(held: Quarantined, grzegorz: User) -> None:
    letter = Letter.objects.get()
    where = reverse("desk:letter", args=[letter.id])
    assert client_at(grzegorz).get(where).status_code == 404
