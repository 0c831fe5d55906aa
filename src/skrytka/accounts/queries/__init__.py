"""Questions about people, parties, institutions and boxes. Answers are frozen values."""

from skrytka.accounts.models import PartyKind, ProfileState, Role, SenderKind
from skrytka.accounts.queries.institutions import (
    BoxView,
    InstitutionView,
    box_of_address,
    institution_of_entity,
    institution_of_id,
    institutions,
)
from skrytka.accounts.queries.parties import (
    Address,
    PartyDetails,
    PartyView,
    party_details,
    party_of_box_address,
)
from skrytka.accounts.queries.profiles import ProfileView, confirmed_profile_of
from skrytka.accounts.queries.viewers import EmploymentView, Viewer, viewer_of

__all__ = [
    "Address",
    "BoxView",
    "EmploymentView",
    "InstitutionView",
    "PartyDetails",
    "PartyKind",
    "PartyView",
    "ProfileState",
    "ProfileView",
    "Role",
    "SenderKind",
    "Viewer",
    "box_of_address",
    "confirmed_profile_of",
    "institution_of_entity",
    "institution_of_id",
    "institutions",
    "party_details",
    "party_of_box_address",
    "viewer_of",
]
