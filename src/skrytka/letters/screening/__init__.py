"""Whether a file may become an attachment: its name, its content, its size, and what hides in it.

Pure judgement over a seekable file and a scanner: nothing is stored, no database is asked.
"""

from skrytka.letters.screening.faults import ArchiveRule, AttachmentFault, Fault, FaultData
from skrytka.letters.screening.formats import MEDIA_TYPES, FileFormat, extension_of
from skrytka.letters.screening.policy import (
    CIESZYN_2026,
    ScreeningPolicy,
    UnknownPolicyError,
    formats_named,
    policy_named,
)
from skrytka.letters.screening.screen import Outcome, Screener, Verdict
from skrytka.letters.screening.specimen import OnDisk, Specimen, TooLongError, opened, spooled

__all__ = [
    "CIESZYN_2026",
    "MEDIA_TYPES",
    "ArchiveRule",
    "AttachmentFault",
    "Fault",
    "FaultData",
    "FileFormat",
    "OnDisk",
    "Outcome",
    "Screener",
    "ScreeningPolicy",
    "Specimen",
    "TooLongError",
    "UnknownPolicyError",
    "Verdict",
    "extension_of",
    "formats_named",
    "opened",
    "policy_named",
    "spooled",
]
