"""The letter: its facts, and the way to the patterns of letters and back."""

from skrytka.core.documents.letter_facts import (
    ActingPerson,
    Address,
    AttachmentRef,
    FormField,
    InstitutionParty,
    LetterDirection,
    LetterFacts,
    LetterFault,
    LetterParty,
    LetterUnreadable,
    LetterUnwritable,
    OrganisationParty,
    PersonParty,
)
from skrytka.core.documents.letter_reader import read_letter
from skrytka.core.documents.letter_writer import render_letter

__all__ = [
    "ActingPerson",
    "Address",
    "AttachmentRef",
    "FormField",
    "InstitutionParty",
    "LetterDirection",
    "LetterFacts",
    "LetterFault",
    "LetterParty",
    "LetterUnreadable",
    "LetterUnwritable",
    "OrganisationParty",
    "PersonParty",
    "read_letter",
    "render_letter",
]
