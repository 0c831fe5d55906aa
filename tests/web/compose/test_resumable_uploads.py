"""The protocol tus 1.0 at the address of a draft, header by header, and who may speak it."""

import base64
import hashlib
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from skrytka.accounts.models import Institution, User
from skrytka.config.clock import now
from skrytka.letters.models import Draft, DraftAttachment, DraftState, Transfer
from skrytka.letters.operations.transfers import NewTransfer, begin_transfer
from tests.web.compose.conftest import ReaderOf
from tests.world.attachments import draft_of, listed, small_rules
from tests.world.files import EICAR, pdf
from tests.world.letters import written_draft

pytestmark = pytest.mark.django_db
PDF = pdf()
Answer = Any  # what Django's test client returns has no public name
TUS = {"Tus-Resumable": "1.0.0"}
PART = "application/offset+octet-stream"
OTHERS = ("bogdan", "celina", "daria", "edmund")


@pytest.fixture
def client(reader_of: ReaderOf, anna: User) -> Client:
    return reader_of(anna)


def address(draft: Draft) -> str:
    return reverse("web:draft_transfers", args=[draft.id])


def metadata(**told: str) -> str:
    pairs = (f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in told.items())
    return ",".join(pairs)


def begin(
    client: Client, draft: Draft, name: str = "skan żółty.pdf", size: int = len(PDF), **told: str
) -> Answer:
    headers = {
        **TUS, "Upload-Length": str(size), "Upload-Metadata": metadata(filename=name, **told)
    }  # fmt: skip
    return client.post(address(draft), headers=headers)


def begun(client: Client, draft: Draft) -> str:
    answer = begin(client, draft)
    assert answer.status_code == 201, answer.content
    return str(answer["Location"])


def patch(client: Client, url: str, offset: int, data: bytes, **headers: str) -> Answer:
    sent = {**TUS, "Upload-Offset": str(offset), **headers}
    return client.patch(url, data, content_type=PART, headers=sent)


def test_a_client_learns_what_the_server_understands(client: Client, draft: Draft) -> None:
    for url in (address(draft), begun(client, draft)):
        answer = client.options(url)
        assert answer.status_code == 204
        assert answer["Tus-Version"] == "1.0.0"
        assert set(answer["Tus-Extension"].split(",")) == {
            "creation", "expiration", "checksum", "termination",
        }  # fmt: skip
        assert answer["Tus-Checksum-Algorithm"] == "sha256,sha1"


def test_a_file_is_announced_sent_and_asked_for(client: Client, draft: Draft) -> None:
    url = begun(client, draft)
    first = patch(client, url, 0, PDF[:100])
    assert (first.status_code, first["Upload-Offset"]) == (204, "100")
    asked = client.head(url, headers=TUS)
    assert (asked["Upload-Offset"], asked["Upload-Length"]) == ("100", str(len(PDF)))
    assert asked["Cache-Control"] == "no-store"
    assert parsedate_to_datetime(asked["Upload-Expires"]) > now() + timedelta(days=6)
    last = patch(client, url, 100, PDF[100:])
    assert (last.status_code, last["Upload-Offset"]) == (204, str(len(PDF)))
    assert listed(draft.id) == [("skan żółty.pdf", "SAFE", "")]
    row = DraftAttachment.objects.get()
    assert url.endswith(f"/{row.id}/")
    assert row.sha256 == hashlib.sha256(PDF).hexdigest()


