"""The PDF shows what the sealed XML says and carries it inside."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from skrytka.core.identifiers import ReceiptKind
from skrytka.core.receipts import DeliveryWay, check_receipt
from skrytka.core.signatures.trust import TrustStore
from skrytka.evidence.operations import record_intent, seal_receipt, upd_to_sign
from skrytka.evidence.pdf import receipt_pdf
from skrytka.evidence.pdf.visualisation import NothingToShowError, _drawable
from skrytka.evidence.queries import check_public_receipt
from tests.world.evidence import AT, delivery, intended, intended_delivery, upd

pytestmark = pytest.mark.django_db


def pdf_of(xml: bytes) -> PdfReader:
    return PdfReader(BytesIO(receipt_pdf(xml, check_public_receipt(xml, {}, at=AT))))


def text_of(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_it_shows_the_receipt_and_says_that_it_is_only_a_view() -> None:
    xml = seal_receipt(record_intent(intended(), at=AT), at=AT).xml
    text = text_of(pdf_of(xml))
    assert "Wizualizacja" in text
    assert "ESP-UPP-2026-0000001" in text
    assert "23 listopada 2026 r., godz. 14:47:06 (czas urzędowy, UTC+1)" in text
    assert "Anna Kowalska" in text
    assert "umowa & „aneks”.pdf" in text


def test_the_sealed_xml_lies_inside_byte_for_byte() -> None:
    xml = seal_receipt(record_intent(intended(), at=AT), at=AT).xml
    assert pdf_of(xml).attachments["ESP-UPP-2026-0000001.xml"] == [xml]


def test_a_refusal_shows_the_reason_and_is_no_confirmation() -> None:
    refusal = intended(ReceiptKind.NPP, refusal_code="F-VIRUS", refusal_text="Wykryliśmy wirusa.")
    xml = seal_receipt(record_intent(refusal, at=AT), at=AT).xml
    text = text_of(pdf_of(xml))
    assert "pisma nie przyjęto" in text
    assert "Wykryliśmy wirusa. [F-VIRUS]" in text
    assert "Doręczono" not in text


COLLECTED_BY = "Odebrane przez: Anna Kowalska"
NOBODY = "Uznane za doręczone. Adresat nie potwierdził odbioru."
REFUSED_TO_TAKE = "Adresat odmówił przyjęcia. Pismo uznaje się za doręczone."


@pytest.mark.parametrize(
    ("way", "title", "said"),
    [
        (DeliveryWay.COLLECTED, "(UPO): poświadczenie doręczenia", COLLECTED_BY),
        (DeliveryWay.DEEMED, "Poświadczenie doręczenia: uznanie za doręczone", NOBODY),
        (DeliveryWay.REFUSED, "Poświadczenie doręczenia: odmowa przyjęcia", REFUSED_TO_TAKE),
    ],
)
def test_nobody_takes_one_way_of_delivery_for_another(
    way: DeliveryWay, title: str, said: str
) -> None:
    text = text_of(pdf_of(upd(way)))
    assert title in text
    assert [words for words in (COLLECTED_BY, NOBODY, REFUSED_TO_TAKE) if words in text] == [said]
    assert "Wystawca Centrum Usług Wspólnych w Cieszynie (ZOJO_Cieszyn)" in text
    assert "Adresat Anna Kowalska (akowalska)" in text
    assert "Znak sprawy CUW.123.4.2026" in text
    assert "decyzja & „plan”.pdf" in text
    assert ("Podpis osoby, która odebrała pismo" in text) == (way is DeliveryWay.COLLECTED)


def test_a_deemed_delivery_explains_itself() -> None:
    text = text_of(pdf_of(upd(DeliveryWay.DEEMED)))
    assert "Uznano za doręczone 23 listopada 2026 r." in text
    assert "Podstawa art. 46 § 6 KPA" in text
    assert "Zawiadomienie pierwsze 9 listopada 2026 r., godz. 10:00:00" in text
    assert "Zawiadomienie powtórne 17 listopada 2026 r., godz. 00:05:00" in text
    assert "Reguła kpa-2014-last-day, wersja 1" in text
    assert "Uzasadnienie Pierwsze zawiadomienie wysłano 9 listopada 2026 r." in text
    assert "Uzasadnienie Dzień 14. to 23 listopada 2026 r." in text
    assert "Dzień uznania za doręczone 23 listopada 2026 r." in text
    assert "Treść dostępna do 23 lutego 2027 r." in text
    assert "Odebran" not in text


def test_a_collected_letter_names_whoever_signed_and_the_office() -> None:
    both = text_of(pdf_of(upd(DeliveryWay.COLLECTED)))
    assert "Dowodem jest plik XML z podpisem" in both
    assert "Wynik sprawdzenia prawidłowy" in both
    assert "Podpis Anna Kowalska" in both
    assert "Pieczęć urzędu Pieczęć instytucji" in both
    assert "44051401359" not in both
    alone = text_of(pdf_of(upd(DeliveryWay.COLLECTED, with_office=False)))
    assert "Pieczęć urzędu" not in alone


def test_a_letter_of_no_case_shows_no_mark() -> None:
    receipt = intended_delivery(DeliveryWay.DEEMED, case_mark="")
    xml = seal_receipt(record_intent(receipt, at=AT), at=AT).xml
    assert "Znak sprawy" not in text_of(pdf_of(xml))


def test_of_a_false_receipt_nobody_is_said_to_have_collected() -> None:
    sealed_only = upd_to_sign(delivery(receipt_no="ESP-UPD-2026-0000007"), with_office=True, at=AT)
    text = text_of(pdf_of(sealed_only))
    assert "Odebrane przez" not in text
    assert "brak potwierdzenia" in text


def test_text_from_outside_stays_text() -> None:
    xml = seal_receipt(record_intent(intended(sender_name="#panic() $x$ *a*"), at=AT), at=AT).xml
    assert "#panic() $x$ *a*" in text_of(pdf_of(xml))


def test_a_seal_nobody_vouches_for_is_shown_as_such() -> None:
    xml = seal_receipt(record_intent(intended(), at=AT), at=AT).xml
    check = check_receipt(xml, {}, TrustStore(), AT)
    text = text_of(PdfReader(BytesIO(receipt_pdf(xml, check))))
    assert "brak potwierdzenia" in text


def test_bytes_without_facts_give_no_pdf() -> None:
    with pytest.raises(NothingToShowError):
        receipt_pdf(b"nic", check_public_receipt(b"nic", {}, at=AT))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ewa 💩 Łęcka", "Ewa [U+1F4A9] Łęcka"),
        ("附件", "[U+9644][U+4EF6]"),
        ("Faktura \u202egpj", "Faktura [U+202E]gpj"),
        ("Юлія Ґудзь, Ηλίας, Nguyễn", "Юлія Ґудзь, Ηλίας, Nguyễn"),
    ],
)
def test_what_no_font_can_draw_is_named_and_the_view_still_comes(name: str, shown: str) -> None:
    xml = seal_receipt(record_intent(intended(sender_name=name), at=AT), at=AT).xml
    assert shown in text_of(pdf_of(xml))


def test_every_character_that_is_left_can_be_drawn() -> None:
    """PDF/A refuses a character without a glyph, so views of all of them prove it."""
    left = [chr(code) for code in range(0x20, 0x2200) if _drawable(chr(code)) == chr(code)]
    for start in range(0, len(left), 75):
        name = " ".join(left[start : start + 75]).strip()
        xml = seal_receipt(record_intent(intended(sender_name=name), at=AT), at=AT).xml
        assert pdf_of(xml).pages, name
