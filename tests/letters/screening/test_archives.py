"""ZIP files: limits, tricks of the listing, and members that obey the rules of all files."""

import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest

from skrytka.gateways.yara_scanner import EmbeddedScanner
from skrytka.letters.screening import CIESZYN_2026, ArchiveRule, Outcome, Screener
from skrytka.letters.screening.policy import ArchiveLimits
from skrytka.letters.screening.specimen import in_memory
from tests.letters.screening.conftest import Screen
from tests.world import files

CodeOf = Callable[[str, bytes], str]


def edited(data: bytes, local: int, central: int, value: bytes) -> bytes:
    """The archive of one member with a field changed before the member and in the listing."""
    out = bytearray(data)
    start = out.rfind(b"PK\x01\x02")
    out[local : local + len(value)] = value
    out[start + central : start + central + len(value)] = value
    return bytes(out)


def rule_of(screen: Screen, data: bytes) -> tuple[str, str]:
    verdict = screen("a.zip", data)
    assert verdict.fault is not None
    return verdict.fault.reason, verdict.fault.data.archive_rule


ONE = files.zipped({"a.txt": files.txt()})


def test_members_are_reported_each(screen: Screen) -> None:
    verdict = screen("a.zip", files.zipped({"x/a.pdf": files.pdf(), "b.txt": files.txt()}))
    assert [(m.file_name, m.detected, m.outcome) for m in verdict.members] == [
        ("x/a.pdf", "PDF", Outcome.SAFE),
        ("b.txt", "TXT", Outcome.SAFE),
    ]


def test_stored_members_and_folders_are_fine(code_of: CodeOf) -> None:
    data = files.zipped({"x/": b"", "x/a.txt": files.txt()}, zipfile.ZIP_STORED)
    assert code_of("a.zip", data) == ""


def test_by_products_of_operating_systems_refuse_nobody(code_of: CodeOf) -> None:
    data = files.zipped(
        {
            "a.pdf": files.pdf(),
            "__MACOSX/._a.pdf": b"\x00\x05\x16\x07" + bytes(100),
            ".DS_Store": b"\x00\x00\x00\x01Bud1" + bytes(100),
            "x/Thumbs.db": files.ole({"Catalog": b"x"}),
            "pusty.txt": b"",
        }
    )
    assert code_of("a.zip", data) == ""


def test_a_program_named_like_a_by_product_is_still_found(code_of: CodeOf) -> None:
    assert code_of("a.zip", files.zipped({"Thumbs.db": files.exe()})) == "F-VIRUS"


@pytest.mark.parametrize(
    ("members", "rule"),
    [
        ({f"{n}.txt": b"ala" for n in range(1001)}, ArchiveRule.ENTRIES),
        ({"1/2/3/4/5/a.txt": b"ala"}, ArchiveRule.DEPTH),
        ({"1/2/3/4/5/": b""}, ArchiveRule.DEPTH),
        ({"b.zip": files.zipped({"a.txt": b"ala"})}, ArchiveRule.NESTED),
        ({"b.zip": b"niby"}, ArchiveRule.NESTED),
        ({"zera.txt": bytes(2_000_000)}, ArchiveRule.RATIO),
        ({"../a.txt": b"ala"}, ArchiveRule.NAMES),
        ({"x/../../a.txt": b"ala"}, ArchiveRule.NAMES),
        ({"x\\..\\a.txt": b"ala"}, ArchiveRule.NAMES),
        ({"/etc/a.txt": b"ala"}, ArchiveRule.NAMES),
        ({"C:\\a.txt": b"ala"}, ArchiveRule.NAMES),
        ({"a.txt": b"1", "A.TXT": b"2"}, ArchiveRule.NAMES),
        ({"a\n.txt": b"1"}, ArchiveRule.NAMES),
    ],
)
def test_a_limit_or_a_bad_name_refuses_the_archive(
    members: dict[str, bytes], rule: ArchiveRule, screen: Screen
) -> None:
    assert rule_of(screen, files.zipped(members)) == ("F-ZIP", rule)


def test_four_folders_are_not_too_deep(code_of: CodeOf) -> None:
    assert code_of("a.zip", files.zipped({"1/2/3/4/a.txt": b"ala"})) == ""


