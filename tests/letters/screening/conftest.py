"""Files under the glass, with the embedded scanner."""

from collections.abc import Callable

import pytest

from skrytka.gateways.yara_scanner import EmbeddedScanner
from skrytka.letters.screening import CIESZYN_2026, Screener, ScreeningPolicy, Verdict
from skrytka.letters.screening.specimen import in_memory

Screen = Callable[[str, bytes], Verdict]
CodeOf = Callable[[str, bytes], str]


@pytest.fixture
def screen() -> Screen:
    def screened(name: str, data: bytes) -> Verdict:
        return Screener(CIESZYN_2026, EmbeddedScanner()).screen(name, in_memory(data))

    return screened


@pytest.fixture
def code_of(screen: Screen) -> CodeOf:
    """The code of the error catalogue, empty for a safe file."""

    def code(name: str, data: bytes) -> str:
        verdict = screen(name, data)
        return verdict.fault.reason.value if verdict.fault else ""

    return code


def under(policy: ScreeningPolicy, name: str, data: bytes) -> Verdict:
    """The verdict under other rules than the seed institution's."""
    return Screener(policy, EmbeddedScanner()).screen(name, in_memory(data))
