"""Sample files built by code: small honest ones of every accepted format, and hostile ones."""

import io
import struct
import zipfile
import zlib

# The harmless test file of antivirus makers, in two halves so that no scanner stops at this source.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SENTENCE = "Wnoszę o wydanie zaświadczenia. Zażółć gęślą jaźń, żółta łąka. "
SECTOR = 512
FREE, END_OF_CHAIN, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def txt(encoding: str = "utf-8", repeat: int = 5) -> bytes:
    return ((SENTENCE + "\r\n") * repeat).encode(encoding)


def csv(encoding: str = "utf-8") -> bytes:
    rows = ["Lp.;Imię;Miejscowość;Kwota"]
    rows += [f"{number};Łucja;Żory;{number},50" for number in range(1, 30)]
    return "\r\n".join(rows).encode(encoding)


def rtf() -> bytes:
    return rb"{\rtf1\ansi\ansicpg1250{\fonttbl{\f0 Times;}}\f0 Wniosek o wydanie odpisu.\par}"


def pdf(extra: bytes = b"", trailer: bytes = b"") -> bytes:
    """A page without text; `extra` is put in as objects, `trailer` into the trailer."""
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ]
    offsets = []
    for number, body in enumerate([*objects, *([extra] if extra else [])], start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(offsets) + 1, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def locked_pdf() -> bytes:
    return pdf(extra=b"<< /Filter /Standard /V 2 /R 3 >>", trailer=b"/Encrypt 4 0 R")


def gif() -> bytes:
    screen = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\x00\x00\x00\xff\xff\xff"
    comment = b"\x21\xfe\x04test\x00"
    picture = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return screen + comment + picture + b"\x3b"


def bmp(width: int = 4, height: int = 4) -> bytes:
    row = (width * 24 + 31) // 32 * 4
    pixels = bytes(row * height)
    header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, len(pixels), 2835, 2835, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + len(pixels), 0, 0, 54) + header + pixels


def tif(order: str = "<") -> bytes:
    tags = [(256, 4, 1), (257, 4, 1), (258, 3, 8), (262, 3, 1), (273, 4, 8), (279, 4, 1)]
    entries = b"".join(
        struct.pack(f"{order}HHII", tag, kind, 1, value) for tag, kind, value in tags
    )
    head = (b"II" if order == "<" else b"MM") + struct.pack(f"{order}HI", 42, 9)
    return head + b"\x7f" + struct.pack(f"{order}H", len(tags)) + entries + bytes(4)


def jpg(after: bytes = b"") -> bytes:
    """The frame of a JPEG with a thumbnail's end marker inside a segment, as cameras write it."""
    app0 = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\x00\x01\x01\x00" + bytes(6)
    thumbnail = b"Exif\x00\x00thumb\xff\xd9"
    app1 = b"\xff\xe1" + struct.pack(">H", len(thumbnail) + 2) + thumbnail
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 1, 1, 1) + b"\x01\x11\x00"
    scan = b"\xff\xda" + struct.pack(">H", 8) + b"\x01\x01\x00\x00\x3f\x00" + b"\x12\x34\x56"
    return b"\xff\xd8" + app0 + app1 + frame + scan + b"\xff\xd9" + after


