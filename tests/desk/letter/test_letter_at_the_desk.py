"""One letter at the desk: what it shows, what can be done with it, what can be taken away."""

import io
import zipfile

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, User
from skrytka.evidence.models import Receipt
from skrytka.evidence.queries import receipt_of
from skrytka.gateways.installed import blobs_of
from skrytka.letters.models import HandlingState, Letter
from skrytka.letters.queries.desk import verified_document
from tests.desk.world import (
    client_at,
    copies_of,
    handling_of,
    refused_letter,
    signed_letter,
    state_of,
)
from tests.world.letters import LATER, sent_letter
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(anna: User, daria: User, cuw: Institution) -> Letter:
    return signed_letter(anna, daria, cuw)


@pytest.fixture
def at_desk(daria: User) -> PageClient:
    return client_at(daria)


def at(name: str, letter: Letter, *more: int) -> str:
    return reverse(f"desk:{name}", args=[letter.id, *more])


def page_of(client: PageClient, letter: Letter) -> str:
    return client.get(at("letter", letter)).content.decode()


def post(client: PageClient, name: str, letter: Letter, **sent: str) -> str:
    return client.post(at(name, letter), sent, follow=True).content.decode()


def test_the_page_shows_the_letter_and_its_register_data(
    letter: Letter, at_desk: PageClient
) -> None:
    page = page_of(at_desk, letter)
    for text in (
        "Proszę o zaświadczenie.", "Anna Kowalska", "RPW/CUW/00001/2026", "umowa najmu.pdf",
        "23\u00a0listopada\u00a02026\u00a0r., godz.\u00a011:30:15", "/ZOJO_Cieszyn/SkrytkaESP",
        "Pismo ogólne do podmiotu publicznego", '<span class="small">PDF</span>',
    ):  # fmt: skip
        assert text in page


def test_opening_is_shown_apart_from_arrival(letter: Letter, at_desk: PageClient) -> None:
    page = page_of(at_desk, letter)
    assert "<dt>Wpłynęło</dt>" in page
    assert "<dt>Otwarte</dt>" in page
    assert "Dla terminów liczy się chwila wpływu" in page
    assert handling_of(letter).first_opened_at is not None


def test_a_valid_signature_says_who_when_and_what(letter: Letter, at_desk: PageClient) -> None:
    page = page_of(at_desk, letter)
    assert "wynik weryfikacji: ważny." in page
    assert "Kowalska" in page.split('id="signature"')[1]
    assert "w całości" in page
    assert "44051401359" not in page


def test_a_letter_without_signature_tells_what_to_do(
    anna: User, at_desk: PageClient, cuw: Institution
) -> None:
    page = page_of(at_desk, sent_letter(anna, cuw))
    assert "Pismo bez podpisu" in page
    assert "co najmniej 7 dni (art. 64 § 2 KPA)" in page
    assert "Pismo nie ma załączników." in page


def test_what_no_intact_signature_covers_is_not_shown(letter: Letter, at_desk: PageClient) -> None:
    document = blobs_of(letter.institution_id).read(letter.document_sha256)
    forged = document.replace("Proszę o".encode(), "Żądam od".encode())
    stored = blobs_of(letter.institution_id).put(forged)
    (copy,) = copies_of(letter, ["Anna Kowalska"], stored.sha256)
    assert verified_document(copy.id, at=LATER) is None
    page = page_of(at_desk, copy)
    assert "Nie pokazujemy tego dokumentu" in page
    assert "Żądam od" not in page


def test_documents_are_sent_as_they_came(letter: Letter, at_desk: PageClient) -> None:
    answer = at_desk.get(at("document", letter))
    assert answer.content == blobs_of(letter.institution_id).read(letter.document_sha256)
    assert 'attachment; filename="pismo.xml"' in answer["Content-Disposition"]
    receipt = receipt_of(letter.id)
    assert receipt is not None
    assert at_desk.get(at("receipt_xml", letter)).content == receipt.xml
    assert at_desk.get(at("receipt_pdf", letter)).content.startswith(b"%PDF-")


def test_an_attachment_is_saved_under_its_own_name(letter: Letter, at_desk: PageClient) -> None:
    answer = at_desk.get(at("attachment", letter, 1))
    assert b"".join(answer).startswith(b"%PDF")
    assert 'attachment; filename="umowa najmu.pdf"' in answer["Content-Disposition"]
    assert at_desk.get(at("attachment", letter, 2)).status_code == 404


