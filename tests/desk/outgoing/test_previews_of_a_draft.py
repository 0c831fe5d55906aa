"""„Podgląd” of a file that is to go out: seen by the clerks of the institution and nobody else."""

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, User
from skrytka.delivery.models import OutgoingDraft, OutgoingFile
from tests.desk.outgoing.pages import url
from tests.desk.world import client_at
from tests.world.outgoing import signed_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(daria: User, anna: User, cuw: Institution) -> OutgoingDraft:
    return signed_draft(daria, cuw, anna.party)


def addresses(draft: OutgoingDraft) -> list[str]:
    key = (draft.id, OutgoingFile.objects.get(draft=draft).id)
    shown = reverse("desk:outgoing_preview", args=key)
    return [shown, reverse("desk:outgoing_picture", args=(*key, 1))]


def test_the_clerk_looks_at_a_page_of_the_file(draft: OutgoingDraft, daria: User) -> None:
    client = client_at(daria)
    preview, picture = addresses(draft)
    assert f'src="{picture}"' in client.get(preview).content.decode()
    assert client.get(picture).headers["Content-Type"] == "image/png"
    assert preview in client.get(url("read", draft)).content.decode()


@pytest.mark.parametrize("who", ["anna", "bogdan", "celina", "edmund"])
def test_nobody_else_finds_it(
    who: str, draft: OutgoingDraft, request: pytest.FixtureRequest
) -> None:
    client = client_at(request.getfixturevalue(who))
    assert {client.get(each).status_code for each in addresses(draft)} == {404}


def test_a_file_that_is_not_there_does_not_exist(draft: OutgoingDraft, daria: User) -> None:
    given = addresses(draft)
    OutgoingFile.objects.all().delete()
    client = client_at(daria)
    assert {client.get(each).status_code for each in given} == {404}


def test_a_file_without_a_preview_is_still_for_saving(draft: OutgoingDraft, daria: User) -> None:
    OutgoingFile.objects.update(media_type="application/rtf")
    client = client_at(daria)
    page = client.get(url("read", draft)).content.decode()
    assert addresses(draft)[0] not in page
    assert reverse("desk:outgoing_file", args=[draft.id, OutgoingFile.objects.get().id]) in page
