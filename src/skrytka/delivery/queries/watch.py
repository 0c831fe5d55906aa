"""What an institution has to look at today: letters nobody reads, boxes nobody opens, terms.

Numbers only: they go into a mail and onto the first page of the desk.
"""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from skrytka.accounts.models import Box, Employment, Role
from skrytka.accounts.queries.in_force import in_force
from skrytka.core.delivery import Standing
from skrytka.delivery.models import OutgoingLetter
from skrytka.delivery.queries.tracking import is_within_term
from skrytka.delivery.queries.unreached import OPEN, unreached
from skrytka.letters.models import HandlingState, LetterHandling
from skrytka.letters.queries.inbox import OPEN_STATES, WAITING_TOO_LONG

BOX_UNOPENED = timedelta(days=14)
DEEMED_LATELY = timedelta(days=14)


@dataclass(frozen=True)
class Watch:
    """How much of each there is.

    unread: letters that nobody opened for a day. untaken: those opened that nobody took for a day,
    and open ones whose clerk no longer works there. unopened_boxes: boxes whose letters have waited
    for 14 days and nobody opened any. ending: terms that end within three days. unreached: of
    deliveries that run or ended by fiction in the last 14 days those that nobody could have read.
    without_clerk: 1 when nobody may handle letters.
    """

    unread: int = 0
    untaken: int = 0
    unopened_boxes: int = 0
    without_clerk: int = 0
    ending: int = 0
    stopped: int = 0
    unreached: int = 0

    @property
    def is_quiet(self) -> bool:
        return not any(getattr(self, field.name) for field in fields(self))


def watch_of(institution_id: int, *, at: datetime) -> Watch:
    """This will count what an institution has to look at."""
    letters = LetterHandling.objects.filter(institution=institution_id)
    late = letters.filter(state=HandlingState.NEW, submitted_at__lt=at - WAITING_TOO_LONG)
    sent = OutgoingLetter.objects.filter(institution=institution_id)
    lately = Q(delivery__standing__in=OPEN) | Q(delivery__ended_at__gte=at - DEEMED_LATELY)
    return Watch(
        unread=late.filter(first_opened_at=None).count(),
        untaken=late.exclude(first_opened_at=None).count()
        + letters.filter(_is_orphaned(institution_id, at)).count(),
        unopened_boxes=_unopened_boxes(institution_id, at),
        without_clerk=int(not has_clerk(institution_id, at=at)),
        ending=sent.filter(is_within_term(at)).count(),
        stopped=sent.filter(delivery__standing=Standing.STOPPED).count(),
        unreached=sent.filter(lately).filter(unreached(at)).count(),
    )


def has_clerk(institution_id: int, *, at: datetime) -> bool:
    """This will tell whether anybody who still has a log-in may handle letters there."""
    return _clerks(institution_id, at).exists()


def _clerks(institution_id: int, at: datetime) -> QuerySet[Employment]:
    return Employment.objects.filter(
        in_force(at), institution=institution_id, role=Role.CLERK, user__is_active=True
    )


def _is_orphaned(institution_id: int, at: datetime) -> Q:
    """Open letters of a clerk who has gone."""
    serving = _clerks(institution_id, at).filter(user=OuterRef("assignee"))
    return Q(state__in=OPEN_STATES, assignee__isnull=False) & ~Q(Exists(serving))


def _unopened_boxes(institution_id: int, at: datetime) -> int:
    long_ago = at - BOX_UNOPENED
    letters = LetterHandling.objects.filter(institution=institution_id, box=OuterRef("pk"))
    waiting = letters.filter(
        first_opened_at=None, submitted_at__lte=long_ago, state=HandlingState.NEW
    )
    opened = letters.filter(first_opened_at__gt=long_ago)
    boxes = Box.objects.filter(institution=institution_id)
    return boxes.filter(Exists(waiting), ~Exists(opened)).count()
