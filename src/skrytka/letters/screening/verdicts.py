"""What the screening answers."""

from dataclasses import dataclass, replace
from enum import StrEnum

from skrytka.letters.screening.faults import Fault
from skrytka.letters.screening.remarks import Remarks, in_order


class Outcome(StrEnum):
    """UNSCREENED: nothing wrong was found, but the scanner did not answer. Never safe."""

    SAFE = "SAFE"
    REFUSED = "REFUSED"
    UNSCREENED = "UNSCREENED"


@dataclass(frozen=True)
class Verdict:
    """What the screening says of one file; `size` in bytes, `sha256` in hex.

    `remarks` of an archive are those of its members as well. A locked member has no digest: its
    bytes were not seen.
    """

    file_name: str
    size: int
    sha256: str
    outcome: Outcome
    detected: str = ""
    media_type: str = ""
    engine: str = ""
    fault: Fault | None = None
    members: tuple["Verdict", ...] = ()
    remarks: Remarks = ()


def as_refused(verdict: Verdict, fault: Fault) -> Verdict:
    """This will return the verdict with the reason why the file is refused."""
    return replace(verdict, outcome=Outcome.REFUSED, fault=fault)


def with_member(archive: Verdict, member: Verdict) -> Verdict:
    """This will add the verdict on a member, and what is remarked of it, to that on its archive."""
    return replace(
        archive,
        members=(*archive.members, member),
        remarks=in_order((*archive.remarks, *member.remarks)),
    )
