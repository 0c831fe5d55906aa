"""Step 3: three ways to sign, and the document that is signed."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from skrytka.accounts.models import Institution, User
from skrytka.catalogue.models import RequiredSignature, ServiceCard
from skrytka.letters.models import Draft
from skrytka.letters.operations.documents import freeze_document
from skrytka.letters.queries.drafts import frozen_document, signed_document
from tests.web.compose.conftest import ReaderOf
from tests.world.judging import BREAKING, breaking_judge
from tests.world.letters import LATER, confirm_profile, sign_as_author
from tests.world.mailbox import last_mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def frozen(draft: Draft) -> Draft:
    freeze_document(draft.id, at=LATER)
    draft.refresh_from_db()
    return draft


def _url(name: str, draft: Draft) -> str:
    return reverse(f"web:draft_{name}", args=[draft.id])


def _mode(draft: Draft) -> str:
    draft.refresh_from_db()
    return draft.signing_mode


PAGES = ("signature", "trusted", "signed_file", "document", "document_xml")


@pytest.mark.parametrize("name", PAGES)
def test_before_the_document_is_fixed_every_page_leads_to_the_letter(
    reader_of: ReaderOf, anna: User, draft: Draft, name: str
) -> None:
    answer = reader_of(anna).get(_url(name, draft))
    assert answer.headers["Location"] == _url("letter", draft)


def test_three_ways_are_offered_where_the_box_takes_unsigned_letters(
    reader_of: ReaderOf, anna: User, frozen: Draft
) -> None:
    page = reader_of(anna).get(_url("signature", frozen)).content.decode()
    assert "Jak chcesz podpisać pismo?" in page
    assert "Podpis zaufany" in page
    assert "Podpis kwalifikowany (dodaj podpisany plik)" in page
    assert "Urząd może poprosić Cię o uzupełnienie podpisu." in page


def test_going_without_a_signature_leads_to_the_check(
    reader_of: ReaderOf, anna: User, frozen: Draft
) -> None:
    answer = reader_of(anna).post(_url("signature", frozen), {"signature": "unsigned"})
    assert answer.headers["Location"] == _url("send", frozen)
    assert _mode(frozen) == "UNSIGNED"


@pytest.mark.parametrize("chosen", ["", "unsigned", "nonsense"])
def test_a_service_that_needs_a_signature_refuses_without_one(
    reader_of: ReaderOf, anna: User, frozen: Draft, card: ServiceCard, chosen: str
) -> None:
    ServiceCard.objects.update(required_signature=RequiredSignature.REQUIRED)
    page = reader_of(anna).post(_url("signature", frozen), {"signature": chosen}).content.decode()
    assert "Tę sprawę trzeba podpisać. Wybierz rodzaj podpisu." in page
    assert '<a href="#id_signature_0">' in page
    assert "Bez podpisu" not in page
    assert _mode(frozen) == ""


def test_a_box_for_signed_letters_names_the_one_that_takes_unsigned(
    reader_of: ReaderOf, anna: User, cuw: Institution, frozen: Draft
) -> None:
    Draft.objects.filter(id=frozen.id).update(box=cuw.boxes.get(name="skrytka"))
    page = reader_of(anna).get(_url("signature", frozen)).content.decode()
    assert "Ta skrytka przyjmuje tylko podpisane pisma." in page
    assert "Bez podpisu, na adres /ZOJO_Cieszyn/SkrytkaESP" in page


def test_one_choice_sends_it_there_without_a_signature(
    reader_of: ReaderOf, anna: User, cuw: Institution, draft: Draft
) -> None:
    Draft.objects.filter(id=draft.id).update(box=cuw.boxes.get(name="skrytka"))
    before = freeze_document(draft.id, at=LATER).sha256
    answer = reader_of(anna).post(_url("signature", draft), {"signature": "unsigned"})
    assert answer.headers["Location"] == _url("send", draft)
    assert _mode(draft) == "UNSIGNED"
    assert draft.box == cuw.boxes.get(name="SkrytkaESP")
    assert draft.document_sha256 != before
    assert b"/ZOJO_Cieszyn/SkrytkaESP" in (frozen_document(draft.id) or b"")


def test_a_draft_that_lost_its_text_meanwhile_goes_back_to_the_letter(
    reader_of: ReaderOf, anna: User, cuw: Institution, frozen: Draft
) -> None:
    box = cuw.boxes.get(name="skrytka")
    Draft.objects.filter(id=frozen.id).update(box=box, title="")
    answer = reader_of(anna).post(_url("signature", frozen), {"signature": "unsigned"})
    assert answer.headers["Location"] == _url("letter", frozen)
    frozen.refresh_from_db()
    assert (frozen.box, frozen.signing_mode) == (box, "")


@pytest.mark.parametrize(("chosen", "name"), [("trusted", "trusted"), ("uploaded", "signed_file")])
def test_each_signature_has_its_page(
    reader_of: ReaderOf, anna: User, frozen: Draft, chosen: str, name: str
) -> None:
    answer = reader_of(anna).post(_url("signature", frozen), {"signature": chosen})
    assert answer.headers["Location"] == _url(name, frozen)


def test_without_a_confirmed_profile_the_page_says_how_to_get_one(
    reader_of: ReaderOf, anna: User, frozen: Draft
) -> None:
    page = reader_of(anna).get(_url("trusted", frozen)).content.decode()
    assert "Najpierw potwierdź swój profil" in page
    assert reverse("web:account_profile") in page


@pytest.fixture
def confirmed(anna: User, daria: User, cuw: Institution) -> User:
    confirm_profile(anna, daria, cuw)
    return anna


def test_a_code_from_the_mail_signs_this_very_document(
    reader_of: ReaderOf, confirmed: User, frozen: Draft
) -> None:
    client = reader_of(confirmed)
    page = client.post(_url("trusted", frozen), {"action": "send-code"}, follow=True)
    assert "Wysłaliśmy kod na Twój adres e-mail." in page.content.decode()
    found = re.search(r"\b\d{6}\b", last_mail(confirmed.email))
    assert found is not None
    answer = client.post(_url("trusted", frozen), {"method": "EMAIL_CODE", "code": found.group()})
    assert answer.headers["Location"] == _url("send", frozen)
    assert _mode(frozen) == "TRUSTED"


@pytest.mark.parametrize("method", ["EMAIL_CODE", "TOTP", "PASSKEY", ""])
def test_a_wrong_answer_signs_nothing_and_says_what_to_do(
    reader_of: ReaderOf, confirmed: User, frozen: Draft, method: str
) -> None:
    client = reader_of(confirmed)
    client.post(_url("trusted", frozen), {"action": "send-code"})
    typed = {"method": method, "code": "000000", "answer": "{}"}
    page = client.post(_url("trusted", frozen), typed).content.decode()
    assert "<title>Błąd: " in page
    assert _mode(frozen) == ""


def test_codes_run_out_and_the_page_says_so(
    reader_of: ReaderOf, confirmed: User, frozen: Draft
) -> None:
    client = reader_of(confirmed)
    for _attempt in range(5):
        client.post(_url("trusted", frozen), {"action": "send-code"})
    page = client.post(_url("trusted", frozen), {"action": "send-code"})
    assert "Następny wyślemy za godzinę." in page.content.decode()


def test_the_file_to_sign_is_handed_out_byte_for_byte(
    reader_of: ReaderOf, anna: User, frozen: Draft
) -> None:
    answer = reader_of(anna).get(_url("document_xml", frozen))
    assert answer.getvalue() == frozen_document(frozen.id)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="pismo.xml"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_signed_file_is_taken_back(reader_of: ReaderOf, confirmed: User, frozen: Draft) -> None:
    sign_as_author(frozen.id)
    signed = signed_document(frozen.id)
    assert signed is not None
    Draft.objects.filter(id=frozen.id).update(signing_mode="", signed_sha256="")
    upload = SimpleUploadedFile("pismo.xml", signed)
    answer = reader_of(confirmed).post(_url("signed_file", frozen), {"signed_file": upload})
    assert answer.headers["Location"] == _url("send", frozen)
    assert _mode(frozen) == "UPLOADED"


def test_changed_content_is_refused_with_the_reason(
    reader_of: ReaderOf, confirmed: User, frozen: Draft
) -> None:
    sign_as_author(frozen.id)
    signed = signed_document(frozen.id)
    assert signed is not None
    Draft.objects.filter(id=frozen.id).update(signing_mode="", signed_sha256="")
    upload = SimpleUploadedFile("pismo.xml", signed.replace("Proszę".encode(), "Żądam!".encode()))
    answer = reader_of(confirmed).post(_url("signed_file", frozen), {"signed_file": upload})
    page = answer.content.decode()
    assert "Podpis jest nieważny: dokument zmienił się po podpisaniu." in page
    assert "Treść zmieniła się po podpisaniu." in page
    assert _mode(frozen) == ""


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "Wybierz podpisany plik."),
        (b"not xml", "W tym pliku nie ma podpisu."),
        (b"<a/>", "W tym pliku nie ma podpisu."),
        (b"x" * 5_000_001, "Ten plik jest za duży"),
    ],
)
def test_what_is_no_signed_letter_is_refused(
    reader_of: ReaderOf, anna: User, frozen: Draft, data: bytes, told: str
) -> None:
    files = {"signed_file": SimpleUploadedFile("pismo.xml", data)} if data else {}
    page = reader_of(anna).post(_url("signed_file", frozen), files).content.decode()
    assert told in page
    assert '<a href="#id_signed_file">' in page


def test_a_file_that_breaks_the_verifier_is_refused_with_a_number(
    reader_of: ReaderOf, anna: User, frozen: Draft, caplog: pytest.LogCaptureFixture
) -> None:
    upload = SimpleUploadedFile("pismo.xml", BREAKING)
    with breaking_judge():
        answer = reader_of(anna).post(_url("signed_file", frozen), {"signed_file": upload})
    page = answer.content.decode()
    number = re.search(r"numer zdarzenia: ([0-9a-f]{32})", page)
    assert number is not None
    assert number[1] in caplog.text
    assert "Sprawdzenie podpisu nie powiodło się z przyczyn po stronie systemu." in page
    assert _mode(frozen) == ""


def test_the_document_is_shown_as_a_letter_and_as_xml(
    reader_of: ReaderOf, anna: User, frozen: Draft
) -> None:
    page = reader_of(anna).get(_url("document", frozen)).content.decode()
    assert "Pismo do podpisania" in page
    assert "Proszę o zaświadczenie." in page
    assert "43-400 Cieszyn" in page
    assert "&lt;?xml" in page
    assert frozen.document_sha256[:4] in page
