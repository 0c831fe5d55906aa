"""Every address of letters that went out, asked by the whole cast: „not yours” does not exist."""

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, Role, User
from skrytka.delivery.models import OutgoingLetter
from tests.desk.world import client_at, employed
from tests.world.outgoing import TITLE
from tests.world.page_client import PageClient
from tests.world.sent_letters import notice_of, stopped_letter

pytestmark = pytest.mark.django_db

LISTS = ("sent", "sent_table", "deadlines", "deadlines_table", "deadlines_calendar")
READING = ("sent_letter", "sent_document", "sent_package")


@pytest.fixture
def stopped(daria: User, cuw: Institution, anna: User) -> OutgoingLetter:
    return stopped_letter(daria, cuw, anna)


def reading(letter: OutgoingLetter) -> list[str]:
    own = [reverse(f"desk:{name}", args=[letter.id]) for name in READING]
    files = ("sent_attachment", "sent_attachment_preview")
    own += [reverse(f"desk:{name}", args=[letter.id, 1]) for name in files]
    return [*own, reverse("desk:sent_attachment_picture", args=[letter.id, 1, 1])]


def acting(letter: OutgoingLetter) -> list[str]:
    notice = reverse("desk:sent_bounced", args=[notice_of(letter).id])
    return [reverse("desk:sent_restart", args=[letter.id]), notice]


def lists() -> list[str]:
    return [reverse(f"desk:{name}") for name in LISTS]


def answers(client: PageClient, addresses: list[str]) -> set[int]:
    return {client.get(address).status_code for address in addresses}


def test_daria_opens_every_page(stopped: OutgoingLetter, daria: User) -> None:
    assert answers(client_at(daria), [*lists(), *reading(stopped), *acting(stopped)]) == {200}


@pytest.mark.parametrize("who", ["anna", "bogdan", "celina"])
def test_who_works_nowhere_finds_nothing(
    who: str, stopped: OutgoingLetter, request: pytest.FixtureRequest
) -> None:
    client = client_at(request.getfixturevalue(who))
    every = [*lists(), *reading(stopped), *acting(stopped)]
    assert answers(client, every) == {404}
    assert {client.post(address).status_code for address in acting(stopped)} == {404}


def test_edmund_finds_no_letter_of_another_institution(
    stopped: OutgoingLetter, edmund: User
) -> None:
    client = client_at(edmund)
    assert answers(client, [*reading(stopped), *acting(stopped)]) == {404}
    assert {client.post(address).status_code for address in acting(stopped)} == {404}
    stopped.delivery.refresh_from_db()
    assert stopped.delivery.attempt == 1
    for address in lists():
        answer = client.get(address)
        text = (b"".join(answer) if answer.streaming else answer.content).decode()
        assert answer.status_code == 200
        assert TITLE not in text
        assert "CUW.5321.7.2026" not in text


def test_the_front_desk_reads_and_changes_nothing(
    stopped: OutgoingLetter, cuw: Institution
) -> None:
    client = client_at(employed("Felicja", "Kos", cuw, Role.FRONT_DESK))
    assert answers(client, [*lists(), *reading(stopped)]) == {200}
    assert answers(client, acting(stopped)) == {404}
    assert {client.post(address).status_code for address in acting(stopped)} == {404}
    page = client.get(reverse("desk:sent_letter", args=[stopped.id])).content.decode()
    assert "Powiadom od nowa" not in page
    assert "Zwrócony e-mail" not in page


def test_the_administrator_reads_no_letters(stopped: OutgoingLetter, cuw: Institution) -> None:
    client = client_at(employed("Grzegorz", "Maj", cuw, Role.ADMINISTRATOR))
    assert answers(client, [*lists(), *reading(stopped), *acting(stopped)]) == {404}


def test_a_stranger_is_asked_to_log_in(stopped: OutgoingLetter) -> None:
    client = PageClient()
    for address in [*lists(), *reading(stopped), *acting(stopped)]:
        assert reverse("account_login") in client.get(address)["Location"]


@pytest.mark.parametrize("name", ["sent_letter", "sent_restart", "sent_document", "sent_bounced"])
def test_a_letter_or_notice_that_is_not_there(name: str, daria: User) -> None:
    nobody = "00000000-0000-4000-8000-000000000009"
    assert client_at(daria).get(reverse(f"desk:{name}", args=[nobody])).status_code == 404
