"""The cast and the two institutions of every story.

Anna writes; Bogdan is her proxy; Celina must see nothing; Daria is a clerk of the shared services
centre; Edmund is a clerk of the town hall.
"""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from skrytka.accounts.models import Institution, Role, SenderKind, User
from skrytka.accounts.operations import (
    AccountData,
    BoxData,
    InstitutionData,
    PersonalData,
    create_account,
    employ,
    found_institution,
    give_mandate,
    open_box,
    register_party,
)
from skrytka.accounts.queries import Address
from skrytka.ledger.operations import Actor

LONG_AGO = datetime(2026, 1, 2, 8, tzinfo=UTC)
PASSWORD = "cztery-zwykłe-słowa-razem"
CITIZENS = (SenderKind.PERSON, SenderKind.COMPANY, SenderKind.ASSOCIATION)

ClientOf = Callable[[User], Client]


def person(given_name: str, family_name: str) -> User:
    """A person with a confirmed e-mail, their data given, and a box for answers."""
    email = f"{given_name.lower()}@example.pl"
    user_id = create_account(AccountData(email, PASSWORD), at=LONG_AGO)
    address = Address("Głęboka", "7", "3", "43-400", "Cieszyn")
    register_party(user_id, PersonalData(given_name, family_name, address), at=LONG_AGO)
    return User.objects.get(id=user_id)


@pytest.fixture
def anna(db: None) -> User:
    return person("Anna", "Kowalska")


@pytest.fixture
def bogdan(anna: User) -> User:
    bogdan = person("Bogdan", "Nowak")
    give_mandate(anna.party.pk, bogdan.party.pk, at=LONG_AGO, actor=Actor(str(anna.pk)))
    return bogdan


@pytest.fixture
def celina(db: None) -> User:
    return person("Celina", "Wrona")


@pytest.fixture
def daria(cuw: Institution) -> User:
    daria = person("Daria", "Lis")
    employ(daria.pk, cuw.pk, Role.CLERK, at=LONG_AGO)
    return daria


@pytest.fixture
def edmund(town_hall: Institution) -> User:
    edmund = person("Edmund", "Żuk")
    employ(edmund.pk, town_hall.pk, Role.CLERK, at=LONG_AGO)
    return edmund


@pytest.fixture
def cuw(db: None) -> Institution:
    return found_cuw()


def found_cuw() -> Institution:
    """The shared services centre with its two boxes."""
    data = InstitutionData(
        entity="ZOJO_Cieszyn",
        name="Centrum Usług Wspólnych w Cieszynie",
        short_name="CUW Cieszyn",
        office_code="CUW",
        address=Address("Rynek", "1", "", "43-400", "Cieszyn"),
        carrier_room="103",
        carrier_kinds=("CD-RW", "DVD-RW"),
    )
    institution_id = found_institution(data, at=LONG_AGO)
    basic = BoxData(
        "SkrytkaESP",
        "Skrytka podstawowa",
        "Każda korespondencja, także między instytucjami",
        tuple(SenderKind),
        is_basic=True,
        accepts_unsigned=True,
    )
    citizens = BoxData(
        "skrytka", "Skrytka dla obywateli", "Obywatele, firmy i stowarzyszenia", CITIZENS,
        collection_days=14,
    )  # fmt: skip
    open_box(institution_id, basic, at=LONG_AGO)
    open_box(institution_id, citizens, at=LONG_AGO)
    return Institution.objects.get(id=institution_id)


@pytest.fixture
def town_hall(db: None) -> Institution:
    data = InstitutionData(
        entity="u390efc0tm",
        name="Urząd Miejski w Cieszynie",
        short_name="UM Cieszyn",
        office_code="UM",
        address=Address("Rynek", "1", "", "43-400", "Cieszyn"),
        nip="5480018504",
        regon="000515709",
        teryt="2403011",
    )
    institution_id = found_institution(data, at=LONG_AGO)
    box = BoxData("SEKAP", "Skrytka urzędu", "Pisma do urzędu", tuple(SenderKind), is_basic=True)
    open_box(institution_id, box, at=LONG_AGO)
    return Institution.objects.get(id=institution_id)


@pytest.fixture
def client_of() -> ClientOf:
    """A client logged in as a person, past the pages of log-in."""

    def logged_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return logged_in
