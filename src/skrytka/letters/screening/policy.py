"""What an institution accepts: formats and limits, always with the source of the rule."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase

from skrytka.letters.screening.formats import LONGEST_NAME, FileFormat, format_named
from skrytka.letters.screening.remarks import Remark

MEGABYTE = 1_000_000
QUARANTINE_DAYS = 30


class Treatment(StrEnum):
    """REPORT lets the file in and tells of it; REFUSE does not."""

    REFUSE = "REFUSE"
    REPORT = "REPORT"


@dataclass(frozen=True)
class ArchiveLimits:
    """Limits for a ZIP with all that lies in it: counts, folders, bytes, times smaller.

    Entries, depth and bytes are those of the Czech data boxes (1000, 4 and 3 GB, and no archive in
    an archive). `nesting` says how many archives may lie one in the other below the outermost; each
    counts as a folder. A ratio counts only for members above `ratio_from` bytes: a short form of
    blanks packs better than 100 times.
    """

    entries: int = 1000
    depth: int = 4
    unpacked_bytes: int = 3000 * MEGABYTE
    ratio: int = 100
    ratio_from: int = MEGABYTE
    nesting: int = 0


@dataclass(frozen=True)
class ContentTerms:
    """What happens with files that hold more than a document, or that cannot be looked into.

    Macros are common in older spreadsheets of offices, scripts in forms, files in electronic
    invoices; what they do is for the malware scanner to judge. A locked file it cannot judge.
    """

    macros: Treatment = Treatment.REPORT
    scripts: Treatment = Treatment.REPORT
    embedded_files: Treatment = Treatment.REPORT
    locked: Treatment = Treatment.REFUSE


@dataclass(frozen=True)
class NameRules:
    """Longest name in characters; `forbidden` are patterns such as `*.tmp.pdf`, case is ignored."""

    longest: int = LONGEST_NAME
    forbidden: tuple[str, ...] = ()

    def find_too_long(self, bare_name: str) -> bool:
        return len(bare_name) > self.longest

    def forbid(self, bare_name: str) -> bool:
        """This will tell whether a name, without its folders, fits a forbidden pattern."""
        folded = bare_name.casefold()
        return any(fnmatchcase(folded, pattern.casefold()) for pattern in self.forbidden)


@dataclass(frozen=True)
class ScreeningPolicy:
    """Accepted formats and limits of one letter, in bytes; `source` says where the rule stands.

    Without a `largest_file` one file may fill the whole letter. For `quarantine_days` an infected
    file of a refused letter is held before it is destroyed.
    """

    policy_id: str
    formats: frozenset[FileFormat]
    total_bytes: int
    source: str
    version: int = 1
    file_count: int = 50
    quarantine_days: int = QUARANTINE_DAYS
    archives: ArchiveLimits = field(default_factory=ArchiveLimits)
    largest_file: int | None = None
    terms: ContentTerms = field(default_factory=ContentTerms)
    names: NameRules = field(default_factory=NameRules)

    @property
    def file_bytes(self) -> int:
        """The most bytes of one file, never more than those of the letter."""
        return min(self.largest_file or self.total_bytes, self.total_bytes)

    @property
    def limits_each_file(self) -> bool:
        """This will tell whether one file may be less than the letter, so that it must be said."""
        return self.file_bytes < self.total_bytes

    def accepts(self, extension: str) -> bool:
        return format_named(extension) in self.formats

    def refuses(self, remark: Remark) -> bool:
        """This will tell whether a file with this remark is refused.

        What could not be looked through is refused where anything it may hide would be.
        """
        terms = self.terms
        treatments = {
            Remark.MACROS: (terms.macros,),
            Remark.SCRIPT: (terms.scripts,),
            Remark.EMBEDDED_FILES: (terms.embedded_files,),
            Remark.LOCKED: (terms.locked,),
            Remark.NESTED: () if self.archives.nesting else (Treatment.REFUSE,),
            Remark.UNSEARCHED: (terms.scripts, terms.embedded_files),
        }
        return Treatment.REFUSE in treatments[remark]


class UnknownPolicyError(Exception):
    """No built-in policy has that id."""


def formats_named(extensions: Iterable[str]) -> frozenset[FileFormat]:
    """This will read published extensions; one that nobody here can check is left out.

    A format that cannot be checked by content is never accepted: it would pass unseen.
    """
    known = (format_named(extension.upper()) for extension in extensions)
    return frozenset(found for found in known if found is not None)


CIESZYN_2026 = ScreeningPolicy(
    policy_id="cieszyn-2026",
    formats=frozenset(FileFormat),
    total_bytes=150 * MEGABYTE,
    source=(
        "Centrum Usług Wspólnych w Cieszynie, strona „Elektroniczna skrzynka podawcza”: "
        "DOC, RTF, XLS, CSV, TXT, GIF, TIF, BMP, JPG, PDF, ZIP; "
        "wszystkie załączniki jednego pisma do 150 MB"
    ),
)
BUILT_IN = {CIESZYN_2026.policy_id: CIESZYN_2026}


def policy_named(policy_id: str) -> ScreeningPolicy:
    """This will return a built-in policy; raises UnknownPolicyError."""
    if policy_id not in BUILT_IN:
        raise UnknownPolicyError(policy_id)
    return BUILT_IN[policy_id]
