"""Deadlines as a calendar file (RFC 5545): whole days, stable identities, no names of people.

What goes into a calendar of somebody's phone leaves the house: of a letter it has its case mark, or
its own number, and the link that asks for a log-in.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from skrytka.delivery.queries.deadlines import Deadline
from skrytka.desk.deadlines.month import kind_text

PRODUCT = "-//Skrytka//Terminy//PL"
LONGEST_LINE = 75
ESCAPED = str.maketrans({
    "\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n",
    **{chr(code): " " for code in (*range(10), *range(11, 32), 127)},
})  # fmt: skip


def calendar_file(deadlines: Iterable[Deadline], link: str, *, at: datetime) -> bytes:
    """This will write the deadlines as one VCALENDAR; `link` has a place for {letter}."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN",
        *(line for deadline in deadlines for line in _event(deadline, link, at)),
        "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(folded(line) for line in lines).encode()


def _event(deadline: Deadline, link: str, at: datetime) -> Iterator[str]:
    """An event of a whole day ends, by the specification, on the day after it (3.6.1)."""
    url = link.format(letter=deadline.letter_id)
    summary = f"{kind_text(deadline.kind)}: {deadline.mark}"
    yield "BEGIN:VEVENT"
    yield f"UID:{_identity(deadline, link)}"
    yield f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{deadline.attempt - 1}"
    yield f"DTSTART;VALUE=DATE:{_day(deadline.on)}"
    yield f"DTEND;VALUE=DATE:{_day(deadline.on + timedelta(days=1))}"
    yield f"SUMMARY:{escaped(summary)}"
    yield f"DESCRIPTION:{escaped(url)}"
    yield f"URL:{url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _identity(deadline: Deadline, link: str) -> str:
    """The same deadline has the same identity in every file, whatever its day (RFC 7986, 5.3).

    A delivery that is started anew moves its events, as SEQUENCE says (RFC 5545, 3.8.7.4): under
    an identity of its own the old day would stay in the calendar of whoever imports the file.
    """
    host = urlsplit(link).hostname or "skrytka"
    return f"{deadline.letter_id}-{deadline.kind.value}@{host}"


def _day(on: date) -> str:
    return f"{on:%Y%m%d}"


def escaped(text: str) -> str:
    """This will write a text value (3.3.11); control characters become spaces."""
    return text.replace("\r\n", "\n").translate(ESCAPED)


def folded(line: str) -> str:
    """This will end the line, cut to at most 75 octets each, never inside a character (3.1)."""
    parts, part, size = [], "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > LONGEST_LINE:
            parts.append(part)
            part, size = " ", 1
        part += sign
        size += octets
    return "\r\n".join((*parts, part)) + "\r\n"
