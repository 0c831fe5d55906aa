"""Every published format, as small as it can be; variants stand in the table of good files."""

import pytest

from skrytka.gateways.yara_scanner import EmbeddedScanner
from skrytka.letters.screening import MEDIA_TYPES, FileFormat, Outcome, extension_of
from tests.letters.screening.conftest import CodeOf, Screen
from tests.world import files

ALL = files.honest()


@pytest.mark.parametrize("name", ALL)
def test_a_file_of_each_published_format_is_safe(name: str, screen: Screen) -> None:
    verdict = screen(name, ALL[name])
    assert (verdict.outcome, verdict.fault) == (Outcome.SAFE, None)
    assert verdict.detected == extension_of(name)
    assert verdict.media_type == MEDIA_TYPES[FileFormat(verdict.detected)]
    assert verdict.engine == EmbeddedScanner().in_use()


def test_the_samples_cover_every_format() -> None:
    assert {extension_of(name) for name in ALL} == set(FileFormat)


def test_a_long_text_is_looked_at_from_both_ends(code_of: CodeOf) -> None:
    assert code_of("plik.txt", files.txt(repeat=300)) == ""
    assert code_of("plik.txt", files.txt("utf-16", repeat=300)) == ""
