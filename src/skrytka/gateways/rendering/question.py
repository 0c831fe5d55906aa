"""What a drawing process is asked and answers: a few numbers as JSON, and a picture.

The file is its standard input; the numbers are its only argument.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import BinaryIO, TypedDict

from skrytka.gateways.apart.framing import read_framed
from skrytka.gateways.rendering.recent import RenderedPage

PDF = "application/pdf"
# Media types of images, and the one decoder that each of them is given to.
IMAGES = {"image/jpeg": "JPEG", "image/gif": "GIF", "image/bmp": "BMP", "image/tiff": "TIFF"}
DRAWN_TYPES = frozenset({PDF, *IMAGES})
LONGEST_HEAD = 1024


class RenderFault(StrEnum):
    """Why there is no picture."""

    BROKEN = "BROKEN"
    TOO_LARGE = "TOO_LARGE"
    TOO_LONG = "TOO_LONG"
    BUSY = "BUSY"
    NO_SUCH_PAGE = "NO_SUCH_PAGE"


class CannotRender(Exception):
    """There is no picture of this page.

    `incident` names a failure of the drawing process in the log; empty where the process itself
    told what is wrong.
    """

    def __init__(self, fault: RenderFault, incident: str = "") -> None:
        super().__init__(fault)
        self.fault = fault
        self.incident = incident


@dataclass(frozen=True)
class PageSource:
    """The file a page is of: its digest, the type that screening found, bytes to be read once."""

    sha256: str
    media_type: str
    chunks: Iterable[bytes]


@dataclass(frozen=True)
class Asked:
    """Which page to draw, into which frame, at what cost."""

    media_type: str
    page_no: int
    width: int
    height: int
    pixels: int
    cpu: float
    memory: int

    def as_json(self) -> str:
        return json.dumps(asdict(self))


class Head(TypedDict):
    """What stands before a picture; `refused` is empty where one follows."""

    refused: str
    pages: int
    width: int
    height: int


def read_answer(source: BinaryIO, longest: int) -> RenderedPage:
    """This will read what the process made of a page.

    Raises CannotRender where it says why there is none, EOFError where it ended early, ValueError
    for anything that is no answer.
    """
    head = json.loads(read_framed(source, LONGEST_HEAD))
    try:
        if head["refused"]:
            raise CannotRender(RenderFault(head["refused"]))
        sizes = int(head["pages"]), int(head["width"]), int(head["height"])
    except (KeyError, TypeError) as error:
        raise ValueError("no answer") from error
    return RenderedPage(read_framed(source, longest), *sizes)
