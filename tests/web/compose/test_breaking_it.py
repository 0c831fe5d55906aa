"""What a mischievous or unlucky person sends: odd letters, odd names, crafted files, fifty of them.

Nothing here may end in a fault of ours: everything is taken as it is, or refused in plain words.
"""

import zipfile
from io import BytesIO
from pathlib import PurePosixPath

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from skrytka.accounts.models import Institution, User
from skrytka.evidence.queries import check_public_receipt, receipt_of
from skrytka.letters.models import Draft, Letter
from skrytka.letters.operations.documents import freeze_document
from skrytka.letters.queries.packages import package_chunks
from tests.desk.world import client_at
from tests.web.compose.conftest import ReaderOf
from tests.world.attachments import listed
from tests.world.cast import ClientOf
from tests.world.files import pdf, txt
from tests.world.letters import LATER

pytestmark = pytest.mark.django_db

ODD_TITLES = {
    "longest": "Ż" * 200,
    "one long word": "x" * 200,
    "emoji": "Skarga 💩👩‍👩‍👧‍👦 na hałas",
    "turned around": "Faktura \u202egpj.exe\u202c i \u2067עברית\u2069",
    "control characters": "Skarga\x0b na\x1f hałas\x7f",
    "nought": "Skarga\x00 na hałas",
    "no characters at all": "Skarga \ufffe\uffff na hałas",
    "line separators": "Skarga\u2028na\u2029hałas\u0085",
    "markup": "<script>alert(1)</script>&amp;<!-- ]]>",
    "template": "{{ 7|add:7 }}{% now 'Y' %}%(name)s{0}",
    "typst": '#panic("x") $x$ @ref <label> \\ // /*',
    "many marks": "Z" + "\u0301" * 150,
}


def url(name: str, draft: Draft) -> str:
    return reverse(f"web:draft_{name}", args=[draft.id])


def send(client: Client, draft: Draft, title: str, body: str) -> Letter:
    """This will type, go unsigned and send, by the pages alone."""
    typed = {"title": title, "body": body, "version": str(draft.version), "action": "next"}
    answer = client.post(url("letter", draft), typed)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    client.post(url("signature", draft), {"signature": "unsigned"})
    client.post(url("send", draft))
    return Letter.objects.get(draft_id=draft.id)


@pytest.mark.parametrize("title", ODD_TITLES.values(), ids=ODD_TITLES.keys())
def test_an_odd_title_goes_all_the_way_to_the_desk(
    client_of: ClientOf, anna: User, daria: User, draft: Draft, title: str
) -> None:
    client = client_of(anna)
    letter = send(client, draft, title, f"Treść.\n\n{title}\x00\x0c\n{title}")
    receipt = receipt_of(letter.id)
    assert receipt
    assert check_public_receipt(receipt.xml, {}, at=LATER).valid
    for name in ("letter", "letter_content", "letter_receipt_pdf", "letter_document"):
        assert client.get(reverse(f"web:{name}", args=[letter.id])).status_code == 200, name
    for page in ("/kancelaria/", f"/kancelaria/pisma/{letter.id}/", "/kancelaria/?q=Skarga"):
        assert client_of(daria).get(page).status_code == 200, page