def test_networks_that_know_only_post_get_through(client: Client, draft: Draft) -> None:
    url = begun(client, draft)
    headers = {**TUS, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    assert client.post(url, PDF, content_type=PART, headers=headers).status_code == 204
    assert listed(draft.id) == [("skan żółty.pdf", "SAFE", "")]


def test_a_file_is_given_up(client: Client, draft: Draft) -> None:
    url = begun(client, draft)
    assert client.delete(url, headers=TUS).status_code == 204
    assert client.head(url, headers=TUS).status_code == 404
    assert not Transfer.objects.exists()


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_checksum_holds_or_the_part_is_not_kept(
    client: Client, draft: Draft, algorithm: str
) -> None:
    url = begun(client, draft)
    digest = hashlib.new(algorithm, PDF).digest()
    told = {"Upload-Checksum": f"{algorithm} {base64.b64encode(digest).decode()}"}
    assert patch(client, url, 0, PDF[:-1] + b"x", **told).status_code == 460
    assert client.head(url, headers=TUS)["Upload-Offset"] == "0"
    assert patch(client, url, 0, PDF, **told).status_code == 204


@pytest.mark.parametrize("told", ["md5 AAAA", "sha1 AAAA", "sha1", "sha1 ?", ""])
def test_a_checksum_that_says_nothing_is_refused(client: Client, draft: Draft, told: str) -> None:
    url = begun(client, draft)
    assert patch(client, url, 0, PDF, **{"Upload-Checksum": told}).status_code == 400


def test_the_wrong_offset_type_version_and_method_are_refused(client: Client, draft: Draft) -> None:
    url = begun(client, draft)
    assert patch(client, url, 5, PDF).status_code == 409
    assert client.patch(url, PDF, content_type="text/plain", headers=TUS).status_code == 415
    old = client.patch(url, PDF, content_type=PART, headers={"Tus-Resumable": "0.2.2"})
    assert (old.status_code, old["Tus-Version"]) == (412, "1.0.0")
    assert client.put(url, PDF, headers=TUS).status_code == 405
    assert client.get(address(draft), headers=TUS).status_code == 405
    assert patch(client, url, 0, PDF + b"x").status_code == 413


@pytest.mark.parametrize("length", ["", "-1", "1e3", "9" * 16, "٣"])
def test_a_length_that_is_no_number_is_refused(client: Client, draft: Draft, length: str) -> None:
    headers = {**TUS, "Upload-Length": length, "Upload-Metadata": metadata(filename="a.pdf")}
    assert client.post(address(draft), headers=headers).status_code == 400


@pytest.mark.parametrize("told", ["filename ?", "filename /w=="])
def test_metadata_that_cannot_be_read_are_refused(client: Client, draft: Draft, told: str) -> None:
    headers = {**TUS, "Upload-Length": "5", "Upload-Metadata": told}
    assert client.post(address(draft), headers=headers).status_code == 400


def test_a_refusal_is_told_before_anything_is_sent(client: Client, draft: Draft) -> None:
    answer = begin(client, draft, "program.exe")
    assert answer.status_code == 422
    assert "Nie przyjmujemy plików EXE." in answer.content.decode()
    answer = begin(client, draft, "film.zip", 151_000_000)
    assert answer.status_code == 413
    assert "Plik film.zip ma 151\u00a0MB" in answer.content.decode()


def test_the_sum_is_told_with_how_much_is_too_much(
    client: Client, draft: Draft, cuw: Institution
) -> None:
    small_rules(cuw, total=2_000_000)
    assert begin(client, draft, "a.pdf", 1_500_000).status_code == 201
    answer = begin(client, draft, "b.pdf", 1_000_000)
    assert answer.status_code == 413
    assert "razem 2,5\u00a0MB" in answer.content.decode()


def test_too_much_in_all_drafts_is_told_before_anything_is_sent(
    client: Client, draft: Draft, anna: User, cuw: Institution
) -> None:
    for other in [draft_of(anna, cuw) for _ in range(10)]:
        begin_transfer(NewTransfer(other.id, "mapa.zip", 150_000_000), at=now())
    answer = begin(client, draft, "umowa.pdf")
    assert answer.status_code == 413
    assert answer.content.decode().startswith(
        "Nie dodaliśmy pliku umowa.pdf. Pliki we wszystkich Twoich wersjach roboczych"
    )


def test_announcing_again_under_the_same_id_gives_the_same_file(
    client: Client, draft: Draft
) -> None:
    told = str(uuid4())
    first = begin(client, draft, id=told)
    assert first["Location"] == begin(client, draft, id=told)["Location"]
    assert told in first["Location"]
    assert begin(client, draft, id="nie-id").status_code == 201


def test_malware_stands_in_the_list_with_its_reason(client: Client, draft: Draft) -> None:
    answer = begin(client, draft, "test.txt", len(EICAR))
    assert patch(client, answer["Location"], 0, EICAR).status_code == 204
    assert listed(draft.id) == [("test.txt", "REFUSED", "F-VIRUS")]


@pytest.mark.parametrize(
    ("state", "said"), [(DraftState.SENT, "wysłane"), (DraftState.DISCARDED, "już nie ma")]
)
def test_a_closed_draft_takes_nothing(
    client: Client, draft: Draft, state: DraftState, said: str
) -> None:
    url = begun(client, draft)
    Draft.objects.filter(id=draft.id).update(state=state)
    for answer in (begin(client, draft), patch(client, url, 0, PDF)):
        assert answer.status_code == 410
        assert said in answer.content.decode()


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_sends_asks_or_gives_up(
    request: pytest.FixtureRequest, reader_of: ReaderOf, client: Client, draft: Draft, who: str
) -> None:
    url = begun(client, draft)
    other = reader_of(request.getfixturevalue(who))
    answers = [
        begin(other, draft),
        other.head(url, headers=TUS),
        patch(other, url, 0, PDF),
        other.delete(url, headers=TUS),
        other.options(url),
    ]
    assert [answer.status_code for answer in answers] == [404] * 5
    assert client.head(url, headers=TUS)["Upload-Offset"] == "0"


def test_a_file_is_not_reached_through_another_draft(
    reader_of: ReaderOf, client: Client, draft: Draft, celina: User, cuw: Institution
) -> None:
    url = begun(client, draft)
    theirs = written_draft(celina, cuw)
    through = url.replace(str(draft.id), str(theirs.id))
    assert reader_of(celina).head(through, headers=TUS).status_code == 404


def test_whoever_is_logged_out_is_told_so(client: Client, draft: Draft) -> None:
    url = begun(client, draft)
    client.logout()
    answer = patch(client, url, 0, PDF)
    assert answer.status_code == 401
    assert "Zaloguj się" in answer.content.decode()


def test_a_strangers_page_cannot_send_in_a_persons_name(anna: User, draft: Draft) -> None:
    """Without the token of our own page the session alone is not enough."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(anna)
    assert begin(client, draft).status_code == 403
