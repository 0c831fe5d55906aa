"""Archives that lie, overflow, lead astray or hold what is not accepted."""

import struct
from collections.abc import Iterator

from tests.letters.screening.table.samples import Bad
from tests.letters.screening.table.zips import (
    DESCRIPTOR,
    ENCRYPTED,
    STORED,
    TEXT,
    UTF8,
    Entry,
    Said,
    WideEnd,
    built,
    descriptor,
    end,
    open_sizes,
    unicode_name,
    zeros_bomb,
    zip64_field,
)
from tests.world import files

ONE = Entry()
LISTED_AT = len(ONE.before() + ONE.body)


def bad_archives() -> Iterator[Bad]:
    for what, data, detail in (*_names(), *_limits(), *_overlaps()):
        yield Bad(what, "paczka.zip", data, "F-ZIP", detail)
    for what, data in (*_lies(), *_wide_lies(), *_torn(), *_hidden()):
        yield Bad(what, "paczka.zip", data, "F-BROKEN")
    for what, data in _locked():
        yield Bad(what, "paczka.zip", data, "F-LOCK")
    yield Bad("an archive of nothing", "paczka.zip", end(0, 0, 0), "F-EMPTY")
    for name, member, code, detail in _members():
        data = files.zipped({"dobry.txt": files.txt(), name: member})
        yield Bad(f"a member {name}", "paczka.zip", data, code, detail, member=name)


def _names() -> Iterator[tuple[str, bytes, str]]:
    for what, name in (
        ("a name that climbs", b"../a.txt"),
        ("a name that climbs later", b"x/../../a.txt"),
        ("a name that climbs with backslashes", b"x\\..\\a.txt"),
        ("a name from the root", b"/etc/a.txt"),
        ("a name from the root of Windows", b"\\a.txt"),
        ("a name on a network share", b"\\\\serwer\\a.txt"),
        ("a name on a drive", b"C:\\a.txt"),
        ("a name on a drive, relative to where one stands", b"C:a.txt"),
        ("a name with a line end", b"a\n.txt"),
        ("a name with a zero byte", b"a.txt\x00.exe"),
        ("a name with a terminal command", b"a\x1b[2J.txt"),
    ):
        yield what, built(Entry(name)), "NAMES"
    for what, first, second in (
        ("one name twice", b"a.txt", b"a.txt"),
        ("one name in two letter cases", b"a.txt", b"A.TXT"),
        ("one name with two kinds of slashes", b"x/a.txt", b"x\\a.txt"),
        ("one name, the accent written in two ways", "ó.txt".encode(), "o\u0301.txt".encode()),
        ("one name by folding the sharp s", "stra\u00dfe.txt".encode(), b"strasse.txt"),
    ):
        data = built(Entry(first, flags=UTF8), Entry(second, TEXT * 2, flags=UTF8))
        yield what, data, "NAMES"
    polish = "żółć.txt"
    both = built(Entry(polish.encode("cp852")), Entry(polish.encode(), TEXT * 2, flags=UTF8))
    yield "one name in the code page of DOS and in Unicode", both, "NAMES"
    for what, raw, again in (
        ("one name in Unicode for two raw ones", (b"a.txt", b"b.txt"), ("x.txt", "x.txt")),
        ("one raw name for two in Unicode", (b"a.txt", b"a.txt"), ("x.txt", "y.txt")),
    ):
        pairs = zip(raw, again, strict=True)
        yield (
            what,
            built(*(Entry(old, extra=unicode_name(old, new)) for old, new in pairs)),
            "NAMES",
        )
    local = Entry(local=Said(name=b"b.exe"))
    yield "another name before the member than in the listing", built(local), "NAMES"
    for what, other in (("another ending", "a.exe"), ("a way up", "../a.txt")):
        odd = Entry(extra=unicode_name(b"a.txt", other))
        yield f"a name in Unicode with {what}", built(odd), "NAMES"
    link = Entry(data=b"/etc/passwd", system=3, attributes=0o120777 << 16)
    yield "a symbolic link", built(link), "NAMES"
    yield "a folder that holds bytes", built(Entry(b"folder/")), "NAMES"


