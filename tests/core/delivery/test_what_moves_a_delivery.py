"""Single steps of a delivery, at the instants that matter."""

from datetime import UTC, datetime, timedelta

import pytest

from skrytka.core.delivery import (
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
    StopCause,
    advance,
    dispatched,
    is_lapsed,
    policy_data,
    policy_from,
)

KPA, SHIFTED, UDE = (
    POLICIES[name] for name in ("kpa-2014-next-day", "kpa-2014-shifted", "ude-art42")
)
SENT_AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
FIRST, REPEAT = NoticeSent(NoticeRound.FIRST), NoticeSent(NoticeRound.REPEAT)
# 2 November and 14 days: the 16th, whose end in Warsaw is at 23:00 of UTC.
LAST_MOMENT = datetime(2026, 11, 16, 22, 59, 59, 999999, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 16, 23, tzinfo=UTC)
REMINDED_AT = datetime(2026, 11, 10, 5, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def walked(state: DeliveryState, *steps: tuple[Event, datetime]) -> DeliveryState:
    for event, at in steps:
        after = advance(state, event, at)
        assert isinstance(after, DeliveryState), after
        state = after
    return state


def reminded() -> DeliveryState:
    return walked(dispatched(KPA, SENT_AT), (FIRST, SENT_AT), (REPEAT, REMINDED_AT))


def test_the_moment_of_the_fiction_is_midnight_in_warsaw() -> None:
    state = reminded()
    assert state.lapses_at == MIDNIGHT
    assert advance(state, Act.DEEM, LAST_MOMENT) is DeliveryFault.TOO_EARLY
    assert walked(state, (Act.DEEM, MIDNIGHT)).standing is Standing.DEEMED


def test_the_party_may_collect_until_the_last_moment_and_not_after_it() -> None:
    state = reminded()
    assert walked(state, (Act.COLLECT, LAST_MOMENT)).ended_at == LAST_MOMENT
    assert advance(state, Act.COLLECT, MIDNIGHT) is DeliveryFault.LAPSED
    assert advance(state, Act.REFUSE, MIDNIGHT) is DeliveryFault.LAPSED


def test_the_reminder_is_due_when_the_seventh_day_is_over() -> None:
    state = walked(dispatched(KPA, SENT_AT), (FIRST, SENT_AT))
    assert state.repeat_due_at == datetime(2026, 11, 9, 23, tzinfo=UTC)


def test_a_term_over_the_night_of_the_clocks_ends_at_midnight_all_the_same() -> None:
    spring = datetime(2026, 3, 20, 9, tzinfo=UTC)
    state = walked(dispatched(KPA, spring), (FIRST, spring))
    assert state.lapses_at == datetime(2026, 4, 3, 22, tzinfo=UTC)


def test_a_late_reminder_within_the_term_moves_nothing() -> None:
    late = datetime(2026, 11, 16, 12, tzinfo=UTC)
    state = walked(dispatched(KPA, SENT_AT), (FIRST, SENT_AT), (REPEAT, late))
    assert state.lapses_at == MIDNIGHT
    assert is_lapsed(state, MIDNIGHT)


def test_a_reminder_after_the_term_stops_the_fiction() -> None:
    state = walked(dispatched(KPA, SENT_AT), (FIRST, SENT_AT), (REPEAT, MIDNIGHT))
    assert state.stop is StopCause.REPEAT_MISSED
    assert advance(state, Act.DEEM, MIDNIGHT) is DeliveryFault.STOPPED


def test_no_reminder_no_fiction() -> None:
    state = walked(dispatched(KPA, SENT_AT), (FIRST, SENT_AT))
    assert advance(state, Act.DEEM, LAST_MOMENT) is DeliveryFault.TOO_EARLY
    assert advance(state, Act.DEEM, MIDNIGHT) is DeliveryFault.NO_NOTICE
    assert advance(state, Act.MISS, LAST_MOMENT) is DeliveryFault.TOO_EARLY
    assert walked(state, (Act.MISS, MIDNIGHT)).stop is StopCause.REPEAT_MISSED


def test_no_first_notice_no_fiction_even_where_the_arrival_starts_the_term() -> None:
    state = dispatched(UDE, SENT_AT)
    assert state.lapses_at == MIDNIGHT
    assert advance(state, Act.DEEM, MIDNIGHT) is DeliveryFault.NO_NOTICE
    noticed = walked(state, (FIRST, SENT_AT + TICK))
    assert noticed.started_at == SENT_AT
    assert walked(noticed, (Act.DEEM, MIDNIGHT)).standing is Standing.DEEMED


@pytest.mark.parametrize("event", [REPEAT, NoticeLost(NoticeRound.REPEAT, Loss.BOUNCED)])
def test_a_reminder_means_nothing_where_none_is_asked_for(event: Event) -> None:
    state = walked(dispatched(UDE, SENT_AT), (FIRST, SENT_AT))
    assert advance(state, event, REMINDED_AT) == state


def test_a_first_notice_after_the_term_of_an_arrival_stops_the_fiction() -> None:
    state = walked(dispatched(UDE, SENT_AT), (FIRST, MIDNIGHT))
    assert state.stop is StopCause.FIRST_LATE
    assert advance(state, Act.DEEM, MIDNIGHT) is DeliveryFault.STOPPED
    assert walked(dispatched(UDE, SENT_AT), (FIRST, LAST_MOMENT)).standing is Standing.NOTIFIED


def test_what_comes_back_after_the_term_takes_nothing_back() -> None:
    bounced = NoticeLost(NoticeRound.FIRST, Loss.BOUNCED)
    assert advance(reminded(), bounced, MIDNIGHT) == reminded()
    assert walked(reminded(), (bounced, LAST_MOMENT)).standing is Standing.STOPPED


def test_nothing_is_missed_where_no_reminder_is_asked_for() -> None:
    state = walked(dispatched(UDE, SENT_AT), (FIRST, SENT_AT))
    assert advance(state, Act.MISS, MIDNIGHT) == state


@pytest.mark.parametrize("which", NoticeRound)
@pytest.mark.parametrize("loss", Loss)
def test_a_lost_notice_stops_the_fiction_and_not_the_letter(which: NoticeRound, loss: Loss) -> None:
    state = walked(reminded(), (NoticeLost(which, loss), REMINDED_AT))
    assert state.stop is StopCause(f"{which}_{loss}")
    assert advance(state, Act.DEEM, MIDNIGHT) is DeliveryFault.STOPPED
    assert walked(state, (Act.COLLECT, MIDNIGHT)).standing is Standing.COLLECTED


def test_the_first_cause_of_a_stop_stays() -> None:
    lost = NoticeLost(NoticeRound.FIRST, Loss.BOUNCED)
    failed = NoticeLost(NoticeRound.REPEAT, Loss.FAILED)
    state = walked(reminded(), (lost, REMINDED_AT), (failed, REMINDED_AT + TICK))
    assert state.stop is StopCause.FIRST_BOUNCED


def test_a_new_start_counts_anew_and_only_after_a_stop() -> None:
    assert advance(reminded(), Act.START_ANEW, REMINDED_AT) is DeliveryFault.NOT_STOPPED
    lost = NoticeLost(NoticeRound.REPEAT, Loss.BOUNCED)
    again = datetime(2026, 11, 12, 8, tzinfo=UTC)
    state = walked(reminded(), (lost, REMINDED_AT), (Act.START_ANEW, again))
    assert (state.attempt, state.standing, state.dates) == (2, Standing.SENT, None)
    assert walked(state, (FIRST, again)).lapses_at == datetime(2026, 11, 26, 23, tzinfo=UTC)


def test_the_clock_of_an_arrival_starts_anew_too() -> None:
    lost = NoticeLost(NoticeRound.FIRST, Loss.BOUNCED)
    again = datetime(2026, 11, 12, 8, tzinfo=UTC)
    state = walked(dispatched(UDE, SENT_AT), (lost, SENT_AT), (Act.START_ANEW, again))
    assert state.started_at == again


def test_a_shifted_last_day_lets_the_party_collect_on_it() -> None:
    """17 December and 14 days: New Year's Eve; 18 December: New Year, so Monday the 4th."""
    sent = datetime(2026, 12, 18, 9, tzinfo=UTC)
    state = walked(dispatched(SHIFTED, sent), (FIRST, sent))
    assert state.lapses_at == datetime(2027, 1, 4, 23, tzinfo=UTC)


@pytest.mark.parametrize("policy", POLICIES.values(), ids=str)
def test_a_policy_is_kept_whole(policy: object) -> None:
    kept = policy_data(policy)  # type: ignore[arg-type]
    assert policy_from(kept) == policy
    assert all(value is None or isinstance(value, str | int) for value in kept.values())
