"""The digest goes out once per institution and working day, to those responsible, without names."""

from datetime import UTC, datetime, timedelta

import pytest

from skrytka.accounts.models import Institution, Role, User
from skrytka.accounts.operations import employ
from skrytka.config import clock, effects, worker
from skrytka.delivery.operations.digest import ask_for_digests, send_digest
from skrytka.ledger.models import OutboxRow
from tests.desk.world import employed
from tests.world.cast import LONG_AGO
from tests.world.outgoing import TITLE
from tests.world.sent_letters import stopped_letter

pytestmark = pytest.mark.django_db
# Wednesday 4 November 2026 at seven in Warsaw, which is six in UTC.
SEVEN = datetime(2026, 11, 4, 6, tzinfo=UTC)


@pytest.fixture
def _busy(daria: User, cuw: Institution, anna: User) -> None:
    stopped_letter(daria, cuw, anna)


def morning(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the worker does in its hourly sweep, and what the outbox brings about then."""
    monkeypatch.setattr(clock, "now", lambda: at)
    monkeypatch.setattr(worker, "now", lambda: at)
    monkeypatch.setattr(effects, "now", lambda: at)
    OutboxRow.objects.exclude(effect="SEND_DIGEST").filter(state="PENDING").update(state="DONE")
    ask_for_digests(at=at)
    effects.drain("worker")


def digests() -> list[tuple[str, str]]:
    rows = OutboxRow.objects.filter(effect="MAIL", key__startswith="mail:digest:").order_by("id")
    return [(row.payload["to"], row.payload["text"]) for row in rows]


@pytest.mark.usefixtures("_busy")
def test_it_goes_to_clerks_and_administrators_each_once(
    cuw: Institution, daria: User, edmund: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    employ(daria.pk, cuw.pk, Role.ADMINISTRATOR, at=LONG_AGO)
    employed("Grzegorz", "Maj", cuw, Role.ADMINISTRATOR)
    employed("Felicja", "Kos", cuw, Role.FRONT_DESK)
    for hours in (0, 0, 1, 5, 16):
        morning(SEVEN + timedelta(hours=hours), monkeypatch)
    assert [to for to, _text in digests()] == ["daria@example.pl", "grzegorz@example.pl"]
    morning(SEVEN + timedelta(days=1), monkeypatch)
    assert len(digests()) == 4


@pytest.mark.usefixtures("_busy")
def test_it_holds_numbers_and_links_and_no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    morning(SEVEN, monkeypatch)
    ((_to, text),) = digests()
    assert "Zatrzymane doręczenia: 1" in text
    assert "Pisma, których adresat nie mógł przeczytać: 1" in text
    assert "http://testserver/kancelaria/wyslane/" in text
    assert "nikt nie otworzył" not in text
    for secret in (TITLE, "Anna", "Kowalska", "anna@", "CUW.5321"):
        assert secret not in text


@pytest.mark.usefixtures("_busy")
@pytest.mark.parametrize(
    ("at", "count"),
    [
        (SEVEN - timedelta(seconds=1), 0),  # before seven
        (SEVEN, 1),
        (SEVEN + timedelta(hours=16, minutes=59), 1),  # caught up before midnight
        (SEVEN + timedelta(hours=17), 0),  # half past midnight of the next day, too early
        (datetime(2026, 11, 7, 10, tzinfo=UTC), 0),  # a Saturday
        (datetime(2026, 11, 8, 10, tzinfo=UTC), 0),  # a Sunday
        (datetime(2026, 11, 11, 10, tzinfo=UTC), 0),  # free by law
        (datetime(2026, 12, 24, 10, tzinfo=UTC), 0),  # free by law since 2025
        (datetime(2027, 3, 29, 10, tzinfo=UTC), 0),  # Easter Monday
        (datetime(2027, 3, 30, 5, tzinfo=UTC), 1),  # seven in summer time
        (datetime(2027, 3, 30, 4, 59, tzinfo=UTC), 0),
    ],
)
def test_at_seven_in_warsaw_on_working_days(
    at: datetime, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    morning(at, monkeypatch)
    assert len(digests()) == count


def test_when_all_is_quiet_nobody_is_bothered_that_day(
    daria: User, cuw: Institution, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    morning(SEVEN, monkeypatch)
    stopped_letter(daria, cuw, anna)
    morning(SEVEN + timedelta(hours=2), monkeypatch)
    assert digests() == []
    morning(SEVEN + timedelta(days=1), monkeypatch)
    assert len(digests()) == 1


def test_an_institution_without_clerks_is_told_through_its_administrator(
    cuw: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    employed("Grzegorz", "Maj", cuw, Role.ADMINISTRATOR)
    morning(SEVEN, monkeypatch)
    assert "nie ma nikogo, kto może prowadzić pisma" in digests()[0][1]


def test_a_closed_institution_is_left_alone(
    cuw: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    Institution.objects.update(is_active=False)
    assert ask_for_digests(at=SEVEN) == 0


@pytest.mark.usefixtures("_busy")
def test_a_digest_that_comes_up_on_another_day_is_not_sent(cuw: Institution) -> None:
    send_digest(cuw.pk, SEVEN.date(), at=SEVEN + timedelta(days=1))
    assert digests() == []
    send_digest(cuw.pk, SEVEN.date(), at=SEVEN)
    send_digest(cuw.pk, SEVEN.date(), at=SEVEN + timedelta(hours=1))
    assert len(digests()) == 1


def test_each_institution_has_its_own(
    daria: User, cuw: Institution, edmund: User, town_hall: Institution, anna: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    stopped_letter(edmund, town_hall, anna)
    morning(SEVEN, monkeypatch)
    assert [to for to, _text in digests()] == ["edmund@example.pl"]


def test_the_hourly_sweep_asks_for_them(
    daria: User, cuw: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "now", lambda: SEVEN)
    worker.sweep_step()
    assert OutboxRow.objects.filter(effect="SEND_DIGEST").count() == 1
