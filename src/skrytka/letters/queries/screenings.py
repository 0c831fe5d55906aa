"""What scanners said of the files of a letter, and which files are kept from everybody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from skrytka.letters.models import (
    FileScreening,
    FlaggedFile,
    FlagState,
    IntakeState,
    LetterAttachment,
    Quarantined,
    QuarantineState,
)


@dataclass(frozen=True)
class Screening:
    """One answer of the scanners; `is_safe` is that of the answer, of its day."""

    at: datetime
    engine: str
    is_safe: bool


@dataclass(frozen=True)
class KeptFile:
    """A file in quarantine, or flagged: for the administrator, who reads no letters.

    `document_no` names the letter. Who sent it and what it is about stay out of sight.
    """

    id: int
    document_no: str
    file_name: str
    size: int
    sha256: str
    engine: str
    rule: str
    since: datetime


@dataclass(frozen=True)
class QuarantinedFile:
    """A quarantined file; `destroyed_at` None: it is still held."""

    file: KeptFile
    destroy_after: datetime
    destroyed_at: datetime | None

    @property
    def is_held(self) -> bool:
        return self.destroyed_at is None


def newest_screenings(draft_id: UUID) -> Mapping[str, Screening]:
    """This will return the newest answer for each file of a draft, or of its letter, by digest."""
    rows = FileScreening.objects.filter(draft_id=draft_id).exclude(engine="").order_by("id")
    return {
        row.digest: Screening(row.screened_at, row.engine, row.outcome == "SAFE") for row in rows
    }


def flagged_now() -> Exists:
    """This will say, in a query for attachments, whether a file is flagged now."""
    flags = FlaggedFile.objects.filter(attachment=OuterRef("pk"), state=FlagState.FLAGGED)
    return Exists(flags)


def may_be_taken() -> Q:
    """This will find, among attachments, those that a reader of their letter may take.

    Their letter is accepted, so every one was screened, and nothing was found in them since. What
    waits, was refused, is flagged or in quarantine is handed to nobody, whoever asks.
    """
    accepted = Q(letter__intake__state=IntakeState.ACCEPTED)
    return accepted & ~Q(flagged_now()) & Q(quarantined__isnull=True)


def flagged_letters(letter_ids: Iterable[UUID]) -> frozenset[UUID]:
    """This will return those of the letters that hold a flagged file."""
    flags = FlaggedFile.objects.filter(
        attachment__letter__in=list(letter_ids), state=FlagState.FLAGGED
    )
    return frozenset(flags.values_list("attachment__letter_id", flat=True))


def flagged_letter_ids(institution_id: int, limit: int = 100) -> tuple[UUID, ...]:
    """This will list the letters of an institution with a flagged file, newest finding first."""
    flags = FlaggedFile.objects.filter(institution=institution_id, state=FlagState.FLAGGED)
    ids = flags.order_by("-flagged_at").values_list("attachment__letter_id", flat=True)
    return tuple(dict.fromkeys(ids[:limit]))


def flagged_count(institution_id: int) -> int:
    """This will count the letters of an institution with a flagged file."""
    flags = FlaggedFile.objects.filter(institution=institution_id, state=FlagState.FLAGGED)
    return flags.values("attachment__letter").distinct().count()


def flagged_files(institution_id: int, limit: int = 100) -> tuple[KeptFile, ...]:
    """This will list the flagged files of an institution, the newest finding first."""
    rows = _flags(institution_id).order_by("-flagged_at", "-id")[:limit]
    return tuple(_kept(row.pk, row.attachment, row, row.flagged_at) for row in rows)


def quarantined_files(institution_id: int, limit: int = 200) -> tuple[QuarantinedFile, ...]:
    """This will list what was put into quarantine at an institution, the newest first."""
    rows = Quarantined.objects.select_related("attachment__letter").filter(
        institution=institution_id
    )
    return tuple(map(_quarantined, rows.order_by("-since", "-attachment")[:limit]))


def kept_count(institution_id: int) -> int:
    """This will count the files of an institution that are held or flagged now."""
    held = Quarantined.objects.filter(institution=institution_id, state=QuarantineState.HELD)
    flagged = FlaggedFile.objects.filter(institution=institution_id, state=FlagState.FLAGGED)
    return held.count() + flagged.count()


def flagged_file(institution_id: int, flag_id: int) -> KeptFile | None:
    """This will find one flagged file of an institution."""
    row = _flags(institution_id).filter(id=flag_id).first()
    return None if row is None else _kept(row.pk, row.attachment, row, row.flagged_at)


def held_file(institution_id: int, attachment_id: int) -> QuarantinedFile | None:
    """This will find one file that an institution holds in quarantine."""
    row = (
        Quarantined.objects.select_related("attachment__letter")
        .filter(institution=institution_id, attachment=attachment_id, state=QuarantineState.HELD)
        .first()
    )
    return None if row is None else _quarantined(row)


def _flags(institution_id: int) -> QuerySet[FlaggedFile]:
    return FlaggedFile.objects.select_related("attachment__letter").filter(
        institution=institution_id, state=FlagState.FLAGGED
    )


def _quarantined(row: Quarantined) -> QuarantinedFile:
    file = _kept(row.pk, row.attachment, row, row.since)
    return QuarantinedFile(file, row.destroy_after, row.destroyed_at)


def _kept(
    row_id: int, attachment: LetterAttachment, found: Quarantined | FlaggedFile, since: datetime
) -> KeptFile:
    return KeptFile(
        id=row_id,
        document_no=attachment.letter.document_no,
        file_name=attachment.file_name,
        size=attachment.size,
        sha256=attachment.sha256,
        engine=found.engine,
        rule=found.rule,
        since=since,
    )
