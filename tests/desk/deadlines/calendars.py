"""A strict reader of calendar files (RFC 5545), so that ours are read by somebody else's rules."""

import re

LINE = re.compile(rb"[^\r\n]*\r\n")
NAME = re.compile(r"[A-Z-]+(;[A-Z-]+=[^\";:,]+)*")
ESCAPE = re.compile(r"\\(.?)", re.DOTALL)
TEXTS = ("SUMMARY", "DESCRIPTION")
ONCE = ("UID", "DTSTAMP", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "SUMMARY")


def events_of(data: bytes) -> list[dict[str, str]]:
    """The events of one calendar; any breach of the format fails the test."""
    lines = [_property(line) for line in _unfolded(data)]
    assert lines[0] == ("BEGIN", "VCALENDAR")
    assert lines[-1] == ("END", "VCALENDAR")
    assert ("VERSION", "2.0") in lines
    assert [name for name, _value in lines].count("PRODID") == 1
    events: list[dict[str, str]] = []
    event: dict[str, str] | None = None
    for name, value in lines[1:-1]:
        if (name, value) == ("BEGIN", "VEVENT"):
            assert event is None
            event = {}
        elif (name, value) == ("END", "VEVENT"):
            assert event is not None
            assert set(ONCE) <= set(event)
            events.append(event)
            event = None
        elif event is not None:
            assert name not in event
            event[name] = _text(value) if name in TEXTS else value
        else:
            assert name in {"VERSION", "PRODID", "CALSCALE"}
    assert event is None
    assert len({each["UID"] for each in events}) == len(events)
    return events


def _unfolded(data: bytes) -> list[str]:
    """Physical lines end with CRLF and have at most 75 octets; a space continues the one before."""
    physical = LINE.findall(data)
    assert b"".join(physical) == data
    lines: list[str] = []
    for line in physical:
        assert len(line) - 2 <= 75
        text = line[:-2].decode()  # each physical line is UTF-8 by itself
        assert not any(ord(sign) < 32 or ord(sign) == 127 for sign in text)
        if text.startswith(" "):
            lines[-1] += text[1:]
        else:
            lines.append(text)
    return lines


def _property(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    assert colon
    assert NAME.fullmatch(name), name
    return name, value


def _text(value: str) -> str:
    bare = ESCAPE.sub("", value)
    assert ";" not in bare
    assert "," not in bare

    def plain(found: re.Match[str]) -> str:
        assert found[1] in {"\\", ";", ",", "n", "N"}
        return "\n" if found[1] in "nN" else found[1]

    return ESCAPE.sub(plain, value)
