"""Files of letters that went out are screened again like those of letters that came.

The letters of a series carry the same bytes: they are read once, and the answer stands for all.
"""

from datetime import datetime, timedelta
from functools import partial

from django.db.models import Max, QuerySet

from skrytka.core.calendar import civil_date
from skrytka.delivery.models import OutgoingLetterFile
from skrytka.letters.operations.rescreening import (
    FileOnRecord,
    Rescreened,
    answered_since,
    rescreen_files,
)

NEWEST = "-letter__dispatched_at"


def rescreen_sent_letters(*, days: int, at: datetime) -> Rescreened:
    """This will screen again a few files of letters sent in the last `days` that are due.

    A file in which malware is found now is flagged, wherever its bytes are on record.
    """
    if not days:
        return Rescreened()
    return rescreen_files(partial(_due, at - timedelta(days=days)), at=at)


def _due(since: datetime, seen_at: datetime, most: int) -> list[FileOnRecord]:
    rows = OutgoingLetterFile.objects.filter(
        ~answered_since(seen_at, "letter__draft_id"), letter__dispatched_at__gte=since
    )
    bytes_sent = rows.order_by().values_list("letter__institution_id", "sha256")
    newest = bytes_sent.annotate(sent_at=Max("letter__dispatched_at")).order_by("-sent_at")
    return [_on_record(rows, *each[:2]) for each in newest[:most]]


def _on_record(
    rows: QuerySet[OutgoingLetterFile], institution_id: int, sha256: str
) -> FileOnRecord:
    """By the institution's rules of the day of the newest letter: no box of its own counts here."""
    same = rows.filter(letter__institution=institution_id, sha256=sha256)
    file = same.select_related("letter").order_by(NEWEST)[0]
    return FileOnRecord(
        draft_ids=tuple(same.values_list("letter__draft_id", flat=True).distinct()),
        letter_id=file.letter_id,
        institution_id=institution_id,
        box_id=None,
        on=civil_date(file.letter.dispatched_at),
        file_name=file.file_name,
        size=file.size,
        sha256=sha256,
    )
