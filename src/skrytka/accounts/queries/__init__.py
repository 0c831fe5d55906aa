"""Questions about people, parties, institutions and boxes. Answers are frozen values."""

from skrytka.accounts.models import PartyKind, ProfileState, Role, SeenDocument, SenderKind
from skrytka.accounts.queries.factors import (
    FactorMethod,
    FactorsView,
    factor_methods_of,
    factors_of,
)
from skrytka.accounts.queries.institutions import (
    BoxView,
    InstitutionView,
    box_of_address,
    confirming_institutions,
    institution_of_entity,
    institution_of_id,
    institutions,
)
from skrytka.accounts.queries.mandates import (
    MandateView,
    mandate_of_id,
    mandates_given_by,
    mandates_held_by,
)
from skrytka.accounts.queries.parties import (
    Address,
    PartyDetails,
    PartyView,
    has_party,
    party_details,
    party_of_box_address,
)
from skrytka.accounts.queries.profiles import (
    ProfileRequest,
    ProfileRow,
    ProfileStanding,
    ProfileView,
    confirmed_profile_of,
    profile_decided_at,
    profile_request_of_code,
    profile_request_of_id,
    profile_standing_of,
    profiles_decided_at,
)
from skrytka.accounts.queries.viewers import EmploymentView, Viewer, viewer_of

__all__ = [
    "Address",
    "BoxView",
    "EmploymentView",
    "FactorMethod",
    "FactorsView",
    "InstitutionView",
    "MandateView",
    "PartyDetails",
    "PartyKind",
    "PartyView",
    "ProfileRequest",
    "ProfileRow",
    "ProfileStanding",
    "ProfileState",
    "ProfileView",
    "Role",
    "SeenDocument",
    "SenderKind",
    "Viewer",
    "box_of_address",
    "confirmed_profile_of",
    "confirming_institutions",
    "factor_methods_of",
    "factors_of",
    "has_party",
    "institution_of_entity",
    "institution_of_id",
    "institutions",
    "mandate_of_id",
    "mandates_given_by",
    "mandates_held_by",
    "party_details",
    "party_of_box_address",
    "profile_decided_at",
    "profile_request_of_code",
    "profile_request_of_id",
    "profile_standing_of",
    "profiles_decided_at",
    "viewer_of",
]
