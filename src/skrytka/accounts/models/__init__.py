"""People, parties, institutions and what they may do."""

from skrytka.accounts.models.institutions import Box, Employment, Institution, Role, SenderKind
from skrytka.accounts.models.parties import Mandate, Party, PartyKind, Representation
from skrytka.accounts.models.profiles import ConfirmedProfile, ProfileState, SecondFactorCode
from skrytka.accounts.models.users import User

__all__ = [
    "Box",
    "ConfirmedProfile",
    "Employment",
    "Institution",
    "Mandate",
    "Party",
    "PartyKind",
    "ProfileState",
    "Representation",
    "Role",
    "SecondFactorCode",
    "SenderKind",
    "User",
]
