"""Drafts before submission, letters after it, and what a clerk does with them."""

from skrytka.letters.models.drafts import (
    AttachmentState,
    Draft,
    DraftAttachment,
    DraftState,
    SigningMode,
)
from skrytka.letters.models.handling import HandlingState, LetterHandling, LetterNote
from skrytka.letters.models.letters import IntakeState, Letter, LetterAttachment, LetterIntake
from skrytka.letters.models.policies import AttachmentPolicy
from skrytka.letters.models.register import RegisterCounter, RegisterEntry

__all__ = [
    "AttachmentPolicy",
    "AttachmentState",
    "Draft",
    "DraftAttachment",
    "DraftState",
    "HandlingState",
    "IntakeState",
    "Letter",
    "LetterAttachment",
    "LetterHandling",
    "LetterIntake",
    "LetterNote",
    "RegisterCounter",
    "RegisterEntry",
    "SigningMode",
]
