"""What falls due by itself, on the day the law says, once, however late the system wakes up."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from skrytka.accounts.models import Institution, User
from skrytka.core.delivery import POLICIES, Standing, StopCause
from skrytka.core.receipts import DeliveryWay, UpdFacts, read_upd
from skrytka.delivery.models import Delivery, Notice, OutgoingLetter
from skrytka.delivery.operations.deemed_mails import tell_deemed
from skrytka.delivery.operations.restart import start_anew
from skrytka.delivery.operations.sweep import (
    Swept,
    has_due_deliveries,
    sweep_apart,
    sweep_due,
)
from skrytka.delivery.operations.upd_facts import collected_facts, refused_facts
from skrytka.evidence.models import Receipt, ReceiptIntent
from skrytka.evidence.operations import CannotSeal
from skrytka.evidence.queries import check_public_receipt, receipt_of
from skrytka.gateways.file_keys import FileSealKeys
from skrytka.gateways.installed import install, installed
from skrytka.gateways.mail import MemoryMailer
from skrytka.ledger.models import Event, OutboxRow
from skrytka.ledger.operations import Actor
from tests.world.outgoing import (
    SENT_AT,
    adopt,
    days,
    delivery_of,
    dispatched_letter,
    night_at,
    noticed_letter,
    send_notices,
    use_mailer,
)

pytestmark = pytest.mark.django_db
# The instants in Warsaw of the term that 2 November starts: in winter an hour before UTC.
REPEAT_DUE = datetime.fromisoformat("2026-11-10T00:00:00+01:00")
LAPSE = datetime.fromisoformat("2026-11-17T00:00:00+01:00")
TICK = timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def mailer() -> Iterator[MemoryMailer]:
    before, memory = installed().mailer, MemoryMailer()
    use_mailer(memory)
    yield memory
    use_mailer(before)


@pytest.fixture
def letter(daria: User, cuw: Institution, anna: User) -> OutgoingLetter:
    return noticed_letter(daria, cuw, anna)


def upd_of(letter: OutgoingLetter) -> UpdFacts:
    stored = receipt_of(letter.id)
    assert stored is not None
    return read_upd(stored.xml)


def lines_of(facts: UpdFacts, kind: str) -> list[str]:
    return [line.text for line in facts.information if line.kind == kind]


def subjects_to(address: str) -> list[str]:
    rows = OutboxRow.objects.filter(effect="MAIL", payload__to=address).order_by("id")
    return [row.payload["subject"] for row in rows]


def test_nothing_is_due_before_its_moment(letter: OutgoingLetter) -> None:
    assert sweep_due(at=REPEAT_DUE - TICK) == Swept()
    assert not has_due_deliveries(at=REPEAT_DUE - TICK)
    assert has_due_deliveries(at=REPEAT_DUE)


def test_the_repeated_notice_goes_out_when_the_seventh_day_is_over(
    letter: OutgoingLetter, mailer: MemoryMailer
) -> None:
    assert night_at(REPEAT_DUE) == Swept(found=1, reminded=1)
    assert night_at(REPEAT_DUE) == Swept()
    assert [mail.subject for mail in mailer.sent] == [
        "Czeka na Ciebie pismo z urzędu",
        "Przypominamy: czeka na Ciebie pismo z urzędu",
    ]
    delivery = delivery_of(letter)
    assert (delivery.standing, delivery.repeat_notice_at) == (Standing.REMINDED, REPEAT_DUE)
    assert delivery.due_at == LAPSE


def test_a_letter_nobody_collects_is_deemed_delivered_at_midnight(letter: OutgoingLetter) -> None:
    night_at(REPEAT_DUE)
    assert night_at(LAPSE - TICK) == Swept()
    assert night_at(LAPSE) == Swept(found=1, deemed=1)
    delivery = delivery_of(letter)
    assert (delivery.standing, delivery.ended_at, delivery.due_at) == ("DEEMED", LAPSE, None)
    assert str(delivery.deemed_on) == "2026-11-17"
    assert str(delivery.access_until) == "2027-02-17"
    event = Event.objects.get(kind="DELIVERY_DEEMED")
    assert (event.subject_id, event.data) == (str(letter.id), {"on": "2026-11-17"})


def test_the_automatic_upd_is_sealed_marked_and_says_why(letter: OutgoingLetter) -> None:
    night_at(REPEAT_DUE)
    night_at(LAPSE)
    facts, stored = upd_of(letter), receipt_of(letter.id)
    assert stored is not None
    check = check_public_receipt(stored.xml, {}, at=LAPSE)
    assert check.valid
    assert check.way is DeliveryWay.DEEMED
    assert facts.receipt_no == delivery_of(letter).upd_no
    assert facts.received_at.isoformat() == "2026-11-16T23:00:00+00:00"
    assert facts.produced_at == LAPSE
    assert facts.case_mark == "CUW.5321.7.2026"
    assert lines_of(facts, "Zawiadomienie pierwsze") == ["2026-11-02T10:00:00.000+01:00"]
    assert lines_of(facts, "Zawiadomienie powtórne") == ["2026-11-10T00:00:00.000+01:00"]
    assert lines_of(facts, "Reguła") == ["kpa-2014-next-day wersja 1"]
    assert lines_of(facts, "Dzień uznania za doręczone") == ["2026-11-17"]
    (basis,) = lines_of(facts, "Podstawa")
    assert basis.startswith("Uznanie za doręczone po upływie 14 dni; adresat nie potwierdził")
    assert len(lines_of(facts, "Uzasadnienie")) == len(dates_explained())
    assert any("17 listopada 2026" in why for why in lines_of(facts, "Uzasadnienie"))
    assert lines_of(facts, "Załącznik")[0].startswith("zaświadczenie.pdf; ")


def dates_explained() -> tuple[object, ...]:
    from skrytka.core.delivery import delivery_dates

    return delivery_dates(POLICIES["kpa-2014-next-day"], SENT_AT.date()).explanation


def test_the_last_day_of_the_term_ends_with_its_last_instant(
    daria: User, cuw: Institution, anna: User
) -> None:
    adopt(cuw, POLICIES["kpa-2014-last-day"])
    letter = noticed_letter(daria, cuw, anna)
    night_at(REPEAT_DUE)
    assert night_at(LAPSE).deemed == 1
    assert upd_of(letter).received_at.isoformat() == "2026-11-16T22:59:59.999000+00:00"


def test_both_sides_are_told_once(letter: OutgoingLetter, anna: User, daria: User) -> None:
    night_at(REPEAT_DUE)
    night_at(LAPSE)
    told = OutboxRow.objects.get(effect="TELL_DEEMED")
    assert told.payload == {"letters": str(letter.id)}
    for _ in range(2):
        tell_deemed(letter.id, at=LAPSE)
    assert subjects_to(anna.email) == ["Pismo uznane za doręczone"]
    assert subjects_to(daria.email) == ["Pismo uznane za doręczone"]


def test_down_from_day_six_to_day_twenty_nothing_is_deemed_without_its_reminder(
    letter: OutgoingLetter, daria: User
) -> None:
    """The reminder was due on day eight and the term ended on day fourteen, both unseen."""
    assert night_at(days(20)) == Swept(found=1, stopped=1)
    delivery = delivery_of(letter)
    assert (delivery.standing, delivery.stop_cause) == ("STOPPED", StopCause.REPEAT_MISSED)
    assert not Receipt.objects.filter(letter_id=letter.id).exists()
    assert Event.objects.get(kind="DELIVERY_STOPPED").data == {"cause": "REPEAT_MISSED"}
    assert subjects_to(daria.email) == ["Zatrzymane doręczenie pisma"]
    start_anew(letter.id, actor=Actor("7"), at=days(20))
    send_notices(days(20))
    night_at(days(28))
    assert night_at(days(35)) == Swept(found=1, deemed=1)
    assert str(delivery_of(letter).deemed_on) == "2026-12-07"


def test_down_over_the_end_the_day_of_law_stands_and_the_seal_tells_its_true_instant(
    letter: OutgoingLetter,
) -> None:
    night_at(REPEAT_DUE)
    assert night_at(days(20)).deemed == 1
    delivery, facts = delivery_of(letter), upd_of(letter)
    assert (str(delivery.deemed_on), delivery.ended_at) == ("2026-11-17", days(20))
    assert facts.received_at.isoformat() == "2026-11-16T23:00:00+00:00"
    assert facts.produced_at == days(20)


def test_down_where_no_reminder_is_asked_for_the_day_of_law_stands(
    daria: User, cuw: Institution, anna: User
) -> None:
    adopt(cuw, POLICIES["ude-art42"])
    letter = noticed_letter(daria, cuw, anna)
    assert night_at(days(20)) == Swept(found=1, deemed=1)
    assert str(delivery_of(letter).deemed_on) == "2026-11-17"
    assert delivery_of(letter).access_until is None
    assert lines_of(upd_of(letter), "Zawiadomienie powtórne") == []


def test_down_until_after_the_seventh_day_the_late_reminder_moves_nothing(
    letter: OutgoingLetter,
) -> None:
    assert night_at(days(12)).reminded == 1
    assert night_at(LAPSE).deemed == 1
    assert lines_of(upd_of(letter), "Zawiadomienie powtórne") == ["2026-11-14T10:00:00.000+01:00"]


def test_a_reminder_still_on_its_way_at_the_end_stops_the_fiction(letter: OutgoingLetter) -> None:
    assert sweep_due(at=REPEAT_DUE).reminded == 1
    assert sweep_due(at=LAPSE).stopped == 1
    send_notices(LAPSE)
    assert delivery_of(letter).stop_cause == StopCause.REPEAT_MISSED
    assert night_at(days(60)) == Swept()


def test_a_letter_whose_first_notice_is_still_on_its_way_is_never_due(
    daria: User, cuw: Institution, anna: User
) -> None:
    dispatched_letter(daria, cuw, anna)
    assert sweep_due(at=days(400)) == Swept()


def test_a_batch_is_all_or_nothing_and_the_next_one_goes_on(
    daria: User, cuw: Institution, anna: User
) -> None:
    letters = [noticed_letter(daria, cuw, anna) for _ in range(5)]
    night_at(REPEAT_DUE)
    assert sweep_due(at=LAPSE, limit=2).deemed == 2
    assert sweep_due(at=LAPSE, limit=2).deemed == 2
    assert sweep_due(at=LAPSE, limit=2).deemed == 1
    assert Receipt.objects.filter(letter_id__in=[each.id for each in letters]).count() == 5
    assert Notice.objects.filter(state="SENT").count() == 10


def test_while_the_keys_do_not_serve_everything_stays_due(
    letter: OutgoingLetter, tmp_path: object
) -> None:
    night_at(REPEAT_DUE)
    before = installed()
    install(replace(before, seal_keys=FileSealKeys(tmp_path)))  # type: ignore[arg-type]
    with pytest.raises(CannotSeal):
        sweep_due(at=LAPSE)
    assert delivery_of(letter).standing == Standing.REMINDED
    install(before)
    assert sweep_due(at=LAPSE).deemed == 1


def test_the_database_lets_one_upd_in_for_a_letter(letter: OutgoingLetter) -> None:
    """Were two workers to hold the same row, the second would fail as a whole."""
    night_at(REPEAT_DUE)
    night_at(LAPSE)
    Delivery.objects.filter(pk=letter.id).update(standing="REMINDED", ended_at=None, due_at=LAPSE)
    with pytest.raises(IntegrityError), transaction.atomic():
        sweep_due(at=LAPSE)
    assert Receipt.objects.count() == ReceiptIntent.objects.count() == 1
    assert Event.objects.filter(kind="DELIVERY_DEEMED").count() == 1


def test_of_a_batch_the_first_upd_is_put_before_the_public_verifier(
    letter: OutgoingLetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The seal of another key would be told before anything is stored."""
    night_at(REPEAT_DUE)
    keys = installed().seal_keys
    trust = replace(keys.trust(), institution_seals=())
    monkeypatch.setattr(type(keys), "trust", lambda _self: trust)
    with pytest.raises(CannotSeal):
        sweep_due(at=LAPSE)
    assert not Receipt.objects.exists()


