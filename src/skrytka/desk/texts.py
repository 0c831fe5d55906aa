"""The words of the desk: states, outcomes, refusals."""

from django.utils.translation import gettext_lazy as _

from skrytka.evidence.queries import Outcome
from skrytka.letters.operations.handling_moves import HandlingFault, Move
from skrytka.letters.queries.states import Effect, HandlingState
from skrytka.ui.parts import Pill, Tone

STATES = {
    HandlingState.NEW: (_("Nowe"), Tone.NEW),
    HandlingState.IN_PROGRESS: (_("W toku"), Tone.INFO),
    HandlingState.DEFICIENT: (_("Braki formalne"), Tone.WARN),
    HandlingState.DONE: (_("Załatwione"), Tone.OK),
}
OUTCOMES = {
    Outcome.VALID: (_("Ważny"), Tone.OK, "check"),
    Outcome.INVALID: (_("Nieważny"), Tone.BAD, "x"),
    Outcome.UNKNOWN: (_("Weryfikacja"), Tone.WARN, "clock"),
    Outcome.NONE: (_("Brak"), Tone.PLAIN, ""),
}
EFFECTS = {
    Effect.EFFECTIVE: _("Skuteczne"),
    Effect.INCOMPLETE: _("Wymaga uzupełnienia"),
    Effect.INEFFECTIVE: _("Nieskuteczne"),
}
MOVES = {
    Move.ASSIGN: _("Przydziel"),
    Move.RESUME: _("W toku (braki uzupełnione)"),
    Move.MARK_DEFICIENT: _("Braki formalne"),
    Move.CLOSE: _("Załatwione"),
    Move.REOPEN: _("W toku (otwórz ponownie)"),
}
FAULTS = {
    HandlingFault.NOT_FOUND: _("Tego pisma nie ma na liście kancelarii."),
    HandlingFault.CLOSED: _("Pismo jest już załatwione. Otwórz je ponownie, żeby je zmienić."),
    HandlingFault.ALREADY_DEFICIENT: _("Pismo ma już oznaczone braki formalne."),
    HandlingFault.NOT_DEFICIENT: _("To pismo nie ma oznaczonych braków formalnych."),
    HandlingFault.NOT_CLOSED: _("To pismo nie jest załatwione."),
    HandlingFault.NOT_A_CLERK: _("Ta osoba nie prowadzi pism w tej instytucji. Wybierz z listy."),
    HandlingFault.NO_REASON: _("Wpisz powód"),
    HandlingFault.NO_TEXT: _("Wpisz treść notatki"),
}


def state_pill(state: HandlingState) -> Pill:
    text, tone = STATES[state]
    return Pill(str(text), tone)


def outcome_pill(outcome: Outcome) -> Pill:
    text, tone, icon = OUTCOMES[outcome]
    return Pill(str(text), tone, icon)
