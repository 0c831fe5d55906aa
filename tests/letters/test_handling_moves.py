"""The states of a letter at the desk: every way there is, and every way there is not."""

from itertools import product

import pytest

from skrytka.letters.models import HandlingState
from skrytka.letters.operations.handling_moves import (
    CannotHandle,
    HandlingFault,
    Move,
    moves_from,
    next_state,
)

S = HandlingState
WAYS = {
    (S.NEW, Move.ASSIGN): S.IN_PROGRESS,
    (S.NEW, Move.MARK_DEFICIENT): S.DEFICIENT,
    (S.NEW, Move.CLOSE): S.DONE,
    (S.IN_PROGRESS, Move.ASSIGN): S.IN_PROGRESS,
    (S.IN_PROGRESS, Move.MARK_DEFICIENT): S.DEFICIENT,
    (S.IN_PROGRESS, Move.CLOSE): S.DONE,
    (S.DEFICIENT, Move.ASSIGN): S.DEFICIENT,
    (S.DEFICIENT, Move.RESUME): S.IN_PROGRESS,
    (S.DEFICIENT, Move.CLOSE): S.DONE,
    (S.DONE, Move.REOPEN): S.IN_PROGRESS,
}
REFUSED = {
    (S.NEW, Move.RESUME): HandlingFault.NOT_DEFICIENT,
    (S.NEW, Move.REOPEN): HandlingFault.NOT_CLOSED,
    (S.IN_PROGRESS, Move.RESUME): HandlingFault.NOT_DEFICIENT,
    (S.IN_PROGRESS, Move.REOPEN): HandlingFault.NOT_CLOSED,
    (S.DEFICIENT, Move.MARK_DEFICIENT): HandlingFault.ALREADY_DEFICIENT,
    (S.DEFICIENT, Move.REOPEN): HandlingFault.NOT_CLOSED,
    (S.DONE, Move.ASSIGN): HandlingFault.CLOSED,
    (S.DONE, Move.MARK_DEFICIENT): HandlingFault.CLOSED,
    (S.DONE, Move.RESUME): HandlingFault.CLOSED,
    (S.DONE, Move.CLOSE): HandlingFault.CLOSED,
}


def test_every_pair_of_state_and_move_is_decided() -> None:
    assert set(WAYS) | set(REFUSED) == set(product(S, Move))


@pytest.mark.parametrize(("state", "move"), WAYS)
def test_a_way_leads_where_it_should(state: HandlingState, move: Move) -> None:
    assert next_state(state, move) is WAYS[state, move]
    assert move in moves_from(state)


@pytest.mark.parametrize(("state", "move"), REFUSED)
def test_no_way_is_refused_with_its_reason(state: HandlingState, move: Move) -> None:
    with pytest.raises(CannotHandle) as refused:
        next_state(state, move)
    assert refused.value.reason is REFUSED[state, move]
    assert move not in moves_from(state)


def test_closing_can_always_be_undone() -> None:
    for state in (S.NEW, S.IN_PROGRESS, S.DEFICIENT):
        assert next_state(next_state(state, Move.CLOSE), Move.REOPEN) is S.IN_PROGRESS
