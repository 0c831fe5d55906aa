"""Before the end: that a letter waits, from whom and until when; not a word of what it says."""

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from skrytka.accounts.models import ConfirmedProfile, User
from skrytka.delivery.models import Notice, OutgoingLetter
from skrytka.delivery.operations.notice_mails import notice_text
from skrytka.delivery.operations.notices import note_bounce
from skrytka.evidence.models import Receipt
from skrytka.ledger.models import Event, OutboxRow
from tests.web.incoming.conftest import Hands, ReaderOf
from tests.world.deliveries import SECRETS
from tests.world.outgoing import days, delivery_of, night_at

pytestmark = pytest.mark.django_db
PAGES = ("letter", "trusted", "signed_file", "refuse")
FILES = ("upd", "upd_pdf", "document", "package")


def url(name: str, letter: OutgoingLetter) -> str:
    return reverse(f"web:incoming_{name}", args=[letter.id])


def every_address(letter: OutgoingLetter) -> list[str]:
    names = (*PAGES, *FILES, "upd_to_sign", "answer")
    attachment = reverse("web:incoming_attachment", args=[letter.id, 1])
    return [*(url(name, letter) for name in names), attachment]


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    page = bytes(answer.content).decode()
    assert "r.." not in page
    return page


def everything(client: Client, letter: OutgoingLetter) -> dict[str, str]:
    """What every address answers, asked in both ways; but for the refusal, which ends it all."""
    places = (*every_address(letter), "/", "/pisma/", "/konto/", "/odebrane/")
    got = {f"GET {place}": client.get(place) for place in places}
    sent = {f"POST {at}": client.post(at) for at in places if at != url("refuse", letter)}
    return {asked: body_of(answer) for asked, answer in (got | sent).items()}


def body_of(answer: HttpResponseBase) -> str:
    return bytes(answer.getvalue()).decode("utf-8", errors="replace")


def test_the_page_says_who_wrote_and_until_when_and_what_happens_then(
    reader_of: ReaderOf, anna: User, waiting: OutgoingLetter
) -> None:
    page = shown(reader_of(anna), url("letter", waiting))
    assert "Czeka na Ciebie pismo" in page
    assert "Centrum Usług Wspólnych w Cieszynie" in page
    assert "CUW.5321.7.2026" in page
    assert "<dt>Pierwsze zawiadomienie</dt><dd>2\u00a0listopada\u00a02026\u00a0r.</dd>" in page
    assert "<strong>16\u00a0listopada\u00a02026\u00a0r.</strong>" in page
    assert "to 17\u00a0listopada\u00a02026\u00a0r. prawo uzna je za doręczone." in page


def test_the_date_explains_itself_with_its_sources(
    reader_of: ReaderOf, anna: User, waiting: OutgoingLetter
) -> None:
    page = shown(reader_of(anna), url("letter", waiting))
    assert "Skąd ten termin?" in page
    assert "Pierwsze zawiadomienie wysłano 2 listopada 2026" in page
    assert "art. 57 § 1 KPA" in page
    assert "art. 46 § 4–6 KPA" in page


def test_no_page_file_or_mail_gives_the_letter_away(
    reader_of: ReaderOf, anna: User, bogdan: User, waiting: OutgoingLetter
) -> None:
    night_at(days(7, 15))
    pages = everything(reader_of(anna), waiting)
    mails = {row.key: str(row.payload) for row in OutboxRow.objects.filter(effect="MAIL")}
    for notice in Notice.objects.filter(delivery=waiting.id):
        mails[notice.round] = "\n".join(notice_text(notice, "pl", days(8)))
    assert set(mails) > {"FIRST", "REPEAT"}
    assert delivery_of(waiting).standing == "REMINDED"
    told = {
        (place, secret)
        for place, text in (pages | mails).items()
        for secret in SECRETS
        if secret in text
    }
    assert told == set()


@pytest.mark.parametrize("name", FILES)
def test_no_file_of_the_letter_is_there_before_the_end(
    reader_of: ReaderOf, anna: User, waiting: OutgoingLetter, name: str
) -> None:
    client = reader_of(anna)
    assert client.get(url(name, waiting)).status_code == 404
    attachment = reverse("web:incoming_attachment", args=[waiting.id, 1])
    assert client.get(attachment).status_code == 404
    assert client.post(url("answer", waiting)).status_code == 404