def png() -> bytes:
    def part(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = part(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + header + part(b"IDAT", zlib.compress(b"\0\0")) + part(b"IEND", b"")
    )


def exe() -> bytes:
    """The headers of a Windows program; it does nothing and cannot run."""
    stub = b"\x0e\x1f\xba\x0e\x00\xb4\x09\xcd\x21\xb8\x01\x4c\xcd\x21"
    stub += b"This program cannot be run in DOS mode.\r\r\n$"
    dos = b"MZ\x90\x00" + bytes(56) + struct.pack("<I", 128) + stub
    return dos.ljust(128, b"\x00") + b"PE\x00\x00" + struct.pack("<H", 0x8664) + bytes(400)


def elf() -> bytes:
    return b"\x7fELF\x02\x01\x01" + bytes(200)


def ole(streams: dict[str, bytes]) -> bytes:
    """A compound file (MS-CFB, version 3); a name with a slash goes into a storage of that name."""
    return _CompoundFile(streams).render()


class _CompoundFile:
    """Every stream is padded past the cutoff of small ones: one kind of sector is enough."""

    def __init__(self, streams: dict[str, bytes]) -> None:
        self.storages = sorted({name.split("/")[0] for name in streams if "/" in name})
        self.streams = {name: data.ljust(4096, b"\x00") for name, data in streams.items()}
        self.fat: list[int] = [FAT_SECTOR]
        self.sectors: list[bytes] = []

    def render(self) -> bytes:
        starts = {name: self._add(data) for name, data in self.streams.items()}
        directory = self._add(self._directory(starts))
        assert len(self.fat) <= SECTOR // 4, "one FAT sector is all this builder knows"
        fat = struct.pack("<128I", *self.fat, *[FREE] * (128 - len(self.fat)))
        header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
        header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
        header += struct.pack(
            "<IIIIIIIII", 0, 1, directory, 0, 4096, END_OF_CHAIN, 0, END_OF_CHAIN, 0
        )
        header += struct.pack("<109I", 0, *[FREE] * 108)
        return header + fat + b"".join(self.sectors)

    def _add(self, data: bytes) -> int:
        start = len(self.fat)
        count = -(-len(data) // SECTOR)
        self.sectors += [
            data[at : at + SECTOR].ljust(SECTOR, b"\x00") for at in range(0, count * SECTOR, SECTOR)
        ]
        self.fat += [*range(start + 1, start + count), END_OF_CHAIN]
        return start

    def _directory(self, starts: dict[str, int]) -> bytes:
        """Root, storages, streams; siblings in a chain to the right, children by the first one."""
        top = [*self.storages, *[name for name in self.streams if "/" not in name]]
        inner = [name for name in self.streams if "/" in name]
        order = [*top, *inner]
        place = {name: index for index, name in enumerate(order, start=1)}
        entries = [_entry("Root Entry", 5, child=1 if top else FREE, start=END_OF_CHAIN)]
        for name in order:
            siblings = [other for other in order if other.split("/")[:-1] == name.split("/")[:-1]]
            after = siblings[siblings.index(name) + 1 :]
            right = place[after[0]] if after else FREE
            if name in self.storages:
                child = next(place[other] for other in inner if other.startswith(f"{name}/"))
                entries.append(_entry(name, 1, right=right, child=child))
            else:
                entries.append(
                    _entry(name.split("/")[-1], 2, right=right, start=starts[name],
                           size=len(self.streams[name]))
                )  # fmt: skip
        return b"".join(entries)


def _entry(
    name: str, kind: int, *, right: int = FREE, child: int = FREE, start: int = 0, size: int = 0
) -> bytes:
    encoded = name.encode("utf-16-le")
    head = encoded.ljust(64, b"\x00") + struct.pack("<HBB", len(encoded) + 2, kind, 1)
    return (
        head + struct.pack("<III", FREE, right, child) + bytes(36) + struct.pack("<IQ", start, size)
    )


def doc(flags: int = 0x0200, macros: dict[str, bytes] | None = None) -> bytes:
    """A Word 97 file: the head of its FIB and text; `flags` stand at offset 10 of the FIB."""
    fib = struct.pack("<HHHHHH", 0xA5EC, 0x00C1, 0, 0x0415, 0, flags) + bytes(500)
    text = SENTENCE.encode("cp1250") * 10
    streams = {"WordDocument": fib + text, "1Table": bytes(100)}
    return ole(streams | {f"VBA/{name}": data for name, data in (macros or {}).items()})


def locked_doc() -> bytes:
    return doc(flags=0x0200 | 0x0100)


def xls(extra_record: bytes = b"") -> bytes:
    """An Excel 97 file: BOF, code page, one number of rows, EOF."""
    bof = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    code_page = struct.pack("<HHH", 0x0042, 2, 0x04B0)
    return ole({"Workbook": bof + extra_record + code_page + struct.pack("<HH", 0x000A, 0)})


def locked_xls() -> bytes:
    return xls(extra_record=struct.pack("<HHHHH", 0x002F, 6, 0, 0x1234, 0x5678))


def vba_container(source: bytes) -> bytes:
    """A module stream: some bytes before it, then the source as literals only (MS-OVBA 2.4.1)."""
    chunks = bytearray(b"\x01")
    for start in range(0, len(source), 3600):
        part = source[start : start + 3600]
        body = b"".join(b"\x00" + part[at : at + 8] for at in range(0, len(part), 8))
        chunks += struct.pack("<H", 0xB000 | (len(body) - 1)) + body
    return b"\x00performance cache\x00" + bytes(chunks)


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


def locked_zip(name: str = "pismo.pdf") -> bytes:
    """A ZIP whose only member is marked as encrypted, in the listing and before the member."""
    data = bytearray(zipped({name: pdf()}))
    data[6] |= 1
    central = data.rfind(b"PK\x01\x02")
    data[central + 8] |= 1
    return bytes(data)


def docx() -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"})


def bomb_zip(size: int = 30_000_000) -> bytes:
    """A small archive that unpacks to `size` zeros under an accepted name."""
    return zipped({"zera.txt": bytes(size)})


def honest() -> dict[str, bytes]:
    """One honest file of each accepted format, by name."""
    return {
        "pismo.doc": doc(),
        "pismo.rtf": rtf(),
        "tabela.xls": xls(),
        "tabela.csv": csv(),
        "notatka.txt": txt(),
        "rysunek.gif": gif(),
        "skan.tif": tif(),
        "obraz.bmp": bmp(),
        "zdjecie.jpg": jpg(),
        "pismo.pdf": pdf(),
        "paczka.zip": zipped({"pismo.pdf": pdf(), "dane/tabela.csv": csv("cp1250")}),
    }
