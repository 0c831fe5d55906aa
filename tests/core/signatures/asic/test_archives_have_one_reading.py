"""The ZIP reader: honest archives of several writers are read, ambiguous ones are refused."""

import io
import struct
import zipfile
import zlib
from dataclasses import replace

import pytest
from typing_extensions import Buffer

from skrytka.core.signatures.asic.archive import open_archive
from skrytka.core.signatures.asic.examine import examine_container
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.validation import examine
from tests.core.signatures.asic.forging import (
    Made,
    deflated,
    make,
    names,
    read,
    refusal,
    unfinished,
)
from tests.core.signatures.asic.packing import pack, signed

R = ReasonCode
MEBIBYTE = 1024 * 1024


def test_the_forger_can_be_honest() -> None:
    assert read(make(Made(), Made(b"b.txt"))) == [b"tresc", b"tresc"]


def test_a_comment_at_the_end_is_read_over() -> None:
    assert read(make(Made(), comment=b"uwaga")) == [b"tresc"]


def test_a_false_end_in_the_comment_is_read_over() -> None:
    false = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 51, 3, 0)
    assert read(make(Made(), comment=b"x" * 200 + false)) == [b"tresc"]


def test_an_archive_inside_the_comment_would_be_a_second_reading() -> None:
    assert refusal(make(Made(), comment=make(Made(data=b"inna")))) is R.ZIP_SYNTAX


def test_a_stream_writer_is_read() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.written = b""

        def writable(self) -> bool:
            return True

        def write(self, data: Buffer) -> int:
            self.written += bytes(data)
            return len(bytes(data))

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"tresc" * 99)
        with archive.open("b.txt", "w", force_zip64=True) as member:
            member.write(b"druga")
    assert read(pipe.written) == [b"tresc" * 99, b"druga"]


@pytest.mark.parametrize("mark", [b"", b"PK\x07\x08"])
@pytest.mark.parametrize("layout", ["<LLL", "<LQQ"])
def test_a_data_descriptor_is_read_in_all_its_forms(mark: bytes, layout: str) -> None:
    entry = Made(flags=8, local_numbers=(0, 0, 0))
    tail = mark + struct.pack(layout, *entry.numbers)
    assert read(make(replace(entry, tail=tail))) == [b"tresc"]


def test_a_data_descriptor_that_says_something_else_is_refused() -> None:
    tail = struct.pack("<LLL", 1, 2, 3)
    assert refusal(make(Made(flags=8, local_numbers=(0, 0, 0), tail=tail))) is R.ZIP_HEADER


def wide(*numbers: int) -> bytes:
    return struct.pack(f"<HH{len(numbers)}Q", 1, 8 * len(numbers), *numbers)


def zip64(*, disks: int = 1, count: int = 1, short: int = 0xFFFF) -> bytes:
    entry = Made()
    body, directory = entry.local(), entry.central(0)
    at = len(body) + len(directory)
    record = struct.pack(
        "<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, 1, len(directory), len(body)
    )
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, disks)
    full = 0xFFFFFFFF
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, short, short, full, full, 0)
    return body + directory + record + locator + end


def test_a_wide_end_record_is_read() -> None:
    assert read(zip64()) == [b"tresc"]


def test_a_wide_end_record_must_agree_with_the_short_one() -> None:
    assert refusal(zip64(short=7)) is R.ZIP_HEADER


@pytest.mark.parametrize("data", [zip64(disks=2), zip64(count=2)])
def test_a_wide_end_record_of_several_discs_is_refused(data: bytes) -> None:
    assert refusal(data) is R.ZIP_SYNTAX


def test_wide_sizes_are_read_from_their_field() -> None:
    data = make(
        Made(local_numbers=(zlib.crc32(b"tresc"), 0xFFFFFFFF, 0xFFFFFFFF), local_extra=wide(5, 5))
    )
    assert read(data) == [b"tresc"]


