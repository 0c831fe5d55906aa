"""A PDF looked through for scripts and embedded files, at a cost that no file can raise.

Every byte is looked at for names, and object streams (ISO 32000-2, 7.5.7) are unpacked for it. What
cannot be looked through, because of its filters, its number or its size, is told as UNSEARCHED. No
table of objects is followed, and what looks like a stream need not be one: it may stand in a
comment or a string. Whatever a reader may come to stands somewhere in the file.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from skrytka.letters.screening.pdf_names import (
    IN_OBJECTS,
    IN_STREAMS,
    LONGEST,
    OBJECT_STREAM,
    Telling,
    remarks_in,
)
from skrytka.letters.screening.remarks import Remark
from skrytka.letters.screening.specimen import CHUNK, Specimen

# Each stream has two: its start and its end.
MOST_WORDS = 400_000
MOST_UNPACKED = 64 << 20
# Pieces, each of one chunk at most.
MOST_KEPT = 16
# Bytes looked at beyond thrice the file: a word inside a stream may look like the start of one.
SPARE = 16 << 20
LONGEST_DICTIONARY, LONGEST_START, MOST_TRIES = 32 << 10, 40, 16
WORD, END_WORD = b"stream", b"endstream"
START_OF_DATA = re.compile(rb"[ \t]*(?:\r\n|\n|\r)?")
OBJECT = re.compile(rb"\d[\x00\t\n\x0c\r ]{1,16}\d{1,5}[\x00\t\n\x0c\r ]{1,16}obj\b|\btrailer\b")
# An object stream starts with pairs of numbers; what does not was not understood.
INDEX = re.compile(rb"[\x00\t\n\x0c\r ]*(?:\d{1,10}[\x00\t\n\x0c\r ]+\d|\Z)")


class _SpentError(Exception):
    """The file asks for more than its share."""


@dataclass
class PdfSearch:
    """One look through one file."""

    specimen: Specimen
    found: set[Remark] = field(default_factory=set)
    unpacked: int = 0
    looked: int = 0
    unpacked_scripts: list[bytes] = field(default_factory=list)

    def remarks(self) -> frozenset[Remark]:
        """This will look through the file and say what was found."""
        try:
            self._walk()
        except _SpentError:
            self.found.add(Remark.UNSEARCHED)
        return frozenset(self.found)

    def _walk(self) -> None:
        window, place, seen = Window(self.specimen), 0, 0
        for _ in range(MOST_WORDS):
            word = window.find(WORD, place)
            if word < 0:
                self._look(seen, self.specimen.size, IN_OBJECTS)
                return
            if self.specimen.at(word - 3, 3) == b"end":
                place = word + len(WORD)
                continue
            self._look(seen, word, IN_OBJECTS)
            seen = place = self._past_stream(window, word)
        raise _SpentError

    def _past_stream(self, window: "Window", word: int) -> int:
        """Past the bytes of a stream, unless objects stand in them: then that was no stream."""
        start = word + len(WORD)
        end = window.find(END_WORD, start)
        end = self.specimen.size if end < 0 else end
        before = max(0, word - LONGEST_DICTIONARY)
        if _may_hold_objects(self.specimen.at(before, word - before)):
            self._look_inside(start, end)
        if self._holds_objects(start, end):
            return start
        self._look(start, end, IN_STREAMS)
        return end

    def _look(self, start: int, end: int, telling: Telling) -> None:
        for piece in self._pieces(start, end):
            self.found |= remarks_in(piece, telling)

    def _holds_objects(self, start: int, end: int) -> bool:
        for piece in self._pieces(start, end):
            if (b"obj" in piece or b"trailer" in piece) and OBJECT.search(piece):
                return True
        return False

    def _pieces(self, start: int, end: int) -> Iterator[bytes]:
        """The bytes from start to end, each piece with the end of the one before; all counted."""
        for place in range(start, end, CHUNK):
            self.looked += min(CHUNK, end - place)
            if self.looked > 3 * self.specimen.size + SPARE:
                raise _SpentError
            before = min(LONGEST, place - start)
            yield self.specimen.at(place - before, min(CHUNK, end - place) + before)

    def _look_inside(self, start: int, end: int) -> None:
        """Search an object stream; its filters are told by what comes out."""
        skipped = START_OF_DATA.match(self.specimen.at(start, 64))
        start += skipped.end() if skipped else 0
        packed = (self.specimen.at(at, min(CHUNK, end - at)) for at in range(start, end, CHUNK))
        is_first, kept = True, b""
        try:
            for piece in self._inflated(packed, self.specimen.at(start, 2)):
                if is_first and not INDEX.match(piece):
                    self.found.add(Remark.UNSEARCHED)
                is_first, text = False, kept + piece
                self._note(text)
                kept = text[-LONGEST:]
        except zlib.error:
            self.found.add(Remark.UNSEARCHED)

    def _note(self, text: bytes) -> None:
        """What was packed and speaks of scripts is kept for the malware scanner, a few pieces."""
        remarks = remarks_in(text, IN_OBJECTS)
        self.found |= remarks
        if Remark.SCRIPT in remarks and len(self.unpacked_scripts) < MOST_KEPT:
            self.unpacked_scripts.append(text)

    def _inflated(self, packed: Iterator[bytes], head: bytes) -> Iterator[bytes]:
        """What deflate made is told by its header (RFC 1950); other bytes are taken as they are."""
        is_deflated = len(head) == 2 and head[0] & 0x0F == 8 and not (head[0] << 8 | head[1]) % 31
        pieces = _deflated(packed) if is_deflated else packed
        for piece in pieces:
            self.unpacked += len(piece)
            if self.unpacked > MOST_UNPACKED:
                raise _SpentError
            yield piece


def packed_scripts(specimen: Specimen) -> Iterator[bytes]:
    """This will yield what object streams hold around scripts, unpacked, for the scanner."""
    search = PdfSearch(specimen)
    search.remarks()
    yield from search.unpacked_scripts


def _deflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    """Never more than one chunk of output at once; what follows the end is not looked at."""
    inflater = zlib.decompressobj()
    for chunk in packed:
        waiting = chunk
        while waiting and not inflater.eof:
            yield inflater.decompress(waiting, CHUNK)
            waiting = inflater.unconsumed_tail
    yield inflater.flush()


@dataclass
class Window:
    """Finds marks one after the other without reading the same bytes for each of them."""

    specimen: Specimen
    at: int = 0
    block: bytes = b""

    def find(self, mark: bytes, start: int) -> int:
        """This will return where `mark` first stands at or after `start`, or -1."""
        place = start
        while place < self.specimen.size:
            if not self.at <= place <= self.at + len(self.block) - len(mark):
                self.at, self.block = place, self.specimen.at(place, CHUNK)
            found = self.block.find(mark, place - self.at)
            if found >= 0:
                return self.at + found
            after = self.at + len(self.block) - len(mark) + 1
            if after <= place or self.at + len(self.block) >= self.specimen.size:
                return -1
            place = after
        return -1


def _may_hold_objects(before: bytes) -> bool:
    """By the dictionary before a stream; where it is too long to be seen whole, it may."""
    place = len(before)
    for _ in range(MOST_TRIES):
        place = before.rfind(b"obj", 0, place)
        if place < 0:
            return len(before) == LONGEST_DICTIONARY or bool(OBJECT_STREAM.search(before))
        found = OBJECT.search(before, max(0, place - LONGEST_START), place + 3)
        if found:
            return bool(OBJECT_STREAM.search(before, found.end()))
    return True
