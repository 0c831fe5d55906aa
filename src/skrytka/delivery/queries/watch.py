"""What at an institution waits longer than it should, or is about to be too late."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet

from skrytka.accounts.queries.staff import has_clerk
from skrytka.core.calendar import civil_date
from skrytka.core.delivery import Standing
from skrytka.delivery.models import ENDED, Delivery, OutgoingLetter
from skrytka.delivery.queries.flags import flagged_sent_count
from skrytka.delivery.queries.unreached import somebody_came
from skrytka.letters.models import LetterHandling
from skrytka.letters.queries.awaiting import PATIENCE, awaiting_count
from skrytka.letters.queries.inbox import LACKING, WAITING_TOO_LONG, Lacking
from skrytka.letters.queries.screenings import flagged_count

SILENCE = timedelta(days=14)
SOON = timedelta(days=3)


class Concern(StrEnum):
    """What somebody should look at.

    UNREAD, UNTAKEN: letters nobody opened, or deals with, for more than a day. SILENT_BOX: boxes
    with a letter nobody opened for 14 days. NO_CLERK: nobody deals with letters at all.
    UNSCREENED: letters that wait for the scanner for more than ten minutes. FLAGGED: accepted
    letters in which malware was found later; FLAGGED_SENT: letters that went out, likewise.
    ENDING_SOON: deliveries whose term ends within three days. UNSEEN: those of them whose party
    nobody has logged in for since the dispatch. STOPPED: deliveries that cannot be deemed until
    somebody acts.
    """

    NO_CLERK = "NO_CLERK"
    UNREAD = "UNREAD"
    UNTAKEN = "UNTAKEN"
    SILENT_BOX = "SILENT_BOX"
    UNSCREENED = "UNSCREENED"
    FLAGGED = "FLAGGED"
    FLAGGED_SENT = "FLAGGED_SENT"
    STOPPED = "STOPPED"
    ENDING_SOON = "ENDING_SOON"
    UNSEEN = "UNSEEN"


@dataclass(frozen=True)
class Attention:
    """One concern, and how many; for NO_CLERK the number is that of clerks, nought."""

    concern: Concern
    count: int


def what_waits(institution_id: int, *, at: datetime) -> tuple[Attention, ...]:
    """This will tell what needs attention at an institution; nothing when nothing does."""
    ending = _ending_soon(institution_id, at)
    counts = {
        **_of_letters(institution_id, at),
        Concern.STOPPED: Delivery.objects.filter(
            institution=institution_id, standing=Standing.STOPPED
        ).count(),
        Concern.ENDING_SOON: ending.count(),
        Concern.UNSEEN: _unseen(ending).count(),
    }
    found = tuple(Attention(concern, count) for concern, count in counts.items() if count)
    if has_clerk(institution_id, at=at):
        return found
    return (Attention(Concern.NO_CLERK, 0), *found)


def _of_letters(institution_id: int, at: datetime) -> dict[Concern, int]:
    own = LetterHandling.objects.filter(institution=institution_id)
    late = own.filter(submitted_at__lt=at - WAITING_TOO_LONG)
    unopened = own.filter(LACKING[Lacking.READER], submitted_at__lte=at - SILENCE)
    return {
        Concern.UNREAD: late.filter(LACKING[Lacking.READER]).count(),
        Concern.UNTAKEN: late.filter(LACKING[Lacking.CLERK]).count(),
        Concern.SILENT_BOX: unopened.values("box").exclude(box=None).distinct().count(),
        Concern.UNSCREENED: awaiting_count(institution_id, before=at - PATIENCE),
        Concern.FLAGGED: flagged_count(institution_id),
        Concern.FLAGGED_SENT: flagged_sent_count(institution_id),
    }


def _ending_soon(institution_id: int, at: datetime) -> QuerySet[Delivery]:
    """Deliveries under way whose last day is one of today and the three that follow."""
    today = civil_date(at)
    under_way = Delivery.objects.filter(~Q(standing__in=ENDED), institution=institution_id)
    return under_way.filter(last_day_on__range=(today, today + SOON)).exclude(
        standing=Standing.STOPPED
    )


def _unseen(deliveries: QuerySet[Delivery]) -> QuerySet[OutgoingLetter]:
    """Those for whose party nobody logged in since: neither itself, who acts for it nor a proxy."""
    return OutgoingLetter.objects.filter(~somebody_came(), delivery__in=deliveries)
