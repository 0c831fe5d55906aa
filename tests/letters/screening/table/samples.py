"""A row of the tables: a file, what is special about it, and what has to be said of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Good:
    """A file that has to be accepted, with these remarks and no others."""

    what: str
    name: str
    data: bytes
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bad:
    """A file that has to be refused with this code.

    `detail` is the format that was found (F-MAGIC) or the rule of archives that is broken (F-ZIP);
    `member` the file inside an archive that is named.
    """

    what: str
    name: str
    data: bytes
    code: str
    detail: str = ""
    member: str = ""
