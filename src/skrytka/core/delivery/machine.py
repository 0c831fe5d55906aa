"""The way of one delivery to a party: a total function of a state, an event and an instant.

KPA art. 46 in the wording of 2014: the first notice starts the term, a second one follows after
seven days, and a letter that nobody collects is deemed delivered when the term has fully lapsed.
Whatever casts doubt on a notice stops the way to that fiction, never the way to the letter. Three
ends are possible and each delivery reaches exactly one.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from skrytka.core.calendar import civil_date, day_start
from skrytka.core.delivery.dates import DAY, DeliveryDates, delivery_dates
from skrytka.core.delivery.policies import ClockStart, DeliveryPolicy


class Standing(StrEnum):
    """Where a delivery stands. The last three are its ends."""

    SENT = "SENT"
    NOTIFIED = "NOTIFIED"
    REMINDED = "REMINDED"
    STOPPED = "STOPPED"
    COLLECTED = "COLLECTED"
    REFUSED = "REFUSED"
    DEEMED = "DEEMED"


ENDS = frozenset({Standing.COLLECTED, Standing.REFUSED, Standing.DEEMED})


class NoticeRound(StrEnum):
    """Which of the two notices (KPA art. 46 sections 4 and 5)."""

    FIRST = "FIRST"
    REPEAT = "REPEAT"


class StopCause(StrEnum):
    """Why a letter cannot be deemed delivered until somebody looks."""

    FIRST_FAILED = "FIRST_FAILED"
    FIRST_BOUNCED = "FIRST_BOUNCED"
    FIRST_LATE = "FIRST_LATE"
    REPEAT_FAILED = "REPEAT_FAILED"
    REPEAT_BOUNCED = "REPEAT_BOUNCED"
    REPEAT_MISSED = "REPEAT_MISSED"


class Loss(StrEnum):
    """How a notice did not reach the party: never handed over, or sent back."""

    FAILED = "FAILED"
    BOUNCED = "BOUNCED"


@dataclass(frozen=True)
class NoticeSent:
    round: NoticeRound


@dataclass(frozen=True)
class NoticeLost:
    round: NoticeRound
    loss: Loss


class Act(StrEnum):
    """What the party, the system or a clerk does.

    MISS: the time of the repeated notice passed without one. START_ANEW: a clerk who has mended
    the cause of a stop has the party told again; every date is counted from there.
    """

    COLLECT = "COLLECT"
    REFUSE = "REFUSE"
    DEEM = "DEEM"
    MISS = "MISS"
    START_ANEW = "START_ANEW"


Event = NoticeSent | NoticeLost | Act


class DeliveryFault(StrEnum):
    """Why nothing changed."""

    ENDED = "ENDED"
    TOO_EARLY = "TOO_EARLY"
    LAPSED = "LAPSED"
    STOPPED = "STOPPED"
    NOT_STOPPED = "NOT_STOPPED"
    NO_NOTICE = "NO_NOTICE"


@dataclass(frozen=True)
class DeliveryState:
    """Everything the law asks of one delivery; instants are aware.

    `started_at` is the instant whose day starts the term, None while the policy's start is still to
    come. `attempt` counts the starts of the term. `ended_at` is the instant of the end as it was
    brought about; for a deemed delivery the day of law is that of `dates`.
    """

    policy: DeliveryPolicy
    standing: Standing
    attempt: int = 1
    started_at: datetime | None = None
    first_notice_at: datetime | None = None
    repeat_notice_at: datetime | None = None
    stop: StopCause | None = None
    ended_at: datetime | None = None

    @property
    def has_ended(self) -> bool:
        return self.standing in ENDS

    @cached_property
    def dates(self) -> DeliveryDates | None:
        """The dates of law, from the day in Warsaw that started the term."""
        if self.started_at is None:
            return None
        return delivery_dates(self.policy, civil_date(self.started_at))

    @cached_property
    def repeat_due_at(self) -> datetime | None:
        """When the repeated notice is due: as soon as its day has fully lapsed (art. 46 § 5)."""
        second = self.dates.second_notice_on if self.dates else None
        return day_start(second + DAY) if second else None

    @cached_property
    def lapses_at(self) -> datetime | None:
        """The first instant after the term: midnight in Warsaw after its last day (art. 57 § 1)."""
        return day_start(self.dates.last_day_on + DAY) if self.dates else None


def dispatched(policy: DeliveryPolicy, at: datetime) -> DeliveryState:
    """This will open the delivery of a letter that lies in the party's box since `at`."""
    started_at = None if policy.start is ClockStart.FIRST_NOTICE_SENT else at
    return DeliveryState(policy, Standing.SENT, started_at=started_at)


