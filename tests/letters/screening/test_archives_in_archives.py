"""A tree of archives: allowed to a depth, counted as one, its members under the same rules."""

from dataclasses import replace

import pytest

from skrytka.gateways.malware import Silent
from skrytka.letters.screening import (
    CIESZYN_2026,
    ArchiveLimits,
    ArchiveRule,
    Outcome,
    Remark,
    Screener,
    Verdict,
)
from skrytka.letters.screening.specimen import in_memory
from tests.letters.screening.conftest import under
from tests.letters.screening.table.zips import Entry, built, zeros_bomb
from tests.world import files

ONE_LEVEL = ArchiveLimits(nesting=1)


def nested(data: bytes, *names: str) -> bytes:
    """The archive of archives with these names, the last one innermost."""
    for name in reversed(names):
        data = files.zipped({name: data})
    return data


def screened(data: bytes, limits: ArchiveLimits = ONE_LEVEL) -> Verdict:
    return under(replace(CIESZYN_2026, archives=limits), "a.zip", data)


def fault_of(verdict: Verdict) -> tuple[str, str, str]:
    assert verdict.fault is not None
    told = verdict.fault.data
    return verdict.fault.reason, told.archive_rule, told.member


INNER = files.zipped({"a.pdf": files.pdf(), "b.txt": files.txt()})


def test_an_archive_in_an_archive_is_accepted_where_it_may_be_and_remarked() -> None:
    verdict = screened(nested(INNER, "b.zip"))
    assert (verdict.outcome, verdict.remarks) == (Outcome.SAFE, (Remark.NESTED,))
    (inner,) = verdict.members
    assert [member.file_name for member in inner.members] == ["a.pdf", "b.txt"]


@pytest.mark.parametrize("levels", [0, 1, 2, 3])
def test_no_archive_lies_deeper_than_the_rules_say(levels: int) -> None:
    limits = ArchiveLimits(nesting=levels, depth=20)
    names = [f"{number}.zip" for number in range(levels)]
    assert screened(nested(INNER, *names), limits).fault is None
    deeper = screened(nested(INNER, *names, "za-gleboko.zip"), limits)
    reason, rule, member = fault_of(deeper)
    assert (reason, rule) == ("F-ZIP", ArchiveRule.NESTED)
    assert member == "/".join([*names, "za-gleboko.zip"])


def test_the_test_virus_is_found_where_archives_are_opened_and_not_looked_for_elsewhere() -> None:
    data = nested(files.EICAR, "b.zip", "eicar.txt")
    assert fault_of(screened(data)) == ("F-VIRUS", "", "b.zip/eicar.txt")
    assert fault_of(screened(data, ArchiveLimits())) == ("F-ZIP", ArchiveRule.NESTED, "b.zip")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("program.exe", files.exe(), "F-TYPE"),
        ("rachunek.pdf", files.exe(), "F-MAGIC"),
        ("locked.pdf", files.locked_pdf(), "F-LOCK"),
        ("uciety.pdf", files.pdf()[:-30], "F-BROKEN"),
        ("../a.txt", files.txt(), "F-ZIP"),
    ],
)
def test_members_of_members_obey_the_same_rules(name: str, data: bytes, code: str) -> None:
    assert fault_of(screened(files.zipped({"b.zip": files.zipped({name: data})})))[0] == code


def test_entries_are_counted_over_the_whole_tree() -> None:
    inner = files.zipped({f"{number}.txt": b"ala" for number in range(5)})
    tree = files.zipped({"x.zip": inner, "y.zip": inner})
    assert screened(tree, ArchiveLimits(nesting=1, entries=12)).fault is None
    refused = fault_of(screened(tree, ArchiveLimits(nesting=1, entries=11)))
    assert refused == ("F-ZIP", ArchiveRule.ENTRIES, "y.zip")


def test_unpacked_bytes_are_counted_over_the_whole_tree() -> None:
    inner = built(Entry(data=b"ala " * 125))
    tree = files.zipped({"x.zip": inner, "y.zip": inner})
    enough = 1000 + 2 * len(inner)
    assert screened(tree, ArchiveLimits(nesting=1, unpacked_bytes=enough)).fault is None
    refused = fault_of(screened(tree, ArchiveLimits(nesting=1, unpacked_bytes=enough - 1)))
    assert refused == ("F-ZIP", ArchiveRule.UNPACKED, "y.zip")


def test_folders_are_counted_over_the_whole_tree_and_an_archive_is_one() -> None:
    tree = files.zipped({"1/2/b.zip": files.zipped({"3/a.txt": files.txt()})})
    assert screened(tree, ArchiveLimits(nesting=1, depth=4)).fault is None
    refused = fault_of(screened(tree, ArchiveLimits(nesting=1, depth=3)))
    assert refused == ("F-ZIP", ArchiveRule.DEPTH, "1/2/b.zip")


def test_a_bomb_inside_is_refused_before_it_is_unpacked() -> None:
    bomb = zeros_bomb(300 << 20)
    verdict = screened(files.zipped({"dobry.txt": files.txt(), "b.zip": bomb}))
    assert fault_of(verdict) == ("F-ZIP", ArchiveRule.RATIO, "b.zip")
    assert verdict.members[-1].members == ()


def test_what_is_remarked_of_a_member_is_remarked_of_all_around_it() -> None:
    macro = files.doc(macros={"A": files.vba_container(b"Attribute VB_Name\r\n")})
    verdict = screened(files.zipped({"b.zip": files.zipped({"makra.doc": macro})}))
    assert verdict.remarks == (Remark.MACROS, Remark.NESTED)


def test_a_silent_scanner_leaves_the_whole_tree_unscreened() -> None:
    policy = replace(CIESZYN_2026, archives=ONE_LEVEL)
    verdict = Screener(policy, Silent()).screen("a.zip", in_memory(nested(INNER, "b.zip")))
    assert verdict.outcome is Outcome.UNSCREENED
    assert verdict.remarks == (Remark.NESTED,)
