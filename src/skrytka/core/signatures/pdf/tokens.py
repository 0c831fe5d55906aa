"""The few kinds of PDF objects that a signature dictionary is written with (ISO 32000-2 §7.3).

Only direct objects are read, at known places, and each string keeps its place in the file: which
bytes a signature leaves out cannot be told from a parsed value.
"""

import re
from dataclasses import dataclass

_DEEPEST = 32
_MOST_TOKENS = 20_000
_LONGEST_LITERAL = 65_536
_BLANK = re.compile(rb"(?:[\x00\t\n\x0c\r ]|%[^\r\n]*[\r\n])*")
_HEX = re.compile(rb"<[0-9A-Fa-f\x00\t\n\x0c\r ]*>")
_NAME = re.compile(rb"/[^\x00\t\n\x0c\r ()<>\[\]{}/%]*")
_REFERENCE = re.compile(rb"(\d{1,10})[\x00\t\n\x0c\r ]+(\d{1,5})[\x00\t\n\x0c\r ]+R(?![A-Za-z])")
_NUMBER = re.compile(rb"[+-]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})")
_WORD = re.compile(rb"true|false|null")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_IN_LITERAL = re.compile(rb"\\.|[()]", re.DOTALL)


class CannotReadObject(ValueError):
    """The bytes at this place are not the object that was looked for."""


@dataclass(frozen=True)
class Name:
    value: str


@dataclass(frozen=True)
class Reference:
    number: int
    generation: int


@dataclass(frozen=True)
class Text:
    """A string; ``start`` and ``end`` are its offsets in the file with its delimiters."""

    start: int
    end: int
    is_hex: bool


@dataclass(frozen=True)
class Dictionary:
    """The entries in the order of the file: a key that is written twice stays twice."""

    entries: "tuple[tuple[str, Value], ...]"

    def all(self, key: str) -> "tuple[Value, ...]":
        return tuple(value for name, value in self.entries if name == key)

    def get(self, key: str) -> "Value":
        return next(iter(self.all(key)), None)

    def name(self, key: str) -> str | None:
        value = self.get(key)
        return value.value if isinstance(value, Name) else None


Value = Name | Reference | Text | Dictionary | tuple["Value", ...] | int | float | bytes | None


class ObjectReader:
    """Reads one object from a place of the file, and never more than its share."""

    def __init__(self, data: bytes, position: int) -> None:
        self._data = data
        self._at = position
        self._left = _MOST_TOKENS

    def read(self, depth: int = 0) -> Value:
        """This will read the next object. Raises `CannotReadObject`."""
        self._left -= 1
        if depth > _DEEPEST or self._left < 0:
            raise CannotReadObject
        self._skip_blanks()
        start = self._data[self._at : self._at + 2]
        if start == b"<<":
            return self._dictionary(depth)
        if start[:1] == b"[":
            return self._array(depth)
        return self._string(start[:1]) if start[:1] in {b"<", b"("} else self._simple()

    def _skip_blanks(self) -> None:
        blanks = _BLANK.match(self._data, self._at)
        self._at = blanks.end() if blanks else self._at

    def _ends_with(self, mark: bytes) -> bool:
        self._skip_blanks()
        if not self._data.startswith(mark, self._at):
            return False
        self._at += len(mark)
        return True

    def _dictionary(self, depth: int) -> Dictionary:
        self._at += 2
        entries = []
        while not self._ends_with(b">>"):
            key = self.read(depth + 1)
            if not isinstance(key, Name):
                raise CannotReadObject
            entries.append((key.value, self.read(depth + 1)))
        return Dictionary(tuple(entries))

    def _array(self, depth: int) -> tuple[Value, ...]:
        self._at += 1
        values = []
        while not self._ends_with(b"]"):
            values.append(self.read(depth + 1))
        return tuple(values)

    def _string(self, mark: bytes) -> Text:
        start = self._at
        self._at = self._after_hex() if mark == b"<" else self._after_literal()
        return Text(start, self._at, mark == b"<")

    def _after_hex(self) -> int:
        found = _HEX.match(self._data, self._at)
        if found is None:
            raise CannotReadObject
        return found.end()

    def _after_literal(self) -> int:
        depth = 0
        for mark in _IN_LITERAL.finditer(self._data, self._at, self._at + _LONGEST_LITERAL):
            depth += {b"(": 1, b")": -1}.get(mark.group(), 0)
            if depth == 0:
                return mark.end()
        raise CannotReadObject

    def _simple(self) -> Value:
        for pattern, made in _SIMPLE:
            found = pattern.match(self._data, self._at)
            if found is not None:
                self._at = found.end()
                return made(found)
        raise CannotReadObject


def _made_name(found: re.Match[bytes]) -> Name:
    plain = _ESCAPED.sub(lambda code: bytes([int(code.group(1), 16)]), found.group()[1:])
    return Name(plain.decode("latin-1"))


def _made_reference(found: re.Match[bytes]) -> Reference:
    return Reference(int(found.group(1)), int(found.group(2)))


def _made_number(found: re.Match[bytes]) -> int | float:
    text = found.group()
    return float(text) if b"." in text else int(text)


_SIMPLE = (
    (_NAME, _made_name),
    (_REFERENCE, _made_reference),
    (_NUMBER, _made_number),
    (_WORD, lambda found: found.group()),
)


_LINE_END = re.compile(rb"\r\n?")
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|\r|\n)|(.))", re.DOTALL)
_CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_BLANKS = b"\x00\t\n\x0c\r "


def octets_of(data: bytes, text: Text) -> bytes:
    """This will decode a string (ISO 32000-2 §7.3.4); an odd last hex digit is followed by 0."""
    inner = data[text.start + 1 : text.end - 1]
    if text.is_hex:
        digits = inner.translate(None, _BLANKS)
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    return _ESCAPE.sub(_unescaped, _LINE_END.sub(b"\n", inner))


def _unescaped(found: re.Match[bytes]) -> bytes:
    octal, line_end, character = found.groups()
    if octal:
        return bytes([int(octal, 8) & 0xFF])
    return b"" if line_end else _CONTROLS.get(character, character)
