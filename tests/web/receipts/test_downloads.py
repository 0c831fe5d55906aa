"""Files of a sent letter: byte for byte, named safely, never run by a browser."""

import hashlib
import io
import zipfile

import pytest
from django.http import HttpResponseBase
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from skrytka.accounts.models import User
from skrytka.core.receipts import read_npp, read_upp
from skrytka.letters.models import Letter
from skrytka.letters.queries.letters import letter_document, receipt_xml
from skrytka.web.receipts.names import LONGEST_NAME, safe_file_name
from tests.web.receipts.conftest import ReaderOf
from tests.world.files import pdf

FORBIDDEN = set(' ~"#%&*:<>?!/\\{|}\r\n\t\x00')


def _bytes(answer: HttpResponseBase) -> bytes:
    return answer.getvalue()


def _get(reader_of: ReaderOf, reader: User, name: str, letter: Letter) -> HttpResponseBase:
    return reader_of(reader).get(reverse(f"web:{name}", args=[letter.id]))


@pytest.mark.django_db
@pytest.mark.parametrize("person", ["anna", "bogdan"])
def test_the_receipt_is_the_sealed_file_itself(
    reader_of: ReaderOf, request: pytest.FixtureRequest, letter: Letter, person: str
) -> None:
    answer = _get(reader_of, request.getfixturevalue(person), "letter_receipt", letter)
    data = _bytes(answer)
    assert data == receipt_xml(letter.id)
    assert read_upp(data).document_sha256 == letter.document_sha256
    disposition = answer.headers["Content-Disposition"]
    assert disposition == 'attachment; filename="ESP-UPP-2026-0000001.xml"'
    assert answer.headers["Content-Length"] == str(len(data))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_the_reading_copy_is_a_pdf(reader_of: ReaderOf, anna: User, letter: Letter) -> None:
    answer = _get(reader_of, anna, "letter_receipt_pdf", letter)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert _bytes(answer).startswith(b"%PDF-")


@pytest.mark.django_db
def test_the_document_is_what_was_signed(reader_of: ReaderOf, anna: User, letter: Letter) -> None:
    assert _bytes(_get(reader_of, anna, "letter_document", letter)) == letter_document(letter.id)


@pytest.mark.django_db
def test_the_package_holds_everything(reader_of: ReaderOf, anna: User, letter: Letter) -> None:
    answer = _get(reader_of, anna, "letter_package", letter)
    archive = zipfile.ZipFile(io.BytesIO(_bytes(answer)))
    assert archive.testzip() is None
    assert archive.read("zalaczniki/01-umowa_najmu.pdf") == pdf()
    digest = hashlib.sha256(archive.read("pismo.xml")).hexdigest()
    assert digest == letter.document_sha256
    assert "ESP-UPP-2026-0000001.xml" in archive.namelist()


@pytest.mark.django_db
def test_one_attachment_keeps_its_bytes_and_gets_a_safe_name(
    reader_of: ReaderOf, anna: User, letter: Letter
) -> None:
    client = reader_of(anna)
    answer = client.get(reverse("web:letter_attachment", args=[letter.id, 1]))
    assert _bytes(answer) == pdf()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="umowa_najmu.pdf"'
    assert client.get(reverse("web:letter_attachment", args=[letter.id, 2])).status_code == 404


@pytest.mark.django_db
def test_before_the_receipt_there_is_nothing_to_download_but_the_document(
    reader_of: ReaderOf, anna: User, waiting: Letter
) -> None:
    for name in ("letter_receipt", "letter_receipt_pdf", "letter_package"):
        assert _get(reader_of, anna, name, waiting).status_code == 404
    assert _get(reader_of, anna, "letter_document", waiting).status_code == 200


@pytest.mark.django_db
def test_malware_is_handed_to_nobody(reader_of: ReaderOf, anna: User, refused: Letter) -> None:
    client = reader_of(anna)
    assert client.get(reverse("web:letter_attachment", args=[refused.id, 1])).status_code == 404
    assert _get(reader_of, anna, "letter_package", refused).status_code == 404
    refusal = _bytes(_get(reader_of, anna, "letter_receipt", refused))
    assert read_npp(refusal).causes[0].file_name == "zaproszenie.txt"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("umowa najmu.pdf", "umowa_najmu.pdf"),
        ("../../etc/passwd", "etc_passwd"),
        ("Zażółć gęślą.tar.gz", "Zażółć_gęślą.tar.gz"),
        ('a"b\r\nSet-Cookie: x.pdf', "a_b_Set-Cookie_x.pdf"),
        ("   ", "plik"),
        ("x" * 300 + ".pdf", "x" * 124 + ".pdf"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe


@given(st.text())
def test_no_name_is_empty_long_or_dangerous(name: str) -> None:
    safe = safe_file_name(name)
    assert safe
    assert len(safe) <= LONGEST_NAME
    assert not FORBIDDEN & set(safe)
