"""The states of a letter at the desk and the only way from one to another."""

from enum import StrEnum

from skrytka.letters.models import HandlingState


class Move(StrEnum):
    """What a clerk can do that changes the state of a letter."""

    ASSIGN = "ASSIGN"
    MARK_DEFICIENT = "MARK_DEFICIENT"
    RESUME = "RESUME"
    CLOSE = "CLOSE"
    REOPEN = "REOPEN"


class HandlingFault(StrEnum):
    """Why nothing was changed."""

    NOT_FOUND = "NOT_FOUND"
    CLOSED = "CLOSED"
    ALREADY_DEFICIENT = "ALREADY_DEFICIENT"
    NOT_DEFICIENT = "NOT_DEFICIENT"
    NOT_CLOSED = "NOT_CLOSED"
    NOT_A_CLERK = "NOT_A_CLERK"
    NO_REASON = "NO_REASON"
    NO_TEXT = "NO_TEXT"


class CannotHandle(Exception):
    """The letter stays as it was."""

    def __init__(self, reason: HandlingFault) -> None:
        super().__init__(reason)
        self.reason = reason


_S = HandlingState
_MOVES = {
    (_S.NEW, Move.ASSIGN): _S.IN_PROGRESS,
    (_S.IN_PROGRESS, Move.ASSIGN): _S.IN_PROGRESS,
    (_S.DEFICIENT, Move.ASSIGN): _S.DEFICIENT,
    (_S.NEW, Move.MARK_DEFICIENT): _S.DEFICIENT,
    (_S.IN_PROGRESS, Move.MARK_DEFICIENT): _S.DEFICIENT,
    (_S.DEFICIENT, Move.RESUME): _S.IN_PROGRESS,
    (_S.NEW, Move.CLOSE): _S.DONE,
    (_S.IN_PROGRESS, Move.CLOSE): _S.DONE,
    (_S.DEFICIENT, Move.CLOSE): _S.DONE,
    (_S.DONE, Move.REOPEN): _S.IN_PROGRESS,
}


def next_state(state: HandlingState, move: Move) -> HandlingState:
    """This will return the state a move leads to; raises CannotHandle when there is no such way."""
    after = _MOVES.get((state, move))
    if after is None:
        raise CannotHandle(_why_not(state, move))
    return after


def moves_from(state: HandlingState) -> tuple[Move, ...]:
    """This will list the moves that a state allows, for the buttons of a page."""
    return tuple(move for move in Move if (state, move) in _MOVES)


def _why_not(state: HandlingState, move: Move) -> HandlingFault:
    if state is HandlingState.DONE:
        return HandlingFault.CLOSED
    return {
        Move.MARK_DEFICIENT: HandlingFault.ALREADY_DEFICIENT,
        Move.RESUME: HandlingFault.NOT_DEFICIENT,
        Move.REOPEN: HandlingFault.NOT_CLOSED,
    }[move]
