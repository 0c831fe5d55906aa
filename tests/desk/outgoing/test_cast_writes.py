"""Every address of a letter that goes out, asked by the whole cast: „not yours” does not exist."""

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, Role, User
from skrytka.delivery.models import OutgoingDraft, OutgoingState
from skrytka.letters.models import Letter
from tests.desk.outgoing.pages import url
from tests.desk.world import client_at, employed
from tests.world.desk_drafts import draft_at, sealed
from tests.world.letters import sent_letter
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db

READ: tuple[str, ...] = ("draft", "addressee", "letter", "read", "document", "signature", "trusted")
READ += ("signed_file", "send", "discard")
ACTS = ("files", "release", "send_back", "recall", "take_over", "restore", "send", "discard")


@pytest.fixture
def draft(daria: User, anna: User, cuw: Institution) -> OutgoingDraft:
    return sealed(daria, cuw, anna)


@pytest.fixture
def letter(anna: User, cuw: Institution) -> Letter:
    return sent_letter(anna, cuw)


def answers(client: PageClient, draft: OutgoingDraft) -> set[int]:
    found = {client.get(url(name, draft)).status_code for name in READ}
    return found | {client.post(url(name, draft)).status_code for name in ACTS}


def test_daria_opens_every_page(draft: OutgoingDraft, daria: User) -> None:
    client = client_at(daria)
    assert {client.get(url(name, draft)).status_code for name in READ} <= {200, 302}
    assert client.get(reverse("desk:outgoing")).status_code == 200


@pytest.mark.parametrize("who", ["anna", "bogdan", "celina", "edmund", "felicja", "grzegorz"])
def test_nobody_else_finds_the_draft(
    who: str, draft: OutgoingDraft, cuw: Institution, request: pytest.FixtureRequest
) -> None:
    roles = {"felicja": Role.FRONT_DESK, "grzegorz": Role.ADMINISTRATOR}
    if who in roles:
        user = employed(who.title(), "Kos", cuw, roles[who])
    else:
        user = request.getfixturevalue(who)
    assert answers(client_at(user), draft) == {404}
    assert draft_at(draft.id).state == OutgoingState.OPEN


def test_a_stranger_is_asked_to_log_in(draft: OutgoingDraft) -> None:
    client = PageClient()
    for name in READ:
        assert reverse("account_login") in client.get(url(name, draft))["Location"]
    assert reverse("account_login") in client.get(reverse("desk:outgoing"))["Location"]


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.ADMINISTRATOR])
def test_who_does_not_write_is_offered_nothing(
    role: Role, cuw: Institution, letter: Letter
) -> None:
    client = client_at(employed("Felicja", "Kos", cuw, role))
    assert client.get(reverse("desk:outgoing")).status_code == 404
    assert client.post(reverse("desk:outgoing_new")).status_code == 404
    answer = reverse("desk:outgoing_answer", args=[letter.id])
    assert client.post(answer).status_code == 404
    assert not OutgoingDraft.objects.exists()
    page = client.get(reverse("desk:letter", args=[letter.id])).content.decode()
    assert answer not in page


def test_edmund_cannot_answer_a_letter_of_another_institution(letter: Letter, edmund: User) -> None:
    answer = reverse("desk:outgoing_answer", args=[letter.id])
    assert client_at(edmund).post(answer).status_code == 404
    assert not OutgoingDraft.objects.exists()
