"""The pages of letters that went out hold no Polish but what people and the law say in it."""

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, User
from skrytka.config import clock
from skrytka.delivery.models import OutgoingDraft, OutgoingLetter
from tests.ui.test_translations import TRANSLATED, assert_translated, page_of, reader
from tests.world.deliveries import collect, waiting_letter
from tests.world.letters import confirm_profile
from tests.world.outgoing import TEXT, days, night_at
from tests.world.sent_letters import letter_between, notice_of, stopped_letter

pytestmark = pytest.mark.django_db
# What stands in the specimen of a letter and in the certificates of the run.
WRITTEN = (
    "Przykładowa",
    "z upoważnienia dyrektora",
    "Anna Żak",
    "Pieczęć instytucji (TYLKO DO PRÓB)",
)


@pytest.fixture(autouse=True)
def _later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: days(12))


@pytest.fixture
def waiting(daria: User, cuw: Institution, anna: User) -> OutgoingLetter:
    confirm_profile(anna, daria, cuw)
    letter = waiting_letter(daria, cuw, anna)
    OutgoingDraft.objects.update(body=TEXT)
    return letter


def check(user: User, *addresses: str) -> None:
    for address in addresses:
        for language in TRANSLATED:
            assert_translated(page_of(reader(user), address, language), language, WRITTEN)


def url(name: str, letter: OutgoingLetter) -> str:
    return reverse(f"desk:{name}", args=[letter.id])


def test_the_lists(waiting: OutgoingLetter, daria: User, cuw: Institution, anna: User) -> None:
    stopped_letter(daria, cuw, anna)
    lists = [reverse("desk:sent"), reverse("desk:deadlines")]
    check(daria, *lists, f"{lists[0]}?q=nic", f"{lists[0]}?dzien=2026-11-16")
    check(daria, f"{lists[1]}?miesiac=2026-12")


def test_a_letter_that_waits_and_how_it_is_stopped(waiting: OutgoingLetter, daria: User) -> None:
    check(daria, f"{url('sent_letter', waiting)}?zasada=ude-art42", url("sent_restart", waiting))
    check(daria, reverse("desk:sent_bounced", args=[notice_of(waiting).id]))


def test_a_collected_letter(waiting: OutgoingLetter, daria: User, anna: User) -> None:
    collect(waiting, anna)
    check(daria, url("sent_letter", waiting))


def test_a_deemed_letter(waiting: OutgoingLetter, daria: User) -> None:
    night_at(days(7, 15))
    night_at(days(14, 15))
    check(daria, url("sent_letter", waiting))


def test_a_letter_to_an_institution(daria: User, cuw: Institution, town_hall: Institution) -> None:
    check(daria, url("sent_letter", letter_between(daria, cuw, town_hall)))
