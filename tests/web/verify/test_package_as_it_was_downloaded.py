"""The copy of a letter is checked as it was downloaded: one file, nothing to unpack."""

import io
import zipfile
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from skrytka.accounts.models import Institution, User
from skrytka.letters.models import Letter
from skrytka.letters.queries.packages import package_chunks
from skrytka.web.verify import package
from tests.desk.world import signed_letter
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db
NO_COPY = "W tym pliku ZIP nie ma kopii pisma z UPO. Dodaj plik UPO (XML)."


@pytest.fixture
def letter(anna: User, daria: User, cuw: Institution) -> Letter:
    return signed_letter(anna, daria, cuw)


def package_of(letter_id: UUID) -> bytes:
    return b"".join(package_chunks(letter_id))


def rewritten(data: bytes, change: dict[str, bytes | None]) -> bytes:
    """The archive again, compressed, with some members changed, added or left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        members = {name: old.read(name) for name in old.namelist()} | change
        for name, content in members.items():
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def checked(data: bytes) -> str:
    sent = {"receipt": SimpleUploadedFile("kopia.zip", data), "pasted": ""}
    answer = PageClient().post("/verify", sent)
    assert answer.status_code == 200
    return answer.content.decode()


def receipt_name(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return next(name for name in archive.namelist() if name.startswith("ESP-UPP"))


def test_the_whole_copy_is_genuine_and_every_file_matches(letter: Letter) -> None:
    page = checked(package_of(letter.id))
    assert "<h1>UPO jest prawdziwe</h1>" in page
    assert page.count("To ten sam plik") == 2
    assert "Nie dodano pliku" not in page


def test_a_changed_attachment_in_the_copy_is_told(letter: Letter) -> None:
    data = package_of(letter.id)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = next(name for name in archive.namelist() if name.startswith("zalaczniki/"))
    page = checked(rewritten(data, {name: b"%PDF-1.4 inny"}))
    assert "UPO jest prawdziwe, ale plik się nie zgadza" in page


def test_a_changed_receipt_in_the_copy_is_told(letter: Letter) -> None:
    data = package_of(letter.id)
    name = receipt_name(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read(name).replace(b"Kowalska", b"Nowakowa")
    assert "<h1>UPO nie jest prawdziwe</h1>" in checked(rewritten(data, {name: xml}))


def test_an_archive_without_a_receipt_or_with_two_is_no_copy(letter: Letter) -> None:
    data = package_of(letter.id)
    name = receipt_name(data)
    assert NO_COPY in checked(rewritten(data, {name: None}))
    assert NO_COPY in checked(rewritten(data, {"drugie.xml": b"<upo/>"}))


def test_a_crafted_archive_is_refused_in_plain_words(
    letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = package_of(letter.id)
    assert NO_COPY in checked(data[: len(data) // 2])
    assert NO_COPY in checked(b"PK\x03\x04" + bytes(1000))
    many = {f"zalaczniki/{number}.txt": b"x" for number in range(package.MOST_MEMBERS)}
    assert NO_COPY in checked(rewritten(data, {**many}))
    monkeypatch.setattr(package, "DOCUMENTS_BYTES", 50_000)
    assert NO_COPY in checked(rewritten(data, {"zalaczniki/bomba.txt": bytes(10_000_000)}))
    monkeypatch.setattr(package, "RECEIPT_BYTES", 100)
    assert NO_COPY in checked(data)
