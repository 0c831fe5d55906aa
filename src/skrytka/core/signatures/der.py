"""The little DER that is read here by hand: nested values of qualified statements and names."""

from dataclasses import dataclass

_LONG_FORM = 0x80
_LONGEST_LENGTH = 4


class BrokenDer(Exception):
    """The bytes are not definite-length DER."""


@dataclass(frozen=True)
class Value:
    """One value: its tag, its content and its whole encoding."""

    tag: int
    content: bytes
    encoded: bytes


def read_values(data: bytes) -> tuple[Value, ...]:
    """This will read the values that stand one after another (X.690 §8.1). Raises `BrokenDer`."""
    values = []
    while data:
        value = _first(data)
        values.append(value)
        data = data[len(value.encoded) :]
    return tuple(values)


def read_only(data: bytes) -> Value:
    """This will read exactly one value that fills the data. Raises `BrokenDer`."""
    values = read_values(data)
    if len(values) != 1:
        raise BrokenDer
    return values[0]


def _first(data: bytes) -> Value:
    if len(data) < 2:
        raise BrokenDer
    size, start = data[1], 2
    if size >= _LONG_FORM:
        start += size - _LONG_FORM
        if not 2 < start <= 2 + _LONGEST_LENGTH:
            raise BrokenDer
        size = int.from_bytes(data[2:start])
    if len(data) < start + size:
        raise BrokenDer
    return Value(data[0], data[start : start + size], data[: start + size])
