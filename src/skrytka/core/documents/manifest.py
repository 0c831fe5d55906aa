"""The manifest of digests in a package: what ``sha256sum -c`` reads, with sizes for people.

Each file has a comment with its size and then the line of ``sha256sum``::

    # 182734 B
    e3b0c442…  zalaczniki/01-umowa.pdf

``sha256sum`` passes over the comments, so nobody needs this product to check a package.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

_SIZE = re.compile(r"# ([0-9]{1,18}) B")
_ENTRY = re.compile(r"([0-9a-f]{64}) [ *](.+)", re.DOTALL)
_SHA256 = re.compile(r"[0-9a-f]{64}")
# Names with these would need the escapes of sha256sum, which differ between its versions.
_AWKWARD = re.compile(r"[\x00-\x1f\x7f\\\ud800-\udfff]")
_UNSAFE_PARTS = frozenset({"", ".", ".."})


class ManifestFault(StrEnum):
    """What is wrong with a manifest or an entry of it."""

    PATH = "MANIFEST-PATH"
    DIGEST = "MANIFEST-DIGEST"
    SIZE = "MANIFEST-SIZE"
    REPEATED = "MANIFEST-REPEATED"
    LINE = "MANIFEST-LINE"
    ENCODING = "MANIFEST-ENCODING"


class ManifestRefused(ValueError):
    """The manifest is not written or read; ``fault`` names the rule, ``detail`` the place."""

    def __init__(self, fault: ManifestFault, detail: str) -> None:
        """Keep the rule and the place."""
        super().__init__(f"{fault.value} {detail}")
        self.fault = fault
        self.detail = detail


@dataclass(frozen=True, slots=True, order=True)
class ManifestEntry:
    """A file of the package: relative path, SHA-256 in small hex digits, size in bytes.

    The path stays below the package folder: no root, no ``..``, no control characters and no
    backslash. The size is ``None`` in a manifest made by ``sha256sum`` itself.
    Raises `ManifestRefused` for anything else.
    """

    path: str
    sha256: str
    size: int | None = None

    def __post_init__(self) -> None:
        """Check the path, the digest and the size."""
        if _AWKWARD.search(self.path) or not _UNSAFE_PARTS.isdisjoint(self.path.split("/")):
            raise ManifestRefused(ManifestFault.PATH, repr(self.path))
        if not _SHA256.fullmatch(self.sha256):
            raise ManifestRefused(ManifestFault.DIGEST, self.path)
        if self.size is not None and self.size < 0:
            raise ManifestRefused(ManifestFault.SIZE, self.path)


def render_manifest(entries: tuple[ManifestEntry, ...]) -> bytes:
    """This will write the entries in the given order as UTF-8 text for ``sha256sum -c``.

    Raises `ManifestRefused` when a path occurs twice.
    """
    _refuse_repeated(entries)
    return "".join(map(_lines, entries)).encode()


def read_manifest(data: bytes) -> tuple[ManifestEntry, ...]:
    """This will read what `render_manifest` or ``sha256sum`` wrote; other comments are passed over.

    Raises `ManifestRefused` for a line that is neither, an unsafe path or a path that occurs twice.
    """
    entries: list[ManifestEntry] = []
    size: int | None = None
    for number, line in enumerate(_text_lines(data), start=1):
        if line.startswith("#"):
            stated = _SIZE.fullmatch(line)
            size = int(stated[1]) if stated else size
            continue
        found = _ENTRY.fullmatch(line)
        if found is None:
            raise ManifestRefused(ManifestFault.LINE, str(number))
        entries.append(ManifestEntry(path=found[2], sha256=found[1], size=size))
        size = None
    _refuse_repeated(tuple(entries))
    return tuple(entries)


def _lines(entry: ManifestEntry) -> str:
    size = "" if entry.size is None else f"# {entry.size} B\n"
    return f"{size}{entry.sha256}  {entry.path}\n"


def _text_lines(data: bytes) -> list[str]:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise ManifestRefused(ManifestFault.ENCODING, str(error.start)) from error
    lines = text.split("\n")  # not splitlines: a name may hold U+2028
    return lines[:-1] if not lines[-1] else lines


def _refuse_repeated(entries: tuple[ManifestEntry, ...]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.path in seen:
            raise ManifestRefused(ManifestFault.REPEATED, entry.path)
        seen.add(entry.path)
