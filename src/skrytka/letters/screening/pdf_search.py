"""A PDF looked through for scripts and embedded files, at a cost that no file can raise.

Objects are read where they stand and in object streams (ISO 32000-2, 7.5.7), which are unpacked;
the bytes of other streams are passed over. What cannot be looked through, because of its filters,
its number or its size, is told as UNSEARCHED. No table of objects is followed: whatever a reader
may come to stands somewhere in the file.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from skrytka.letters.screening.pdf_names import LONGEST, OBJECT_STREAM, remarks_in
from skrytka.letters.screening.remarks import Remark
from skrytka.letters.screening.specimen import CHUNK, Specimen

# Each stream has two: its start and its end.
MOST_WORDS = 400_000
MOST_UNPACKED = 64 << 20
# Bytes looked at beyond twice the file: a word inside a stream may look like the start of one.
SPARE = 16 << 20
LONGEST_DICTIONARY = 32 << 10
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
                self._look(seen, self.specimen.size)
                return
            if self.specimen.at(word - 3, 3) == b"end":
                place = word + len(WORD)
                continue
            self._look(seen, word)
            seen = place = self._past_stream(window, seen, word)
        raise _SpentError

    def _past_stream(self, window: "Window", gap: int, word: int) -> int:
        """Past the bytes of a stream, unless objects stand in them: then that was no stream."""
        start = word + len(WORD)
        end = window.find(END_WORD, start)
        end = self.specimen.size if end < 0 else end
        before = max(gap, word - LONGEST_DICTIONARY)
        dictionary = _last_object(self.specimen.at(before, word - before))
        if OBJECT_STREAM.search(dictionary):
            self._look_inside(start, end)
        return start if self._holds_objects(start, end) else end

    def _look(self, start: int, end: int) -> None:
        for piece in self._pieces(start, end, LONGEST):
            self.found |= remarks_in(piece)

    def _holds_objects(self, start: int, end: int) -> bool:
        for piece in self._pieces(start, end, LONGEST):
            if (b"obj" in piece or b"trailer" in piece) and OBJECT.search(piece):
                return True
        return False

    def _pieces(self, start: int, end: int, overlap: int) -> Iterator[bytes]:
        """The bytes from start to end, each piece with the end of the one before; all counted."""
        for place in range(start, end, CHUNK):
            self.looked += min(CHUNK, end - place)
            if self.looked > 2 * self.specimen.size + SPARE:
                raise _SpentError
            before = min(overlap, place - start)
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
                self.found |= remarks_in(text)
                kept = text[-LONGEST:]
        except zlib.error:
            self.found.add(Remark.UNSEARCHED)

    def _inflated(self, packed: Iterator[bytes], head: bytes) -> Iterator[bytes]:
        """What deflate made is told by its header (RFC 1950); other bytes are taken as they are."""
        is_deflated = len(head) == 2 and head[0] & 0x0F == 8 and not (head[0] << 8 | head[1]) % 31
        inflater = zlib.decompressobj()
        for chunk in packed:
            waiting = chunk
            while waiting:
                piece = inflater.decompress(waiting, CHUNK) if is_deflated else waiting
                waiting = inflater.unconsumed_tail if is_deflated else b""
                self.unpacked += len(piece)
                if self.unpacked > MOST_UNPACKED:
                    raise _SpentError
                yield piece


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


def _last_object(text: bytes) -> bytes:
    """What stands after the last start of an object: the dictionary of the stream."""
    starts = [found.end() for found in OBJECT.finditer(text)]
    return text[starts[-1] :] if starts else text
