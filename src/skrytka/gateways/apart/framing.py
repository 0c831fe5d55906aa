"""Bytes on a pipe, each text behind its length: nothing that is read can make anybody run it."""

from typing import BinaryIO

LENGTH = 8


def write_framed(data: bytes, out: BinaryIO) -> None:
    out.write(len(data).to_bytes(LENGTH, "big") + data)
    out.flush()


def read_framed(source: BinaryIO, longest: int) -> bytes:
    """This will read one framed text. Raises EOFError where it ends early, ValueError if longer."""
    length = int.from_bytes(exactly(LENGTH, source), "big")
    if length > longest:
        raise ValueError("longer than is taken")
    return exactly(length, source)


def exactly(size: int, source: BinaryIO) -> bytes:
    data = source.read(size)
    if len(data) < size:
        raise EOFError
    return data