def _limits() -> Iterator[tuple[str, bytes, str]]:
    many = files.zipped({f"{number}.txt": b"ala" for number in range(1001)})
    yield "a thousand entries and one", many, "ENTRIES"
    yield "a listing that counts to 9999", ONE.before() + ONE.body + _end_of(count=9999), "ENTRIES"
    yield "a listing of 50 MB", ONE.before() + ONE.body + _end_of(size=50 << 20), "ENTRIES"
    yield "a wide listing that counts to millions", WideEnd(5_000_000).of(ONE), "ENTRIES"
    yield "a wide listing of a terabyte", WideEnd(size=1 << 40).of(ONE), "ENTRIES"
    yield "five folders deep", files.zipped({"1/2/3/4/5/a.txt": TEXT}), "DEPTH"
    yield "five empty folders deep", files.zipped({"1/2/3/4/5/": b""}), "DEPTH"
    yield "five folders deep with backslashes", built(Entry(b"1\\2\\3\\4\\5\\a.txt")), "DEPTH"
    yield "2 MB of zeros", files.zipped({"zera.txt": bytes(2_000_000)}), "RATIO"
    yield "30 MB of zeros", files.bomb_zip(), "RATIO"
    yield "300 MiB of zeros in one member", zeros_bomb(300 << 20), "RATIO"
    yield "2 GB of zeros, zip64", zeros_bomb(2 << 30), "RATIO"
    wide = zip64_field(5_000_000_000, len(ONE.body))
    full = Said(packed=0xFFFFFFFF, unpacked=0xFFFFFFFF)
    huge = Entry(local=full, listed=full, extra=wide, local_extra=wide)
    yield "5 GB by the fields of zip64", built(huge), "UNPACKED"
    sizes = Said(unpacked=0xFFFFFFF0)
    yield "4 GB by the listing", built(Entry(local=sizes, listed=sizes)), "UNPACKED"
    inner = files.zipped({"a.txt": TEXT})
    yield "an archive in an archive", files.zipped({"b.zip": inner}), "NESTED"
    yield "an archive in an archive, stored", files.zipped({"b.ZIP": inner}, STORED), "NESTED"
    yield "an archive in name alone", files.zipped({"b.zip": b"niby"}), "NESTED"
    virus = files.zipped({"b.zip": files.zipped({"eicar.txt": files.EICAR})})
    yield "the test virus in an archive in an archive", virus, "NESTED"


def _overlaps() -> Iterator[tuple[str, bytes, str]]:
    inner = Entry(b"b.txt", TEXT)
    outer = Entry(b"a.txt", inner.before() + inner.body, method=STORED)
    listing = outer.in_listing(0) + inner.in_listing(len(outer.before()))
    body = outer.before() + outer.body
    yield "a member inside another", body + listing + end(2, len(listing), len(body)), "OVERLAP"
    long = Said(packed=len(ONE.body) + 40)
    yield "a member that reaches into the listing", built(Entry(listed=long, local=long)), "OVERLAP"


def _end_of(count: int = 1, size: int | None = None) -> bytes:
    listing = ONE.in_listing(0)
    return listing + end(count, len(listing) if size is None else size, LISTED_AT)


def _lies() -> Iterator[tuple[str, bytes]]:
    true = ONE.truth
    fields = (("checksum", "crc"), ("packed size", "packed"), ("size", "unpacked"))
    for what, key in fields:
        yield f"another {what} before the member", built(Entry(local=Said(**{key: true[key] + 1})))  # type: ignore[misc]
    for what, said in (
        ("a checksum that is wrong in both places", Said(crc=true["crc"] ^ 1)),
        ("fewer bytes than both places say", Said(unpacked=5000)),
        ("more bytes than both places say", Said(unpacked=5)),
        ("a packed size that is too small", Said(packed=10)),
    ):
        yield what, built(Entry(local=said, listed=said))
    yield "sizes left open without a descriptor", built(Entry(local=open_sizes()))
    yield "another method before the member", built(Entry(local=Said(method=STORED)))
    for method, called in ((9, "Deflate64"), (12, "bzip2"), (14, "LZMA"), (93, "Zstandard")):
        yield f"compression by {called}", built(Entry(data=TEXT, method=method))
    late = Entry(flags=DESCRIPTOR, local=open_sizes())
    for what, after in (
        ("no descriptor where one is promised", b""),
        ("a descriptor with another checksum", descriptor(ONE, crc=1)),
        ("bytes in the place of a descriptor", b"PK\x07\x08" + bytes(12)),
        ("a descriptor and bytes after it", descriptor(ONE) + b"ukryte"),
    ):
        yield what, built(Entry(flags=late.flags, local=late.local, after=after))
    yield "a descriptor nobody promised", built(Entry(after=descriptor(ONE)))
    odd = Entry(flags=DESCRIPTOR, local=Said(crc=7, packed=7, unpacked=7), after=descriptor(ONE))
    yield "sizes neither open nor true before a descriptor", built(odd)
    garbled = bytearray(built(ONE))
    garbled[40:52] = bytes(range(200, 212))
    yield "garbled compressed bytes", bytes(garbled)
    yield "bytes after the end of the compressed ones", built(_with_waste())


def _with_waste() -> Entry:
    """The compressed bytes end before the member does."""
    waste = Said(packed=len(ONE.body) + 4)
    return Entry(local=waste, listed=waste, after=bytes(4))


