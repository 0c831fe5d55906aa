"""The last opinion on plain text: magika, asked only where no hard check can decide.

Its ONNX session is opened with one thread. See docs/adr on content types for the figures.
"""

import codecs
from functools import cache
from typing import Protocol, cast

from magika import Magika

from skrytka.letters.screening.specimen import Specimen

BLOCK = 4096
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
    "mht": "MHT",
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


class _Session(Protocol):
    """The part of an ONNX session that is needed to open a second one like it."""

    def get_session_options(self) -> "_Options": ...


class _Options(Protocol):
    intra_op_num_threads: int
    inter_op_num_threads: int


class OneThreadMagika(Magika):
    """Magika whose session works on the calling thread alone.

    The default session wakes as many threads as there are processors for an answer that takes
    some milliseconds, and they spin while they wait for each other.
    """

    def _init_onnx_session(self) -> _Session:
        session = cast("_Session", super()._init_onnx_session())
        options = session.get_session_options()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        reopen = cast("type[_SessionOpener]", type(session))
        return reopen(str(self._model_path), options, providers=["CPUExecutionProvider"])


class _SessionOpener(_Session):
    def __init__(self, path: str, options: _Options, providers: list[str]) -> None: ...


@cache
def the_model() -> OneThreadMagika:
    """This will open the model, once in this process; half a second and 60 MB the first time."""
    return OneThreadMagika()


def guess_of_model(specimen: Specimen) -> str | None:
    """This will name the active content that the model is sure to see in a text, or return None."""
    guess = the_model().identify_bytes(_what_it_looks_at(specimen))
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