def test_the_package_holds_everything(letter: Letter, at_desk: PageClient) -> None:
    answer = at_desk.get(at("package", letter))
    names = zipfile.ZipFile(io.BytesIO(b"".join(answer))).namelist()
    assert "pismo.xml" in names
    assert any(name.endswith("umowa_najmu.pdf") for name in names)


def test_a_receipt_still_being_made_is_told(
    anna: User, at_desk: PageClient, cuw: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "skrytka.letters.operations.submission.make_receipt_now", lambda *_args, **_more: False
    )
    letter = sent_letter(anna, cuw)
    assert not Receipt.objects.exists()
    assert "UPO przygotowujemy." in page_of(at_desk, letter)
    for name in ("receipt_xml", "receipt_pdf"):
        assert at_desk.get(at(name, letter)).status_code == 404


def test_a_clerk_takes_closes_and_reopens(letter: Letter, at_desk: PageClient) -> None:
    assert "Prowadzisz to pismo." in post(at_desk, "take", letter)
    assert state_of(letter) is HandlingState.IN_PROGRESS
    page = post(at_desk, "move", letter, move="CLOSE")
    assert "Możesz otworzyć je ponownie." in page
    assert 'value="REOPEN"' in page
    assert 'value="CLOSE"' not in page
    post(at_desk, "move", letter, move="REOPEN")
    assert state_of(letter) is HandlingState.IN_PROGRESS


def test_deficiencies_are_marked_with_a_reason_and_mended(
    letter: Letter, at_desk: PageClient
) -> None:
    page = post(at_desk, "mark", letter, **{"deficiency-reason": " "})
    assert "Wpisz powód" in page
    assert "<title>Błąd: " in page
    page = post(at_desk, "mark", letter, **{"deficiency-reason": "Brak adresu"})
    assert "Brak adresu" in page
    assert state_of(letter) is HandlingState.DEFICIENT
    assert "Braki uzupełnione." in post(at_desk, "move", letter, move="RESUME")


def test_notes_and_assessments_are_kept_and_shown(letter: Letter, at_desk: PageClient) -> None:
    assert "Wpisz treść notatki" in post(at_desk, "note", letter)
    assert "Zadzwonić &lt;b&gt;" in post(at_desk, "note", letter, **{"note-text": "Zadzwonić <b>"})
    page = post(at_desk, "assess", letter, **{"assessment-reason": "Podpis jest"})
    assert "Wybierz ocenę" in page
    assert "Podpis jest" in page
    sent = {"assessment-effect": "EFFECTIVE", "assessment-reason": "Podpis jest"}
    page = post(at_desk, "assess", letter, **sent)
    assert "<strong>Skuteczne</strong>" in page


def test_the_history_tells_what_happened_and_who_did_it(
    letter: Letter, at_desk: PageClient
) -> None:
    post(at_desk, "take", letter)
    post(at_desk, "move", letter, move="CLOSE")
    history = page_of(at_desk, letter).split('<ol class="tl">')[1]
    order = [
        "Pismo wpłynęło", "Wpisane do rejestru", "Wystawione UPO", "Otwarte po raz pierwszy",
        "Zmieniony stan", "Przydzielone",
    ]  # fmt: skip
    places = [history.index(text) for text in order[:3]]
    assert places == sorted(places)
    assert all(text in history for text in order)
    assert "Daria Lis" in history


def test_moves_that_came_too_late_are_told(letter: Letter, at_desk: PageClient) -> None:
    post(at_desk, "move", letter, move="CLOSE")
    late = "Pismo jest już załatwione. Otwórz je ponownie"
    assert late in post(at_desk, "move", letter, move="CLOSE")
    assert late in post(at_desk, "take", letter)
    assert late in post(at_desk, "mark", letter, **{"deficiency-reason": "Brak adresu"})


@pytest.mark.parametrize("move", ["", "ASSIGN", "MARK_DEFICIENT", "bzdura"])
def test_other_moves_do_not_exist_here(letter: Letter, at_desk: PageClient, move: str) -> None:
    assert at_desk.post(at("move", letter), {"move": move}).status_code == 404


def test_refused_letters_cannot_be_noted_or_assessed(
    anna: User, at_desk: PageClient, cuw: Institution
) -> None:
    letter = refused_letter(anna, cuw)
    assert at_desk.post(at("note", letter), {"note-text": "x"}).status_code == 302
    sent = {"assessment-effect": "EFFECTIVE", "assessment-reason": "x"}
    assert at_desk.post(at("assess", letter), sent).status_code == 302