def test_the_sum_after_unpacking_is_limited() -> None:
    policy = replace(CIESZYN_2026, archives=ArchiveLimits(unpacked_bytes=1000))
    data = files.zipped({f"{n}.txt": files.txt() for n in range(9)})
    verdict = Screener(policy, EmbeddedScanner()).screen("a.zip", in_memory(data))
    assert verdict.fault is not None
    assert verdict.fault.data.archive_rule == ArchiveRule.UNPACKED


def test_a_link_is_refused(screen: Screen) -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        entry = zipfile.ZipInfo("a.txt")
        entry.create_system, entry.external_attr = 3, 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    assert rule_of(screen, target.getvalue()) == ("F-ZIP", ArchiveRule.NAMES)


def test_more_bytes_than_the_listing_says_are_refused_while_unpacking(code_of: CodeOf) -> None:
    assert code_of("a.zip", edited(ONE, 22, 24, struct.pack("<I", 5))) == "F-BROKEN"


def test_fewer_bytes_than_the_listing_says_are_refused(code_of: CodeOf) -> None:
    assert code_of("a.zip", edited(ONE, 22, 24, struct.pack("<I", 5000))) == "F-BROKEN"


def test_a_wrong_checksum_is_refused(code_of: CodeOf) -> None:
    assert code_of("a.zip", edited(ONE, 14, 16, b"abcd")) == "F-BROKEN"


def test_garbled_compressed_bytes_are_refused(code_of: CodeOf) -> None:
    out = bytearray(ONE)
    out[40:60] = bytes(range(200, 220))
    assert code_of("a.zip", bytes(out)) == "F-BROKEN"


def test_a_name_that_differs_between_listing_and_member_is_refused(screen: Screen) -> None:
    out = bytearray(ONE)
    out[30:35] = b"b.exe"
    assert rule_of(screen, bytes(out)) == ("F-ZIP", ArchiveRule.NAMES)


@pytest.mark.parametrize("where", ["listing", "member"])
def test_encryption_noted_in_one_place_only_is_still_encryption(
    where: str, code_of: CodeOf
) -> None:
    out = bytearray(ONE)
    out[6 if where == "member" else out.rfind(b"PK\x01\x02") + 8] |= 1
    assert code_of("a.zip", bytes(out)) == "F-LOCK"


def test_encryption_by_aes_is_told_as_a_password(code_of: CodeOf) -> None:
    assert code_of("a.zip", edited(ONE, 8, 10, struct.pack("<H", 99))) == "F-LOCK"


def test_an_unusual_compression_is_refused(code_of: CodeOf) -> None:
    assert code_of("a.zip", files.zipped({"a.txt": files.txt()}, zipfile.ZIP_LZMA)) == "F-BROKEN"


def test_members_that_share_their_bytes_are_refused(screen: Screen) -> None:
    """Two entries of the listing lead to the same member, as in the densest archive bombs."""
    two = bytearray(files.zipped({"a.txt": files.txt(), "b.txt": files.txt()}))
    first = two.find(b"PK\x01\x02")
    second = two.find(b"PK\x01\x02", first + 1)
    two[second + 42 : second + 46] = bytes(4)
    two[second + 46 : second + 51] = b"a.txt"
    code, rule = rule_of(screen, bytes(two))
    assert (code, rule) in {("F-ZIP", ArchiveRule.NAMES), ("F-ZIP", ArchiveRule.OVERLAP)}


def test_a_member_that_the_listing_hides_is_refused(code_of: CodeOf) -> None:
    hidden = files.zipped({"zly.exe": files.exe()})
    member = hidden[: hidden.rfind(b"PK\x01\x02")]
    target = BytesIO(member)
    target.seek(0, 2)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("a.txt", "ala")
    assert code_of("a.zip", target.getvalue()) == "F-BROKEN"


def test_bytes_between_members_and_listing_are_refused(code_of: CodeOf) -> None:
    start = ONE.rfind(b"PK\x01\x02")
    out = bytearray(ONE[:start] + bytes(100) + ONE[start:])
    out[-6:-2] = struct.pack("<I", start + 100)
    assert code_of("a.zip", bytes(out)) == "F-BROKEN"


