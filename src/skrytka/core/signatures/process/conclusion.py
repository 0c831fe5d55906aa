"""What a building block or a process concludes, with all that it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from skrytka.core.signatures.words import SubIndication


class Outcome(StrEnum):
    """EN 319 102-1 §5.1.2, of a block or a process."""

    PASSED = "PASSED"
    INDETERMINATE = "INDETERMINATE"
    FAILED = "FAILED"


@dataclass(frozen=True)
class Conclusion:
    """The conclusion of one block. ``about`` names the object, ``when`` a date that decided."""

    name: str
    outcome: Outcome
    sub_indication: SubIndication | None = None
    codes: tuple[str, ...] = ()
    children: "tuple[Conclusion, ...]" = ()
    about: str = ""
    when: datetime | None = None

    @property
    def passed(self) -> bool:
        return self.outcome is Outcome.PASSED


def passed(name: str, *children: Conclusion, about: str = "") -> Conclusion:
    """This will conclude that nothing is wrong."""
    return Conclusion(name, Outcome.PASSED, children=children, about=about)


def failed(name: str, sub: SubIndication, *codes: str, about: str = "") -> Conclusion:
    """This will conclude that something is proved wrong."""
    return Conclusion(name, Outcome.FAILED, sub, codes, about=about)


def doubtful(
    name: str, sub: SubIndication, *codes: str, about: str = "", when: datetime | None = None
) -> Conclusion:
    """This will conclude that it cannot be told."""
    return Conclusion(name, Outcome.INDETERMINATE, sub, codes, about=about, when=when)


def first_fault(name: str, parts: Iterable[Conclusion], *, about: str = "") -> Conclusion:
    """This will run blocks in their order up to the first that does not pass; it decides."""
    done: list[Conclusion] = []
    for part in parts:
        done.append(part)
        if not part.passed:
            return carried(name, part, *done, about=about)
    return passed(name, *done, about=about)


def carried(name: str, decisive: Conclusion, *children: Conclusion, about: str = "") -> Conclusion:
    """This will conclude what the decisive block concluded."""
    return Conclusion(
        name,
        decisive.outcome,
        decisive.sub_indication,
        decisive.codes,
        children or (decisive,),
        about or decisive.about,
        decisive.when,
    )
