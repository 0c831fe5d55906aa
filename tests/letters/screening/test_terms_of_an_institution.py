"""Macros, scripts, files in files, passwords and names: refused or reported, as the rules say."""

from dataclasses import replace

import pytest

from skrytka.gateways.malware import Silent
from skrytka.letters.screening import (
    CIESZYN_2026,
    ArchiveLimits,
    ContentTerms,
    NameRules,
    Outcome,
    Remark,
    Screener,
    Treatment,
    Verdict,
)
from skrytka.letters.screening.specimen import in_memory
from tests.letters.screening.conftest import under
from tests.letters.screening.table.rows import good_files
from tests.letters.screening.table.zips import ENCRYPTED, TEXT, Entry, built
from tests.world import files

REFUSING = ContentTerms(*[Treatment.REFUSE] * 4)
LENIENT = replace(CIESZYN_2026, terms=ContentTerms(locked=Treatment.REPORT))
STRICT = replace(CIESZYN_2026, terms=REFUSING)
REMARKED = [row for row in good_files() if row.remarks]
LOCKED = {
    "a.pdf": files.locked_pdf(),
    "a.doc": files.locked_doc(),
    "a.xls": files.locked_xls(),
    "a.zip": files.locked_zip(),
}


def told(verdict: Verdict) -> tuple[str, str]:
    assert verdict.fault is not None
    return verdict.fault.reason, verdict.fault.data.remark


@pytest.mark.parametrize("row", REMARKED, ids=lambda row: row.what)
def test_what_is_reported_elsewhere_is_refused_by_strict_rules(row: object) -> None:
    sample = next(each for each in REMARKED if each is row)
    assert told(under(STRICT, sample.name, sample.data)) == ("F-ACTIVE", sample.remarks[0])


@pytest.mark.parametrize(
    ("terms", "remark", "refused"),
    [
        (ContentTerms(macros=Treatment.REFUSE), Remark.MACROS, True),
        (ContentTerms(macros=Treatment.REFUSE), Remark.SCRIPT, False),
        (ContentTerms(scripts=Treatment.REFUSE), Remark.SCRIPT, True),
        (ContentTerms(scripts=Treatment.REFUSE), Remark.UNSEARCHED, True),
        (ContentTerms(scripts=Treatment.REFUSE), Remark.EMBEDDED_FILES, False),
        (ContentTerms(embedded_files=Treatment.REFUSE), Remark.EMBEDDED_FILES, True),
        (ContentTerms(embedded_files=Treatment.REFUSE), Remark.UNSEARCHED, True),
        (ContentTerms(), Remark.LOCKED, True),
        (ContentTerms(locked=Treatment.REPORT), Remark.LOCKED, False),
    ],
)
def test_each_term_is_for_its_own_remark(
    terms: ContentTerms, remark: Remark, *, refused: bool
) -> None:
    assert replace(CIESZYN_2026, terms=terms).refuses(remark) is refused


def test_nested_archives_are_a_matter_of_the_limits_of_archives() -> None:
    assert CIESZYN_2026.refuses(Remark.NESTED)
    assert not replace(CIESZYN_2026, archives=ArchiveLimits(nesting=1)).refuses(Remark.NESTED)


@pytest.mark.parametrize("name", LOCKED)
def test_a_locked_file_is_let_in_and_remarked_where_the_rules_say_so(name: str) -> None:
    assert told(under(CIESZYN_2026, name, LOCKED[name])) == ("F-LOCK", "")
    verdict = under(LENIENT, name, LOCKED[name])
    assert (verdict.outcome, verdict.fault) == (Outcome.SAFE, None)
    assert Remark.LOCKED in verdict.remarks


def test_a_locked_member_is_known_by_its_name_alone() -> None:
    data = built(Entry(), Entry(b"tajne.txt", TEXT, flags=ENCRYPTED))
    verdict = under(LENIENT, "a.zip", data)
    assert [member.remarks for member in verdict.members] == [(), (Remark.LOCKED,)]
    assert verdict.members[1].sha256 == ""
    program = built(Entry(b"tajne.exe", TEXT, flags=ENCRYPTED))
    assert told(under(LENIENT, "a.zip", program))[0] == "F-TYPE"


def test_a_member_with_macros_is_refused_and_named() -> None:
    macro = files.doc(macros={"A": files.vba_container(b"Attribute VB_Name\r\n")})
    verdict = under(STRICT, "a.zip", files.zipped({"x/makra.doc": macro}))
    assert told(verdict) == ("F-ACTIVE", "MACROS")
    assert verdict.fault is not None
    assert verdict.fault.data.member == "x/makra.doc"


def test_malware_outweighs_what_is_merely_not_accepted() -> None:
    source = b'Attribute VB_Name\r\nSub AutoOpen()\r\nShell "cmd.exe", 0\r\nEnd Sub\r\n'
    document = files.doc(macros={"A": files.vba_container(source)})
    assert told(under(STRICT, "a.doc", document))[0] == "F-VIRUS"


def test_what_is_not_accepted_does_not_wait_for_the_scanner() -> None:
    row = REMARKED[0]
    verdict = Screener(STRICT, Silent()).screen(row.name, in_memory(row.data))
    assert told(verdict)[0] == "F-ACTIVE"


@pytest.mark.parametrize(
    ("name", "limit"),
    [("x" * 17 + ".pdf", 20), ("umowa.tmp.pdf", 0), ("UMOWA.TMP.PDF", 0), ("~$umowa.pdf", 0)],
)
def test_a_name_that_is_too_long_or_forbidden_is_told(name: str, limit: int) -> None:
    names = NameRules(longest=20, forbidden=("*.tmp.pdf", "~$*"))
    policy = replace(CIESZYN_2026, names=names)
    verdict = under(policy, name, files.pdf())
    assert verdict.fault is not None
    assert (verdict.fault.reason, verdict.fault.data.limit) == ("F-NAME", limit)
    assert under(policy, "umowa.pdf", files.pdf()).fault is None
    inside = under(policy, "a.zip", files.zipped({f"folder z dluga nazwa/{name}": files.pdf()}))
    assert inside.fault is not None
    assert inside.fault.reason == "F-NAME"


def test_one_file_has_a_limit_of_its_own() -> None:
    policy = replace(CIESZYN_2026, largest_file=100)
    verdict = under(policy, "a.txt", files.txt())
    assert verdict.fault is not None
    assert (verdict.fault.reason, verdict.fault.data.limit) == ("F-SIZE1", 100)
    assert under(policy, "a.txt", b"krotki").fault is None


def test_the_limit_of_one_file_is_never_more_than_that_of_the_letter() -> None:
    policy = replace(CIESZYN_2026, total_bytes=1000, largest_file=5000)
    assert (policy.file_bytes, policy.limits_each_file) == (1000, False)
    assert replace(policy, largest_file=10).limits_each_file
