"""The page tells an UPD that somebody signed from one that the system made, in every part of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from django.core.files.uploadedfile import SimpleUploadedFile

from skrytka.core.receipts import DeliveryWay, check_receipt
from skrytka.core.signatures.trust import TrustStore
from skrytka.evidence.operations import record_intent, seal_receipt, upd_to_sign
from tests.core.signatures.crafting import sign
from tests.world.evidence import AT, DOCUMENT, delivery, intended_delivery, upd
from tests.world.page_client import PageClient
from tests.world.trust import trusting_the_root_of_tests

pytestmark = pytest.mark.django_db
COLLECTED, DEEMED, REFUSED = DeliveryWay.COLLECTED, DeliveryWay.DEEMED, DeliveryWay.REFUSED
TITLES = {
    COLLECTED: "Urzędowe poświadczenie doręczenia (UPD)</h2>",
    DEEMED: "Poświadczenie doręczenia (UPD): uznanie za doręczone</h2>",
    REFUSED: "Poświadczenie doręczenia (UPD): odmowa przyjęcia</h2>",
}
LEADS = {
    COLLECTED: "Odebrane przez: Anna Kowalska.",
    DEEMED: "Uznane za doręczone. Adresat nie potwierdził odbioru.",
    REFUSED: "Adresat odmówił przyjęcia. Pismo uznaje się za doręczone.",
}
BADGES = {COLLECTED: "Odebrane</span>", DEEMED: "doręczone</span>", REFUSED: "przyjęcia</span>"}
DATES = {COLLECTED: "Odebrano", DEEMED: "Uznano za doręczone", REFUSED: "Odmówiono przyjęcia"}


def checked(receipt: bytes, documents: dict[str, bytes] | None = None) -> str:
    data: dict[str, object] = {
        "receipt": SimpleUploadedFile("upd.xml", receipt, "text/xml"),
        "documents": [SimpleUploadedFile(name, body) for name, body in (documents or {}).items()],
    }
    return PageClient().post("/verify", data).content.decode()


@pytest.mark.parametrize("way", DeliveryWay)
def test_no_way_of_delivery_looks_like_another(way: DeliveryWay) -> None:
    page = checked(upd(way), {"decyzja.xml": DOCUMENT})
    assert "<h1>UPO jest prawdziwe</h1>" in page
    for words in (TITLES, LEADS, BADGES):
        assert [known for known, text in words.items() if text in page] == [way]
    assert [known for known, text in DATES.items() if f"<dt>{text}</dt>" in page] == [way]
    assert "23.11.2026, 14:47:06" in page
    assert "To ten sam plik" in page
    assert "CUW.123.4.2026" in page
    assert ("Podpis jest ważny i nikt nie zmienił" in page) == (way is COLLECTED)
    assert ("Odebrane przez" in page) == (way is COLLECTED)
    assert ("podpis zaufany" in page) == (way is COLLECTED)


def test_a_deemed_delivery_explains_itself() -> None:
    page = checked(upd(DEEMED))
    assert "art. 46 § 6 KPA; adresat nie potwierdził odbioru w 14 dni" in page
    assert "<dt>Pierwsze zawiadomienie</dt><dd>09.11.2026, 10:00:00" in page
    assert "<dt>Powtórne zawiadomienie</dt><dd>17.11.2026, 00:05:00" in page
    assert "kpa-2014-last-day, wersja 1" in page
    assert "wysłano 9 listopada 2026 r.<br>Dzień 14. to 23 listopada 2026 r." in page
    assert "<dt>Treść dostępna do</dt><dd>23\u00a0lutego\u00a02027\u00a0r." in page


def test_the_seal_is_drawn_only_where_there_is_one() -> None:
    with_office, alone = (upd(COLLECTED, with_office=office) for office in (True, False))
    assert 'class="seal"' in checked(with_office)
    assert "Opatrzono pieczęcią" in checked(with_office)
    assert 'class="seal"' not in checked(alone)
    assert "Opatrzono pieczęcią" not in checked(alone)


def test_a_letter_of_no_case_shows_no_mark() -> None:
    receipt = intended_delivery(DEEMED, case_mark="")
    page = checked(seal_receipt(record_intent(receipt, at=AT), at=AT).xml)
    assert "Znak sprawy" not in page


def test_a_changed_document_is_told_apart_from_a_false_receipt() -> None:
    page = checked(upd(COLLECTED), {"DOK-2026-0002": DOCUMENT + b" "})
    assert "<h1>UPO jest prawdziwe, ale plik się nie zgadza</h1>" in page
    assert "Podpis jest ważny, ale co najmniej jeden plik" in page


def test_an_upd_that_nobody_signed_is_not_genuine() -> None:
    unsigned = upd_to_sign(delivery(receipt_no="ESP-UPD-2026-0000007"), with_office=True, at=AT)
    page = checked(unsigned)
    assert "<h1>UPO nie jest prawdziwe</h1>" in page
    assert "Tego poświadczenia nie podpisał adresat." in page
    assert "Odebrane" not in page


def foreign(receipt: bytes) -> bytes:
    text = receipt.decode().split("\n", 1)[1]
    return sign(text.replace("</pos:Dokument>", "{signature}</pos:Dokument>"))


@pytest.fixture
def known_root(tmp_path: Path) -> Iterator[None]:
    with trusting_the_root_of_tests(tmp_path):
        yield


def test_an_automatic_upd_that_a_person_signed_is_not_genuine(known_root: None) -> None:
    page = checked(foreign(upd(DEEMED)))
    assert "<h1>UPO nie jest prawdziwe</h1>" in page
    assert "Poświadczenie automatyczne nosi podpis osoby." in page


def test_a_signer_whom_nobody_here_knows_cannot_be_told() -> None:
    receipt = upd_to_sign(delivery(receipt_no="ESP-UPD-2026-0000007"), with_office=False, at=AT)
    page = checked(foreign(receipt))
    assert "<h1>Nie możemy tego sprawdzić</h1>" in page
    assert "Nie znamy wystawcy podpisu na tym pliku." in page
    assert "Odebrane" not in page


def test_anybody_takes_home_what_trusted_signatures_are_checked_by() -> None:
    answer = PageClient().get("/verify/podpis-zaufany.pem")
    assert answer.status_code == 200
    assert 'filename="podpis-zaufany.pem"' in answer["Content-Disposition"]
    trust = TrustStore(trusted_profile_seals=(x509.load_pem_x509_certificate(answer.content),))
    assert check_receipt(upd(COLLECTED, with_office=False), {}, trust, AT).valid
    assert 'href="/verify/podpis-zaufany.pem"' in PageClient().get("/verify").content.decode()
