"""The two ways to sign the UPD, the refusal, and the letter that opens in the same step."""

import re
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from skrytka.accounts.models import Institution, User
from skrytka.core.delivery import Standing
from skrytka.core.receipts import read_upd
from skrytka.delivery.models import OutgoingLetter
from skrytka.delivery.queries.incoming import WaitingLetter, waiting_letter
from skrytka.evidence.models import Receipt
from skrytka.evidence.queries import receipt_of
from tests.web.incoming.conftest import Hands, ReaderOf
from tests.web.incoming.test_a_letter_waits import shown, url
from tests.world.deliveries import NOON, collect, personal_key, signed_at_home
from tests.world.judging import BREAKING, breaking_judge
from tests.world.letters import confirm_profile
from tests.world.mailbox import last_mail
from tests.world.outgoing import delivery_of

pytestmark = pytest.mark.django_db


def code_mailed_to(client: Client, letter: OutgoingLetter, person: User) -> str:
    page = client.post(url("trusted", letter), {"action": "send-code"}, follow=True)
    assert "Wysłaliśmy kod na Twój adres e-mail." in page.content.decode()
    found = re.search(r"\b\d{6}\b", last_mail(person.email))
    assert found is not None
    return found.group()


def sign(client: Client, letter: OutgoingLetter, code: str) -> HttpResponse:
    typed = {"method": "EMAIL_CODE", "code": code}
    answer = client.post(url("trusted", letter), typed)
    assert isinstance(answer, HttpResponse)
    return answer


def upload(client: Client, letter: OutgoingLetter, data: bytes) -> HttpResponse:
    files = {"signed_file": SimpleUploadedFile("upd.xml", data)} if data else {}
    answer = client.post(url("signed_file", letter), files, follow=True)
    assert isinstance(answer, HttpResponse)
    return answer


def given_out(client: Client, letter: OutgoingLetter) -> bytes:
    return bytes(client.get(url("upd_to_sign", letter)).getvalue())


def test_a_code_from_the_mail_collects_and_the_letter_opens(
    reader_of: ReaderOf, anna: User, waiting: OutgoingLetter
) -> None:
    client = reader_of(anna)
    answer = sign(client, waiting, code_mailed_to(client, waiting, anna))
    assert answer.headers["Location"] == url("letter", waiting)
    page = shown(client, url("letter", waiting))
    assert "<h1>Pismo odebrane</h1>" in page
    assert "Decyzja w sprawie zaświadczenia" in page
    assert delivery_of(waiting).standing == Standing.COLLECTED


def test_the_proxy_collects(
    reader_of: ReaderOf, bogdan: User, daria: User, cuw: Institution, waiting: OutgoingLetter
) -> None:
    confirm_profile(bogdan, daria, cuw)
    client = reader_of(bogdan)
    sign(client, waiting, code_mailed_to(client, waiting, bogdan))
    assert "podpisane na koncie: Bogdan Nowak." in shown(client, url("letter", waiting))
    assert "Decyzja w sprawie zaświadczenia" in shown(reader_of(bogdan), "/odebrane/")


@pytest.mark.parametrize("method", ["EMAIL_CODE", "TOTP", "PASSKEY", ""])
def test_a_wrong_answer_signs_nothing_and_says_what_to_do(
    reader_of: ReaderOf, anna: User, waiting: OutgoingLetter, method: str
) -> None:
    client = reader_of(anna)
    code_mailed_to(client, waiting, anna)
    typed = {"method": method, "code": "000000", "answer": "{}"}
    page = client.post(url("trusted", waiting), typed).content.decode()
    assert "<title>Błąd: " in page
    assert delivery_of(waiting).standing == Standing.NOTIFIED


def test_codes_run_out_and_the_page_says_so(
    reader_of: ReaderOf, anna: User, waiting: OutgoingLetter
) -> None:
    client = reader_of(anna)
    for _attempt in range(5):
        client.post(url("trusted", waiting), {"action": "send-code"})
    page = client.post(url("trusted", waiting), {"action": "send-code"})
    assert "Następny wyślemy za godzinę." in page.content.decode()


def test_the_second_tab_is_told_that_it_is_collected_already(
    reader_of: ReaderOf, anna: User, bogdan: User, waiting: OutgoingLetter
) -> None:
    """Both tabs show the form; the other signs first."""
    client = reader_of(anna)
    code = code_mailed_to(client, waiting, anna)
    collect(waiting, anna)
    answer = sign(client, waiting, code)
    assert answer.headers["Location"] == url("letter", waiting)
    assert Receipt.objects.count() == 1


