"""Persons whose identity a clerk confirmed, made by the operations that make everybody."""

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

PASSWORD = "pomiar-pomiar-pomiar"  # noqa: S105 - accounts in a temporary database
ADDRESS = Address("Rynek", "1", "", "43-400", "Cieszyn")
WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)


@dataclass(frozen=True)
class BenchPerson:
    """A sender with a confirmed profile; logs in with `email` and PASSWORD."""

    email: str
    user_id: int
    party_id: int


def confirmed_people(count: int, at: datetime) -> tuple[BenchPerson, ...]:
    """This will make senders with confirmed profiles, and the clerk who confirmed them."""
    centre = institution_of_entity(CUW.data.entity)
    if centre is None:
        raise LookupError(CUW.data.entity)
    clerk_id = create_account(AccountData("pomiar.okienko@example.pl", PASSWORD), at=at)
    employ(clerk_id, centre.id, Role.CLERK, at=at)
    counter = Counter(centre.id, clerk_id)
    return tuple(_person(number, counter, at) for number in range(count))


def _person(number: int, counter: Counter, at: datetime) -> BenchPerson:
    email = f"pomiar.{number}@example.pl"
    user_id = create_account(AccountData(email, PASSWORD), at=at)
    party_id = register_party(user_id, PersonalData("Pomiar", "Próbny", ADDRESS), at=at)
    request = profile_request_of_code(request_profile(user_id, at=at))
    if request is None:
        raise LookupError(email)
    identity = SeenIdentity(SeenDocument.ID_CARD, _pesel(number))
    confirm_profile(request.id, identity, counter, at=at)
    return BenchPerson(email, user_id, party_id)


def _pesel(number: int) -> str:
    """Born on 14 May 1944; the last digit makes the weighted sum divisible by ten."""
    digits = f"440514{number:04}"
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True))
    return f"{digits}{-total % 10}"
