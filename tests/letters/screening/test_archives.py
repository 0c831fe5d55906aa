"""ZIP files: what is said of their members, and limits that an institution sets otherwise."""

from dataclasses import replace

import pytest

from skrytka.letters.screening import CIESZYN_2026, ArchiveLimits, ArchiveRule, Outcome
from tests.letters.screening.conftest import CodeOf, Screen, under
from tests.letters.screening.table.zips import UTF8, Entry, built, unicode_name
from tests.world import files


def test_members_are_reported_each(screen: Screen) -> None:
    verdict = screen("a.zip", files.zipped({"x/a.pdf": files.pdf(), "b.txt": files.txt()}))
    assert [(m.file_name, m.detected, m.outcome) for m in verdict.members] == [
        ("x/a.pdf", "PDF", Outcome.SAFE),
        ("b.txt", "TXT", Outcome.SAFE),
    ]


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


@pytest.mark.parametrize(
    ("limits", "rule"),
    [
        (ArchiveLimits(unpacked_bytes=1000), ArchiveRule.UNPACKED),
        (ArchiveLimits(entries=8), ArchiveRule.ENTRIES),
        (ArchiveLimits(depth=1), ArchiveRule.DEPTH),
        (ArchiveLimits(ratio=2, ratio_from=10), ArchiveRule.RATIO),
    ],
)
def test_each_limit_is_the_institutions(limits: ArchiveLimits, rule: ArchiveRule) -> None:
    data = files.zipped({f"x/y/{number}.txt": files.txt() for number in range(9)})
    assert under(CIESZYN_2026, "a.zip", data).fault is None
    verdict = under(replace(CIESZYN_2026, archives=limits), "a.zip", data)
    assert verdict.fault is not None
    assert (verdict.fault.reason, verdict.fault.data.archive_rule) == ("F-ZIP", rule)


def test_a_member_larger_than_one_file_may_be_is_not_unpacked() -> None:
    policy = replace(CIESZYN_2026, largest_file=1000)
    large = files.txt(repeat=50)
    data = files.zipped({"maly.txt": b"ala", "duzy.txt": large})
    verdict = under(policy, "a.zip", data)
    assert verdict.fault is not None
    told = verdict.fault.data
    assert (verdict.fault.reason, told.member, told.limit) == ("F-SIZE1", "duzy.txt", 1000)
    assert told.size == len(large)
    assert verdict.members[-1].sha256 == ""


def test_a_bad_member_stops_the_unpacking_and_is_named(screen: Screen) -> None:
    members = {"dobry.txt": files.txt(), "zly.pdf": files.exe(), "dalszy.txt": files.txt()}
    verdict = screen("a.zip", files.zipped(members))
    assert verdict.fault is not None
    assert (verdict.fault.data.file_name, verdict.fault.data.member) == ("a.zip", "zly.pdf")
    assert [member.outcome for member in verdict.members] == [Outcome.SAFE, Outcome.REFUSED]


DOS = "ŻÓŁĆ.txt".encode("cp852")


@pytest.mark.parametrize(
    ("entry", "shown"),
    [
        (Entry(DOS), "ŻÓŁĆ.txt"),
        (Entry("ŻÓŁĆ.txt".encode(), flags=UTF8), "ŻÓŁĆ.txt"),
        (Entry(DOS, extra=unicode_name(DOS, "Żółć – ćma.txt")), "Żółć – ćma.txt"),
        (Entry(DOS, extra=unicode_name(b"inna.txt", "inna.txt")), "ŻÓŁĆ.txt"),
    ],
)
def test_a_polish_name_is_shown_as_it_was_written(entry: Entry, shown: str, screen: Screen) -> None:
    verdict = screen("a.zip", built(entry))
    assert [member.file_name for member in verdict.members] == [shown]
