"""The opened letter: what it says, its files byte for byte, how it was delivered, the answer."""

import hashlib
import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from skrytka.accounts.models import Box, Mandate, PartyKind, User
from skrytka.accounts.operations import give_mandate
from skrytka.core.calendar import day_in_words
from skrytka.core.receipts import DeliveryWay, read_upd
from skrytka.delivery.models import OutgoingLetter
from skrytka.ledger.models import Event
from skrytka.ledger.operations import Actor
from skrytka.letters.models import Draft
from tests.web.incoming.conftest import ReaderOf
from tests.web.incoming.test_a_letter_waits import FILES, every_address, shown, url
from tests.world.deliveries import FILE_NAME, NOON, collect, waiting_letter
from tests.world.files import pdf
from tests.world.outgoing import TEXT, TITLE, days, delivery_of

pytestmark = pytest.mark.django_db


def bytes_at(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200
    return bytes(answer.getvalue())


def test_the_letter_stands_on_paper_with_its_files_and_its_upd(
    reader_of: ReaderOf, anna: User, collected: OutgoingLetter
) -> None:
    page = shown(reader_of(anna), url("letter", collected))
    assert f"<title>Pismo odebrane: {TITLE}" in page
    assert f'<h2 id="paper">{TITLE}</h2>' in page
    assert TEXT in page
    assert FILE_NAME in page
    assert delivery_of(collected).upd_no in page
    assert "12:00:00. Poświadczenie doręczenia (UPD) podpisane na koncie: Anna Kowalska." in page
    assert "Skąd ten termin?" not in page
    for name in FILES:
        assert url(name, collected) in page
    assert reverse("web:incoming_attachment", args=[collected.id, 1]) in page


def test_the_signature_of_the_office_is_told(
    reader_of: ReaderOf, anna: User, collected: OutgoingLetter
) -> None:
    page = shown(reader_of(anna), url("letter", collected))
    assert "<dt>Podpis urzędu</dt>" in page
    assert "ważny" in page


def test_every_file_is_handed_out_byte_for_byte(
    reader_of: ReaderOf, anna: User, collected: OutgoingLetter
) -> None:
    client = reader_of(anna)
    document = bytes_at(client, url("document", collected))
    assert hashlib.sha256(document).hexdigest() == collected.document_sha256
    upd = bytes_at(client, url("upd", collected))
    assert read_upd(upd).document_sha256 == collected.document_sha256
    assert bytes_at(client, url("upd_pdf", collected)).startswith(b"%PDF-")
    attachment = reverse("web:incoming_attachment", args=[collected.id, 1])
    assert bytes_at(client, attachment) == pdf()
    missing = reverse("web:incoming_attachment", args=[collected.id, 2])
    assert client.get(missing).status_code == 404


def test_the_package_holds_everything(
    reader_of: ReaderOf, anna: User, collected: OutgoingLetter
) -> None:
    upd_no = delivery_of(collected).upd_no
    answer = reader_of(anna).get(url("package", collected))
    assert f'filename="{upd_no}.zip"' in answer.headers["Content-Disposition"]
    archive = zipfile.ZipFile(io.BytesIO(bytes(answer.getvalue())))
    assert archive.testzip() is None
    assert archive.read("zalaczniki/01-zaświadczenie.pdf") == pdf()
    assert set(archive.namelist()) == {
        "pismo.xml",
        "zalaczniki/01-zaświadczenie.pdf",
        f"{upd_no}.xml",
        f"{upd_no}.pdf",
        "manifest-sha256.txt",
    }
    manifest = archive.read("manifest-sha256.txt").decode()
    assert collected.document_sha256 in manifest


def test_the_package_passes_the_public_check(
    reader_of: ReaderOf, anna: User, collected: OutgoingLetter
) -> None:
    client = reader_of(anna)
    package = io.BytesIO(bytes_at(client, url("package", collected)))
    package.name = "pismo.zip"
    page = client.post("/verify", {"receipt": package}).content.decode()
    assert "Podpis jest ważny i nikt nie zmienił poświadczenia." in page
    assert "zalaczniki/01-zaświadczenie.pdf" in page
    assert page.count("To ten sam plik") == 2
    assert delivery_of(collected).upd_no in page


def test_a_deemed_letter_says_since_when_why_and_until_when(
    reader_of: ReaderOf, anna: User, deemed: OutgoingLetter
) -> None:
    client = reader_of(anna)
    page = shown(client, url("letter", deemed))
    on = "17\u00a0listopada\u00a02026\u00a0r."
    assert f"<h1>Uznane za doręczone {on}</h1>" in page
    assert f"Doręczono {on}" in shown(client, "/odebrane/")
    assert "Nikt nie odebrał pisma w terminie" in page
    assert "Co najmniej do 17\u00a0lutego\u00a02027\u00a0r. zapewniamy dostęp do treści." in page
    assert "Potem też jej nie usuwamy" in page
    assert "Skąd ten termin?" in page
    assert f"Dzień 14. to {day_in_words(days(14).date())}" in page
    assert TEXT in page
    upd = bytes_at(client, url("upd", deemed))
    assert read_upd(upd).way is DeliveryWay.DEEMED
    assert "Pierwsze zawiadomienie" in page
    assert "Powtórne zawiadomienie" in page


def test_the_first_reading_is_on_record(
    reader_of: ReaderOf, anna: User, bogdan: User, collected: OutgoingLetter
) -> None:
    assert "Nieprzeczytane" in shown(reader_of(anna), "/odebrane/")
    shown(reader_of(bogdan), url("letter", collected))
    shown(reader_of(anna), url("letter", collected))
    assert delivery_of(collected).opened_at == NOON
    assert Event.objects.get(kind="DELIVERY_OPENED").actor_id == str(bogdan.pk)
    assert "Nieprzeczytane" not in shown(reader_of(anna), "/odebrane/")


@pytest.mark.parametrize("person", ["celina", "daria", "edmund"])
def test_for_everybody_else_it_does_not_exist_after_the_end_either(
    reader_of: ReaderOf, request: pytest.FixtureRequest, collected: OutgoingLetter, person: str
) -> None:
    client = reader_of(request.getfixturevalue(person))
    for address in every_address(collected):
        answers = {client.get(address).status_code, client.post(address).status_code}
        assert answers <= {404, 405}
        assert 404 in answers
    assert TITLE not in shown(client, "/odebrane/")


def test_a_mandate_that_ended_closes_the_letter(
    reader_of: ReaderOf, anna: User, celina: User, collected: OutgoingLetter
) -> None:
    actor = Actor(str(anna.pk))
    mandate_id = give_mandate(anna.party.pk, celina.party.pk, at=NOON, actor=actor)
    assert TITLE in shown(reader_of(celina), url("letter", collected))
    Mandate.objects.filter(id=mandate_id).update(until=NOON)
    assert reader_of(celina).get(url("letter", collected)).status_code == 404


def test_an_answer_begins_with_the_box_and_the_mark_of_the_case(
    reader_of: ReaderOf, anna: User, collected: OutgoingLetter
) -> None:
    client = reader_of(anna)
    answer = client.post(url("answer", collected))
    draft = Draft.objects.get()
    assert answer.headers["Location"] == reverse("web:draft_letter", args=[draft.id])
    assert draft.title == "Odpowiedź w sprawie CUW.5321.7.2026"
    assert (draft.box, draft.party, draft.author) == (collected.box, anna.party, anna)
    assert client.post(url("answer", collected)).headers["Location"] == answer.headers["Location"]
    assert client.get(url("answer", collected)).status_code == 405


def test_an_answer_is_no_letter_that_was_begun_before(
    reader_of: ReaderOf, anna: User, collected: OutgoingLetter
) -> None:
    client = reader_of(anna)
    client.get(
        reverse("web:start_draft", args=["pismo-ogolne"]), {"skrytka": collected.box_address}
    )
    client.post(url("answer", collected))
    titles = set(Draft.objects.values_list("title", flat=True))
    assert titles == {"", "Odpowiedź w sprawie CUW.5321.7.2026"}


def test_an_answer_goes_to_another_box_where_that_one_is_closed(
    reader_of: ReaderOf, anna: User, collected: OutgoingLetter
) -> None:
    Box.objects.filter(id=collected.box_id).update(is_open=False)
    reader_of(anna).post(url("answer", collected))
    box = Draft.objects.get().box
    assert box is not None
    assert (box.name, box.institution_id) == ("skrytka", collected.institution_id)


def test_a_letter_without_a_mark_is_named_by_its_number(
    reader_of: ReaderOf, anna: User, daria: User, collected: OutgoingLetter
) -> None:
    letter = waiting_letter(daria, collected.institution, anna, mark="")
    client = reader_of(anna)
    assert "Znak sprawy" not in shown(client, url("letter", letter))
    collect(letter, anna)
    client.post(url("answer", letter))
    assert Draft.objects.get().title == f"Odpowiedź na pismo {letter.document_no}"


def test_a_proxy_answers_in_the_own_name(
    reader_of: ReaderOf, bogdan: User, collected: OutgoingLetter
) -> None:
    reader_of(bogdan).post(url("answer", collected))
    draft = Draft.objects.get()
    assert (draft.party, draft.author) == (bogdan.party, bogdan)
    assert draft.party.kind == PartyKind.PERSON


def test_the_list_shows_what_waits_first_and_for_whom(
    reader_of: ReaderOf, anna: User, bogdan: User, daria: User, collected: OutgoingLetter
) -> None:
    other = waiting_letter(daria, collected.institution, anna)
    page = shown(reader_of(bogdan), "/odebrane/")
    assert page.index(url("letter", other)) < page.index(url("letter", collected))
    assert page.count("Adresat: Anna Kowalska") == 2
    assert "Odbierz do 16\u00a0listopada\u00a02026\u00a0r." in page
    own = shown(reader_of(anna), "/odebrane/")
    assert "Adresat:" not in own
    assert "Pismo od: Centrum Usług Wspólnych w Cieszynie" in own
    assert own.count(TITLE) == 1


def test_the_list_is_cut_into_pages_of_twenty(
    reader_of: ReaderOf, anna: User, daria: User, collected: OutgoingLetter
) -> None:
    others = [waiting_letter(daria, collected.institution, anna) for _ in range(20)]
    client = reader_of(anna)
    first, second = shown(client, "/odebrane/"), shown(client, "/odebrane/?page=2")
    assert all(url("letter", other) in first for other in others)
    assert url("letter", collected) not in first
    assert url("letter", collected) in second
    assert "Czeka na Ciebie 20 pism od urzędów" in shown(client, "/")
    collect(others[0], anna)
    assert "Czeka na Ciebie 19 pism od urzędów" in shown(client, "/")
