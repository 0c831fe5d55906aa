"""A file of a draft in which malware was found later: told beside it, removed, not sent."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, Role, User
from skrytka.delivery.models import OutgoingDraft, OutgoingFile, OutgoingLetter
from skrytka.gateways.installed import install, installed
from tests.desk.outgoing.pages import post, url
from tests.desk.world import client_at, employed
from tests.world.desk_drafts import draft_at, sealed, want_second_person
from tests.world.outgoing import signed_draft
from tests.world.sent_files import found_in_pdfs

pytestmark = pytest.mark.django_db
FOUND = "W pliku zaświadczenie.pdf wykryliśmy złośliwe oprogramowanie."


@pytest.fixture(autouse=True)
def _scanner_back() -> Iterator[None]:
    before = installed()
    yield
    install(before)


@pytest.fixture
def draft(daria: User, anna: User, celina: User, cuw: Institution) -> OutgoingDraft:
    """Signed, and only then the malware was found."""
    draft, other = sealed(daria, cuw, anna), signed_draft(daria, cuw, anna.party)
    OutgoingFile.objects.filter(draft=other).update(draft=draft)
    other.delete()
    found_in_pdfs(celina)
    return draft


def addresses(draft: OutgoingDraft) -> list[str]:
    key = (draft.id, OutgoingFile.objects.get(draft=draft).id)
    names = ("outgoing_file", "outgoing_preview")
    own = [reverse(f"desk:{name}", args=key) for name in names]
    return [*own, reverse("desk:outgoing_picture", args=(*key, 1))]


@pytest.mark.parametrize("who", ["anna", "bogdan", "celina", "daria", "edmund"])
def test_nobody_is_handed_the_file(
    who: str, draft: OutgoingDraft, request: pytest.FixtureRequest
) -> None:
    client = client_at(request.getfixturevalue(who))
    assert {client.get(where).status_code for where in addresses(draft)} == {404}


@pytest.mark.parametrize("page", ["letter", "read"])
def test_the_clerk_reads_beside_it_what_was_found(
    page: str, draft: OutgoingDraft, daria: User
) -> None:
    text = client_at(daria).get(url(page, draft)).content.decode()
    assert FOUND in text
    assert not any(where in text for where in addresses(draft))


def test_it_is_not_sent_and_the_clerk_is_told_why_before_trying(
    draft: OutgoingDraft, daria: User
) -> None:
    client = client_at(daria)
    for page in (client.get(url("send", draft)).content.decode(), post(client, "send", draft)):
        assert (
            "W załączniku wykryliśmy złośliwe oprogramowanie, więc pisma nie można wysłać" in page
        )
    assert not OutgoingLetter.objects.exists()


def test_it_is_not_put_before_a_second_person_either(
    draft: OutgoingDraft, daria: User, cuw: Institution
) -> None:
    want_second_person(cuw)
    post(client_at(daria), "send", draft)
    assert draft_at(draft.id).state == "OPEN"


def test_a_second_person_who_had_it_before_is_told_why_it_does_not_go(
    daria: User, anna: User, celina: User, cuw: Institution
) -> None:
    want_second_person(cuw)
    other = employed("Ewa", "Kos", cuw, Role.CLERK)
    draft = signed_draft(daria, cuw, anna.party)
    post(client_at(daria), "send", draft)
    found_in_pdfs(celina)
    document = draft_at(draft.id).document_sha256
    page = post(client_at(other), "release", draft, document=document)
    assert "W załączniku wykryliśmy złośliwe oprogramowanie" in page
    assert not OutgoingLetter.objects.exists()


def test_once_it_is_removed_the_letter_can_be_signed_again(
    draft: OutgoingDraft, daria: User
) -> None:
    client, file = client_at(daria), OutgoingFile.objects.get(draft=draft)
    post(client, "letter", draft, action="next", version=draft_at(draft.id).version, title="Tytuł")
    assert not draft_at(draft.id).document_sha256
    gone = {"action": f"remove:{file.id}"}
    client.post(url("files", draft), gone, headers={"HX-Request": "true"})
    assert FOUND not in client.get(url("letter", draft)).content.decode()
