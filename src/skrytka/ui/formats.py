"""How sizes, instants and digests are written for a reader, in the reader's language.

Numbers carry a decimal comma and a non-breaking space. Instants are shown in official Polish
time; this is presentation only, no term of law is ever computed here.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WARSAW = ZoneInfo("Europe/Warsaw")
NBSP = "\u00a0"
WORD_JOINER = "\u2060"
MONTHS_OF = (
    gettext_lazy("stycznia"),
    gettext_lazy("lutego"),
    gettext_lazy("marca"),
    gettext_lazy("kwietnia"),
    gettext_lazy("maja"),
    gettext_lazy("czerwca"),
    gettext_lazy("lipca"),
    gettext_lazy("sierpnia"),
    gettext_lazy("września"),
    gettext_lazy("października"),
    gettext_lazy("listopada"),
    gettext_lazy("grudnia"),
)
KILO = 1000
MEGA = 1000 * 1000
DIGEST_GROUP = 4


def file_size(count: int) -> str:
    """This will write a number of bytes as people do: 18 kB, 2,1 MB, 150 MB.

    Decimal units (IEC 80000-13). Under one megabyte whole kilobytes, never below 1 kB for a file
    that holds something; above it one decimal place, left out when it is zero and the number is
    round, because a limit reads better as "150 MB".
    """
    if count <= 0:
        return f"0{NBSP}B"
    if count < MEGA:
        return f"{max(1, round(count / KILO))}{NBSP}kB"
    if count % MEGA == 0:
        return f"{_grouped(count // MEGA)}{NBSP}MB"
    whole, tenth = divmod(round(count * 10 / MEGA), 10)
    return f"{_grouped(whole)},{tenth}{NBSP}MB"


def number(value: int) -> str:
    """This will write a whole number with a non-breaking space between thousands from 10 000 on.

    Four-digit numbers are grouped too, because the counter of characters jumps past them.
    """
    return _grouped(value)


def unbroken(text: str) -> str:
    """This will keep each part of a list on one line: pon.–śr. 7:30–15:30, pt. 7:30–14:00."""
    parts = text.replace("–", f"{WORD_JOINER}–{WORD_JOINER}").split(", ")
    return ", ".join(part.replace(" ", NBSP) for part in parts)


def day(value: date | datetime) -> str:
    """This will write a civil day in words: 23 listopada 2026 r."""
    on = _local(value).date() if isinstance(value, datetime) else value
    return _("%(day)s\u00a0%(month)s\u00a0%(year)s\u00a0r.") % {
        "day": on.day,
        "month": MONTHS_OF[on.month - 1],
        "year": on.year,
    }


def moment(value: datetime) -> str:
    """This will write an instant to the second: 23 listopada 2026 r., godz. 14:47:06."""
    return _("%(day)s, godz.\u00a0%(time)s") % {
        "day": day(value),
        "time": f"{_local(value):%H:%M:%S}",
    }


def clock_time(value: datetime) -> str:
    """This will write the time of day without seconds: 14:47."""
    return f"{_local(value):%H:%M}"


def short_moment(value: datetime) -> str:
    """This will write an instant for a table: 23.11.2026, 14:47:06."""
    return f"{_local(value):%d.%m.%Y, %H:%M:%S}"


def official_time(value: datetime) -> str:
    """This will name the offset of official Polish time at that instant: czas urzędowy, UTC+1."""
    offset = _local(value).utcoffset()
    hours = int(offset.total_seconds() // 3600) if offset else 0
    return _("czas urzędowy, UTC+%(hours)s") % {"hours": hours}


def iso_moment(value: datetime) -> str:
    """This will write an instant for the datetime attribute of a time element."""
    return _local(value).isoformat(timespec="seconds")


def digest(value: str) -> str:
    """This will shorten a hexadecimal digest to its first two and last group of four digits."""
    groups = [value[at : at + DIGEST_GROUP] for at in range(0, len(value), DIGEST_GROUP)]
    if len(groups) <= DIGEST_GROUP:
        return " ".join(groups)
    return f"{groups[0]} {groups[1]} … {groups[-1]}"


def whole_digest(value: str) -> str:
    """This will write every digit of a hexadecimal digest in groups of four."""
    return " ".join(value[at : at + DIGEST_GROUP] for at in range(0, len(value), DIGEST_GROUP))


def _local(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("an instant without a time zone cannot be shown")
    return value.astimezone(WARSAW)


def _grouped(value: int) -> str:
    return f"{value:,}".replace(",", NBSP)
