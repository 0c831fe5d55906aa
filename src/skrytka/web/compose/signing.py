"""Refusals of a signature, as the journey of a letter tells them."""

from skrytka.letters.operations.signing import CannotSign, SigningFault
from skrytka.ui import signing_texts


def signing_text(refusal: CannotSign) -> str:
    """This will tell why the letter was not signed and what to do."""
    return signing_texts.signing_text(refusal.reason, refusal.expired_at)


def signing_needed_text() -> str:
    """This will tell that this letter goes nowhere without a signature (S-NONE)."""
    return signing_texts.signing_text(SigningFault.NEEDED)
