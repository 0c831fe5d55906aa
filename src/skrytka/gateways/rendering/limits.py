"""How much drawing one page may cost, and how large its picture may be."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class RenderingLimits:
    """The bounds of drawing; sizes in bytes, times in seconds, pictures in pixels.

    `cpu` and `memory` stand above what the process takes by itself. `patience` is for how long an
    answer is waited for, also on a busy machine; `wait` for how long a free place is. `pixels` is
    the largest image that is decoded at all, `answer` the longest picture that is taken, `kept`
    how much of the latest pictures is kept in memory.
    """

    cpu: float = 5.0
    memory: int = 512 * MIB
    patience: float = 20.0
    wait: float = 5.0
    at_once: int = 2
    width: int = 1100
    height: int = 4400
    pixels: int = 100_000_000
    answer: int = 16 * MIB
    kept: int = 8 * MIB
