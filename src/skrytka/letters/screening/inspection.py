"""The judgement over one file and what lies in it, in the order that gives the most helpful answer.

Numbered as told in docs/adr on content types: 1 empty, 2 name, 3 size, 4 content, 5 locked or
broken, 6 archive listing, 7 malware, 8 macros and scripts, 9 text that is something else, 10
members of an archive. A fault outweighs a silent scanner: what is wrong anyway need not wait.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from skrytka.gateways.malware import Finding, MalwareScanner, ScannerSilentError, Silent
from skrytka.letters.screening.archives import Listing, Member, listing_of
from skrytka.letters.screening.content import check_content
from skrytka.letters.screening.faults import (
    ArchiveRule,
    AttachmentFault,
    Fault,
    FaultData,
    NotAcceptableError,
)
from skrytka.letters.screening.findings import parts_to_scan, remarks_on
from skrytka.letters.screening.formats import (
    MEDIA_TYPES,
    TEXTS,
    FileFormat,
    bare_name,
    extension_of,
    format_named,
)
from skrytka.letters.screening.litter import is_litter
from skrytka.letters.screening.model import guess_of_model
from skrytka.letters.screening.nesting import Nest
from skrytka.letters.screening.policy import ScreeningPolicy
from skrytka.letters.screening.remarks import Remark, in_order
from skrytka.letters.screening.specimen import Specimen, in_memory, spooled
from skrytka.letters.screening.unpacking import unpacked
from skrytka.letters.screening.verdicts import Outcome, Verdict, as_refused, with_member


@dataclass(frozen=True)
class Inspection:
    """One file under the rules of a policy, at its place in a tree of archives."""

    policy: ScreeningPolicy
    scanner: MalwareScanner
    nest: Nest = field(default_factory=Nest)

    def verdict(self, file_name: str, specimen: Specimen) -> Verdict:
        """This will judge the file and, where it is an archive, all that lies in it."""
        blank = Verdict(file_name, specimen.size, specimen.sha256, Outcome.SAFE)
        try:
            return self._judged(blank, specimen, self._expected(file_name, specimen.size))
        except NotAcceptableError as fault:
            return self._refusal(blank, fault)

    def _refusal(self, blank: Verdict, fault: NotAcceptableError) -> Verdict:
        data = FaultData(
            blank.file_name,
            extension=extension_of(blank.file_name),
            size=blank.size,
            limit=self.policy.file_bytes,
        )
        # The names of what is told are those of FaultData; a bug there is seen by every test.
        data = replace(data, **fault.told)  # type: ignore[arg-type]
        return as_refused(replace(blank, detected=data.detected), Fault(fault.reason, data))

    def _expected(self, file_name: str, size: int) -> FileFormat:
        if not size:
            raise NotAcceptableError(AttachmentFault.EMPTY)
        expected = format_named(extension_of(file_name))
        if expected is None or not self.policy.accepts(extension_of(file_name)):
            raise NotAcceptableError(AttachmentFault.FORMAT)
        self._check_name(file_name)
        if size > self.policy.file_bytes:
            raise NotAcceptableError(AttachmentFault.ONE_TOO_BIG)
        return expected

    def _check_name(self, file_name: str) -> None:
        names, bare = self.policy.names, bare_name(file_name)
        if names.find_too_long(bare):
            raise NotAcceptableError(AttachmentFault.NAME, limit=names.longest)
        if names.forbid(bare):
            raise NotAcceptableError(AttachmentFault.NAME, limit=0)

    def _judged(self, blank: Verdict, specimen: Specimen, expected: FileFormat) -> Verdict:
        check_content(specimen, expected)
        remarks = remarks_on(specimen, expected)
        if Remark.LOCKED in remarks:
            self._require_taken(Remark.LOCKED)
        listing = self._listing(specimen, expected)
        named = replace(
            blank, detected=expected.value, media_type=MEDIA_TYPES[expected], remarks=remarks
        )
        scanned = self._scanned(named, specimen, expected)
        if scanned.outcome is Outcome.REFUSED:
            return scanned
        for remark in remarks:
            self._require_taken(remark)
        if expected in TEXTS:
            _check_text(specimen)
        return self._with_members(scanned, specimen, listing)

    def _require_taken(self, remark: Remark) -> None:
        if not self.policy.refuses(remark):
            return
        if remark is Remark.LOCKED:
            raise NotAcceptableError(AttachmentFault.LOCKED)
        raise NotAcceptableError(AttachmentFault.ACTIVE, remark=remark)

    def _listing(self, specimen: Specimen, expected: FileFormat) -> Listing:
        """The listing of an archive, held against what the tree around it may still take."""
        if expected is not FileFormat.ZIP:
            return Listing()
        limits = self.nest.left_of(self.policy.archives)
        listing = listing_of(specimen, limits)
        for member in listing.members:
            if member.is_archive and limits.nesting <= 0:
                raise NotAcceptableError(
                    AttachmentFault.ARCHIVE, archive_rule=ArchiveRule.NESTED, member=member.name
                )
        if any(member.is_locked for member in listing.members):
            self._require_taken(Remark.LOCKED)
        self.nest.tally.take(listing)
        return listing

    def _scanned(self, verdict: Verdict, specimen: Specimen, expected: FileFormat) -> Verdict:
        answer = self._scan(verdict, specimen)
        if answer.outcome is not Outcome.SAFE:
            return answer
        for part in parts_to_scan(specimen, expected, verdict.remarks):
            answer = self._scan(answer, in_memory(part))
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
        return as_refused(answered, Fault(AttachmentFault.MALWARE, data))

    def _with_members(self, archive: Verdict, specimen: Specimen, listing: Listing) -> Verdict:
        """The archive with its members judged; the first one refused refuses it."""
        answer = archive
        judge = self if archive.outcome is Outcome.SAFE else replace(self, scanner=Silent())
        for verdict in judge._members(specimen, listing):  # noqa: SLF001 - of the same class
            answer = with_member(answer, verdict)
            if verdict.outcome is Outcome.REFUSED and verdict.fault:
                return as_refused(answer, _fault_within(archive, verdict, verdict.fault))
            if verdict.outcome is Outcome.UNSCREENED and answer.fault is None:
                fault = Fault(AttachmentFault.SCANNER_SILENT, FaultData(archive.file_name))
                answer = replace(answer, outcome=Outcome.UNSCREENED, fault=fault)
        return answer

    def _members(self, archive: Specimen, listing: Listing) -> Iterator[Verdict]:
        """One member after the other, unpacked as it is asked for."""
        for member in listing.members:
            blank = Verdict(member.name, member.unpacked, "", Outcome.SAFE)
            fault = self._fault_before_unpacking(member)
            if fault is not None:
                yield self._refusal(blank, fault)
            elif member.is_locked:
                yield replace(blank, remarks=(Remark.LOCKED,))
            else:
                with spooled(unpacked(archive, member), limit=member.unpacked) as specimen:
                    yield self._member(member, specimen)

    def _fault_before_unpacking(self, member: Member) -> NotAcceptableError | None:
        """What the listing tells already; a locked member shows no more than its name and size."""
        if is_litter(member.name, member.unpacked) or not member.unpacked:
            return None
        try:
            self._expected(member.name, member.unpacked)
        except NotAcceptableError as fault:
            return fault
        return None

    def _member(self, member: Member, specimen: Specimen) -> Verdict:
        """A member obeys the same rules; but it may be empty or a by-product of a system."""
        blank = Verdict(member.name, specimen.size, specimen.sha256, Outcome.SAFE)
        if not specimen.size:
            return blank
        if is_litter(member.name, specimen.size):
            return self._scan(blank, specimen)
        if not member.is_archive:
            return self.verdict(member.name, specimen)
        within = replace(self, nest=self.nest.inside(member.folders))
        inner = within.verdict(member.name, specimen)
        return replace(inner, remarks=in_order((Remark.NESTED, *inner.remarks)))


def _fault_within(archive: Verdict, member: Verdict, fault: Fault) -> Fault:
    """The fault of a member as the archive's own; a member of a member is named by its way."""
    way = f"{member.file_name}/{fault.data.member}" if fault.data.member else member.file_name
    return Fault(fault.reason, replace(fault.data, file_name=archive.file_name, member=way))


def _check_text(specimen: Specimen) -> None:
    really = guess_of_model(specimen)
    if really is not None:
        raise NotAcceptableError(AttachmentFault.OTHER_CONTENT, detected=really)
