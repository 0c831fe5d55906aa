"""The rules by which a letter that nobody collects is deemed delivered: data, versioned, sourced.

No rule here is the law's last word: since KPA art. 46 sections 3 to 10 were repealed an institution
chooses the rule for letters to accounts in its own system, and answers for the choice. A delivery
keeps the policy and the version it began with.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum


class ClockStart(StrEnum):
    """Which event starts the term; its day is not counted."""

    FIRST_NOTICE_SENT = "FIRST_NOTICE_SENT"
    ARRIVED = "ARRIVED"
    ARRIVAL_RECORDED = "ARRIVAL_RECORDED"


class LastDay(StrEnum):
    """What becomes of a last day that is free by law or a Saturday (KPA art. 57 section 4)."""

    AS_COUNTED = "AS_COUNTED"
    WORKING_DAY = "WORKING_DAY"


class DeemedDay(StrEnum):
    """The day of delivery: the last day of the term, with its end, or the day that follows."""

    LAST = "LAST"
    NEXT = "NEXT"


@dataclass(frozen=True)
class DeliveryPolicy:
    """One rule in one version, in force from a day on. Terms are in calendar days of Warsaw.

    `second_notice_days` counts from the start too; None where there is no second notice.
    `access_months` counts from the deemed day; None where the rule knows no window of access.
    """

    id: str
    version: int
    in_force_on: date
    name: str
    source: str
    start: ClockStart
    days: int
    second_notice_days: int | None
    last_day: LastDay
    deemed_day: DeemedDay
    access_months: int | None

    def __hash__(self) -> int:
        """Cheap, for it is asked often: policies that differ in no more than the rest are rare."""
        return hash((self.id, self.version))


KPA_2014 = DeliveryPolicy(
    id="kpa-2014-last-day",
    version=1,
    in_force_on=date(2014, 5, 11),
    name="KPA z 2014 r., ostatni dzień terminu",
    source="art. 46 § 4–6 KPA w brzmieniu od 11 maja 2014 r.",
    start=ClockStart.FIRST_NOTICE_SENT,
    days=14,
    second_notice_days=7,
    last_day=LastDay.AS_COUNTED,
    deemed_day=DeemedDay.LAST,
    access_months=3,
)
POLICIES = {
    policy.id: policy
    for policy in (
        KPA_2014,
        replace(
            KPA_2014,
            id="kpa-2014-next-day",
            name="KPA z 2014 r., dzień po upływie terminu",
            deemed_day=DeemedDay.NEXT,
        ),
        replace(
            KPA_2014,
            id="kpa-2014-shifted",
            name="KPA z 2014 r., ostatni dzień przesunięty poza dni wolne",
            source="art. 46 § 4–6 KPA w brzmieniu od 11 maja 2014 r. i art. 57 § 4 KPA",
            last_day=LastDay.WORKING_DAY,
        ),
        DeliveryPolicy(
            id="ude-art42",
            version=1,
            in_force_on=date(2021, 10, 5),
            name="Ustawa o doręczeniach elektronicznych",
            source="art. 42 ustawy z 18 listopada 2020 r. o doręczeniach elektronicznych",
            start=ClockStart.ARRIVED,
            days=14,
            second_notice_days=None,
            last_day=LastDay.AS_COUNTED,
            deemed_day=DeemedDay.NEXT,
            access_months=None,
        ),
        DeliveryPolicy(
            id="ua-api-r13",
            version=1,
            in_force_on=date(2021, 10, 5),
            name="Standard publicznej usługi doręczeń, reguła R13",
            source="reguła R13 publicznej usługi doręczeń; art. 111 i 115 Kodeksu cywilnego",
            start=ClockStart.ARRIVAL_RECORDED,
            days=14,
            second_notice_days=None,
            last_day=LastDay.WORKING_DAY,
            deemed_day=DeemedDay.LAST,
            access_months=None,
        ),
    )
}

PolicyData = dict[str, str | int | None]


def policy_data(policy: DeliveryPolicy) -> PolicyData:
    """This will return the policy as plain values, the way it is kept with a delivery."""
    return {**asdict(policy), "in_force_on": policy.in_force_on.isoformat()}


def policy_from(data: Mapping[str, str | int | None]) -> DeliveryPolicy:
    """This will read back what `policy_data` gave. Raises KeyError or ValueError for other data."""
    second, access = data["second_notice_days"], data["access_months"]
    return DeliveryPolicy(
        id=str(data["id"]),
        version=int(data["version"] or 0),
        in_force_on=date.fromisoformat(str(data["in_force_on"])),
        name=str(data["name"]),
        source=str(data["source"]),
        start=ClockStart(str(data["start"])),
        days=int(data["days"] or 0),
        second_notice_days=None if second is None else int(second),
        last_day=LastDay(str(data["last_day"])),
        deemed_day=DeemedDay(str(data["deemed_day"])),
        access_months=None if access is None else int(access),
    )
