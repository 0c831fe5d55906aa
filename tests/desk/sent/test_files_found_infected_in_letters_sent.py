"""A letter that went out with a flagged file: told on page, list and history; taken by nobody."""

import csv
import io
from collections.abc import Iterator

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, User
from skrytka.delivery.models import FlaggedBytes, OutgoingLetter
from skrytka.delivery.operations.flags import release_sent_bytes
from skrytka.gateways.installed import install, installed
from skrytka.ledger.operations import Actor
from tests.desk.world import client_at
from tests.world.letters import LATER
from tests.world.outgoing import TITLE
from tests.world.sent_files import found_in_pdfs

pytestmark = pytest.mark.django_db
WARNING = "Nowsza baza wykryła złośliwe oprogramowanie"
FILES = ("sent_attachment", "sent_attachment_preview")


@pytest.fixture(autouse=True)
def _scanner_back() -> Iterator[None]:
    before = installed()
    yield
    install(before)


@pytest.fixture
def flagged(letter: OutgoingLetter, celina: User) -> OutgoingLetter:
    found_in_pdfs(celina)
    return letter


def shown(user: User, name: str, *args: object, query: str = "") -> str:
    return client_at(user).get(reverse(name, args=args) + query).content.decode()


def addresses(letter: OutgoingLetter) -> list[str]:
    files = [reverse(f"desk:{name}", args=[letter.id, 1]) for name in FILES]
    return [*files, reverse("desk:sent_attachment_picture", args=[letter.id, 1, 1])]


def test_the_page_tells_what_happened_and_offers_no_way_to_the_file(
    flagged: OutgoingLetter, daria: User
) -> None:
    page = shown(daria, "desk:sent_letter", flagged.id)
    assert WARNING in page
    assert "Nie do pobrania" in page
    assert "Złośliwe oprogramowanie w pliku" in page
    assert "załącznik 1" in page
    assert not any(where in page for where in addresses(flagged))


@pytest.mark.parametrize("who", ["anna", "bogdan", "celina", "daria", "edmund"])
def test_whoever_knows_the_address_is_not_handed_it(
    who: str, flagged: OutgoingLetter, request: pytest.FixtureRequest
) -> None:
    client = client_at(request.getfixturevalue(who))
    assert {client.get(where).status_code for where in addresses(flagged)} == {404}


def test_the_package_leaves_it_out(flagged: OutgoingLetter, daria: User) -> None:
    answer = client_at(daria).get(reverse("desk:sent_package", args=[flagged.id]))
    data = b"".join(answer)
    assert b"pismo.xml" in data
    assert "zaświadczenie.pdf".encode() not in data


def test_the_lists_mark_the_letter_and_find_it(
    flagged: OutgoingLetter, daria: User, edmund: User
) -> None:
    assert "Złośliwy plik" in shown(daria, "desk:sent")
    assert TITLE in shown(daria, "desk:sent", query="?uwaga=FLAGGED")
    assert TITLE not in shown(edmund, "desk:sent", query="?uwaga=FLAGGED")
    table = b"".join(client_at(daria).get(reverse("desk:sent_table"))).decode()
    assert list(csv.reader(io.StringIO(table), delimiter=";"))[1][-1].startswith("Złośliwy plik")


def test_the_panel_leads_the_clerk_there(flagged: OutgoingLetter, daria: User) -> None:
    page = shown(daria, "desk:inbox")
    assert "1 wysłane pismo z plikiem, w którym nowsza baza wykryła" in page
    assert "/kancelaria/wyslane/?uwaga=FLAGGED" in page


def test_a_letter_without_one_is_not_found(letter: OutgoingLetter, daria: User) -> None:
    assert TITLE not in shown(daria, "desk:sent", query="?uwaga=FLAGGED")
    assert WARNING not in shown(daria, "desk:sent_letter", letter.id)


def test_after_a_false_alarm_everything_is_as_before(
    flagged: OutgoingLetter, daria: User, cuw: Institution
) -> None:
    flag = FlaggedBytes.objects.get()
    by = Actor(str(daria.pk))
    release_sent_bytes(flag.pk, cuw.pk, "pomyłka producenta", actor=by, at=LATER)
    page = shown(daria, "desk:sent_letter", flagged.id)
    assert WARNING not in page
    assert "Fałszywy alarm, plik zwolniony" in page
    client = client_at(daria)
    assert {client.get(where).status_code for where in addresses(flagged)} == {200}
    assert TITLE not in shown(daria, "desk:sent", query="?uwaga=FLAGGED")
