"""What changes the record of people, parties and institutions."""

from skrytka.accounts.operations.accounts import (
    AccountData,
    CannotCreateAccount,
    create_account,
)
from skrytka.accounts.operations.institutions import (
    BoxData,
    CannotEmploy,
    CannotFoundInstitution,
    InstitutionData,
    dismiss,
    employ,
    found_institution,
    open_box,
)
from skrytka.accounts.operations.mandates import CannotGiveMandate, end_mandate, give_mandate
from skrytka.accounts.operations.parties import (
    CannotAddOrganisation,
    CannotUpdatePersonalData,
    OrganisationData,
    PersonalData,
    add_organisation,
    register_party,
    update_personal_data,
)

__all__ = [
    "AccountData",
    "BoxData",
    "CannotAddOrganisation",
    "CannotCreateAccount",
    "CannotEmploy",
    "CannotFoundInstitution",
    "CannotGiveMandate",
    "CannotUpdatePersonalData",
    "InstitutionData",
    "OrganisationData",
    "PersonalData",
    "add_organisation",
    "create_account",
    "dismiss",
    "employ",
    "end_mandate",
    "found_institution",
    "give_mandate",
    "open_box",
    "register_party",
    "update_personal_data",
]
