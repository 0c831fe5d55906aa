"""`skrytka term`: the dates of a delivery under a policy, each with its reason."""

import argparse
import json
from datetime import date, datetime

from skrytka.core.calendar import WARSAW, YearNotCovered, civil_date, day_with_weekday
from skrytka.core.delivery import POLICIES, DeliveryDates, delivery_dates

COMPUTED, NOT_COMPUTED = 0, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--policy", required=True, choices=sorted(POLICIES))
    parser.add_argument(
        "--from",
        dest="start",
        required=True,
        help="day or instant that starts the term (ISO 8601); without a zone: Warsaw's",
    )
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """This will print the dates and why they are these; exit status 2 when the day is no date."""
    try:
        dates = delivery_dates(POLICIES[arguments.policy], start_day(arguments.start))
    except YearNotCovered as error:
        print(f"Dni wolne znamy od 1990 r., a pytasz o {error.year}. Podaj późniejszy dzień.")
        return NOT_COMPUTED
    except (ValueError, OverflowError):
        print(f"„{arguments.start}” nie jest datą. Wpisz ją tak: 2026-11-25.")
        return NOT_COMPUTED
    print(as_json(dates) if arguments.json else as_text(dates))
    return COMPUTED


def start_day(text: str) -> date:
    """This will read a date, or an instant as the date it has in Warsaw. Raises ValueError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        at = datetime.fromisoformat(text)
        return civil_date(at if at.tzinfo else at.replace(tzinfo=WARSAW))


def as_json(dates: DeliveryDates) -> str:
    return json.dumps(
        {
            "policy": dates.policy_id,
            "version": dates.policy_version,
            "from": dates.start_on.isoformat(),
            "second_notice_on": _iso(dates.second_notice_on),
            "last_day_on": dates.last_day_on.isoformat(),
            "deemed_delivered_on": dates.deemed_delivered_on.isoformat(),
            "access_until": _iso(dates.access_until),
            "explanation": [
                {"rule": reason.rule, "source": reason.source, "text": reason.text}
                for reason in dates.explanation
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


def as_text(dates: DeliveryDates) -> str:
    policy = POLICIES[dates.policy_id]
    told = [
        f"{policy.name} (zasada {policy.id}, wersja {policy.version})",
        f"Ostatni dzień na odbiór: {day_with_weekday(dates.last_day_on)}",
        f"Uznanie za doręczone: {day_with_weekday(dates.deemed_delivered_on)}",
        "",
        *(f"{reason.text} [{reason.source}]" for reason in dates.explanation),
    ]
    return "\n".join(told)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
