"""The last opinion on plain text: magika, asked only where no hard check can decide.

The model is loaded when the first text comes: commands and processes that see none stay small.
"""

import codecs
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from skrytka.letters.screening.specimen import Specimen

BLOCK = 4096
# Real tables were taken for scripts at 0.6; a letter refused by mistake is worse than a script
# that gets through as a text, which opens in an editor and runs nowhere.
SURE = 0.9
UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
# What may not pass as a text or a table. Other kinds of text (Markdown, INI, logs) are harmless
# and closely resemble letters, so a guess is no reason to refuse them.
ACTIVE = {
    "asp": "ASP",
    "autohotkey": "AHK",
    "autoit": "AU3",
    "batch": "BAT",
    "html": "HTML",
    "internetshortcut": "URL",
    "javascript": "JS",
    "lua": "LUA",
    "perl": "PL",
    "php": "PHP",
    "powershell": "PS1",
    "python": "PY",
    "ruby": "RB",
    "shell": "SH",
    "svg": "SVG",
    "tcl": "TCL",
    "typescript": "TS",
    "vba": "VBS",
    "winregistry": "REG",
    "xml": "XML",
}


class Guesser(Protocol):
    """What is asked of magika."""

    def identify_bytes(self, content: bytes) -> "Guess": ...


class Guess(Protocol):
    @property
    def output(self) -> "Label": ...
    @property
    def score(self) -> float: ...


class Label(Protocol):
    @property
    def label(self) -> str: ...


@cache
def the_model() -> Guesser:
    """This will open the model, once in this process; half a second and 50 MB the first time."""
    module = import_module("skrytka.letters.screening.one_thread")
    return cast("Guesser", module.OneThreadMagika())


def guess_of_model(specimen: Specimen) -> str | None:
    """This will name the active content that the model is sure to see in a text, or return None."""
    guess = the_model().identify_bytes(_what_it_looks_at(specimen))
    if guess.score < SURE:
        return None
    return ACTIVE.get(str(guess.output.label))


def _what_it_looks_at(specimen: Specimen) -> bytes:
    """The model sees the first and the last block of a file only; longer ones need not be read.

    It knows UTF-16 from registry files alone, so such a text is shown to it as UTF-8.
    """
    if specimen.size <= 2 * BLOCK:
        return _as_utf8(specimen.head(2 * BLOCK), specimen.head(2))
    head, tail = specimen.head(BLOCK), specimen.tail(BLOCK + specimen.size % 2)
    return _as_utf8(head, head[:2]) + _as_utf8(tail, head[:2])


def _as_utf8(block: bytes, mark: bytes) -> bytes:
    if mark not in UTF16:
        return block
    return block.decode(UTF16[mark], "ignore").removeprefix("\ufeff").encode()
