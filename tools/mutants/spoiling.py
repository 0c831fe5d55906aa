"""One byte elsewhere, the smallest lie."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Mutant:
    """A spoiled file: what was done to it, and the files handed in beside it."""

    kind: str
    data: bytes
    detached: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Signer:
    """Of the first signature: its certificate as DER, and the content that stands in the file.

    ``tokens``: the SHA-256 in hex of the time-stamps that hold, wherever in the file.
    """

    certificate: bytes = b""
    content: bytes = b""
    tokens: frozenset[str] = frozenset()


def spoiled(data: bytes, start: int, end: int, chance: random.Random) -> bytes:
    """This will change one bit of one byte between two places."""
    at = chance.randrange(start, end)
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def spoiled_part(data: bytes, part: bytes, chance: random.Random) -> bytes | None:
    """This will change one bit of a part wherever it stands first; None where it does not."""
    at = data.find(part)
    return None if at < 0 or not part else spoiled(data, at, at + len(part), chance)


def spoiled_files(
    data: bytes, detached: dict[str, bytes], chance: random.Random
) -> Iterator[Mutant]:
    """This will spoil and take away the files that stand beside a signature."""
    for name, content in detached.items():
        others = {other: body for other, body in detached.items() if other != name}
        yield Mutant("detached file removed", data, others)
        yield Mutant("detached file longer", data, {**detached, name: content + b"\n"})
        if content:
            changed = spoiled(content, 0, len(content), chance)
            yield Mutant("detached file changed", data, {**detached, name: changed})
