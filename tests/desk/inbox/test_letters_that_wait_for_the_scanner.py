"""A letter that waits for the scanner, or was refused: seen to have come, opened by nobody."""

import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from skrytka.accounts.models import Institution, Role, User
from skrytka.config import clock
from skrytka.gateways.installed import install, installed
from skrytka.letters.models import Letter
from skrytka.letters.operations.intake import finish_intake
from skrytka.letters.queries.packages import package_chunks
from tests.desk.world import client_at, employed
from tests.world.attachments import scan_with
from tests.world.page_client import PageClient
from tests.world.screened import NEW, letter_in_waiting, wormy

pytestmark = pytest.mark.django_db
OF_LETTER = ("letter", "document", "package", "signatures")
OF_FILE = ("attachment", "signature_report", "signature_report_etsi")
RECEIPTS = ("receipt_xml", "receipt_pdf")
POSTS = ("take", "move", "mark", "note", "assess", "judge_again", "outgoing_answer")
LISTS = ("awaiting", "flagged")
WEB_PAGES = ("letter", "letter_status", "letter_content", "letter_document")
WEB_FILES = ("letter_package", "letter_attachment")


@pytest.fixture(autouse=True)
def _scanner_back() -> Iterator[None]:
    before = installed()
    yield
    install(before)


@pytest.fixture
def waiting(anna: User, cuw: Institution) -> Letter:
    return letter_in_waiting(anna, cuw, faktura=wormy())


@pytest.fixture
def refused(waiting: Letter) -> Letter:
    scan_with(NEW)
    finish_intake(waiting.id, at=clock.now())
    return waiting


@pytest.fixture(params=["waiting", "refused"])
def letter(request: pytest.FixtureRequest) -> Letter:
    found: Letter = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def felicja(cuw: Institution) -> User:
    return employed("Felicja", "Kos", cuw, Role.FRONT_DESK)


@pytest.fixture
def grzegorz(cuw: Institution) -> User:
    return employed("Grzegorz", "Maj", cuw, Role.ADMINISTRATOR)


def desk_answers(client: Client, letter: Letter) -> dict[str, int]:
    """What every address of one letter at the desk answers."""
    asked = {name: reverse(f"desk:{name}", args=[letter.id]) for name in OF_LETTER}
    asked |= {name: reverse(f"desk:{name}", args=[letter.id, 1]) for name in OF_FILE}
    found = {name: client.get(where).status_code for name, where in asked.items()}
    for name in POSTS:
        where = reverse(f"desk:{name}", args=[letter.id])
        found[name] = client.post(where, {"move": "CLOSE"}, follow=True).status_code
    return found


def web_answers(client: Client, letter: Letter, names: tuple[str, ...]) -> dict[str, int]:
    found = {}
    for name in names:
        args: list[object] = [letter.id, 1] if name == "letter_attachment" else [letter.id]
        found[name] = client.get(reverse(f"web:{name}", args=args)).status_code
    return found


@pytest.mark.parametrize(
    "person", ["anna", "bogdan", "celina", "daria", "edmund", "felicja", "grzegorz"]
)
def test_nobody_opens_it_at_the_desk_by_any_address(
    person: str, letter: Letter, request: pytest.FixtureRequest
) -> None:
    user: User = request.getfixturevalue(person)
    found = desk_answers(client_at(user), letter)
    assert set(found.values()) == {404}, found


def test_nobody_takes_it_from_the_list(letter: Letter, daria: User) -> None:
    chosen = {"p": str(letter.id)}
    answer = client_at(daria).get(reverse("desk:download"), chosen)
    assert answer.status_code == 302


def test_a_package_holds_none_of_its_files_whoever_asks(letter: Letter) -> None:
    with zipfile.ZipFile(io.BytesIO(b"".join(package_chunks(letter.id)))) as archive:
        assert not any("faktura" in name for name in archive.namelist())


def test_a_stranger_is_asked_to_log_in(waiting: Letter) -> None:
    for name in LISTS:
        assert reverse("account_login") in PageClient().get(reverse(f"desk:{name}"))["Location"]


@pytest.mark.parametrize("person", ["daria", "felicja"])
def test_the_desk_sees_that_it_came_from_whom_and_when(
    person: str, waiting: Letter, request: pytest.FixtureRequest
) -> None:
    client = client_at(request.getfixturevalue(person))
    page = client.get(reverse("desk:awaiting")).content.decode()
    assert waiting.sender_name in page
    assert "23.11.2026" in page
    assert "11:30" in page
    assert "faktura.txt" not in page
    assert str(waiting.id) not in page
    assert reverse("desk:awaiting") in client.get(reverse("desk:inbox")).content.decode()


@pytest.mark.parametrize("person", ["anna", "bogdan", "celina", "grzegorz"])
def test_who_reads_no_letters_here_sees_no_list(
    person: str, waiting: Letter, request: pytest.FixtureRequest
) -> None:
    client = client_at(request.getfixturevalue(person))
    assert [client.get(reverse(f"desk:{name}")).status_code for name in LISTS] == [404, 404]


def test_edmund_sees_an_empty_list_of_his_own(waiting: Letter, edmund: User) -> None:
    page = client_at(edmund).get(reverse("desk:awaiting")).content.decode()
    assert "Żadne pismo nie czeka na sprawdzenie." in page
    assert waiting.sender_name not in page


def test_once_decided_it_waits_no_more(refused: Letter, daria: User) -> None:
    client = client_at(daria)
    page = client.get(reverse("desk:awaiting")).content.decode()
    assert refused.sender_name not in page
    assert reverse("desk:awaiting") not in client.get(reverse("desk:inbox")).content.decode()
    assert "faktura.txt" in client.get(reverse("desk:refused")).content.decode()


def test_the_sealed_refusal_can_be_taken(refused: Letter, daria: User, edmund: User) -> None:
    for name in RECEIPTS:
        where = reverse(f"desk:{name}", args=[refused.id])
        assert client_at(daria).get(where).status_code == 200
        assert client_at(edmund).get(where).status_code == 404


@pytest.mark.parametrize("person", ["anna", "bogdan"])
def test_its_sender_reads_the_letter_but_is_handed_no_file(
    person: str, letter: Letter, request: pytest.FixtureRequest
) -> None:
    client = client_at(request.getfixturevalue(person))
    pages = web_answers(client, letter, WEB_PAGES)
    assert set(pages.values()) <= {200, 204}, pages
    files = web_answers(client, letter, WEB_FILES)
    assert set(files.values()) == {404}, files


@pytest.mark.parametrize("person", ["celina", "daria", "edmund"])
def test_others_find_nothing_of_it_among_letters(
    person: str, letter: Letter, request: pytest.FixtureRequest
) -> None:
    client = client_at(request.getfixturevalue(person))
    found = web_answers(client, letter, WEB_PAGES + WEB_FILES)
    assert set(found.values()) == {404}, found


def test_after_ten_minutes_the_first_page_says_so(waiting: Letter, daria: User) -> None:
    page = client_at(daria).get(reverse("desk:inbox")).content.decode()
    assert clock.now() - waiting.submitted_at > timedelta(minutes=10)
    told = "1 pismo, którego załączników skaner nie sprawdził od ponad 10 minut"
    assert f'<a class="govuk-link" href="{reverse("desk:awaiting")}">{told}</a>' in page
