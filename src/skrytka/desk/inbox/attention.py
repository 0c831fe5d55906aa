"""„Uwaga”: what at the institution should be looked at, on the first page of the desk."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from skrytka.delivery.policies import may_track
from skrytka.delivery.queries.tracking import SentConcern, SentSort
from skrytka.delivery.queries.watch import Concern, what_waits
from skrytka.desk.access import Desk
from skrytka.evidence.queries.seals import ending_seals
from skrytka.letters.queries.inbox import Arrival, Lacking, Sort
from skrytka.ui.formats import number
from skrytka.ui.seal_texts import ending_text
from skrytka.ui.watch_texts import watch_text

LATE, LAST_DAY = Arrival.WAITING.value, SentSort.LAST_DAY
LETTERS = {
    Concern.UNREAD: {"stan": Lacking.READER.value, "wplynelo": LATE},
    Concern.UNTAKEN: {"stan": Lacking.CLERK.value, "wplynelo": LATE},
    Concern.SILENT_BOX: {"stan": Lacking.READER.value, "sort": Sort.OLDEST.value},
}
KEPT_BACK = {Concern.UNSCREENED: "desk:awaiting", Concern.FLAGGED: "desk:flagged"}
DELIVERIES = {
    Concern.FLAGGED_SENT: {"uwaga": SentConcern.FLAGGED.value},
    Concern.STOPPED: {"uwaga": SentConcern.STOPPED.value},
    Concern.ENDING_SOON: {"uwaga": SentConcern.SOON.value, "sort": LAST_DAY.value},
    Concern.UNSEEN: {"uwaga": SentConcern.UNREACHED.value, "sort": LAST_DAY.value},
}


@dataclass(frozen=True)
class AttentionLine:
    """One line of the panel; without an address where the person may not look."""

    text: str
    url: str


def attention_at(desk: Desk, *, at: datetime) -> tuple[AttentionLine, ...]:
    """This will say what waits at this institution, and nothing when nothing does."""
    ending = _ending(desk, at)
    return ending + tuple(
        AttentionLine(
            f"{number(each.count)} {watch_text(each.concern, each.count)}",
            _address(desk, each.concern),
        )
        for each in what_waits(desk.institution_id, at=at)
    )


def _ending(desk: Desk, at: datetime) -> tuple[AttentionLine, ...]:
    """Who administers is told two months before a seal ends, the others in the last week."""
    wait = timedelta(days=60) if desk.administers else timedelta(days=7)
    seals = (seal for seal in ending_seals(at=at) if seal.until - at < wait)
    return tuple(
        AttentionLine(ending_text(seal.purpose.value, seal.until, at), "") for seal in seals
    )


def _address(desk: Desk, concern: Concern) -> str:
    if concern in KEPT_BACK:
        return reverse(KEPT_BACK[concern]) if desk.sees_inbox else ""
    if concern is Concern.NO_CLERK:
        return reverse("desk:staff") if desk.administers else ""
    if concern in LETTERS:
        found = f"{reverse('desk:inbox')}?{urlencode(LETTERS[concern])}"
        return found if desk.sees_inbox else ""
    found = f"{reverse('desk:sent')}?{urlencode(DELIVERIES[concern])}"
    return found if may_track(desk.viewer, desk.institution_id) else ""
