"""„Uwaga”: what at the institution should be looked at, on the first page of the desk."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from skrytka.delivery.policies import may_track
from skrytka.delivery.queries.tracking import Concern as Trouble
from skrytka.delivery.queries.watch import Concern, what_waits
from skrytka.desk.access import Desk
from skrytka.letters.queries.inbox import Arrival, Lacking, Sort
from skrytka.ui.formats import number
from skrytka.ui.watch_texts import watch_text

LATE = Arrival.WAITING.value
LETTERS = {
    Concern.UNREAD: {"stan": Lacking.READER.value, "wplynelo": LATE},
    Concern.UNTAKEN: {"stan": Lacking.CLERK.value, "wplynelo": LATE},
    Concern.SILENT_BOX: {"stan": Lacking.READER.value, "sort": Sort.OLDEST.value},
}

DELIVERIES = {
    Concern.ENDING_SOON: {"uwaga": Trouble.SOON.value},
    Concern.STOPPED: {"uwaga": Trouble.STOPPED.value},
    Concern.UNSEEN: {"uwaga": Trouble.UNREACHED.value},
}


@dataclass(frozen=True)
class AttentionLine:
    """One line of the panel; without an address where the person may not look."""

    text: str
    url: str


def attention_at(desk: Desk, *, at: datetime) -> tuple[AttentionLine, ...]:
    """This will say what waits at this institution, and nothing when nothing does."""
    return tuple(
        AttentionLine(
            f"{number(each.count)} {watch_text(each.concern, each.count)}",
            _address(desk, each.concern),
        )
        for each in what_waits(desk.institution_id, at=at)
    )


def _address(desk: Desk, concern: Concern) -> str:
    if concern is Concern.NO_CLERK:
        return reverse("desk:staff") if desk.administers else ""
    if concern in LETTERS:
        found = f"{reverse('desk:inbox')}?{urlencode(LETTERS[concern])}"
        return found if desk.sees_inbox else ""
    found = f"{reverse('desk:sent')}?{urlencode(DELIVERIES[concern])}"
    return found if may_track(desk.viewer, desk.institution_id) else ""