def test_sweeping_costs_as_many_statements_for_many_as_for_few(
    daria: User,
    cuw: Institution,
    anna: User,
    django_assert_max_num_queries: object,
) -> None:
    for _ in range(6):
        noticed_letter(daria, cuw, anna)
    night_at(REPEAT_DUE)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert sweep_due(at=LAPSE).deemed == 6


def test_one_delivery_that_fails_holds_up_nobody_else(
    daria: User, cuw: Institution, anna: User
) -> None:
    good, bad = noticed_letter(daria, cuw, anna), noticed_letter(daria, cuw, anna)
    night_at(REPEAT_DUE)
    Delivery.objects.filter(pk=bad.id).update(policy={"id": "unreadable"})
    with pytest.raises(KeyError):
        sweep_due(at=LAPSE)
    assert sweep_apart(at=LAPSE) == 2
    assert delivery_of(good).standing == "DEEMED"
    assert delivery_of(bad).due_at == LAPSE + timedelta(hours=1)
    assert not has_due_deliveries(at=LAPSE)


def test_an_upd_that_a_party_signs_is_not_called_automatic(letter: OutgoingLetter) -> None:
    row = Delivery.objects.select_related("letter__institution").get(pk=letter.id)
    assert all(line.kind != "Źródło" for line in collected_facts(row, SENT_AT).lines)
    assert any(line.kind == "Źródło" for line in refused_facts(row, SENT_AT).lines)
