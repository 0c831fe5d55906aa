"""Of malware in what an institution sends its administrators hear within the hour."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from skrytka.accounts.models import Institution, Role, User
from skrytka.delivery.operations.flag_watch import tell_of_flagged_bytes
from skrytka.delivery.queries.watch import Attention, Concern, what_waits
from skrytka.gateways.installed import install, installed
from skrytka.ledger.models import OutboxRow
from tests.desk.world import employed
from tests.world.attachments import AT
from tests.world.mailbox import last_mail
from tests.world.outgoing import TITLE, days
from tests.world.sent_files import found_in_worms, sent_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _scanner_back() -> Iterator[None]:
    before = installed()
    yield
    install(before)


@pytest.fixture
def grzegorz(cuw: Institution) -> User:
    return employed("Grzegorz", "Maj", cuw, Role.ADMINISTRATOR)


@pytest.fixture
def halina(town_hall: Institution) -> User:
    return employed("Halina", "Wąs", town_hall, Role.ADMINISTRATOR)


def mails_to(user: User) -> int:
    return OutboxRow.objects.filter(effect="MAIL", payload__to=user.email).count()


@pytest.mark.usefixtures("town_hall")
def test_they_are_written_to_once(
    daria: User, cuw: Institution, anna: User, celina: User, grzegorz: User, halina: User
) -> None:
    sent_with(daria, cuw, anna)
    tell_of_flagged_bytes(at=AT)
    assert mails_to(grzegorz) == 0
    found_in_worms(celina)
    for minutes in (10, 20, 90):
        tell_of_flagged_bytes(at=AT + timedelta(minutes=minutes))
    assert (mails_to(grzegorz), mails_to(halina)) == (1, 0)
    mail = last_mail(grzegorz.email)
    assert mail.startswith("Złośliwe oprogramowanie w wysłanym piśmie")
    assert "W 1 pliku, który wysyłacie" in mail
    assert "/kancelaria/ustawienia/kwarantanna/" in mail
    for secret in (TITLE, "umowa.txt", "Anna"):
        assert secret not in mail


def test_the_digest_of_the_day_counts_the_letters(
    daria: User, cuw: Institution, anna: User, celina: User
) -> None:
    for to in (anna, celina):
        sent_with(daria, cuw, to)
    found_in_worms(celina)
    assert Attention(Concern.FLAGGED_SENT, 2) in what_waits(cuw.pk, at=days(1))
