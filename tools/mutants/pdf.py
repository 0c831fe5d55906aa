"""PDF signatures: one bit in the covered bytes or the CMS, and revisions put on top."""

import random
import re
from collections.abc import Iterator
from dataclasses import replace

from tools.mutants.cms import parts_of
from tools.mutants.spoiling import Mutant, Signer, spoiled, spoiled_part

CONTENTS = re.compile(rb"/Contents\s*<([0-9A-Fa-f\s]{200,})>")
RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")
OVERLAY = b"\n1 0 obj\n<< /Type /Catalog /Forged true >>\nendobj\nstartxref\n0\n%%EOF\n"


def pdf_mutants(data: bytes, signer: Signer, chance: random.Random) -> Iterator[Mutant]:
    """This will spoil a signed PDF: its first signature, and what stands behind it."""
    found = RANGE.search(data)
    if found:
        yield from _covered(data, tuple(map(int, found.groups())), chance)
    yield from _contents(data, signer, chance)
    yield Mutant("a revision put on top", data + OVERLAY)
    yield Mutant("bytes behind the end", data + b"\n% forged\n<script>")


def _covered(data: bytes, spans: tuple[int, ...], chance: random.Random) -> Iterator[Mutant]:
    first, second = (spans[0], spans[1]), (spans[2], spans[3])
    for start, length in (first, second) * 3:
        if length and start + length <= len(data):
            yield Mutant("content", spoiled(data, start, start + length, chance))
    text = b"/ByteRange [%d %d %d %d]"
    for shape in ((0, spans[1] - 1, spans[2], spans[3]), (1, *spans[1:]), (*spans[:3], 0)):
        found = RANGE.search(data)
        if found:
            written = (text % shape).ljust(len(found[0]))[: len(found[0])]
            yield Mutant("byte range", data[: found.start()] + written + data[found.end() :])


def _contents(data: bytes, signer: Signer, chance: random.Random) -> Iterator[Mutant]:
    found = CONTENTS.search(data)
    if not found:
        return
    digits = found[1]
    der = bytes.fromhex(digits.decode())
    try:
        parts = list(parts_of(der, replace(signer, content=b"")))
    except (ValueError, TypeError, KeyError):
        return
    for kind, part in parts:
        changed = spoiled_part(der, part, chance)
        if changed is not None and len(changed) * 2 == len(digits):
            hexed = changed.hex().encode()
            yield Mutant(kind, data[: found.start(1)] + hexed + data[found.end(1) :])
