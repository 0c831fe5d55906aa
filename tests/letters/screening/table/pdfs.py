"""PDF files written object by object, in the ways of different programs."""

import struct
import zlib

PAGE = {
    1: b"<< /Type /Catalog /Pages 2 0 R >>",
    2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
}
SENTENCE = b"BT /F1 12 Tf 72 720 Td (Wniosek o wydanie odpisu) Tj ET\n"


def stream(data: bytes, entries: bytes = b"", *, packed: bool = True) -> bytes:
    """A stream object, deflated or as it is."""
    body = zlib.compress(data) if packed else data
    filters = b" /Filter /FlateDecode" if packed else b""
    head = b"<< %s%s /Length %d >>\nstream\n" % (entries, filters, len(body))
    return head + body + b"\nendstream"


def written(
    objects: dict[int, bytes], *, version: bytes = b"1.4", trailer: bytes = b"", before: bytes = b""
) -> bytes:
    """A file with a plain table of objects, numbered from one."""
    out = bytearray(before + b"%PDF-" + version + b"\n%\xe2\xe3\xcf\xd3\n")
    places = [_added(out, number, body) for number, body in sorted(objects.items())]
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(places) + 1, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def _added(out: bytearray, number: int, body: bytes) -> int:
    place = len(out)
    out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return place


def plain(**options: bytes) -> bytes:
    """One page with a sentence; options as of `written`."""
    return written(PAGE | {4: stream(SENTENCE)}, **options)


def holding(extra: bytes, **options: bytes) -> bytes:
    """One page, and one object more."""
    return written(PAGE | {4: stream(SENTENCE), 5: extra}, **options)


def object_stream(bodies: dict[int, bytes], entries: bytes = b"") -> bytes:
    """Objects packed together (ISO 32000-2, 7.5.7)."""
    index, texts = b"", b""
    for number, body in bodies.items():
        index += b"%d %d " % (number, len(texts))
        texts += body + b"\n"
    head = b"/Type /ObjStm /N %d /First %d %s" % (len(bodies), len(index), entries)
    return stream(index + texts, head)


def modern(bodies: dict[int, bytes], *, trailer: bytes = b"") -> bytes:
    """A file of PDF 1.5 on: objects in an object stream, their table a stream as well."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    contents = _added(out, 4, stream(SENTENCE))
    packed = _added(out, 6, object_stream(bodies))
    start = len(out)
    row = struct.Struct(">BIH")
    inner = {number: place for place, number in enumerate(bodies)}
    rows = [row.pack(0, 0, 65535)]
    for number in range(1, 8):
        direct = {4: contents, 6: packed, 7: start}.get(number, 0)
        rows.append(row.pack(2, 6, inner[number]) if number in inner else row.pack(1, direct, 0))
    head = b"/Type /XRef /Size 8 /W [1 4 2] /Root 1 0 R " + trailer
    _added(out, 7, stream(b"".join(rows), head))
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def continued(first: bytes, extra: bytes) -> bytes:
    """A later state appended to an earlier one, with its own table (7.5.6)."""
    out = bytearray(first)
    before = first.rindex(b"startxref\n") + len(b"startxref\n")
    earlier = int(first[before : first.index(b"\n", before)])
    place = _added(out, 8, extra)
    start = len(out)
    out += b"xref\n8 1\n%010d 00000 n \n" % place
    out += b"trailer\n<< /Size 9 /Root 1 0 R /Prev %d >>\n" % earlier
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def ole10(data: bytes) -> bytes:
    """The stream of a file that was dropped into a document."""
    return struct.pack("<I", len(data)) + data
