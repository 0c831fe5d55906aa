"""Archives as systems and programs write them."""

import io
import struct
import zipfile
from collections.abc import Iterator

from tests.letters.screening.table.samples import Good
from tests.letters.screening.table.zips import (
    DESCRIPTOR,
    STORED,
    TEXT,
    UTF8,
    Entry,
    WideEnd,
    built,
    descriptor,
    open_sizes,
    unicode_name,
)
from tests.world import files

ONE = Entry()
MAC_SHADOW = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        " + bytes(60)


def good_archives() -> Iterator[Good]:
    for what, data in (*_plain(), *_named(), *_of_systems(), *_late_sizes(), *_wide()):
        yield Good(what, "paczka.zip", data)
    yield Good("an ending in capitals", "PACZKA.ZIP", built(ONE))
    macros = files.doc(macros={"Arkusz1": files.vba_container(b"Attribute VB_Name\r\nSub A()\r\n")})
    yield Good("a document with macros", "makra.zip", files.zipped({"a.doc": macros}), ("MACROS",))


def _plain() -> Iterator[tuple[str, bytes]]:
    yield "one member", built(ONE)
    yield "one stored member", built(Entry(method=STORED))
    yield "a stored PDF first", files.zipped({"a.pdf": files.pdf(), "b.txt": TEXT}, STORED)
    yield "a stored picture first", files.zipped({"a.jpg": files.jpg()}, STORED)
    yield "a file of each format", files.zipped(_without_archives())
    yield "folders as entries", files.zipped({"x/": b"", "x/y/": b"", "x/y/a.txt": TEXT})
    yield "four folders deep", files.zipped({"1/2/3/4/a.txt": TEXT})
    yield "an empty member", files.zipped({"pusty.txt": b"", "a.txt": TEXT})
    yield "a thousand entries", files.zipped({f"{number}.txt": b"ala" for number in range(1000)})
    yield "a comment at the end", built(ONE, comment="Wniosek z załącznikami".encode("cp852"))
    yield "a form of blanks that packs well", files.zipped({"wzor.txt": b" " * 900_000})
    yield "two files of the same bytes", files.zipped({"a.txt": TEXT, "b.txt": TEXT})
    yield "one file name in two folders", files.zipped({"x/a.txt": TEXT, "y/a.txt": TEXT})


def _without_archives() -> dict[str, bytes]:
    return {name: data for name, data in files.honest().items() if not name.endswith(".zip")}


def _named() -> Iterator[tuple[str, bytes]]:
    polish = "Zaświadczenie o zarobkach – łącznie.txt"
    dos = "Zażółć gęślą jaźń.txt".encode("cp852")
    yield "a Polish name in UTF-8", built(Entry(polish.encode(), flags=UTF8))
    yield "a Polish name in the code page of DOS", built(Entry(dos))
    both = Entry(dos, extra=unicode_name(dos, "Zażółć gęślą jaźń.txt"))
    yield "a Polish name of DOS and again in Unicode", built(both)
    stale = Entry(b"nowa.txt", extra=unicode_name(b"stara.txt", "stara.exe"))
    yield "a name in Unicode that is of an earlier name and does not count", built(stale)
    yield "a Ukrainian name", built(Entry("Довідка.txt".encode(), flags=UTF8))
    yield "backslashes between folders", built(Entry(b"dane\\2026\\a.txt"))
    yield "a name with dots and blanks", built(Entry(b"pismo z dnia 1.12.2026 r. (kopia).txt"))


def _of_systems() -> Iterator[tuple[str, bytes]]:
    times = struct.pack("<HHIHHQQQ", 0x000A, 32, 0, 1, 24, 1, 2, 3)
    yield "Windows, with the times of NTFS", built(Entry(extra=times), Entry(b"b.txt"))
    by_products = {
        "a.txt": TEXT,
        "x/Thumbs.db": files.ole({"Catalog": b"x"}),
        "desktop.ini": b"[.]",
    }
    yield "Windows, with its by-products", files.zipped(by_products)
    yield "macOS, with its by-products", built(*_of_mac())
    unix = struct.pack("<HHBIHHBBIBI", 0x5455, 5, 3, 7, 0x7875, 11, 1, 4, 1000, 4, 1000)
    yield (
        "Linux, with owners and times",
        built(Entry(extra=unix, system=3, attributes=0o100644 << 16)),
    )


def _of_mac() -> Iterator[Entry]:
    """The archiver of macOS leaves the sizes to descriptors."""
    shown = {b"a.pdf": files.pdf(), b"__MACOSX/._a.pdf": MAC_SHADOW, b".DS_Store": bytes(100)}
    for name, data in shown.items():
        plain = Entry(name, data)
        yield Entry(
            name, data, flags=DESCRIPTOR, local=open_sizes(), after=descriptor(plain), system=3
        )


def _late_sizes() -> Iterator[tuple[str, bytes]]:
    for marked in (True, False):
        for wide in (True, False):
            after = descriptor(ONE, marked=marked, wide=wide)
            entry = Entry(flags=DESCRIPTOR, local=open_sizes(wide=wide), after=after)
            what = f"a descriptor {'with' if marked else 'without'} its mark"
            yield (
                f"{what}, {'eight' if wide else 'four'} bytes a size",
                built(entry, entry_two(after)),
            )
    told = Entry(flags=DESCRIPTOR, after=descriptor(ONE))
    yield "sizes told before and after the member", built(told)
    yield "sizes told before, a descriptor promised and left out", built(Entry(flags=DESCRIPTOR))
    yield "written to a pipe", _piped()


def entry_two(after: bytes) -> Entry:
    return Entry(b"b.txt", flags=DESCRIPTOR, local=open_sizes(), after=after)


def _piped() -> bytes:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_places: int) -> int:
            raise io.UnsupportedOperation

        def tell(self) -> int:
            raise io.UnsupportedOperation

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", TEXT)
        archive.writestr("b.pdf", files.pdf())
    return pipe.getvalue()


def _wide() -> Iterator[tuple[str, bytes]]:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.txt", "w", force_zip64=True) as member,
    ):
        member.write(TEXT)
    yield "zip64 sizes", target.getvalue()
    yield "a zip64 end record", WideEnd().of(ONE)
    yield (
        "a zip64 end record beside an honest short one",
        WideEnd(short=(1, len(ONE.in_listing(0)))).of(ONE),
    )