def test_who_is_overtaken_in_the_middle_is_told_and_signs_nothing(
    reader_of: ReaderOf, anna: User, waiting: OutgoingLetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(letter_id: UUID, *, at: datetime) -> WaitingLetter:
        found = waiting_letter(letter_id, at=at)
        collect(waiting, anna)
        return found

    client = reader_of(anna)
    code = code_mailed_to(client, waiting, anna)
    monkeypatch.setattr("skrytka.web.incoming.access.waiting_letter", overtaken)
    answer = sign(client, waiting, code)
    assert answer.headers["Location"] == url("letter", waiting)
    page = shown(client, url("letter", waiting))
    assert "To pismo jest już odebrane. Nie podpisaliśmy nic drugi raz." in page
    assert Receipt.objects.count() == 1


def test_a_file_signed_at_home_collects_and_the_letter_opens(
    reader_of: ReaderOf, anna: User, waiting: OutgoingLetter, hands: Hands
) -> None:
    client = reader_of(anna)
    upd = given_out(client, waiting)
    assert read_upd(upd).received_at == NOON
    hands.at = NOON + timedelta(hours=3)
    client = reader_of(anna)
    assert given_out(client, waiting) == upd
    page = upload(client, waiting, signed_at_home(upd)).content.decode()
    assert "<h1>Pismo odebrane</h1>" in page
    assert "Decyzja w sprawie zaświadczenia" in page
    stored = receipt_of(waiting.id)
    assert stored is not None
    assert read_upd(stored.xml).received_at == NOON


def test_the_file_is_named_by_its_number(
    reader_of: ReaderOf, anna: User, waiting: OutgoingLetter
) -> None:
    answer = reader_of(anna).get(url("upd_to_sign", waiting))
    name = f'filename="{delivery_of(waiting).upd_no}.xml"'
    assert answer.headers["Content-Disposition"] == f"attachment; {name}"
    assert "5\u00a0listopada\u00a02026\u00a0r." in shown(
        reader_of(anna), url("signed_file", waiting)
    )


def test_an_upd_of_yesterday_is_refused_with_the_way_out(
    reader_of: ReaderOf, anna: User, waiting: OutgoingLetter, hands: Hands
) -> None:
    signed = signed_at_home(given_out(reader_of(anna), waiting))
    hands.at = NOON + timedelta(days=1)
    page = upload(reader_of(anna), waiting, signed).content.decode()
    assert "Pobierz nowe poświadczenie i podpisz je dzisiaj." in page
    assert '<a href="#id_signed_file">' in page
    assert url("upd_to_sign", waiting) in page
    assert delivery_of(waiting).standing == Standing.NOTIFIED


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "Wybierz podpisany plik."),
        (b"not xml", "W tym pliku nie ma Twojego podpisu."),
        (b"<a/>", "W tym pliku nie ma Twojego podpisu."),
        (b"x" * 2_000_001, "Ten plik jest za duży"),
    ],
)
def test_what_is_no_signed_upd_is_refused(
    reader_of: ReaderOf, anna: User, waiting: OutgoingLetter, data: bytes, told: str
) -> None:
    client = reader_of(anna)
    given_out(client, waiting)
    page = upload(client, waiting, data).content.decode()
    assert told in page
    assert '<a href="#id_signed_file">' in page


def test_a_changed_file_is_refused_with_what_the_verifier_saw(
    reader_of: ReaderOf, anna: User, waiting: OutgoingLetter
) -> None:
    client = reader_of(anna)
    signed = signed_at_home(given_out(client, waiting), key=personal_key())
    page = upload(client, waiting, signed.replace(b"CUW.5321.7", b"CUW.5321.8")).content.decode()
    assert "Podpis jest nieważny: poświadczenie zmieniło się po podpisaniu." in page
    assert "Treść zmieniła się po podpisaniu." in page


def test_a_file_that_breaks_the_verifier_leaves_the_letter_waiting(
    reader_of: ReaderOf, anna: User, waiting: OutgoingLetter
) -> None:
    client = reader_of(anna)
    given_out(client, waiting)
    with breaking_judge():
        page = upload(client, waiting, BREAKING).content.decode()
    assert "Nie udało się sprawdzić podpisu w tym pliku, więc go nie przyjęliśmy." in page
    assert "z przyczyn po stronie systemu" in page
    assert delivery_of(waiting).ended_at is None


def test_without_having_taken_it_nobody_brings_it_back(
    reader_of: ReaderOf, anna: User, waiting: OutgoingLetter
) -> None:
    page = upload(reader_of(anna), waiting, b"<a/>").content.decode()
    assert "Najpierw pobierz poświadczenie z tej strony" in page


def test_a_refusal_is_asked_for_once_more_and_says_what_follows(
    reader_of: ReaderOf, anna: User, waiting: OutgoingLetter
) -> None:
    client = reader_of(anna)
    assert url("refuse", waiting) in shown(client, url("letter", waiting))
    page = shown(client, url("refuse", waiting))
    assert "Odmowa niczego nie zatrzyma." in page
    assert "doręczone dzisiaj, 5\u00a0listopada\u00a02026\u00a0r." in page
    assert "art. 47 KPA" in page
    assert delivery_of(waiting).standing == Standing.NOTIFIED


def test_a_refused_letter_is_delivered_and_can_be_read(
    reader_of: ReaderOf, anna: User, waiting: OutgoingLetter
) -> None:
    client = reader_of(anna)
    page = client.post(url("refuse", waiting), follow=True).content.decode()
    assert "<h1>Odmowa przyjęcia pisma 5\u00a0listopada\u00a02026\u00a0r.</h1>" in page
    assert "Pismo uznaje się za doręczone w dniu odmowy." in page
    assert "Treść możesz przeczytać." in page
    assert "Decyzja w sprawie zaświadczenia" in page
    assert url("upd", waiting) in page
    assert delivery_of(waiting).standing == Standing.REFUSED


def test_every_way_is_closed_after_the_end(
    reader_of: ReaderOf, anna: User, collected: OutgoingLetter
) -> None:
    client = reader_of(anna)
    for name in ("trusted", "signed_file", "refuse"):
        for answer in (client.get(url(name, collected)), client.post(url(name, collected))):
            assert answer.headers["Location"] == url("letter", collected)
    assert client.get(url("upd_to_sign", collected)).headers["Location"] == url("letter", collected)
    assert Receipt.objects.count() == 1
