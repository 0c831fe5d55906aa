"""What an institution accepts: formats and limits, always with the source of the rule."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from skrytka.letters.screening.formats import FileFormat, format_named

MEGABYTE = 1_000_000
QUARANTINE_DAYS = 30


@dataclass(frozen=True)
class ArchiveLimits:
    """Limits for a ZIP: counts, folders above a member, bytes after unpacking, times smaller.

    Entries and depth are those of the Czech data boxes (1000 and 4). Their 3 GB unpacked would
    keep a small server busy for half a minute a file, so the limit here is lower. A ratio counts
    only for members above `ratio_from` bytes: a short form of blanks packs better than 100 times.
    """

    entries: int = 1000
    depth: int = 4
    unpacked_bytes: int = 1000 * MEGABYTE
    ratio: int = 100
    ratio_from: int = MEGABYTE


@dataclass(frozen=True)
class ScreeningPolicy:
    """Accepted formats and limits of one letter, in bytes; `source` says where the rule stands.

    For `quarantine_days` an infected file of a refused letter is held before it is destroyed.
    """

    policy_id: str
    formats: frozenset[FileFormat]
    total_bytes: int
    source: str
    version: int = 1
    file_count: int = 50
    quarantine_days: int = QUARANTINE_DAYS
    archives: ArchiveLimits = field(default_factory=ArchiveLimits)

    @property
    def file_bytes(self) -> int:
        """One file may fill the whole letter; no lower limit per file was ever published."""
        return self.total_bytes

    def accepts(self, extension: str) -> bool:
        return format_named(extension) in self.formats


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