def test_wide_sizes_without_their_field_are_refused() -> None:
    data = make(Made(local_numbers=(zlib.crc32(b"tresc"), 0xFFFFFFFF, 0xFFFFFFFF)))
    assert refusal(data) is R.ZIP_HEADER


def test_a_repeated_extra_field_is_refused() -> None:
    assert refusal(make(Made(extra=wide(1) + wide(2)))) is R.ZIP_HEADER


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (b"a.txt", b"a.txt"),
        (b"a.txt", b"A.TXT"),
        ("ą.txt".encode(), "a\u0328.txt".encode()),
        ("α\u0345\u0301".encode(), "\u1fb4".encode()),
        (b"a", b"a/"),
    ],
)
def test_names_that_are_one_name_somewhere_are_refused(first: bytes, second: bytes) -> None:
    entries = (Made(first, flags=0x800, data=b""), Made(second, flags=0x800, data=b""))
    assert refusal(make(*entries)) is R.ZIP_DUP


def test_a_name_whose_other_reading_is_another_entry_is_refused() -> None:
    honest = "żółw.txt".encode()
    other = honest.decode("cp852").encode()
    assert refusal(make(Made(honest), Made(other, flags=0x800))) is R.ZIP_DUP


@pytest.mark.parametrize("code_page", ["cp852", "cp1250", "utf-8"])
def test_a_name_in_the_code_page_of_its_machine_is_found(code_page: str) -> None:
    archive = open_archive(make(Made("żółw.txt".encode(code_page))))
    assert archive.find("%C5%BC%C3%B3%C5%82w.txt") is archive.entries[0]


def unicode_path(name: bytes, path: bytes) -> bytes:
    field = b"\x01" + struct.pack("<L", zlib.crc32(name)) + path
    return struct.pack("<HH", 0x7075, len(field)) + field


def test_the_unicode_path_field_tells_the_name() -> None:
    name = "żółw".encode("cp852")
    field = unicode_path(name, "żółw".encode())
    assert names(make(Made(name, extra=field, local_extra=field))) == ["żółw"]


def test_a_unicode_path_of_an_older_name_says_nothing() -> None:
    field = unicode_path(b"stara", b"inna")
    assert names(make(Made(extra=field, local_extra=field))) == ["a.txt"]


def test_a_unicode_path_that_contradicts_a_plain_name_is_refused() -> None:
    field = unicode_path(b"a.txt", b"b.txt")
    assert refusal(make(Made(extra=field, local_extra=field))) is R.ZIP_NAME


@pytest.mark.parametrize(
    "name",
    [b"/a", b"../a", b"a/../b", b"a//b", b"./a", b"a\\b", b"C:/a", b"a\x00b", b"", b"a/b/.."],
)
def test_a_name_that_leads_out_of_the_container_is_refused(name: bytes) -> None:
    assert refusal(make(Made(name))) is R.ZIP_NAME


def test_a_name_that_is_not_the_utf8_it_says_is_refused() -> None:
    assert refusal(make(Made(b"\xff\xfe", flags=0x800))) is R.ZIP_NAME


def test_folders_are_left_out_and_a_folder_with_content_is_refused() -> None:
    assert names(make(Made(b"a/", b""), Made(b"a/b"))) == ["a/b"]
    assert refusal(make(Made(b"a/"))) is R.ZIP_NAME


CRC = zlib.crc32(b"tresc")


@pytest.mark.parametrize(
    "entry",
    [
        Made(local_name=b"b.txt"),
        Made(local_method=8),
        Made(local_flags=0x800),
        Made(local_numbers=(CRC, 4, 5)),
        Made(local_numbers=(CRC, 5, 4)),
        Made(local_numbers=(1, 5, 5)),
        Made(flags=8, local_numbers=(1, 0, 0), tail=struct.pack("<LLL", CRC, 5, 5)),
        Made(method=8, packed=unfinished(b"tresc")),
        Made(crc=1),
        Made(size=4),
        Made(tail=b"ukryte"),
        Made(method=8, packed=deflated(b"tresc") + b"ukryte"),
        Made(method=8, packed=deflated(b"tresc")[:-2]),
        Made(method=8, packed=deflated(b"tresc i jeszcze")),
        Made(local_extra=unicode_path("ż".encode("cp852"), b"b"), name="ż".encode("cp852")),
    ],
)
def test_headers_that_disagree_are_refused(entry: Made) -> None:
    assert refusal(make(entry)) is R.ZIP_HEADER


