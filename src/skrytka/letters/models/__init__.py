"""Drafts before submission, letters after it, and what a clerk does with them."""

from skrytka.letters.models.drafts import (
    AttachmentState,
    Draft,
    DraftAttachment,
    DraftState,
    SigningMode,
)
from skrytka.letters.models.handling import (
    Effect,
    HandlingState,
    LetterAssessment,
    LetterHandling,
    LetterNote,
    NoteKind,
)
from skrytka.letters.models.letters import IntakeState, Letter, LetterAttachment, LetterIntake
from skrytka.letters.models.policies import AttachmentPolicy
from skrytka.letters.models.register import RegisterCounter, RegisterEntry
from skrytka.letters.models.screenings import (
    AdministratorsTold,
    EngineSeen,
    FileScreening,
    FlaggedFile,
    FlagState,
    LateScreening,
    Occasion,
    Quarantined,
    QuarantineState,
    ToldOf,
)
from skrytka.letters.models.transfers import Transfer, TransferState

__all__ = [
    "AdministratorsTold",
    "AttachmentPolicy",
    "AttachmentState",
    "Draft",
    "DraftAttachment",
    "DraftState",
    "Effect",
    "EngineSeen",
    "FileScreening",
    "FlagState",
    "FlaggedFile",
    "HandlingState",
    "IntakeState",
    "LateScreening",
    "Letter",
    "LetterAssessment",
    "LetterAttachment",
    "LetterHandling",
    "LetterIntake",
    "LetterNote",
    "NoteKind",
    "Occasion",
    "QuarantineState",
    "Quarantined",
    "RegisterCounter",
    "RegisterEntry",
    "SigningMode",
    "ToldOf",
    "Transfer",
    "TransferState",
]
