"""What is broken, locked, malicious, crafted or not what its name says gets its code."""

import pytest

from skrytka.letters.screening import AttachmentFault, Outcome
from tests.letters.screening.conftest import Screen
from tests.letters.screening.table.rows import bad_files, titled
from tests.letters.screening.table.samples import Bad

# Those that a single file cannot be given for under the seed rules: sums, counts, doubles, the
# scanner's silence, the store, and what is reported instead of being refused.
ELSEWHERE = {
    "F-SIZE1", "F-SIZE2", "F-COUNT", "F-DRAFTS", "F-DUP", "F-SCAN", "F-STORE", "F-NAME", "F-ACTIVE",
}  # fmt: skip


@pytest.mark.parametrize("row", bad_files(), ids=titled)
def test_a_bad_file_is_refused_with_its_code(row: Bad, screen: Screen) -> None:
    verdict = screen(row.name, row.data)
    assert verdict.outcome is Outcome.REFUSED
    assert verdict.fault is not None
    told = verdict.fault.data
    assert verdict.fault.reason == row.code
    assert told.file_name == row.name
    if row.detail:
        assert row.detail in {told.detected, told.archive_rule}
    if row.member:
        assert told.member == row.member


def test_the_table_holds_every_code_and_each_file_once() -> None:
    assert {row.code for row in bad_files()} == set(AttachmentFault) - ELSEWHERE
    assert len({titled(row) for row in bad_files()}) == len(bad_files()) >= 120
