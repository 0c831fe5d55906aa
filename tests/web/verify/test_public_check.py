"""Anybody may check a receipt, with its files or without, and nothing is kept."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from django.core.files.uploadedfile import SimpleUploadedFile

from skrytka.core.identifiers import ReceiptKind
from skrytka.core.receipts import check_receipt
from skrytka.core.signatures.trust import TrustStore
from skrytka.evidence.models import ReceiptIntent
from skrytka.evidence.operations import record_intent, seal_receipt
from skrytka.ui.formats import whole_digest
from skrytka.web.verify import limits
from tests.world.evidence import AT, DOCUMENT, intended
from tests.world.judging import BREAKING, breaking_judge
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db
DOCUMENT_NAME = "DOK-2026-0001"


@pytest.fixture
def receipt(db: None) -> bytes:
    return seal_receipt(record_intent(intended(), at=AT), at=AT).xml


def checked(
    receipt: bytes | None = None,
    documents: dict[str, bytes] | None = None,
    pasted: str = "",
    status: int = 200,
) -> str:
    data: dict[str, object] = {"pasted": pasted}
    if receipt is not None:
        data["receipt"] = SimpleUploadedFile("upo.xml", receipt, "text/xml")
    data["documents"] = [SimpleUploadedFile(name, body) for name, body in (documents or {}).items()]
    response = PageClient().post("/verify", data)
    assert response.status_code == status
    return response.content.decode()


def test_a_stranger_finds_the_page_and_needs_no_javascript() -> None:
    page = PageClient().get("/verify").content.decode()
    assert "<h1" in page
    assert 'enctype="multipart/form-data"' in page
    assert 'type="file"' in page
    assert "multiple" in page


def test_a_genuine_receipt_is_told_with_who_sealed_it_and_when(receipt: bytes) -> None:
    page = checked(receipt)
    assert "<h1>UPO jest prawdziwe</h1>" in page
    assert "ESP-UPP-2026-0000001" in page
    assert "Anna Kowalska" in page
    assert "Centrum Usług Wspólnych w Cieszynie" in page
    assert "Opatrzono pieczęcią" in page
    assert "23.11.2026, 14:47:06" in page
    assert "Nie dodano pliku" in page


def test_the_document_that_was_sent_matches_under_any_name(receipt: bytes) -> None:
    page = checked(receipt, {"moje pismo.xml": DOCUMENT})
    assert "<h1>UPO jest prawdziwe</h1>" in page
    assert "To ten sam plik" in page
    assert "moje pismo.xml" in page


def test_a_changed_document_is_told_apart_from_a_false_receipt(receipt: bytes) -> None:
    page = checked(receipt, {DOCUMENT_NAME: DOCUMENT + b" "})
    assert "<h1>UPO jest prawdziwe, ale plik się nie zgadza</h1>" in page
    assert "To inny plik" in page


def test_a_file_that_breaks_the_verifier_is_no_verdict(receipt: bytes) -> None:
    with breaking_judge():
        page = checked(BREAKING)
    assert "Nie udało się sprawdzić tego pliku." in page
    assert "numer zdarzenia" in page
    assert "prawdziw" not in page.split("<main", 1)[1].split("</h1>")[0]


def test_two_files_of_one_name_are_both_looked_at(receipt: bytes) -> None:
    files = [SimpleUploadedFile("a.xml", body) for body in (DOCUMENT, b"another")]
    data = {"receipt": SimpleUploadedFile("upo.xml", receipt), "documents": files}
    page = PageClient().post("/verify", data).content.decode()
    assert "To ten sam plik" in page
    assert "a.xml (2)" in page
    assert "To inny plik" in page


@pytest.mark.parametrize("place", [0.3, 0.6, 0.95])
def test_a_changed_byte_makes_the_receipt_false_and_hides_what_it_says(
    receipt: bytes, place: float
) -> None:
    at = int(len(receipt) * place)
    page = checked(receipt[:at] + bytes([receipt[at] ^ 1]) + receipt[at + 1 :])
    assert "UPO jest prawdziwe" not in page
    assert "Opatrzono pieczęcią" not in page


def test_what_is_no_receipt_at_all_is_told_in_words() -> None:
    page = checked(b"%PDF-1.7 a picture of a receipt")
    assert "<h1>UPO nie jest prawdziwe</h1>" in page
    assert "To nie jest plik UPO w formacie XML." in page


def test_a_seal_that_nobody_here_knows_cannot_be_told(receipt: bytes, strange_keys: None) -> None:
    page = checked(receipt)
    assert "<h1>Nie możemy tego sprawdzić</h1>" in page
    assert "Opatrzono pieczęcią" not in page


def test_a_refusal_is_told_with_its_cause(db: None) -> None:
    refusal = intended(
        ReceiptKind.NPP, refusal_code="F-VIRUS", refused_file="cv.pdf", refusal_text="Wirus."
    )
    page = checked(seal_receipt(record_intent(refusal, at=AT), at=AT).xml)
    assert "Poświadczenie nieprzedłożenia" in page
    assert "cv.pdf<br>" in page
    assert "Wirus." in page


def test_a_pasted_receipt_is_as_good_as_a_file(receipt: bytes) -> None:
    pasted = receipt.decode().replace("\n", "\r\n") + "\r\n"
    assert "<h1>UPO jest prawdziwe</h1>" in checked(pasted=pasted)


def test_without_a_receipt_the_page_says_what_to_do() -> None:
    page = checked(documents={"a.xml": DOCUMENT})
    assert "<title>Błąd: " in page
    assert "Wybierz plik UPO albo wklej jego treść." in page
    assert 'href="#id_receipt"' in page


def test_an_empty_receipt_is_no_receipt() -> None:
    assert "Wybierz plik UPO albo wklej jego treść." in checked(b"")


def test_what_was_pasted_is_kept_beside_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skrytka.web.verify.forms.DOCUMENTS", 1)
    page = checked(pasted="<upo/>", documents={"a": b"1", "b": b"2"})
    assert "Dodaj najwyżej 1 plików naraz." in page
    assert "&lt;upo/&gt;" in page


def test_limits_of_size_are_told(monkeypatch: pytest.MonkeyPatch, receipt: bytes) -> None:
    monkeypatch.setattr("skrytka.web.verify.forms.RECEIPT_BYTES", 10)
    monkeypatch.setattr("skrytka.web.verify.forms.DOCUMENTS_BYTES", 10)
    page = checked(receipt, {"a": b"more than ten bytes"})
    assert "Plik UPO może mieć najwyżej" in page
    assert "Pliki mogą mieć razem najwyżej" in page


def test_a_body_announced_too_long_is_refused_unread() -> None:
    # The token is missing too: that nobody complains of it shows that the body was not read.
    response = PageClient(enforce_csrf_checks=True).post(
        "/verify", {"pasted": "x"}, CONTENT_LENGTH=str(limits.BODY_BYTES + 1)
    )
    assert response.status_code == 413
    assert "Pliki mogą mieć razem najwyżej 200" in response.content.decode()


def test_a_form_without_its_token_is_refused(receipt: bytes) -> None:
    response = PageClient(enforce_csrf_checks=True).post("/verify", {"pasted": "x"})
    assert response.status_code == 403


def test_the_twenty_first_check_within_a_minute_waits() -> None:
    limit = limits.PER_MINUTE
    answers = [PageClient().post("/verify", {"pasted": "x"}).status_code for _ in range(limit + 2)]
    # A minute may end in between; then the count starts again.
    assert 429 in answers or answers.count(200) == limit + 2
    assert answers[:limit] == [200] * limit


def test_nothing_is_recorded(receipt: bytes) -> None:
    before = ReceiptIntent.objects.count()
    checked(receipt, {"a.xml": DOCUMENT})
    assert ReceiptIntent.objects.count() == before


def test_only_get_and_post_are_known() -> None:
    assert PageClient().put("/verify").status_code == 405


def test_anybody_takes_home_the_seal_that_receipts_are_checked_by(receipt: bytes) -> None:
    answer = PageClient().get("/verify/pieczec.pem")
    assert answer.status_code == 200
    assert 'filename="pieczec.pem"' in answer["Content-Disposition"]
    seal = x509.load_pem_x509_certificate(answer.content)
    trusted = TrustStore(institution_seals=(seal,))
    assert check_receipt(receipt, {DOCUMENT_NAME: DOCUMENT}, trusted, AT).valid
    fingerprint = whole_digest(seal.fingerprint(SHA256()).hex())
    page = PageClient().get("/verify").content.decode()
    assert fingerprint in page
    assert 'href="/verify/pieczec.pem"' in page


def test_the_page_opens_while_the_keys_do_not_serve(no_keys: None) -> None:
    assert PageClient().get("/verify").status_code == 200
    assert PageClient().get("/verify/pieczec.pem").status_code == 404
    assert PageClient().get("/verify/podpis-zaufany.pem").status_code == 404
