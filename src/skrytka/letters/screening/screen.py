"""The judgement over one file, in the order that gives the most helpful answer.

Numbered as told in docs/adr on content types: 1 empty, 2 name, 3 size, 4 content, 5 locked or
broken, 6 archive listing, 7 malware, 8 text that is something else, 9 members of an archive.
A fault outweighs a silent scanner: what is wrong anyway need not wait for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from skrytka.gateways.malware import Finding, MalwareScanner, ScannerSilentError, Silent
from skrytka.letters.screening.archives import Member, members_of
from skrytka.letters.screening.content import check_content
from skrytka.letters.screening.faults import (
    ArchiveRule,
    AttachmentFault,
    Fault,
    FaultData,
    NotAcceptableError,
)
from skrytka.letters.screening.formats import (
    MEDIA_TYPES,
    TEXTS,
    FileFormat,
    extension_of,
    format_named,
)
from skrytka.letters.screening.litter import is_litter
from skrytka.letters.screening.model import guess_of_model
from skrytka.letters.screening.office import macro_sources
from skrytka.letters.screening.policy import ScreeningPolicy
from skrytka.letters.screening.specimen import Specimen, in_memory, spooled
from skrytka.letters.screening.unpacking import unpacked

WITH_MACROS = frozenset({FileFormat.DOC, FileFormat.XLS})


class Outcome(StrEnum):
    """UNSCREENED: nothing wrong was found, but the scanner did not answer. Never safe."""

    SAFE = "SAFE"
    REFUSED = "REFUSED"
    UNSCREENED = "UNSCREENED"


@dataclass(frozen=True)
class Verdict:
    """What the screening says of one file; `size` in bytes, `sha256` in hex."""

    file_name: str
    size: int
    sha256: str
    outcome: Outcome
    detected: str = ""
    media_type: str = ""
    engine: str = ""
    fault: Fault | None = None
    members: tuple["Verdict", ...] = ()


@dataclass(frozen=True)
class Screener:
    """The rules and the scanner that files are held against."""

    policy: ScreeningPolicy
    scanner: MalwareScanner

    def screen(self, file_name: str, specimen: Specimen) -> Verdict:
        """This will judge one file. Refusals are part of the answer, only a bug raises."""
        extension = extension_of(file_name)
        blank = Verdict(file_name, specimen.size, specimen.sha256, Outcome.SAFE)
        try:
            return self._screened(blank, specimen, self._expected(extension, specimen.size))
        except NotAcceptableError as fault:
            data = FaultData(
                file_name,
                extension=extension,
                detected=fault.detected,
                archive_rule=fault.archive,
                size=specimen.size,
                limit=self.policy.file_bytes,
            )
            return _refused(replace(blank, detected=fault.detected), Fault(fault.reason, data))

    def _expected(self, extension: str, size: int) -> FileFormat:
        if not size:
            raise NotAcceptableError(AttachmentFault.EMPTY)
        expected = format_named(extension)
        if expected is None or not self.policy.accepts(extension):
            raise NotAcceptableError(AttachmentFault.FORMAT)
        if size > self.policy.file_bytes:
            raise NotAcceptableError(AttachmentFault.ONE_TOO_BIG)
        return expected

    def _screened(self, blank: Verdict, specimen: Specimen, expected: FileFormat) -> Verdict:
        check_content(specimen, expected)
        named = replace(blank, detected=expected.value, media_type=MEDIA_TYPES[expected])
        listing = self._listing(specimen, expected)
        scanned = self._scanned(named, specimen, expected)
        if scanned.outcome is Outcome.REFUSED:
            return scanned
        if expected in TEXTS:
            _check_text(specimen)
        return self._with_members(scanned, specimen, listing)

    def _listing(self, specimen: Specimen, expected: FileFormat) -> tuple[Member, ...]:
        if expected is not FileFormat.ZIP:
            return ()
        return members_of(specimen, self.policy.archives)

    def _scanned(self, verdict: Verdict, specimen: Specimen, expected: FileFormat) -> Verdict:
        answer = self._scan(verdict, specimen)
        if answer.outcome is not Outcome.SAFE or expected not in WITH_MACROS:
            return answer
        for source in macro_sources(specimen):
            answer = self._scan(answer, in_memory(source))
            if answer.outcome is not Outcome.SAFE:
                return answer
        return answer

    def _scan(self, verdict: Verdict, specimen: Specimen) -> Verdict:
        try:
            result = self.scanner.scan(specimen.chunks())
        except ScannerSilentError:
            fault = Fault(AttachmentFault.SCANNER_SILENT, FaultData(verdict.file_name))
            return replace(verdict, outcome=Outcome.UNSCREENED, fault=fault)
        answered = replace(verdict, engine=result.engine)
        if result.finding is Finding.CLEAN:
            return answered
        data = FaultData(verdict.file_name, rule=result.rule)
        return _refused(answered, Fault(AttachmentFault.MALWARE, data))

    def _with_members(
        self, archive: Verdict, specimen: Specimen, listing: tuple[Member, ...]
    ) -> Verdict:
        """The archive with its members judged; the first one refused refuses it."""
        answer = archive
        judge = self if archive.outcome is Outcome.SAFE else replace(self, scanner=Silent())
        for verdict in judge.member_verdicts(specimen, listing):
            answer = replace(answer, members=(*answer.members, verdict))
            if verdict.outcome is Outcome.REFUSED and verdict.fault:
                data = replace(
                    verdict.fault.data, file_name=archive.file_name, member=verdict.file_name
                )
                return _refused(answer, Fault(verdict.fault.reason, data))
            if verdict.outcome is Outcome.UNSCREENED and answer.fault is None:
                fault = Fault(AttachmentFault.SCANNER_SILENT, FaultData(archive.file_name))
                answer = replace(answer, outcome=Outcome.UNSCREENED, fault=fault)
        return answer

    def member_verdicts(self, archive: Specimen, listing: tuple[Member, ...]) -> Iterator[Verdict]:
        """This will unpack and judge one member after the other, as they are asked for."""
        for member in listing:
            with spooled(unpacked(archive, member), limit=member.unpacked) as specimen:
                yield self._member_verdict(member.name, specimen)

    def _member_verdict(self, name: str, specimen: Specimen) -> Verdict:
        """A member obeys the same rules; but it may be empty, and is no archive itself."""
        blank = Verdict(name, specimen.size, specimen.sha256, Outcome.SAFE)
        if not specimen.size:
            return blank
        if is_litter(name, specimen.size):
            return self._scan(blank, specimen)
        if format_named(extension_of(name)) is FileFormat.ZIP:
            data = FaultData(name, archive_rule=ArchiveRule.NESTED)
            return _refused(blank, Fault(AttachmentFault.ARCHIVE, data))
        return self.screen(name, specimen)


def _check_text(specimen: Specimen) -> None:
    really = guess_of_model(specimen)
    if really is not None:
        raise NotAcceptableError(AttachmentFault.OTHER_CONTENT, detected=really)


def _refused(verdict: Verdict, fault: Fault) -> Verdict:
    return replace(verdict, outcome=Outcome.REFUSED, fault=fault)
