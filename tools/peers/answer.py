"""What a peer answers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """Whether a peer accepts a file, and its words where it does not."""

    accepts: bool
    why: str = ""
