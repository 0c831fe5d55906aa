"""What one person may have in letters that are not sent: a fence around the disk, no rule of law.

Parts lie for a week and drafts for a month, and anybody may open any number of drafts.
"""

from django.db.models import Count, QuerySet, Sum

from skrytka.letters.models import AttachmentState, DraftAttachment, DraftState, Transfer
from skrytka.letters.operations.room import CannotAttach
from skrytka.letters.screening import (
    CIESZYN_2026,
    AttachmentFault,
    Fault,
    FaultData,
    ScreeningPolicy,
)

FULL_LETTERS = 10
MOST_COMING = 200


def most_bytes(policy: ScreeningPolicy) -> int:
    """This will say how much may lie in all drafts of a person: ten letters filled to the brim.

    Where an institution takes longer letters than the built-in rules do, it is ten of those.
    """
    return FULL_LETTERS * max(policy.total_bytes, CIESZYN_2026.total_bytes)


def require_allowance(author_id: int, policy: ScreeningPolicy, name: str, size: int) -> None:
    """This will raise CannotAttach (F-DRAFTS) where a person has too much in their drafts already.

    Drafts that were put away count: they can be brought back. Two files announced in the same
    moment may both pass; the fence is wide enough for that.
    """
    coming, bytes_coming = _taken(Transfer.objects.filter(draft__author=author_id))
    if coming >= MOST_COMING:
        raise _beyond(FaultData(name, limit=MOST_COMING))
    _, bytes_listed = _taken(_listed(author_id))
    total = bytes_coming + bytes_listed + size
    if total > most_bytes(policy):
        raise _beyond(FaultData(name, size=total, limit=most_bytes(policy)))


def _listed(author_id: int) -> QuerySet[DraftAttachment]:
    rows = DraftAttachment.objects.filter(
        draft__author=author_id, draft__state__in=[DraftState.OPEN, DraftState.DISCARDED]
    )
    return rows.exclude(state=AttachmentState.REFUSED)


def _taken(files: QuerySet[Transfer] | QuerySet[DraftAttachment]) -> tuple[int, int]:
    found = files.order_by().aggregate(count=Count("id"), size=Sum("size"))
    return found["count"], found["size"] or 0


def _beyond(data: FaultData) -> CannotAttach:
    return CannotAttach(Fault(AttachmentFault.DRAFTS_FULL, data))