def _wide_lies() -> Iterator[tuple[str, bytes]]:
    yield "a torn wide end record", WideEnd(mark=b"PK\x06\x00").of(ONE)
    yield "a short end record that counts otherwise", WideEnd(short=(2, 0xFFFFFFFF)).of(ONE)
    yield "a short end record of another size", WideEnd(short=(0xFFFF, 7)).of(ONE)
    yield "bytes between the wide end record and its locator", WideEnd(gap=bytes(8)).of(ONE)
    yield "a wide end record of another disk", WideEnd(disk=1).of(ONE)
    listing = ONE.in_listing(0)
    body = ONE.before() + ONE.body + listing
    yield "a part of a split archive", body + end(1, len(listing), LISTED_AT, disk=1)
    yield "fewer entries counted than listed", _counted(1)
    yield "more entries counted than listed", _counted(3)
    yield "more entries in all than here", body + end(2, len(listing), LISTED_AT, here=1)
    wide = zip64_field(len(TEXT) + 1, len(ONE.body))
    full = Said(packed=0xFFFFFFFF, unpacked=0xFFFFFFFF)
    lying = Entry(local=full, local_extra=wide)
    yield "zip64 sizes before the member that are not those of the listing", built(lying)


def _counted(count: int) -> bytes:
    """Two entries, and an end record that counts otherwise."""
    second = Entry(b"b.txt")
    body = ONE.before() + ONE.body + second.before() + second.body
    listing = ONE.in_listing(0) + second.in_listing(LISTED_AT)
    return body + listing + end(count, len(listing), len(body))


def _torn() -> Iterator[tuple[str, bytes]]:
    whole = built(ONE)
    yield "the end cut off", whole[:-4]
    yield "half an archive", whole[: len(whole) // 2]
    yield "the mark of an archive alone", b"PK\x03\x04" + bytes(100)
    yield "a text after the end", whole + b"dalej"
    yield "a listing that is garbled", whole.replace(b"PK\x01\x02", b"PK\x01\x00")
    yield "an offset that leads nowhere", built(Entry(listed=Said(offset=9999)))
    fake = end(0, 0, 0)
    yield "a second end in the comment", built(ONE, comment=fake)
    yield "two archives, one after the other", whole + whole


def _hidden() -> Iterator[tuple[str, bytes]]:
    hidden = Entry(b"zly.exe", files.exe())
    before = hidden.before() + hidden.body
    yield "a member that the listing leaves out, in front", built(ONE, before=before)
    yield "a member that the listing leaves out, behind", built(ONE, gap=before)
    yield "bytes between a member and the listing", built(ONE, gap=bytes(100))
    yield "a few bytes between a member and the listing", built(ONE, gap=bytes(12))
    yield "bytes between two members", built(Entry(after=b"ukryte"), Entry(b"b.txt"))
    yield "an offset before the file", struct.pack("<4s", b"PK\x03\x04") + built(ONE)[20:]


def _locked() -> Iterator[tuple[str, bytes]]:
    yield "a password", files.locked_zip()
    yield "a password in the listing alone", built(Entry(listed=Said(flags=ENCRYPTED)))
    yield "a password before the member alone", built(Entry(local=Said(flags=ENCRYPTED)))
    yield "strong encryption", built(Entry(flags=0x0041))
    yield "AES", built(Entry(method=99, flags=ENCRYPTED))
    yield "AES without the flag", built(Entry(method=99))
    yield "an encrypted listing", built(Entry(flags=0x2000))
    mixed = built(ONE, Entry(b"tajne.pdf", files.pdf(), flags=ENCRYPTED))
    yield "one locked member of two", mixed


def _members() -> Iterator[tuple[str, bytes, str, str]]:
    yield "program.exe", files.exe(), "F-TYPE", ""
    yield "skrypt.js", b"alert(1)", "F-TYPE", ""
    yield "pismo.docx", files.docx(), "F-TYPE", ""
    yield "bez-koncowki", files.txt(), "F-TYPE", ""
    yield "rachunek.pdf.exe", files.pdf(), "F-TYPE", ""
    yield "rachunek.pdf", files.exe(), "F-MAGIC", "EXE"
    yield "strona.txt", b"<!DOCTYPE html><html></html>", "F-MAGIC", "HTML"
    yield "pismo.doc", files.xls(), "F-MAGIC", "XLS"
    yield "zdjecie.jpg", files.gif() + files.zipped({"a.txt": TEXT}), "F-MAGIC", "GIF"
    yield "locked.pdf", files.locked_pdf(), "F-LOCK", ""
    yield "locked.doc", files.locked_doc(), "F-LOCK", ""
    yield "uciety.pdf", files.pdf()[:-30], "F-BROKEN", ""
    yield "1/2/3/4/eicar.txt", files.EICAR, "F-VIRUS", ""
    yield "Thumbs.db", files.exe(), "F-VIRUS", ""
