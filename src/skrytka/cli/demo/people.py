"""The persons of the demonstration, all of them invented."""

from dataclasses import dataclass, field
from enum import StrEnum

from skrytka.accounts.operations import OrganisationData
from skrytka.accounts.queries import Address, PartyKind, Role

# Everybody may know it: the demonstration holds nothing that is worth guarding.
PASSWORD = "pokazowe-haslo-2026"  # noqa: S105


class Workplace(StrEnum):
    CUW = "ZOJO_Cieszyn"
    TOWN_HALL = "u390efc0tm"


@dataclass(frozen=True)
class Job:
    workplace: Workplace
    role: Role


@dataclass(frozen=True)
class DemoPerson:
    """A person; with a PESEL their profile is confirmed at the counter of the CUW."""

    email: str
    given_name: str
    family_name: str
    about: str
    pesel: str = field(default="", repr=False)
    jobs: tuple[Job, ...] = ()
    organisation: OrganisationData | None = None


HOME = Address("ul. Głęboka", "7", "3", "43-400", "Cieszyn")

ANNA = DemoPerson(
    "anna.kowalska@example.pl",
    "Anna",
    "Kowalska",
    "pisze za siebie i za firmę Jesion; ma potwierdzony profil",
    pesel="85031212244",
    organisation=OrganisationData(
        PartyKind.COMPANY,
        "Jesion sp. z o.o.",
        Address("ul. Hażlaska", "12", "", "43-400", "Cieszyn"),
        nip="1234563218",
        regon="123456785",
    ),
)
BOGDAN = DemoPerson(
    "bogdan.kowalski@example.pl",
    "Bogdan",
    "Kowalski",
    "pełnomocnik Anny; ma potwierdzony profil",
    pesel="79071509372",
)
CELINA = DemoPerson(
    "celina.nowak@example.pl",
    "Celina",
    "Nowak",
    "pisze za siebie i za stowarzyszenie Razem; bez potwierdzonego profilu",
    organisation=OrganisationData(
        PartyKind.ASSOCIATION,
        "Stowarzyszenie Razem",
        Address("ul. Stawowa", "4", "", "43-400", "Cieszyn"),
        krs="0000999999",
    ),
)
DARIA = DemoPerson(
    "daria.wojcik@cuw.example",
    "Daria",
    "Wójcik",
    "urzędniczka CUW",
    jobs=(Job(Workplace.CUW, Role.CLERK),),
)
FILIP = DemoPerson(
    "filip.sikora@cuw.example",
    "Filip",
    "Sikora",
    "administrator CUW",
    jobs=(Job(Workplace.CUW, Role.ADMINISTRATOR),),
)
GABRIELA = DemoPerson(
    "gabriela.lis@cuw.example",
    "Gabriela",
    "Lis",
    "punkt przyjęć CUW, pokój 103",
    jobs=(Job(Workplace.CUW, Role.FRONT_DESK),),
)
EDMUND = DemoPerson(
    "edmund.zajac@um.example",
    "Edmund",
    "Zając",
    "urzędnik Urzędu Miejskiego",
    jobs=(Job(Workplace.TOWN_HALL, Role.CLERK),),
)
HALINA = DemoPerson(
    "halina.gajda@um.example",
    "Halina",
    "Gajda",
    "urzędniczka Urzędu Miejskiego; wysyła pisma, które napisał Edmund",
    jobs=(Job(Workplace.TOWN_HALL, Role.CLERK),),
)
PEOPLE = (ANNA, BOGDAN, CELINA, DARIA, FILIP, GABRIELA, EDMUND, HALINA)
