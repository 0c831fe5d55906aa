"""Whether a file may become an attachment: its name, its content, its size, and what hides in it.

Pure judgement over a seekable file and a scanner: nothing is stored, no database is asked.
"""

from skrytka.letters.screening.faults import ArchiveRule, AttachmentFault, Fault, FaultData
from skrytka.letters.screening.formats import MEDIA_TYPES, FileFormat, extension_of
from skrytka.letters.screening.policy import (
    CIESZYN_2026,
    ArchiveLimits,
    ContentTerms,
    NameRules,
    ScreeningPolicy,
    Treatment,
    UnknownPolicyError,
    formats_named,
    policy_named,
)
from skrytka.letters.screening.remarks import Remark, Remarks, remarks_named
from skrytka.letters.screening.screen import Screener
from skrytka.letters.screening.specimen import OnDisk, Specimen, TooLongError, opened, spooled
from skrytka.letters.screening.verdicts import Outcome, Verdict

__all__ = [
    "CIESZYN_2026",
    "MEDIA_TYPES",
    "ArchiveLimits",
    "ArchiveRule",
    "AttachmentFault",
    "ContentTerms",
    "Fault",
    "FaultData",
    "FileFormat",
    "NameRules",
    "OnDisk",
    "Outcome",
    "Remark",
    "Remarks",
    "Screener",
    "ScreeningPolicy",
    "Specimen",
    "TooLongError",
    "Treatment",
    "UnknownPolicyError",
    "Verdict",
    "extension_of",
    "formats_named",
    "opened",
    "policy_named",
    "remarks_named",
    "spooled",
]
