"""Documents and images whose pages are looked at: honest ones, and such as would harm a reader."""

import io
import zlib

from PIL import Image

PDF, TIF, JPG, GIF, BMP = "application/pdf", "image/tiff", "image/jpeg", "image/gif", "image/bmp"
A4 = b"0 0 595 842"
SQUARE = b"0 0 1 rg 100 100 300 300 re f"


def document(*objects: bytes) -> bytes:
    """A PDF of numbered objects; the first is its catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, count = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % count
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, start)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def page(
    content: bytes = SQUARE,
    *,
    box: bytes = A4,
    resources: bytes = b"",
    more: tuple[bytes, ...] = (),
) -> bytes:
    """A PDF of one page; its content is object 4, `more` begins with object 5."""
    kept = content if content.startswith(b"<<") else stream(content)
    return document(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << %s >> >>"
        % (box, resources),
        kept,
        *more,
    )


def pages(count: int) -> bytes:
    """A PDF of so many empty pages."""
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    leaf = b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] >>" % A4
    root = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    return document(b"<< /Type /Catalog /Pages 2 0 R >>", root, *[leaf] * count)


def scripted() -> bytes:
    """A PDF that would run scripts when it is opened, shown and closed, for as long as it can."""
    script = b"<< /S /JavaScript /JS (while\\(true\\) app.alert\\(1\\);) >>"
    start = b"<< /S /Launch /F (/bin/sh) >>"
    field = (
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (x) /Rect [0 0 9 9] /AA << /F %s >> >>"
    )
    return document(
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction %s /AA << /WC %s >> "
        b"/Names << /JavaScript << /Names [(a) %s] >> >> /AcroForm << /Fields [4 0 R] >> >>"
        % (script, script, script),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /AA << /O %s /C %s >> /Annots [4 0 R] >>"
        % (A4, start, script),
        field % script,
    )


def filled_form() -> bytes:
    """A form whose field was filled in: what it shows lies beside it as a drawing."""
    return document(
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Annots [4 0 R] >>" % A4,
        b"<< /Type /Annot /Subtype /Widget /F 4 /FT /Tx /T (a) /V (x) /Rect [100 100 400 400] "
        b"/AP << /N 5 0 R >> >>",
        stream(b"0 0 1 rg 0 0 300 300 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 300 300]"),
    )


def deep_tree(depth: int = 20_000) -> bytes:
    nodes = (
        b"<< /Type /Pages /Kids [%d 0 R] /Count 1 /Parent %d 0 R >>" % (number + 3, number + 1)
        for number in range(depth)
    )
    leaf = b"<< /Type /Page /MediaBox [%s] /Parent %d 0 R >>" % (A4, depth + 1)
    return document(b"<< /Type /Catalog /Pages 2 0 R >>", *nodes, leaf)


def tree_in_a_circle() -> bytes:
    root = b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"
    return document(b"<< /Type /Catalog /Pages 2 0 R >>", root)


def laughs(levels: int = 12) -> bytes:
    """Drawings that draw the next one twenty times each."""
    head = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
    forms = [
        stream(b"/F Do " * 20, head + b"/Resources << /XObject << /F %d 0 R >> >>" % (number + 6))
        for number in range(levels - 1)
    ]
    last = stream(b"0 0 1 1 re f", head)
    return page(b"/F Do", resources=b"/XObject << /F 5 0 R >>", more=(*forms, last))


def packed_content() -> bytes:
    data = zlib.compress(b"0 0 m 1 1 l S\n" * 20_000_000, 9)
    return page(stream(data, b"/Filter /FlateDecode"))


def endless_shading(steps: int = 20_000) -> bytes:
    """Every point of a colour takes a long sum."""
    sum_ = b"{ " + b"dup mul sqrt " * steps + b"pop }"
    head = b"/FunctionType 4 /Domain [0 1 0 1] /Range [0 1]"
    shading = (
        b"<< /ShadingType 1 /ColorSpace /DeviceGray /Domain [0 1 0 1] "
        b"/Matrix [595 0 0 842 0 0] /Function 6 0 R >>"
    )
    return page(b"/S sh", resources=b"/Shading << /S 5 0 R >>", more=(shading, stream(sum_, head)))


def image(kind: str, size: tuple[int, int], mode: str = "RGB", **more: object) -> bytes:
    """One colour, packed as small as the format can."""
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **more)
    return out.getvalue()


def scans(count: int) -> bytes:
    """A TIFF of several pages, as a scanner makes it; each a little wider than the one before."""
    out = io.BytesIO()
    first, *others = (Image.new("1", (40 + number, 50), 1) for number in range(count))
    first.save(out, "TIFF", save_all=True, append_images=others, compression="group4")
    return out.getvalue()
