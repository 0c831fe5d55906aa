"""Malware found in a file of a delivered letter: its party is told, and is not handed the file."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from skrytka.accounts.models import User
from skrytka.delivery.models import FlaggedBytes, OutgoingLetter
from skrytka.delivery.operations.flags import release_sent_bytes
from skrytka.gateways.installed import install, installed
from skrytka.ledger.operations import Actor
from tests.web.incoming.conftest import ReaderOf
from tests.world.deliveries import collect
from tests.world.letters import LATER
from tests.world.sent_files import found_in_pdfs

pytestmark = pytest.mark.django_db
TOLD = "Pliku zaświadczenie.pdf nie można pobrać"


@pytest.fixture(autouse=True)
def _scanner_back() -> Iterator[None]:
    before = installed()
    yield
    install(before)


@pytest.fixture
def flagged(collected: OutgoingLetter, celina: User) -> OutgoingLetter:
    found_in_pdfs(celina)
    return collected


def addresses(letter: OutgoingLetter) -> list[str]:
    names = ("incoming_attachment", "incoming_preview")
    own = [reverse(f"web:{name}", args=[letter.id, 1]) for name in names]
    return [*own, reverse("web:incoming_picture", args=[letter.id, 1, 1])]


def page_of(reader_of: ReaderOf, person: User, letter: OutgoingLetter) -> str:
    where = reverse("web:incoming_letter", args=[letter.id])
    return reader_of(person).get(where).content.decode()


@pytest.mark.parametrize("who", ["anna", "bogdan"])
def test_the_party_is_told_what_happened_and_offered_no_file(
    who: str, reader_of: ReaderOf, flagged: OutgoingLetter, request: pytest.FixtureRequest
) -> None:
    page = page_of(reader_of, request.getfixturevalue(who), flagged)
    assert TOLD in page
    assert "O dobry plik poproś urząd." in page
    assert not any(where in page for where in addresses(flagged))
    assert reverse("web:incoming_document", args=[flagged.id]) in page


@pytest.mark.parametrize("who", ["anna", "bogdan", "celina", "daria", "edmund"])
def test_whoever_knows_the_address_is_not_handed_it(
    who: str, reader_of: ReaderOf, flagged: OutgoingLetter, request: pytest.FixtureRequest
) -> None:
    client = reader_of(request.getfixturevalue(who))
    assert {client.get(where).status_code for where in addresses(flagged)} == {404}


def test_the_package_leaves_it_out(
    reader_of: ReaderOf, anna: User, flagged: OutgoingLetter
) -> None:
    answer = reader_of(anna).get(reverse("web:incoming_package", args=[flagged.id]))
    data = b"".join(answer)
    assert b"pismo.xml" in data
    assert "zaświadczenie.pdf".encode() not in data


def test_a_letter_with_it_is_collected_all_the_same(
    reader_of: ReaderOf, anna: User, celina: User, waiting: OutgoingLetter
) -> None:
    found_in_pdfs(celina)
    assert "zaświadczenie.pdf" not in page_of(reader_of, anna, waiting)
    collect(waiting, anna)
    assert TOLD in page_of(reader_of, anna, waiting)


def test_after_a_false_alarm_the_file_is_there_again(
    reader_of: ReaderOf, anna: User, daria: User, flagged: OutgoingLetter
) -> None:
    flag = FlaggedBytes.objects.get()
    by = Actor(str(daria.pk))
    release_sent_bytes(flag.pk, flag.institution_id, "pomyłka", actor=by, at=LATER)
    assert TOLD not in page_of(reader_of, anna, flagged)
    client = reader_of(anna)
    assert {client.get(where).status_code for where in addresses(flagged)} == {200}