def advance(state: DeliveryState, event: Event, at: datetime) -> DeliveryState | DeliveryFault:
    """This will return the state after the event, or why there is no such way. Total.

    An event that was already taken in leaves the state as it is, so that a replay does no harm.
    """
    if state.has_ended:
        return DeliveryFault.ENDED
    if _is_of_no_round(state, event):
        return state
    if isinstance(event, NoticeSent):
        return _notice_sent(state, event.round, at)
    if isinstance(event, NoticeLost):
        return _notice_lost(state, event, at)
    return _ACTS[event](state, at)


def _is_of_no_round(state: DeliveryState, event: Event) -> bool:
    """A repeated notice means nothing where the policy knows none."""
    if isinstance(event, Act):
        return False
    return event.round is NoticeRound.REPEAT and state.policy.second_notice_days is None


def is_lapsed(state: DeliveryState, at: datetime) -> bool:
    """This will tell whether the letter is deemed delivered by law, whoever looks or not."""
    return why_not_deemed(state, at) is None


def why_not_deemed(state: DeliveryState, at: datetime) -> DeliveryFault | None:
    """This will tell what stands between the letter and the fiction of its delivery, if anything.

    Without its notices there is none (art. 46 § 6 builds on § 4 and § 5), however late it is.
    """
    if state.standing is Standing.STOPPED:
        return DeliveryFault.STOPPED
    if state.first_notice_at is None or state.lapses_at is None:
        return DeliveryFault.NO_NOTICE
    if state.policy.second_notice_days is not None and state.repeat_notice_at is None:
        return DeliveryFault.NO_NOTICE if at >= state.lapses_at else DeliveryFault.TOO_EARLY
    return None if at >= state.lapses_at else DeliveryFault.TOO_EARLY


def _notice_sent(state: DeliveryState, which: NoticeRound, at: datetime) -> DeliveryState:
    if which is NoticeRound.FIRST:
        return _first_sent(state, at)
    if state.standing is not Standing.NOTIFIED:
        return state
    reminded = replace(state, standing=Standing.REMINDED, repeat_notice_at=at)
    if state.lapses_at is not None and at >= state.lapses_at:
        # A reminder that comes after the term reminds of nothing: the party had no second chance.
        return replace(reminded, standing=Standing.STOPPED, stop=StopCause.REPEAT_MISSED)
    return reminded


def _first_sent(state: DeliveryState, at: datetime) -> DeliveryState:
    if state.standing is not Standing.SENT:
        return state
    started_at = state.started_at or at
    notified = replace(state, standing=Standing.NOTIFIED, started_at=started_at, first_notice_at=at)
    if notified.lapses_at is not None and at >= notified.lapses_at:
        # Where the arrival starts the term, a notice can come after it: the party had no chance.
        return replace(notified, standing=Standing.STOPPED, stop=StopCause.FIRST_LATE)
    return notified


def _notice_lost(state: DeliveryState, event: NoticeLost, at: datetime) -> DeliveryState:
    """What comes back after the term has lapsed comes too late: the law has had its way."""
    if state.standing is Standing.STOPPED or is_lapsed(state, at):
        return state
    return replace(state, standing=Standing.STOPPED, stop=StopCause(f"{event.round}_{event.loss}"))


def _collect(state: DeliveryState, at: datetime) -> DeliveryState | DeliveryFault:
    if is_lapsed(state, at):
        return DeliveryFault.LAPSED
    return replace(state, standing=Standing.COLLECTED, ended_at=at)


def _refuse(state: DeliveryState, at: datetime) -> DeliveryState | DeliveryFault:
    if is_lapsed(state, at):
        return DeliveryFault.LAPSED
    return replace(state, standing=Standing.REFUSED, ended_at=at)


def _deem(state: DeliveryState, at: datetime) -> DeliveryState | DeliveryFault:
    fault = why_not_deemed(state, at)
    return fault or replace(state, standing=Standing.DEEMED, ended_at=at)


def _miss(state: DeliveryState, at: datetime) -> DeliveryState | DeliveryFault:
    if state.standing is not Standing.NOTIFIED or state.policy.second_notice_days is None:
        return state
    if state.lapses_at is None or at < state.lapses_at:
        return DeliveryFault.TOO_EARLY
    return replace(state, standing=Standing.STOPPED, stop=StopCause.REPEAT_MISSED)


def _start_anew(state: DeliveryState, at: datetime) -> DeliveryState | DeliveryFault:
    if state.standing is not Standing.STOPPED:
        return DeliveryFault.NOT_STOPPED
    return replace(dispatched(state.policy, at), attempt=state.attempt + 1)


_ACTS = {
    Act.COLLECT: _collect,
    Act.REFUSE: _refuse,
    Act.DEEM: _deem,
    Act.MISS: _miss,
    Act.START_ANEW: _start_anew,
}