@pytest.mark.parametrize(
    "data",
    [ONE[:-4], ONE[: len(ONE) // 2], b"PK\x03\x04" + bytes(100), ONE + b"dalej"],
    ids=["end cut", "half", "start alone", "more behind"],
)
def test_an_archive_without_its_end_is_broken(data: bytes, code_of: CodeOf) -> None:
    assert code_of("a.zip", data) == "F-BROKEN"


def test_a_second_end_in_the_comment_is_refused(code_of: CodeOf) -> None:
    """One reader takes the first end record, another the last: they would list other files."""
    fake = b"PK\x05\x06" + bytes(18)
    out = bytearray(ONE)
    out[-2:] = struct.pack("<H", len(fake))
    assert code_of("a.zip", bytes(out) + fake) == "F-BROKEN"


def test_an_archive_of_nothing_is_empty(code_of: CodeOf) -> None:
    assert code_of("a.zip", files.zipped({})) == "F-EMPTY"


def test_a_listing_that_claims_to_be_huge_is_not_read(screen: Screen) -> None:
    out = bytearray(ONE)
    out[-14:-10] = struct.pack("<HH", 1, 9999)
    assert rule_of(screen, bytes(out)) == ("F-ZIP", ArchiveRule.ENTRIES)


def test_large_file_records_are_understood(code_of: CodeOf) -> None:
    target = BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.txt", "w", force_zip64=True) as member,
    ):
        member.write(files.txt())
    assert code_of("a.zip", target.getvalue()) == ""


def with_zip64_end(count: int, size: int | None = None) -> bytes:
    start = ONE.rfind(b"PK\x01\x02")
    end = ONE.rfind(b"PK\x05\x06")
    length = end - start if size is None else size
    record = struct.pack(
        "<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, length, start
    )
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, end, 1)
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return ONE[:end] + record + locator + tail


def test_the_end_record_of_large_archives_is_read(code_of: CodeOf, screen: Screen) -> None:
    assert code_of("a.zip", with_zip64_end(1)) == ""
    assert rule_of(screen, with_zip64_end(5_000_000)) == ("F-ZIP", ArchiveRule.ENTRIES)
    assert rule_of(screen, with_zip64_end(1, 1 << 40)) == ("F-ZIP", ArchiveRule.ENTRIES)
    torn = with_zip64_end(1).replace(b"PK\x06\x06", b"PK\x06\x00")
    assert code_of("a.zip", torn) == "F-BROKEN"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("program.exe", files.exe(), "F-TYPE"),
        ("rachunek.pdf", files.exe(), "F-MAGIC"),
        ("pismo.pdf", files.locked_pdf(), "F-LOCK"),
        ("pismo.pdf", files.pdf()[:-30], "F-BROKEN"),
        ("eicar.txt", files.EICAR, "F-VIRUS"),
    ],
)
def test_a_bad_member_refuses_the_archive_and_is_named(
    name: str, data: bytes, code: str, screen: Screen
) -> None:
    verdict = screen("a.zip", files.zipped({"dobry.txt": files.txt(), name: data}))
    assert verdict.fault is not None
    assert verdict.fault.reason == code
    assert (verdict.fault.data.file_name, verdict.fault.data.member) == ("a.zip", name)
    assert [member.outcome for member in verdict.members] == [Outcome.SAFE, Outcome.REFUSED]


def test_a_polish_name_of_windows_is_shown_as_it_was_written(screen: Screen) -> None:
    plain = files.zipped({"ZAoOLC.txt": files.txt()})
    polish = "ŻÓŁĆ".encode("cp852")
    verdict = screen("a.zip", plain.replace(b"ZAoO", polish))
    assert [member.file_name for member in verdict.members] == ["ŻÓŁĆLC.txt"]


def test_a_folder_that_holds_bytes_is_refused(screen: Screen) -> None:
    data = files.zipped({"abc.txt": b"ala ma kota"}, zipfile.ZIP_STORED)
    assert rule_of(screen, data.replace(b"abc.txt", b"abctxt/")) == ("F-ZIP", ArchiveRule.NAMES)
