"""Instants and civil dates: the only place where one becomes the other.

Law counts days as they pass in Poland, machines count seconds: every instant is an aware
``datetime`` and becomes a date only here, in Europe/Warsaw.
"""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")

_XML_DATETIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,12})?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_XML_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?")


def civil_moment(at: datetime) -> datetime:
    """This will return the same instant on the clocks of Warsaw.

    Raises ``ValueError`` for an instant without a zone: its meaning would be a guess.
    """
    if at.tzinfo is None:
        message = "an instant needs a time zone"
        raise ValueError(message)
    return at.astimezone(WARSAW)


def civil_date(at: datetime) -> date:
    """This will return the date in Poland at that instant, the one that terms are counted from.

    Raises ``ValueError`` for an instant without a zone.
    """
    return civil_moment(at).date()


def day_start(day: date) -> datetime:
    """This will return the first instant of a civil day in Warsaw, in UTC.

    Clocks are moved at two or three at night, so midnight always exists, once.
    """
    return datetime.combine(day, time(), WARSAW).astimezone(UTC)


def whole_milliseconds(at: datetime) -> datetime:
    """This will return the instant in UTC, cut down to what `xml_datetime` can carry.

    Facts that must come back equal from a document are kept in this precision.
    Raises ``ValueError`` for an instant without a zone.
    """
    if at.tzinfo is UTC and at.microsecond % 1000 == 0:
        return at
    return civil_moment(at).astimezone(UTC).replace(microsecond=at.microsecond // 1000 * 1000)


def xml_datetime(at: datetime) -> str:
    """This will write the instant as xs:dateTime: Warsaw time, milliseconds, offset.

    For instance ``2026-01-12T10:11:12.345+01:00``; the offset keeps the two hours of an autumn
    night apart. Raises ``ValueError`` for an instant without a zone.
    """
    return civil_moment(at).isoformat(timespec="milliseconds")


def parse_xml_datetime(text: str) -> datetime:
    """This will read an xs:dateTime into UTC.

    A time without an offset, as many official documents write it, is taken as Warsaw time, the
    earlier one when the clock shows it twice. Raises ``ValueError`` for anything else.
    """
    if not _XML_DATETIME.fullmatch(text.strip()):
        message = "not an xs:dateTime"
        raise ValueError(message)
    read = datetime.fromisoformat(text.strip())
    try:
        return (read if read.tzinfo else read.replace(tzinfo=WARSAW)).astimezone(UTC)
    except OverflowError as error:
        message = "an instant outside the years 1 to 9999"
        raise ValueError(message) from error


def parse_xml_date(text: str) -> date:
    """This will read an xs:date, or the Polish date of an xs:dateTime.

    Raises ``ValueError`` for anything else.
    """
    found = _XML_DATE.fullmatch(text.strip())
    return date.fromisoformat(found[1]) if found else civil_date(parse_xml_datetime(text))
