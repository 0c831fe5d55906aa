"""Why a file does not become an attachment, with the data a message needs.

The codes are those of the error catalogue; they are stored and never change their meaning.
"""

from dataclasses import asdict, dataclass
from enum import StrEnum


class AttachmentFault(StrEnum):
    """What is wrong with a file, by the code of the error catalogue."""

    ONE_TOO_BIG = "F-SIZE1"
    SUM_TOO_BIG = "F-SIZE2"
    TOO_MANY = "F-COUNT"
    DRAFTS_FULL = "F-DRAFTS"
    EMPTY = "F-EMPTY"
    FORMAT = "F-TYPE"
    OTHER_CONTENT = "F-MAGIC"
    MALWARE = "F-VIRUS"
    SCANNER_SILENT = "F-SCAN"
    LOCKED = "F-LOCK"
    ARCHIVE = "F-ZIP"
    BROKEN = "F-BROKEN"
    DUPLICATE = "F-DUP"
    NOT_STORED = "F-STORE"
    NAME = "F-NAME"
    ACTIVE = "F-ACTIVE"


class ArchiveRule(StrEnum):
    """Which rule for archives an F-ZIP is about."""

    UNPACKED = "UNPACKED"
    RATIO = "RATIO"
    ENTRIES = "ENTRIES"
    DEPTH = "DEPTH"
    NESTED = "NESTED"
    NAMES = "NAMES"
    OVERLAP = "OVERLAP"


@dataclass(frozen=True)
class FaultData:
    """What the message about a fault may say; sizes in bytes.

    `member` is the file inside an archive that the fault is about. `rule` is for the journal and
    is never shown to the sender. `remark` is what an F-ACTIVE is about.
    """

    file_name: str
    extension: str = ""
    detected: str = ""
    member: str = ""
    archive_rule: str = ""
    size: int = 0
    limit: int = 0
    other_name: str = ""
    remark: str = ""
    rule: str = ""

    def as_details(self) -> dict[str, str | int]:
        """This will return what is worth storing beside the name: the fields that say something."""
        told = asdict(self).items()
        return {name: value for name, value in told if value and name != "file_name"}


@dataclass(frozen=True)
class Fault:
    reason: AttachmentFault
    data: FaultData


class NotAcceptableError(Exception):
    """The file breaks a rule; inside the screening only, told to the outside as a verdict."""

    def __init__(self, reason: AttachmentFault, **told: str | int) -> None:
        """`told` are fields of FaultData that say more than the file alone does."""
        super().__init__(reason)
        self.reason = reason
        self.told = told