@pytest.mark.parametrize("person", ["celina", "daria", "edmund"])
def test_for_everybody_else_the_letter_does_not_exist(
    reader_of: ReaderOf, request: pytest.FixtureRequest, waiting: OutgoingLetter, person: str
) -> None:
    client = reader_of(request.getfixturevalue(person))
    for address in every_address(waiting):
        assert {client.get(address).status_code, client.post(address).status_code} <= {404, 405}
        assert 404 in {client.get(address).status_code, client.post(address).status_code}
    assert "CUW.5321.7.2026" not in shown(client, "/odebrane/")
    assert "Czeka na Ciebie" not in shown(client, "/")
    assert delivery_of(waiting).standing == "NOTIFIED"


def test_who_is_not_logged_in_logs_in_first(waiting: OutgoingLetter) -> None:
    for address in (*every_address(waiting), "/odebrane/"):
        for answer in (Client().get(address), Client().post(address)):
            assert answer.status_code in {302, 405}
            if answer.status_code == 302:
                assert answer.headers["Location"].startswith(reverse("account_login"))


def test_the_start_the_account_and_the_letters_tell_that_it_waits(
    reader_of: ReaderOf, anna: User, bogdan: User, waiting: OutgoingLetter
) -> None:
    for person in (anna, bogdan):
        client = reader_of(person)
        for address in ("/", "/pisma/", "/konto/"):
            page = shown(client, address)
            assert "Czeka na Ciebie 1 pismo od urzędu" in page
            assert "Zobacz i odbierz" in page
            assert '<span class="esp-count">1<' in page


def test_when_nothing_waits_nothing_is_said(
    reader_of: ReaderOf, anna: User, collected: OutgoingLetter
) -> None:
    client = reader_of(anna)
    for address in ("/", "/pisma/", "/konto/"):
        page = shown(client, address)
        assert "Czeka na Ciebie" not in page
        assert "esp-count" not in page


def test_without_a_profile_the_file_comes_first_and_the_way_to_a_profile_is_told(
    reader_of: ReaderOf, anna: User, waiting: OutgoingLetter
) -> None:
    ConfirmedProfile.objects.all().delete()
    client = reader_of(anna)
    page = shown(client, url("letter", waiting))
    assert "Potwierdź odbiór i otwórz" not in page
    assert url("signed_file", waiting) in page
    page = shown(client, url("trusted", waiting))
    assert "Najpierw potwierdź swój profil" in page
    assert reverse("web:account_profile") in page
    assert "Pilnuj terminu odbioru: on biegnie dalej." in page


def test_a_proxy_sees_it_and_cannot_refuse_it(
    reader_of: ReaderOf, bogdan: User, waiting: OutgoingLetter
) -> None:
    client = reader_of(bogdan)
    page = shown(client, url("letter", waiting))
    assert "<dt>Adresat</dt><dd>Anna Kowalska</dd>" in page
    assert "Nie przyjmuję pisma" not in page
    assert client.get(url("refuse", waiting)).status_code == 404
    assert client.post(url("refuse", waiting)).status_code == 404
    assert delivery_of(waiting).standing == "NOTIFIED"


def test_a_notice_that_came_back_stops_the_term_and_not_the_party(
    reader_of: ReaderOf, anna: User, waiting: OutgoingLetter
) -> None:
    notice = Notice.objects.get(delivery=waiting.id)
    note_bounce(notice.message_id, "550 no such user", at=days(1))
    page = shown(reader_of(anna), url("letter", waiting))
    assert "więc termin nie biegnie. Możesz odebrać pismo w każdej chwili." in page
    assert "16\u00a0listopada" not in page
    assert "Skąd ten termin?" not in page
    assert "Potwierdź odbiór i otwórz" in page


def test_after_the_term_the_page_says_it_is_delivered_and_offers_no_signature(
    reader_of: ReaderOf, anna: User, waiting: OutgoingLetter, hands: Hands
) -> None:
    night_at(days(7, 15))
    hands.at = days(14, 15)
    client = reader_of(anna)
    page = shown(client, url("letter", waiting))
    assert "Termin odbioru minął 16\u00a0listopada\u00a02026\u00a0r." in page
    assert "Przygotowujemy poświadczenie." in page
    assert "Jak odebrać" not in page
    for name in ("trusted", "signed_file", "upd_to_sign", "refuse"):
        answer = client.post(url(name, waiting)) if name != "upd_to_sign" else None
        answer = answer or client.get(url(name, waiting))
        assert answer.headers["Location"] == url("letter", waiting)
    assert not Receipt.objects.exists()
    assert "Doręczone z mocy prawa" in shown(client, "/odebrane/")


def test_looking_at_a_waiting_letter_is_no_reading(
    reader_of: ReaderOf, anna: User, waiting: OutgoingLetter
) -> None:
    shown(reader_of(anna), url("letter", waiting))
    assert delivery_of(waiting).opened_at is None
    assert not Event.objects.filter(kind="DELIVERY_OPENED").exists()
