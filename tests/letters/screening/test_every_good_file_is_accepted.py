"""What people and programs honestly write is accepted, and what is remarked of it is right."""

import pytest

from skrytka.letters.screening import MEDIA_TYPES, FileFormat, Outcome
from skrytka.letters.screening.formats import extension_of, format_named
from tests.letters.screening.conftest import Screen
from tests.letters.screening.table.rows import good_files, titled
from tests.letters.screening.table.samples import Good


@pytest.mark.parametrize("row", good_files(), ids=titled)
def test_a_good_file_is_safe(row: Good, screen: Screen) -> None:
    verdict = screen(row.name, row.data)
    assert (verdict.outcome, verdict.fault) == (Outcome.SAFE, None)
    assert verdict.remarks == row.remarks
    assert verdict.detected == format_named(extension_of(row.name))
    assert verdict.media_type == MEDIA_TYPES[FileFormat(verdict.detected)]


def test_the_table_holds_every_format_and_each_file_once() -> None:
    assert {format_named(extension_of(row.name)) for row in good_files()} == set(FileFormat)
    assert len({titled(row) for row in good_files()}) == len(good_files()) >= 60
