"""From the day that starts a term to the dates of law, each with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from skrytka.core.calendar import (
    day_counted,
    day_months_later,
    day_with_weekday,
    is_working_day,
    named_days_off,
    next_working_day,
)
from skrytka.core.delivery.policies import ClockStart, DeemedDay, DeliveryPolicy, LastDay

STARTS = {
    ClockStart.FIRST_NOTICE_SENT: "Pierwsze zawiadomienie wysłano {day}.",
    ClockStart.ARRIVED: "Pismo wpłynęło do skrzynki {day}.",
    ClockStart.ARRIVAL_RECORDED: "Dowód otrzymania wystawiono {day}.",
}
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Reason:
    """One step of the computation: a stable name of the rule, its source, a sentence in Polish."""

    rule: str
    source: str
    text: str


@dataclass(frozen=True)
class DeliveryDates:
    """The dates of one delivery under one policy; all civil dates of Warsaw.

    `last_day_on` is the last day on which the party may still collect with its own signature;
    `access_until` the last day on which the content has to be open to it after that.
    """

    policy_id: str
    policy_version: int
    start_on: date
    second_notice_on: date | None
    last_day_on: date
    deemed_delivered_on: date
    access_until: date | None
    explanation: tuple[Reason, ...]


@lru_cache(maxsize=1024)  # in one night many terms end that began on the same few days
def delivery_dates(policy: DeliveryPolicy, start_on: date) -> DeliveryDates:
    """This will compute the dates of a delivery whose term was started on `start_on`.

    Total for every day from 1990 on (raises YearNotCovered before); the rules are the policy's.
    """
    second = _second_notice_on(policy, start_on)
    counted = day_counted(start_on, policy.days)
    last = next_working_day(counted) if policy.last_day is LastDay.WORKING_DAY else counted
    deemed = last + DAY if policy.deemed_day is DeemedDay.NEXT else last
    access = (
        None if policy.access_months is None else day_months_later(deemed, policy.access_months)
    )
    return DeliveryDates(
        policy_id=policy.id,
        policy_version=policy.version,
        start_on=start_on,
        second_notice_on=second,
        last_day_on=last,
        deemed_delivered_on=deemed,
        access_until=access,
        explanation=(
            _started(policy, start_on),
            *_second_notice(policy, second),
            *_last_day(policy, counted, last),
            _deemed(policy, last, deemed),
            *_access(policy, access),
        ),
    )


def _second_notice_on(policy: DeliveryPolicy, start_on: date) -> date | None:
    if policy.second_notice_days is None:
        return None
    return day_counted(start_on, policy.second_notice_days)


def _started(policy: DeliveryPolicy, start_on: date) -> Reason:
    event = STARTS[policy.start].format(day=day_with_weekday(start_on))
    by_kpa = policy.start is ClockStart.FIRST_NOTICE_SENT
    source = "art. 57 § 1 KPA" if by_kpa else policy.source
    return Reason("START", source, f"{event} Tego dnia nie wliczamy, liczymy od następnego.")


def _second_notice(policy: DeliveryPolicy, second: date | None) -> Iterator[Reason]:
    if second is not None:
        text = (
            f"Jeśli do końca dnia {day_with_weekday(second)} nikt nie odbierze pisma, wysyłamy "
            "powtórne zawiadomienie. Termin liczymy nadal od pierwszego."
        )
        yield Reason("SECOND_NOTICE", policy.source, text)


def _last_day(policy: DeliveryPolicy, counted: date, last: date) -> Iterator[Reason]:
    text = f"Dzień {policy.days}. to {day_with_weekday(counted)}."
    yield Reason("COUNTED", policy.source, text)
    if policy.last_day is LastDay.WORKING_DAY:
        source = (
            "art. 57 § 4 KPA" if policy.start is ClockStart.FIRST_NOTICE_SENT else policy.source
        )
        yield Reason("LAST_DAY", source, _moved(counted, last))
    elif not is_working_day(counted):
        text = f"To {_why_free(counted)}, ale ta reguła terminu nie przesuwa."
        yield Reason("LAST_DAY", policy.source, text)


def _moved(counted: date, last: date) -> str:
    if counted == last:
        return "To dzień roboczy, więc termin kończy się tego dnia."
    return (
        f"To {_why_free(counted)}, więc termin kończy się pierwszego dnia, który nie jest wolny "
        f"ani sobotą: {day_with_weekday(last)}."
    )


def _why_free(day: date) -> str:
    named = {free.on: free.name for free in named_days_off(day.year)}
    if day in named:
        return f"dzień wolny od pracy ({named[day]})"
    return "niedziela" if day.weekday() == 6 else "sobota"


def _deemed(policy: DeliveryPolicy, last: date, deemed: date) -> Reason:
    if policy.deemed_day is DeemedDay.LAST:
        text = (
            "Nieodebrane pismo uznajemy za doręczone z upływem ostatniego dnia: "
            f"{day_with_weekday(deemed)}."
        )
    else:
        text = (
            f"Termin upływa z końcem dnia {day_with_weekday(last)}; nieodebrane pismo uznajemy za "
            f"doręczone następnego dnia: {day_with_weekday(deemed)}."
        )
    return Reason("DEEMED", policy.source, text)


def _access(policy: DeliveryPolicy, access: date | None) -> Iterator[Reason]:
    if access is not None:
        text = (
            f"Treść pozostaje dostępna przez {policy.access_months} miesiące: "
            f"do {day_with_weekday(access)}."
        )
        yield Reason("ACCESS", "art. 46 KPA w brzmieniu z 2014 r.; art. 57 § 3 KPA", text)