def test_a_page_break_of_pasted_text_is_a_line_break(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    letter = send(reader_of(anna), draft, "Skarga\x0bna\r\nhałas\x00", "Pierwsza.\x0cDruga.\x07")
    assert letter.title == "Skarga na hałas"
    page = reader_of(anna).get(reverse("web:letter_content", args=[letter.id])).content.decode()
    assert "Pierwsza.<br>Druga." in page.replace("<br />", "<br>").replace("\n", "")


ODD_NAMES = (
    "a/b\\c.pdf",
    "../../etc/passwd.pdf",
    "C:\\Windows\\pismo.pdf",
    "con.pdf",
    ".pdf.pdf",
    "faktura\u202efdp.exe.pdf",
    "💩 附件 عقد נספח.pdf",
    "Ż" * 240 + ".pdf",
    'a"; filename="b.exe".pdf',
    "-rf.pdf",
    "a\x00b.pdf",
)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_file_of_an_odd_name_stays_in_its_folder(
    client_of: ClientOf, anna: User, daria: User, draft: Draft, name: str
) -> None:
    client = client_of(anna)
    file = SimpleUploadedFile("x.pdf", pdf())
    vars(file)["_name"] = name  # past the cleaning of the test's own class
    client.post(url("files", draft), {"files": [file]}, HTTP_X_REQUESTED_WITH="x")
    assert [state for _name, state, _code in listed(draft.id)] == ["SAFE"]
    letter = send(client, draft, "Pismo", "Treść.")
    with zipfile.ZipFile(BytesIO(b"".join(package_chunks(letter.id)))) as archive:
        for path in map(PurePosixPath, archive.namelist()):
            assert not path.is_absolute()
            assert ".." not in path.parts
            assert len(path.parts) <= 2
    for reader, address in (
        (client, reverse("web:letter_attachment", args=[letter.id, 1])),
        (client_at(daria), reverse("desk:attachment", args=[letter.id, 1])),
    ):
        answer = reader.get(address)
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment")
        assert "Set-Cookie" not in answer.headers


def test_fifty_attachments_go_and_the_next_is_told(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    client = reader_of(anna)
    files = [SimpleUploadedFile(f"{n}.txt", txt() + str(n).encode()) for n in range(25)]
    more = [SimpleUploadedFile(f"m{n}.txt", txt() + f"m{n}".encode()) for n in range(25)]
    for some in (files, more):
        client.post(url("letter", draft), {"version": str(draft.version), "files": some})
    assert [state for _name, state, _code in listed(draft.id)] == ["SAFE"] * 50
    late = {"version": str(draft.version), "files": [SimpleUploadedFile("51.txt", b"late\n")]}
    page = client.post(url("letter", draft), late, follow=True).content.decode()
    assert "50" in page
    assert len(listed(draft.id)) == 50
    letter = send(client, draft, "Pięćdziesiąt plików", "Treść.")
    assert letter.attachment_count == 50
    with zipfile.ZipFile(BytesIO(b"".join(package_chunks(letter.id)))) as archive:
        assert len(archive.namelist()) == 54


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
HOSTILE_XML = {
    "billion laughs": f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x>&l11;</x>'.encode(),
    "external entity": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    "external DTD": b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>',
    "parameter entity": b'<!DOCTYPE x [<!ENTITY % e SYSTEM "http://127.0.0.1:9/">%e;]><x/>',
    "a million levels": b"<x>" * 1_000_000,
    "a wide element": b"<x " + b" ".join(b'a%d=""' % n for n in range(200_000)) + b"/>",
    "other encoding": '<?xml version="1.0" encoding="UTF-7"?><x/>'.encode("utf-16"),
    "nothing": b"",
    "bytes": bytes(range(256)) * 100,
    "style sheet": b'<?xml-stylesheet href="http://127.0.0.1:9/"?><x/>',
    "a PDF": pdf(),
    "inclusion": (
        b'<x xmlns:i="http://www.w3.org/2001/XInclude"><i:include href="file:///etc/passwd"/></x>'
    ),
}


@pytest.mark.parametrize("data", HOSTILE_XML.values(), ids=HOSTILE_XML.keys())
def test_a_crafted_file_is_no_signed_letter(
    reader_of: ReaderOf, anna: User, draft: Draft, data: bytes
) -> None:
    freeze_document(draft.id, at=LATER)
    file = SimpleUploadedFile("pismo.xml", data, "text/xml")
    answer = reader_of(anna).post(url("signed_file", draft), {"signed_file": file})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "<title>Błąd: " in page
    assert "root:" not in page
    draft.refresh_from_db()
    assert draft.signing_mode == ""


@pytest.mark.parametrize("data", HOSTILE_XML.values(), ids=HOSTILE_XML.keys())
def test_a_crafted_file_is_no_receipt(db: None, data: bytes, cuw: Institution) -> None:
    file = SimpleUploadedFile("upo.xml", data, "text/xml")
    answer = Client().post("/verify", {"receipt": file, "pasted": ""})
    assert answer.status_code == 200
    assert "UPO jest prawdziwe" not in answer.content.decode()


ADDRESSES = (
    "/sprawy/?q={}",
    "/adresaci/?q={}",
    "/sprawy/tematy/{}/",
    "/sprawy/{}/",
    "/instytucje/{}/",
    "/konto/zaloguj/?next={}",
    "/kancelaria/?q={}&skrytka={}&sort={}",
    "/pisma/nowe/pismo-ogolne/?skrytka={}",
)
ODD_QUERIES = ("%00", "%F0%9F%92%A9", "%ED%A0%80", "%27%22%3C%3E", "%25%5F%5C", "9" * 400, "-1")


@pytest.mark.parametrize("query", ODD_QUERIES)
def test_no_odd_address_is_a_fault_of_ours(daria: User, draft: Draft, query: str) -> None:
    client = client_at(daria)
    for address in ADDRESSES:
        answer = client.get(address.replace("{}", query))
        assert answer.status_code < 500, (address, query)