def test_a_stream_that_ends_long_before_its_bytes_do_is_refused() -> None:
    entry = Made(method=8, packed=deflated(b"tresc") + bytes(200_000))
    assert refusal(make(entry)) is R.ZIP_HEADER


def test_bytes_before_the_first_entry_are_refused() -> None:
    assert refusal(make(Made(), before=b"MZ")) is R.ZIP_HEADER


def test_bytes_before_the_directory_are_refused() -> None:
    assert refusal(make(Made(), between=Made(b"ukryty").local())) is R.ZIP_HEADER


def test_bytes_after_the_end_are_refused() -> None:
    assert refusal(make(Made()) + b"x") is R.ZIP_SYNTAX


def test_overlapping_entries_are_refused() -> None:
    assert refusal(make(Made(), Made(b"b.txt", offset=0))) is R.ZIP_HEADER
    inner = Made(b"b.txt")
    outer = Made(data=inner.local())
    at = len(outer.local()) - len(outer.data)
    assert refusal(make(outer, replace(inner, offset=at))) is R.ZIP_HEADER


@pytest.mark.parametrize("flags", [0x1, 0x40, 0x2000])
def test_encrypted_entries_are_refused(flags: int) -> None:
    assert refusal(make(Made(flags=flags))) is R.ZIP_ENC


def test_an_entry_encrypted_with_aes_is_refused() -> None:
    assert refusal(make(Made(method=99))) is R.ZIP_ENC


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04",
        make(Made(method=12)),
        make(Made(method=8, packed=b"\xff\xff\xff")),
        make(Made(disk=1)),
        make(Made(), count=2),
        make(Made(), Made(b"b"), count=1),
        make(Made())[:-5],
    ],
)
def test_broken_archives_are_refused(data: bytes) -> None:
    assert refusal(data) is R.ZIP_SYNTAX


def test_a_local_header_that_is_none_is_refused() -> None:
    data = make(Made(), Made(b"b.txt"))
    at = data.index(b"PK\x03\x04", 4)
    assert refusal(data[:at] + b"XXXX" + data[at + 4 :]) is R.ZIP_SYNTAX


def test_an_end_record_that_points_at_half_a_directory_is_refused() -> None:
    first, second = Made(), Made(b"b.txt")
    data = bytearray(make(first, second))
    struct.pack_into("<L", data, len(data) - 10, len(second.central(0)))
    assert refusal(bytes(data)) is R.ZIP_SYNTAX


def test_an_archive_over_several_discs_is_refused() -> None:
    data = bytearray(make(Made()))
    data[-18] = 1
    assert refusal(bytes(data)) is R.ZIP_SYNTAX


def test_an_archive_inside_an_archive_is_not_opened() -> None:
    inner = pack({"bomba": bytes(8 * MEBIBYTE)})
    assert examine_container(signed({"zagniezdzony.zip": inner}), {}).signatures[0].intact


def test_every_truncation_of_a_container_is_refused_by_name() -> None:
    data = signed()
    for length in range(0, len(data), 37):
        assert examine_container(data[:length], {}).refusal is R.ZIP_SYNTAX


def test_an_archive_with_something_in_front_is_refused_by_name() -> None:
    assert examine(b"MZ" + signed(), {}).refusal is R.ZIP_HEADER
    assert examine(signed(), {}).refusal is None
    assert examine(b"zwykly tekst", {}).refusal is R.NO_SIGNATURE
