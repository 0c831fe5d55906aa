"""The formats the screening can recognise and vouch for, and how file names name them."""

from enum import StrEnum
from unicodedata import category


class FileFormat(StrEnum):
    """A format by the name an institution publishes it under."""

    DOC = "DOC"
    RTF = "RTF"
    XLS = "XLS"
    CSV = "CSV"
    TXT = "TXT"
    GIF = "GIF"
    TIF = "TIF"
    BMP = "BMP"
    JPG = "JPG"
    PDF = "PDF"
    ZIP = "ZIP"


TEXTS = frozenset({FileFormat.CSV, FileFormat.TXT})
ALIASES = {"JPEG": FileFormat.JPG, "JPE": FileFormat.JPG, "TIFF": FileFormat.TIF}
# IANA media types; what a file is served under and what the document says of it.
MEDIA_TYPES = {
    FileFormat.DOC: "application/msword",
    FileFormat.RTF: "application/rtf",
    FileFormat.XLS: "application/vnd.ms-excel",
    FileFormat.CSV: "text/csv",
    FileFormat.TXT: "text/plain",
    FileFormat.GIF: "image/gif",
    FileFormat.TIF: "image/tiff",
    FileFormat.BMP: "image/bmp",
    FileFormat.JPG: "image/jpeg",
    FileFormat.PDF: "application/pdf",
    FileFormat.ZIP: "application/zip",
}
LONGEST_EXTENSION = 12
LONGEST_NAME = 255
NAMELESS = "plik"
# Unicode categories: control, format (right-to-left override among them), surrogate.
UNSHOWN = frozenset({"Cc", "Cf", "Cs"})


def extension_of(file_name: str) -> str:
    """This will return what stands after the last dot, in upper case; empty where there is none."""
    stem, dot, extension = file_name.rpartition(".")
    if not dot or not stem or "/" in extension or len(extension) > LONGEST_EXTENSION:
        return ""
    return extension.strip().upper()


def format_named(extension: str) -> FileFormat | None:
    """This will return the format that an upper-case extension stands for, if it is known."""
    if extension in ALIASES:
        return ALIASES[extension]
    return FileFormat(extension) if extension in FileFormat.__members__ else None


def bare_name(file_name: str) -> str:
    """This will return the name without its folders, however their borders are written."""
    return file_name.replace("\\", "/").rpartition("/")[2]


def clean_name(file_name: str) -> str:
    """This will return the bare name: no folders, no control or direction-changing characters.

    A citizen's file is never refused for its name; this only takes away what would mislead a
    reader of the list. At most 255 characters, the extension kept.
    """
    bare = bare_name(file_name)
    shown = "".join(character for character in bare if category(character) not in UNSHOWN).strip()
    if len(shown) <= LONGEST_NAME:
        return shown or NAMELESS
    stem, dot, extension = shown.rpartition(".")
    if not dot or len(extension) > LONGEST_EXTENSION:
        return shown[:LONGEST_NAME]
    return stem[: LONGEST_NAME - len(extension) - 1] + dot + extension
