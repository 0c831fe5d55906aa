"""Which files that an institution sends are kept from everybody, because malware was found later.

Asked here alone: the pages and packages of both edges go through `flagged_at` and `file_to_take`.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from skrytka.delivery.models import FlaggedBytes, OutgoingLetter, OutgoingLetterFile
from skrytka.letters.models import FlagState
from skrytka.letters.queries.letters import SentFile
from skrytka.letters.queries.screenings import KeptFile

FLAGGED = FlaggedBytes.objects.filter(state=FlagState.FLAGGED)


def flagged_at(institution: str) -> Exists:
    """This will say, in a query for files, whether one is flagged now.

    `institution` leads from a file to the id of the institution that sends it.
    """
    return Exists(FLAGGED.filter(institution=OuterRef(institution), digest=OuterRef("sha256")))


def flagged_among(institution_id: int, digests: Sequence[str]) -> frozenset[str]:
    """This will return those of the digests that an institution may not send now."""
    if not digests:
        return frozenset()
    flags = FLAGGED.filter(institution=institution_id, digest__in=digests)
    return frozenset(flags.values_list("digest", flat=True))


def file_to_take(files: Iterable[SentFile], position: int) -> SentFile | None:
    """This will find a file of a letter by its place; None: there is none, or it is flagged."""
    found = (file for file in files if file.position == position and not file.is_flagged)
    return next(found, None)


def has_flagged_file() -> Exists:
    """This will say, in a query for letters that went out, whether one holds a flagged file."""
    files = OutgoingLetterFile.objects.filter(letter=OuterRef("pk"))
    return Exists(files.filter(flagged_at("letter__institution")))


def flagged_letters(letter_ids: Sequence[UUID]) -> frozenset[UUID]:
    """This will return those of the letters that hold a flagged file."""
    files = OutgoingLetterFile.objects.filter(letter__among=letter_ids)
    found = files.filter(flagged_at("letter__institution"))
    return frozenset(found.values_list("letter_id", flat=True))


def flagged_sent_count(institution_id: int) -> int:
    """This will count the letters that an institution sent and that hold a flagged file."""
    if not FLAGGED.filter(institution=institution_id).exists():
        return 0
    return OutgoingLetter.objects.filter(has_flagged_file(), institution=institution_id).count()


def flagged_bytes(institution_id: int, limit: int = 100) -> tuple[KeptFile, ...]:
    """This will list what is flagged of what an institution sends, the newest finding first.

    Each under the number of the newest letter that carries it; none while it is in drafts alone.
    """
    rows = _flags(institution_id).order_by("-flagged_at", "-id")[:limit]
    return tuple(map(_kept, rows))


def flagged_bytes_of(institution_id: int, flag_id: int) -> KeptFile | None:
    """This will find one flagged file of what an institution sends."""
    row = _flags(institution_id).filter(id=flag_id).first()
    return None if row is None else _kept(row)


def flagged_bytes_count(institution_id: int) -> int:
    """This will count what is flagged now of what an institution sends."""
    return FLAGGED.filter(institution=institution_id).count()


def flagged_since(institution_id: int, since: datetime | None) -> int:
    """This will count what was flagged since an instant, and still is."""
    flags = FLAGGED.filter(institution=institution_id)
    return (flags.filter(flagged_at__gt=since) if since else flags).count()


def _flags(institution_id: int) -> QuerySet[FlaggedBytes]:
    carrying = OutgoingLetterFile.objects.filter(
        letter__institution=OuterRef("institution"), sha256=OuterRef("digest")
    ).order_by("-letter__dispatched_at")
    newest = Subquery(carrying.values("letter__document_no")[:1])
    return FLAGGED.filter(institution=institution_id).annotate(document_no=newest)


def _kept(row: FlaggedBytes) -> KeptFile:
    document_no: str | None = getattr(row, "document_no", None)
    return KeptFile(
        id=row.pk,
        document_no=document_no or "",
        file_name=row.file_name,
        size=row.size,
        sha256=row.digest,
        engine=row.engine,
        rule=row.rule,
        since=row.flagged_at,
    )
