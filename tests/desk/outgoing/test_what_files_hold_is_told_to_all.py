"""Macros, scripts and the like: told to the clerk who writes, the one who receives, the party."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from skrytka.accounts.models import Institution, User
from skrytka.config import clock
from skrytka.delivery.models import OutgoingDraft, OutgoingFile, OutgoingLetter
from tests.desk.outgoing.pages import text_of, url
from tests.desk.world import client_at
from tests.letters.test_remarks_go_with_the_file import SCRIPT
from tests.world.deliveries import NOON, collect
from tests.world.desk_drafts import written
from tests.world.letters import confirm_profile
from tests.world.outgoing import signed_draft
from tests.world.sent_files import sent

pytestmark = pytest.mark.django_db
TO_THE_WRITER = "Możesz wysłać ten plik. Adresat zobaczy, że jest w nim skrypt."


def sent_letter(draft: OutgoingDraft) -> OutgoingLetter:
    OutgoingFile.objects.filter(draft=draft).update(remarks=["SCRIPT", "CZEGO_NIE_ZNAMY"])
    return sent(OutgoingDraft.objects.get(id=draft.id))


def test_the_clerk_who_writes_reads_it_beside_the_file(
    daria: User, anna: User, cuw: Institution
) -> None:
    draft, client = written(daria, cuw, to=anna), client_at(daria)
    file = SimpleUploadedFile("formularz.pdf", SCRIPT)
    answer = client.post(url("files", draft), {"files": file}, headers={"HX-Request": "true"})
    assert TO_THE_WRITER in answer.content.decode()
    for name in ("letter", "read"):
        assert TO_THE_WRITER in text_of(client, url(name, draft))


def test_the_clerk_who_sent_it_reads_it_later(daria: User, anna: User, cuw: Institution) -> None:
    letter = sent_letter(signed_draft(daria, cuw, anna.party))
    page = text_of(client_at(daria), reverse("desk:sent_letter", args=[letter.id]))
    assert "Zawiera skrypt" in page


def test_the_clerk_who_receives_it_reads_it_at_the_letter(
    daria: User, edmund: User, cuw: Institution, town_hall: Institution
) -> None:
    draft = signed_draft(daria, cuw, None)
    OutgoingDraft.objects.filter(id=draft.id).update(to_box=town_hall.boxes.get(is_basic=True))
    letter = sent_letter(draft)
    where = reverse("desk:letter", args=[letter.received_as_id])
    assert "Zawiera skrypt" in text_of(client_at(edmund), where)


@pytest.mark.parametrize("who", ["anna", "bogdan"])
def test_the_party_reads_it_where_files_are_listed(
    who: str,
    daria: User,
    anna: User,
    cuw: Institution,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    person = request.getfixturevalue(who)
    monkeypatch.setattr(clock, "now", lambda: NOON)
    confirm_profile(anna, daria, cuw)
    letter = sent_letter(signed_draft(daria, cuw, anna.party))
    where = reverse("web:incoming_letter", args=[letter.id])
    assert "skrypt" not in text_of(client_at(person), where)
    collect(letter, anna)
    assert "Uwaga: jest w nim skrypt." in text_of(client_at(person), where)
