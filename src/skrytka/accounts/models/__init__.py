"""People, parties, institutions and what they may do."""

from skrytka.accounts.models.institutions import (
    Box,
    Employment,
    Institution,
    InstitutionChange,
    Role,
    SenderKind,
)
from skrytka.accounts.models.parties import (
    DeliveryResignation,
    Mandate,
    Party,
    PartyKind,
    Representation,
)
from skrytka.accounts.models.profiles import (
    ConfirmedProfile,
    FactorAttempt,
    ProfileState,
    SecondFactorCode,
    SeenDocument,
)
from skrytka.accounts.models.users import User

__all__ = [
    "Box",
    "ConfirmedProfile",
    "DeliveryResignation",
    "Employment",
    "FactorAttempt",
    "Institution",
    "InstitutionChange",
    "Mandate",
    "Party",
    "PartyKind",
    "ProfileState",
    "Representation",
    "Role",
    "SecondFactorCode",
    "SeenDocument",
    "SenderKind",
    "User",
]
