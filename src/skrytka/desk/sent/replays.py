"""What another policy would have given: every one beside the actual, for reading alone."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from skrytka.core.delivery import POLICIES, DeliveryDates, Reason
from skrytka.delivery.queries.tracked_letter import Way, replays
from skrytka.ui.formats import day


@dataclass(frozen=True)
class ReplayLine:
    """One policy of the table; `difference` compares its day of fiction with the actual one."""

    policy_id: str
    name: str
    last_day: str
    deemed: str
    difference: str
    is_actual: bool
    why_url: str
    reasons: tuple[Reason, ...]


def replay_lines(letter_id: UUID, way: Way) -> tuple[ReplayLine, ...]:
    """This will lay out the delivery as every policy known here would have had it."""
    return tuple(
        _line(letter_id, way, policy_id, dates) for policy_id, dates in replays(letter_id).items()
    )


def _line(letter_id: UUID, way: Way, policy_id: str, dates: DeliveryDates | None) -> ReplayLine:
    policy = POLICIES[policy_id]
    query = urlencode({"zasada": policy_id})
    return ReplayLine(
        policy_id=policy_id,
        name=policy.name,
        last_day=day(dates.last_day_on) if dates else "–",
        deemed=day(dates.deemed_delivered_on) if dates else "–",
        difference=_difference(way.dates, dates),
        is_actual=policy == way.policy,
        why_url=f"{reverse('desk:sent_letter', args=[letter_id])}?{query}#replay",
        reasons=dates.explanation if dates else (),
    )


def _difference(actual: DeliveryDates | None, other: DeliveryDates | None) -> str:
    if actual is None or other is None:
        return "–"
    days = (other.deemed_delivered_on - actual.deemed_delivered_on).days
    if days == 0:
        return _("ten sam dzień")
    later = ngettext("%(n)s dzień później", "%(n)s dni później", abs(days))
    earlier = ngettext("%(n)s dzień wcześniej", "%(n)s dni wcześniej", abs(days))
    return (later if days > 0 else earlier) % {"n": abs(days)}
