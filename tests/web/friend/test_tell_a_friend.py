"""„Powiadom znajomego” sends only a link, within limits, and keeps nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection

from skrytka.accounts.models import Institution
from skrytka.gateways.installed import install, installed
from skrytka.gateways.mail import Mail, MailNotSentError, MemoryMailer
from skrytka.ledger.models import Event, OutboxRow
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db
FRIEND = "znajoma@example.pl"
ADDRESS = "/instytucje/ZOJO_Cieszyn/powiadom/"


@pytest.fixture
def mailer() -> Iterator[MemoryMailer]:
    before, mailer = installed(), MemoryMailer()
    install(replace(before, mailer=mailer))
    yield mailer
    install(before)


@pytest.fixture
def silent_mailer() -> Iterator[None]:
    class Silent:
        reaches_people = True

        def send(self, mail: Mail) -> None:
            raise MailNotSentError(mail.key)

    before = installed()
    install(replace(before, mailer=Silent()))
    yield
    install(before)


@dataclass(frozen=True)
class Answer:
    status: int
    page: str
    cookies: str


def tell(email: str = FRIEND, client_address: str = "192.0.2.7") -> Answer:
    response = PageClient().post(ADDRESS, {"email": email}, REMOTE_ADDR=client_address)
    return Answer(response.status_code, response.content.decode(), str(response.cookies))


def test_the_friend_gets_the_link_and_a_fixed_text(cuw: Institution, mailer: MemoryMailer) -> None:
    answer = tell()
    assert answer.status == 200
    assert f"Link wysłany na {FRIEND}." in answer.page
    [mail] = mailer.sent
    assert mail.to == FRIEND
    assert "http://testserver/instytucje/ZOJO_Cieszyn/" in mail.text
    assert "Centrum Usług Wspólnych w Cieszynie" in mail.text


def test_the_link_does_not_follow_the_host_of_the_request(
    cuw: Institution, mailer: MemoryMailer
) -> None:
    PageClient().post(ADDRESS, {"email": FRIEND}, headers={"host": "localhost"})
    assert "http://testserver/" in mailer.sent[0].text


def test_the_address_is_stored_nowhere(cuw: Institution, mailer: MemoryMailer) -> None:
    events = Event.objects.count()
    answer = tell()
    assert OutboxRow.objects.count() == 0
    assert Event.objects.count() == events
    assert Session.objects.count() == 0
    assert "znajoma" not in answer.cookies
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache")
        kept = str(cursor.fetchall())
    assert "recommend" in kept
    assert "znajoma" not in kept
    assert "192.0.2.7" not in kept


def test_a_wrong_address_is_told_beside_the_field_and_kept(
    cuw: Institution, mailer: MemoryMailer
) -> None:
    page = tell("znajoma@").page
    assert "<title>Błąd: " in page
    assert page.count("Wpisz adres e-mail, na przykład anna@example.pl") == 2
    assert 'value="znajoma@"' in page
    assert mailer.sent == []


@pytest.mark.parametrize(
    "email", ["", "a@example.pl\nBcc: b@example.pl", "a@example.pl,b@example.pl"]
)
def test_nothing_leaves_for_what_is_not_one_address(
    cuw: Institution, mailer: MemoryMailer, email: str
) -> None:
    assert "Wpisz adres" in tell(email).page
    assert mailer.sent == []


def test_the_sixth_link_within_an_hour_is_refused(cuw: Institution, mailer: MemoryMailer) -> None:
    for _time in range(5):
        assert tell().status == 200
    answer = tell("inna@example.pl")
    page = answer.page
    assert answer.status == 429
    assert "Wysłano stąd już dużo linków." in page
    assert 'value="inna@example.pl"' in page
    assert len(mailer.sent) == 5


def test_another_reader_may_still_send(cuw: Institution, mailer: MemoryMailer) -> None:
    for _time in range(6):
        tell()
    assert tell(client_address="192.0.2.8").status == 200


def test_the_twenty_first_link_within_a_day_is_refused(
    cuw: Institution, mailer: MemoryMailer
) -> None:
    sent = 0
    for _hour in range(5):
        sent += sum(tell().status == 200 for _time in range(5))
        _an_hour_passes()
    assert sent == 20
    assert tell().status == 429


def test_a_mail_that_does_not_leave_is_told(cuw: Institution, silent_mailer: None) -> None:
    answer = tell()
    assert answer.status == 503
    assert "Nie udało się wysłać linku." in answer.page


def test_opening_the_address_of_the_form_leads_to_the_page(cuw: Institution) -> None:
    response = PageClient().get(ADDRESS)
    assert response["Location"] == "/instytucje/ZOJO_Cieszyn/"


def test_an_unknown_institution_is_not_found(mailer: MemoryMailer) -> None:
    response = PageClient().post("/instytucje/nobody/powiadom/", {"email": FRIEND})
    assert response.status_code == 404
    assert mailer.sent == []


def _an_hour_passes() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache WHERE cache_key LIKE %s", ["%recommend:h:%"])
    assert cache.get("recommend:h:") is None
