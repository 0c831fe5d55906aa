"""Letters that nobody on the party's side could have read: the mail is lost, or nobody came.

The fiction of delivery stands all the same; but a clerk who knows in time can still call, and one
who learns it afterwards can judge what the letter is worth.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import CharField, DateTimeField, Exists, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from skrytka.accounts.models import Mandate, Representation, User
from skrytka.core.calendar import civil_date
from skrytka.core.delivery import ENDS, Standing
from skrytka.delivery.models import Notice, NoticeState, OutgoingLetter
from skrytka.ledger.models import Event
from skrytka.ledger.operations import EventKind

SOON = timedelta(days=3)
OPEN = tuple(standing for standing in Standing if standing not in ENDS)
STILL_OPEN = Value(datetime(9999, 1, 1, tzinfo=UTC), DateTimeField())


class Unreached(StrEnum):
    """Why nobody could have read the letter. MAIL_LOST: a notice that counts never got there.

    NOBODY_CAME: no person of the party has logged in between the dispatch and the end.
    """

    MAIL_LOST = "MAIL_LOST"
    NOBODY_CAME = "NOBODY_CAME"


def unreached(at: datetime) -> Q:
    """This will restrict outgoing letters to those that nobody could have read.

    That nobody came is told once it matters: a notice was repeated, the term ends within three
    days, the delivery is stopped, or the letter was deemed delivered.
    """
    soon = Q(delivery__standing__in=OPEN, delivery__last_day_on__lte=civil_date(at) + SOON)
    told = (Standing.REMINDED, Standing.STOPPED, Standing.DEEMED)
    ripe = soon | Q(delivery__standing__in=told)
    concerns = Q(delivery__standing__in=(*OPEN, Standing.DEEMED))
    return concerns & (Q(mail_lost()) | (ripe & ~somebody_came()))


def unreached_among(letter_ids: Sequence[UUID], *, at: datetime) -> Mapping[UUID, Unreached]:
    """This will tell which of the letters nobody could have read, and why."""
    rows = OutgoingLetter.objects.filter(unreached(at), id__among=letter_ids)
    found = rows.annotate(lost=mail_lost()).values_list("id", "lost")
    return {
        letter_id: Unreached.MAIL_LOST if lost else Unreached.NOBODY_CAME
        for letter_id, lost in found
    }


def mail_lost() -> Exists:
    """This will hold for a letter whose notice, of the term that runs, failed or came back."""
    return Exists(
        Notice.objects.filter(
            delivery=OuterRef("pk"),
            attempt=OuterRef("delivery__attempt"),
            state__in=[NoticeState.BOUNCED, NoticeState.FAILED],
        )
    )


def somebody_came() -> Q:
    """This will hold for a letter whose party, or who acts or collects for it, logged in in time.

    Of people who were away for a part of that time every right that was not over at the dispatch
    counts: the doubt is the party's.
    """
    in_force = Q(until__isnull=True) | Q(until__gt=OuterRef("dispatched_at"))
    party = OuterRef("party")
    own = User.objects.filter(party=party)
    acting = Representation.objects.filter(in_force, party=party)
    proxies = Mandate.objects.filter(in_force, party=party)
    return Q(_seen(own, "")) | Q(_seen(acting, "user__")) | Q(_seen(proxies, "proxy__"))


def _seen(people: QuerySet[Model], path: str) -> Exists:
    """A later log-in overwrites `last_seen_at`; the record still has the one that was in time."""
    ended = Coalesce(OuterRef("delivery__ended_at"), STILL_OPEN)
    last = Q(**{
        f"{path}last_seen_at__gte": OuterRef("dispatched_at"),
        f"{path}last_seen_at__lt": ended,
    })  # fmt: skip
    log_ins = Event.objects.filter(
        subject_type="USER",
        subject_id=Cast(OuterRef(f"{path}pk"), CharField()),
        kind=EventKind.LOGGED_IN,
        at__gte=OuterRef(OuterRef("dispatched_at")),
        at__lt=Coalesce(OuterRef(OuterRef("delivery__ended_at")), STILL_OPEN),
    )
    return Exists(people.filter(last | Q(Exists(log_ins))))
