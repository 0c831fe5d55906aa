"""`skrytka term`: the dates of a delivery under a policy, each with its reason.

The policy is one of those built in, which need no database, or that of an institution: its entity
stands for the rules in force there on the day.
"""

import argparse
import json
import os
from datetime import date, datetime

import django

from skrytka.config.environment import EnvironmentFaultyError, read_environment
from skrytka.core.calendar import WARSAW, YearNotCovered, civil_date, day_with_weekday
from skrytka.core.delivery import POLICIES, DeliveryDates, DeliveryPolicy, delivery_dates

COMPUTED, NOT_COMPUTED = 0, 2
NO_DATABASE = " Nie ma tu bazy, w której szukamy instytucji."


class UnknownPolicyError(Exception):
    """Neither a policy nor an institution has that name."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--policy",
        required=True,
        metavar="ID",
        help=f"one of {', '.join(sorted(POLICIES))}; or the entity of an institution, for instance "
        "ZOJO_Cieszyn: the rules in force there on the day",
    )
    parser.add_argument(
        "--from",
        dest="start",
        required=True,
        help="day or instant that starts the term (ISO 8601); without a zone: Warsaw's",
    )
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """This will print the dates and why they are these.

    Exit status 2 when the day is no date or nothing has the name of the policy.
    """
    try:
        start = start_day(arguments.start)
        policy = policy_named(arguments.policy, start)
        dates = delivery_dates(policy, start)
    except UnknownPolicyError as unknown:
        print(unknown_policy(arguments.policy, str(unknown)))
        return NOT_COMPUTED
    except YearNotCovered as error:
        print(f"Dni wolne znamy od 1990 r., a pytasz o {error.year}. Podaj późniejszy dzień.")
        return NOT_COMPUTED
    except (ValueError, OverflowError):
        print(f"„{arguments.start}” nie jest datą. Wpisz ją tak: 2026-11-25.")
        return NOT_COMPUTED
    print(as_json(dates) if arguments.json else as_text(policy, dates))
    return COMPUTED


def policy_named(name: str, on: date) -> DeliveryPolicy:
    """This will find a policy built in, or the one an institution goes by on that day.

    Only for an institution the database is asked. Raises UnknownPolicyError.
    """
    if name in POLICIES:
        return POLICIES[name]
    if not _has_database():
        raise UnknownPolicyError(NO_DATABASE)
    django.setup()
    from django.db import DatabaseError

    from skrytka.accounts.queries import institution_of_entity
    from skrytka.delivery.queries.rules import delivery_rules_for

    try:
        institution = institution_of_entity(name)
    except DatabaseError as error:
        raise UnknownPolicyError(NO_DATABASE) from error
    if institution is None:
        raise UnknownPolicyError
    return delivery_rules_for(institution.id, on).policy


def _has_database() -> bool:
    """Whether there is an installation to ask; asking where there is none would begin one."""
    try:
        environment = read_environment(os.environ)
    except EnvironmentFaultyError:
        return False
    return environment.data.exists() or not environment.is_embedded


def unknown_policy(name: str, why: str) -> str:
    """This will say which names there are."""
    known = "\n".join(f"  {policy.id}: {policy.name}" for policy in POLICIES.values())
    return "\n".join(
        (
            f"Nie ma zasady ani instytucji „{name}”.{why} Podaj jedną z zasad:",
            known,
            "albo pierwszą część adresu skrytki instytucji, na przykład ZOJO_Cieszyn.",
        )
    )


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


def as_text(policy: DeliveryPolicy, dates: DeliveryDates) -> str:
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
