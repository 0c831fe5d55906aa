"""Is it plain text: does it decode, without control characters, and is it no markup or script."""

import codecs
import re

from skrytka.letters.screening.specimen import Specimen

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Line ends, tab, form feed and the end mark of DOS; then all from the space on.
LAYOUT = b"\t\n\x0b\x0c\r\x1a"
# Windows-1250 leaves these five bytes empty. ISO-8859-2 holds only what Windows-1250 has too,
# beside control characters that no text needs, so one test serves both.
NOT_IN_CP1250 = frozenset({0x81, 0x83, 0x88, 0x90, 0x98})
SINGLE_BYTE_TEXT = LAYOUT + bytes(
    byte for byte in range(0x20, 0x100) if byte != 0x7F and byte not in NOT_IN_CP1250
)
CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
MARKUP = (
    (re.compile(rb"(?i)<!doctype html|<html[\s>]|<script[\s>]|<body[\s>]|<iframe[\s>]"), "HTML"),
    (re.compile(rb"(?i)<svg[\s>]"), "SVG"),
    (re.compile(rb"(?i)^\s*<\?xml\s"), "XML"),
    (re.compile(rb"(?i)^\s*(?:<\?php|<%@)"), "PHP"),
    (re.compile(rb"^#!\s?/"), "SH"),
    (re.compile(rb"(?i)^\s*@echo\s+off"), "BAT"),
    (re.compile(rb"(?i)^\s*\[InternetShortcut\]"), "URL"),
)
MARKUP_WITHIN = 4096


def markup_of(specimen: Specimen) -> str | None:
    """This will name markup or a script by an unmistakable beginning."""
    head = specimen.head(MARKUP_WITHIN).removeprefix(codecs.BOM_UTF8).replace(b"\x00", b"")
    head = head.removeprefix(codecs.BOM_UTF16_LE).removeprefix(codecs.BOM_UTF16_BE)
    return next((label for pattern, label in MARKUP if pattern.search(head)), None)


def decodes(specimen: Specimen) -> bool:
    """This will tell whether all bytes are text without control characters.

    UTF-16 with its mark, UTF-8, Windows-1250 or ISO-8859-2.
    """
    if specimen.head(2) in UTF16_MARKS:
        return _decodes_as(specimen, "utf-16")
    return _decodes_as(specimen, "utf-8") or _is_single_byte_text(specimen)


def _decodes_as(specimen: Specimen, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in specimen.chunks():
            if CONTROLS.search(decoder.decode(chunk)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_single_byte_text(specimen: Specimen) -> bool:
    return not any(chunk.translate(None, SINGLE_BYTE_TEXT) for chunk in specimen.chunks())
