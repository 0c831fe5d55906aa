"""A person whose identity a clerk confirmed, made by the operations that make everybody."""

from dataclasses import dataclass
from datetime import datetime

from skrytka.accounts.operations import (
    AccountData,
    PersonalData,
    create_account,
    employ,
    register_party,
)
from skrytka.accounts.operations.profiles import (
    Counter,
    SeenIdentity,
    confirm_profile,
    request_profile,
)
from skrytka.accounts.queries import (
    Address,
    Role,
    SeenDocument,
    institution_of_entity,
    profile_request_of_code,
)
from skrytka.cli.demo.institutions import CUW

PASSWORD = "pomiar-pomiar-pomiar"  # noqa: S105 - an account in a temporary database
PESEL = "44051401359"


@dataclass(frozen=True)
class BenchPerson:
    user_id: int
    party_id: int


def confirmed_person(at: datetime) -> BenchPerson:
    """This will make a sender with a confirmed profile, and the clerk who confirmed it."""
    centre = institution_of_entity(CUW.data.entity)
    if centre is None:
        raise LookupError(CUW.data.entity)
    clerk_id = create_account(AccountData("pomiar.urzad@example.pl", PASSWORD), at=at)
    employ(clerk_id, centre.id, Role.CLERK, at=at)
    user_id = create_account(AccountData("pomiar@example.pl", PASSWORD), at=at)
    address = Address("Rynek", "1", "", "43-400", "Cieszyn")
    party_id = register_party(user_id, PersonalData("Pomiar", "Próbny", address), at=at)
    request = profile_request_of_code(request_profile(user_id, at=at))
    if request is None:
        raise LookupError("the request for a profile")
    counter = Counter(centre.id, clerk_id)
    confirm_profile(request.id, SeenIdentity(SeenDocument.ID_CARD, PESEL), counter, at=at)
    return BenchPerson(user_id, party_id)
