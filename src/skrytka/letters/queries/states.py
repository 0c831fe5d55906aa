"""The codes of a letter at the desk, for edges, which import no models."""

from skrytka.letters.models import Effect, HandlingState, NoteKind

__all__ = ["Effect", "HandlingState", "NoteKind"]
