"""The machine of a delivery, walked at random by clocks that step forwards and backwards."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from skrytka.core.delivery import (
    ENDS,
    POLICIES,
    Act,
    DeliveryFault,
    DeliveryState,
    Event,
    Loss,
    NoticeLost,
    NoticeRound,
    NoticeSent,
    Standing,
    advance,
    dispatched,
)

WARSAW = ZoneInfo("Europe/Warsaw")
EVENTS = (
    *(NoticeSent(which) for which in NoticeRound),
    *(NoticeLost(which, loss) for which in NoticeRound for loss in Loss),
    *Act,
)
# What leads to the fiction comes more often, so that many walks go all the way to it.
LIKELY = (
    *EVENTS,
    *(5 * (NoticeSent(NoticeRound.FIRST), NoticeSent(NoticeRound.REPEAT), Act.DEEM)),
    *(3 * (NoticeLost(NoticeRound.FIRST, Loss.BOUNCED), Act.START_ANEW)),
)
# Mostly days, with the seconds around midnight, and now and then a clock that is set back.
STEPS = st.one_of(
    st.integers(0, 9).map(lambda days: timedelta(days=days)),
    st.integers(-90_000, 90_000).map(lambda seconds: timedelta(seconds=seconds)),
    st.just(timedelta(0)),
)


def last_day_by_walking(state: DeliveryState) -> date:
    """The last day of the term counted one day after the other, on the calendar of Warsaw."""
    assert state.started_at is not None
    day = state.started_at.astimezone(WARSAW).date()
    for _ in range(state.policy.days):
        day += timedelta(days=1)
    return day


class WayOfADelivery(RuleBasedStateMachine):
    """Any events in any order, at any instants."""

    @initialize(
        policy=st.sampled_from(sorted(POLICIES)),
        start=st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 1)),  # noqa: DTZ001 - made aware below
    )
    def dispatch(self, policy: str, start: datetime) -> None:
        self.at = start.replace(tzinfo=UTC)
        self.state = dispatched(POLICIES[policy], self.at)
        self.ends: list[DeliveryState] = []

    @rule(event=st.sampled_from(LIKELY), step=STEPS)
    def happen(self, event: Event, step: timedelta) -> None:
        before, at = self.state, self.at + step
        assume(at.year < 2031)
        self.at = at
        after = advance(before, event, at)
        if isinstance(after, DeliveryFault):
            self.refused(before, event, after)
            return
        self.nothing_fixed_moved(before, after, event)
        assert advance(after, event, at) in self.same_or_ended(after, event)
        self.state = after
        if after.standing in ENDS:
            self.ends.append(after)

    def refused(self, before: DeliveryState, event: Event, fault: DeliveryFault) -> None:
        assert (fault is DeliveryFault.ENDED) == (before.standing in ENDS)
        if fault is DeliveryFault.LAPSED:
            assert event in {Act.COLLECT, Act.REFUSE}
            deemed = advance(before, Act.DEEM, self.at)
            assert isinstance(deemed, DeliveryState)
            assert deemed.standing is Standing.DEEMED

    def nothing_fixed_moved(
        self, before: DeliveryState, after: DeliveryState, event: Event
    ) -> None:
        assert after.policy == before.policy
        if event is Act.START_ANEW:
            assert before.standing is Standing.STOPPED
            assert after.attempt == before.attempt + 1
            return
        assert after.attempt == before.attempt
        for name in ("started_at", "first_notice_at", "repeat_notice_at", "stop", "ended_at"):
            fixed = getattr(before, name)
            assert fixed is None or getattr(after, name) == fixed, name
        if before.dates is not None:
            assert after.dates == before.dates

    @staticmethod
    def same_or_ended(after: DeliveryState, event: Event) -> tuple[object, ...]:
        if after.standing in ENDS:
            return (DeliveryFault.ENDED,)
        if event is Act.START_ANEW:
            return (DeliveryFault.NOT_STOPPED,)
        return (after,)

    @invariant()
    def at_most_one_end(self) -> None:
        assert len(self.ends) <= 1

    @precondition(lambda self: self.ends)
    @invariant()
    def an_end_stays(self) -> None:
        assert self.state == self.ends[0]
        for event in EVENTS:
            assert advance(self.state, event, self.at) is DeliveryFault.ENDED

    @invariant()
    def deemed_only_after_its_notices_and_its_term(self) -> None:
        state = self.state
        if state.standing is not Standing.DEEMED:
            return
        assert state.first_notice_at is not None
        assert (state.repeat_notice_at is not None) == (state.policy.second_notice_days is not None)
        assert state.ended_at is not None
        ended_on = state.ended_at.astimezone(WARSAW).date()
        assert ended_on > last_day_by_walking(state)

    @invariant()
    def an_end_is_always_within_reach(self) -> None:
        """Whoever holds the letter up, the party can take it: COLLECT ends it, or it is lapsed."""
        if self.state.standing in ENDS:
            return
        after = advance(self.state, Act.COLLECT, self.at)
        if after is DeliveryFault.LAPSED:
            after = advance(self.state, Act.DEEM, self.at)
        assert isinstance(after, DeliveryState)
        assert after.standing in ENDS


TestTheWayOfADelivery = WayOfADelivery.TestCase
TestTheWayOfADelivery.settings = settings(max_examples=400, stateful_step_count=25)
