"""A download that broke off goes on where it ended, for whoever may read the letter."""

import pytest
from django.test import Client
from django.urls import reverse

from skrytka.accounts.models import Institution, User
from skrytka.letters.models import Draft, Letter
from tests.desk.world import client_at
from tests.web.receipts.conftest import ReaderOf
from tests.world.attachments import added
from tests.world.deliveries import waiting_letter
from tests.world.files import pdf
from tests.world.letters import written_draft

pytestmark = pytest.mark.django_db


def taken_up(client: Client, address: str) -> None:
    """The first half, then the rest, then what lies behind the end."""
    size = len(pdf())
    half = size // 2
    first = client.get(address, headers={"Range": f"bytes=0-{half - 1}"})
    rest = {"Range": f"bytes={half}-", "If-Range": first["ETag"]}
    second = client.get(address, headers=rest)
    assert (first.status_code, second.status_code) == (206, 206)
    assert first.getvalue() + second.getvalue() == pdf()
    assert second["Content-Range"] == f"bytes {half}-{size - 1}/{size}"
    assert client.get(address, headers={"Range": f"bytes={size}-"}).status_code == 416
    whole = client.get(address)
    assert (whole.status_code, whole.getvalue()) == (200, pdf())
    assert whole["Content-Disposition"].startswith("attachment")
    assert whole["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("person", ["anna", "bogdan"])
def test_the_sender_and_a_proxy_take_up_an_attachment(
    reader_of: ReaderOf, request: pytest.FixtureRequest, letter: Letter, person: str
) -> None:
    reader = reader_of(request.getfixturevalue(person))
    taken_up(reader, reverse("web:letter_attachment", args=[letter.id, 1]))


def test_a_clerk_takes_up_an_attachment(daria: User, letter: Letter) -> None:
    taken_up(client_at(daria), reverse("desk:attachment", args=[letter.id, 1]))


def test_a_clerk_takes_up_a_file_that_was_sent(daria: User, anna: User, cuw: Institution) -> None:
    sent = waiting_letter(daria, cuw, anna)
    taken_up(client_at(daria), reverse("desk:sent_attachment", args=[sent.id, 1]))


@pytest.fixture
def draft(anna: User, cuw: Institution) -> Draft:
    return written_draft(anna, cuw)


def test_a_file_of_a_draft_is_taken_up_too(reader_of: ReaderOf, anna: User, draft: Draft) -> None:
    file = added(draft, "umowa.pdf", pdf())
    taken_up(reader_of(anna), reverse("web:draft_file_download", args=[draft.id, file.id]))


def test_whoever_may_not_read_gets_no_part_either(
    reader_of: ReaderOf, celina: User, edmund: User, letter: Letter
) -> None:
    part = {"Range": "bytes=0-9"}
    own = reverse("web:letter_attachment", args=[letter.id, 1])
    assert reader_of(celina).get(own, headers=part).status_code == 404
    desk = reverse("desk:attachment", args=[letter.id, 1])
    assert client_at(edmund).get(desk, headers=part).status_code in {403, 404}
