"""Every address of the desk, asked by the whole cast: „not yours” does not exist."""

from uuid import UUID

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, Role, User
from skrytka.letters.models import Letter
from tests.desk.world import client_at, employed, handling_of, signed_letter
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db

LISTS = (
    *("inbox", "mine", "deficient", "done", "refused", "awaiting", "flagged"),
    *("assign", "change_states", "download"),
)
READING = (
    "letter",
    "document",
    "receipt_xml",
    "receipt_pdf",
    "package",
    "attachment",
    "attachment_preview",
    "attachment_picture",
    "signatures",
)
HANDLING = ("take", "move", "mark", "note", "assess", "judge_again")
SETTINGS = (
    *("boxes", "staff", "texts", "attachment_rules", "statement", "journal"),
    *("delivery_rules", "delivery_rules_new", "delivery_rules_own", "quarantine"),
)
FOR_CLERKS_ALONE = ("mine", "assign", "change_states")


@pytest.fixture
def letter(anna: User, daria: User, cuw: Institution) -> Letter:
    return signed_letter(anna, daria, cuw)


@pytest.fixture
def felicja(cuw: Institution) -> User:
    return employed("Felicja", "Kos", cuw, Role.FRONT_DESK)


@pytest.fixture
def grzegorz(cuw: Institution) -> User:
    return employed("Grzegorz", "Maj", cuw, Role.ADMINISTRATOR)


def address(name: str, letter_id: UUID) -> str:
    if name in ("attachment", "attachment_preview"):
        return reverse(f"desk:{name}", args=[letter_id, 1])
    if name == "attachment_picture":
        return reverse("desk:attachment_picture", args=[letter_id, 1, 1])
    if name in READING + HANDLING:
        return reverse(f"desk:{name}", args=[letter_id])
    return reverse(f"desk:{name}")


def answers(user: User | None, names: tuple[str, ...], letter: Letter) -> dict[str, int]:
    """What each of the addresses answers to a person, or to a stranger."""
    client = client_at(user) if user else PageClient()
    return {name: status(client, name, letter) for name in names}


def status(client: PageClient, name: str, letter: Letter) -> int:
    where = address(name, letter.id)
    if name in HANDLING:
        return client.post(where, {"move": "CLOSE"}).status_code
    return client.get(where).status_code


def test_daria_opens_every_page_of_letters(letter: Letter, daria: User) -> None:
    found = answers(daria, LISTS + READING + HANDLING, letter)
    assert set(found.values()) == {200, 302}, found


def test_who_works_nowhere_and_who_works_elsewhere_sets_nothing(
    letter: Letter, anna: User, bogdan: User, edmund: User
) -> None:
    for user in (anna, bogdan, edmund):
        found = answers(user, SETTINGS, letter)
        assert set(found.values()) == {404}, found


def test_celina_finds_no_desk(letter: Letter, celina: User) -> None:
    found = answers(celina, LISTS + READING + HANDLING + SETTINGS, letter)
    assert set(found.values()) == {404}, found


def test_a_stranger_is_asked_to_log_in(letter: Letter) -> None:
    client = PageClient()
    for name in LISTS + READING + SETTINGS:
        assert reverse("account_login") in client.get(address(name, letter.id))["Location"]


def test_edmund_finds_no_letter_of_another_institution(letter: Letter, edmund: User) -> None:
    found = answers(edmund, READING + HANDLING, letter)
    assert set(found.values()) == {404}, found
    assert handling_of(letter).first_opened_at is None


def test_edmund_sees_only_his_own_lists(letter: Letter, edmund: User) -> None:
    client = client_at(edmund)
    for name in LISTS:
        page = client.get(address(name, letter.id), follow=True).content.decode()
        assert letter.title not in page
        assert letter.sender_name not in page


@pytest.mark.parametrize("name", ["assign", "change_states"])
def test_edmund_cannot_pick_a_letter_of_another_institution(
    name: str, letter: Letter, edmund: User
) -> None:
    chosen = {"p": str(letter.id), "assignee": str(edmund.pk), "move": "CLOSE"}
    client_at(edmund).post(address(name, letter.id), chosen)
    assert handling_of(letter).state == "NEW"
    assert handling_of(letter).assignee is None


def test_the_front_desk_reads_and_changes_nothing(letter: Letter, felicja: User) -> None:
    reading = answers(felicja, READING, letter)
    assert set(reading.values()) == {200}, reading
    changing = answers(felicja, HANDLING + FOR_CLERKS_ALONE + SETTINGS, letter)
    assert set(changing.values()) == {404}, changing
    assert handling_of(letter).state == "NEW"


def test_the_front_desk_is_offered_nothing_it_may_not_do(letter: Letter, felicja: User) -> None:
    client = client_at(felicja)
    inbox = client.get(reverse("desk:inbox")).content.decode()
    assert 'type="checkbox"' not in inbox
    assert reverse("desk:mine") not in inbox
    page = client.get(address("letter", letter.id)).content.decode()
    assert address("take", letter.id) not in page
    assert address("note", letter.id) not in page


def test_the_administrator_sets_and_reads_no_letters(letter: Letter, grzegorz: User) -> None:
    settings = answers(grzegorz, SETTINGS, letter)
    assert set(settings.values()) == {200}, settings
    letters = answers(grzegorz, READING + HANDLING + LISTS[1:], letter)
    assert set(letters.values()) == {404}, letters


def test_the_administrator_is_led_from_the_inbox_to_the_settings(grzegorz: User) -> None:
    answer = client_at(grzegorz).get(reverse("desk:inbox"))
    assert answer["Location"] == reverse("desk:boxes")


def test_a_clerk_sets_nothing(letter: Letter, daria: User) -> None:
    found = answers(daria, SETTINGS, letter)
    assert set(found.values()) == {404}, found
