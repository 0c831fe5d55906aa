"""What the scanner says decides; its silence is never taken for an answer."""

from collections.abc import Callable, Iterable

import pytest

from skrytka.gateways.malware import Finding, ScannerSilentError, ScanResult, Silent
from skrytka.gateways.yara_scanner import EmbeddedScanner
from skrytka.letters.screening import CIESZYN_2026, Outcome, Screener, Verdict
from skrytka.letters.screening.specimen import in_memory
from tests.letters.screening.conftest import Screen
from tests.world import files

CodeOf = Callable[[str, bytes], str]
DROPPER = (
    b'Attribute VB_Name = "ThisDocument"\r\nSub AutoOpen()\r\n'
    b'  Shell "cmd.exe /c start calc", 0\r\nEnd Sub\r\n'
)


class Named:
    def in_use(self) -> str:
        return "tests"


def silent(name: str, data: bytes) -> Verdict:
    return Screener(CIESZYN_2026, Silent()).screen(name, in_memory(data))


def test_malware_is_refused_and_its_name_is_for_the_journal(screen: Screen) -> None:
    verdict = screen("test.txt", files.EICAR)
    assert verdict.fault is not None
    assert (verdict.fault.reason, verdict.fault.data.rule) == ("F-VIRUS", "eicar_test_file")


def test_malware_inside_an_archive_is_found(screen: Screen) -> None:
    verdict = screen("paczka.zip", files.zipped({"x/test.txt": files.EICAR}))
    assert verdict.fault is not None
    assert (verdict.fault.reason, verdict.fault.data.member) == ("F-VIRUS", "x/test.txt")


@pytest.mark.parametrize("name", files.honest())
def test_a_silent_scanner_leaves_every_file_unscreened(name: str) -> None:
    verdict = silent(name, files.honest()[name])
    assert verdict.outcome is Outcome.UNSCREENED
    assert verdict.fault is not None
    assert verdict.fault.reason == "F-SCAN"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", files.exe(), "F-MAGIC"),
        ("a.zip", files.locked_zip(), "F-LOCK"),
        ("a.zip", files.zipped({"a.exe": files.exe()}), "F-TYPE"),
    ],
)
def test_what_is_wrong_anyway_does_not_wait_for_the_scanner(
    name: str, data: bytes, code: str
) -> None:
    verdict = silent(name, data)
    assert verdict.fault is not None
    assert (verdict.outcome, verdict.fault.reason) == (Outcome.REFUSED, code)


def test_a_silent_scanner_is_not_asked_again_for_each_member() -> None:
    asked: list[int] = []

    class Counting(Named):
        def scan(self, chunks: Iterable[bytes]) -> ScanResult:
            asked.append(len(list(chunks)))
            raise ScannerSilentError

    data = files.zipped({f"{n}.txt": b"ala" for n in range(20)})
    verdict = Screener(CIESZYN_2026, Counting()).screen("a.zip", in_memory(data))
    assert verdict.outcome is Outcome.UNSCREENED
    assert len(asked) == 1


def test_a_scanner_that_falls_silent_half_way_leaves_the_archive_unscreened() -> None:
    class Tired(Named):
        answers = 2

        def scan(self, chunks: Iterable[bytes]) -> ScanResult:
            self.answers -= bool(list(chunks))
            if self.answers < 0:
                raise ScannerSilentError
            return ScanResult(Finding.CLEAN, "tired")

    data = files.zipped({f"{n}.txt": b"ala" for n in range(4)})
    verdict = Screener(CIESZYN_2026, Tired()).screen("a.zip", in_memory(data))
    assert verdict.outcome is Outcome.UNSCREENED
    assert len(verdict.members) == 4


def test_a_macro_that_starts_itself_and_runs_programs_is_malware(code_of: CodeOf) -> None:
    document = files.doc(macros={"ThisDocument": files.vba_container(DROPPER)})
    assert code_of("pismo.doc", document) == "F-VIRUS"


def test_the_same_words_uncompressed_in_the_text_are_no_macro(code_of: CodeOf) -> None:
    assert code_of("opis.txt", b'Makro AutoOpen wywoluje Shell "cmd.exe" i jest grozne.') == ""


def test_a_silent_scanner_for_macros_leaves_the_document_unscreened() -> None:
    class OnlyOnce(Named):
        answers = 1

        def scan(self, chunks: Iterable[bytes]) -> ScanResult:
            self.answers -= bool(list(chunks))
            if self.answers < 0:
                raise ScannerSilentError
            return ScanResult(Finding.CLEAN, "once")

    document = files.doc(macros={"ThisDocument": files.vba_container(DROPPER)})
    verdict = Screener(CIESZYN_2026, OnlyOnce()).screen("a.doc", in_memory(document))
    assert verdict.outcome is Outcome.UNSCREENED


def test_a_garbled_macro_does_not_hide_the_next_one(code_of: CodeOf) -> None:
    garbled = b"\x01\x03\xb0\x00Attribut" + b"\xff\xff\xff" * 3
    macros = {"Aaa": garbled, "ThisDocument": files.vba_container(DROPPER)}
    assert code_of("pismo.doc", files.doc(macros=macros)) == "F-VIRUS"


def test_a_stream_of_macros_without_source_is_passed_over(code_of: CodeOf) -> None:
    assert code_of("pismo.doc", files.doc(macros={"_VBA_PROJECT": b"\xcc\x61\x00"})) == ""


def test_the_embedded_scanner_names_itself(screen: Screen) -> None:
    assert screen("a.pdf", files.pdf()).engine == EmbeddedScanner().in_use()
