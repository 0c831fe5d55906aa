"""A person's data, and the organisations they act for."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import IntegrityError, transaction

from skrytka.accounts.models import (
    ConfirmedProfile,
    Party,
    PartyKind,
    ProfileState,
    Representation,
    User,
)
from skrytka.accounts.operations.box_entities import (
    entity_of_organisation,
    entity_of_person,
    free_entity,
)
from skrytka.accounts.queries.parties import Address
from skrytka.accounts.queries.profiles import confirmed_profile_of
from skrytka.core.identifiers import InvalidIdentifier, Krs, Nip, Regon
from skrytka.ledger.operations import Actor, EventKind, Subject, record_event

# So many others would have to ask for the same address in the same moment.
MOST_TRIES = 5


@dataclass(frozen=True)
class PersonalData:
    given_name: str
    family_name: str
    address: Address
    language: str = "pl"

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True)
class OrganisationData:
    """What a person says of an organisation they represent. Numbers as typed; empty: not given."""

    kind: PartyKind
    name: str
    address: Address
    nip: str = ""
    regon: str = ""
    krs: str = ""


class PersonalDataFault(StrEnum):
    NAME_IS_CONFIRMED = "NAME_IS_CONFIRMED"
    ALREADY_REGISTERED = "ALREADY_REGISTERED"


class CannotUpdatePersonalData(Exception):
    def __init__(self, reason: PersonalDataFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


class OrganisationFault(StrEnum):
    NIP = "NIP"
    REGON = "REGON"
    KRS = "KRS"
    NOT_AN_ORGANISATION = "NOT_AN_ORGANISATION"
    NO_NUMBER = "NO_NUMBER"


class CannotAddOrganisation(Exception):
    """`reasons` names every number that is wrong, so that a person mends them together."""

    def __init__(self, reasons: tuple[OrganisationFault, ...]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def register_party(user_id: int, data: PersonalData, *, at: datetime) -> int:
    """This will give a person a party of their own, with a box for answers; returns its id.

    Raises CannotUpdatePersonalData when they already have one.
    """
    user = User.objects.select_for_update().get(id=user_id)
    if Party.objects.filter(user=user).exists():
        raise CannotUpdatePersonalData(PersonalDataFault.ALREADY_REGISTERED)
    _write_person(user, data)
    party = _party_at(
        entity_of_person(data.given_name, data.family_name),
        kind=PartyKind.PERSON,
        name=data.full_name,
        user=user,
        created_at=at,
        **_columns(data.address),
    )
    _record_party(party, user_id, at)
    return party.pk


@transaction.atomic
def update_personal_data(user_id: int, data: PersonalData, *, at: datetime) -> None:
    """This will change a person's data. The box address stays.

    A name that a clerk has confirmed cannot be changed by its bearer; raises
    CannotUpdatePersonalData. A request waiting for a clerk follows the new name.
    """
    user = User.objects.select_for_update().get(id=user_id)
    is_renamed = (user.given_name, user.family_name) != (data.given_name, data.family_name)
    if is_renamed and confirmed_profile_of(user_id, at):
        raise CannotUpdatePersonalData(PersonalDataFault.NAME_IS_CONFIRMED)
    _write_person(user, data)
    Party.objects.filter(user=user).update(name=data.full_name, **_columns(data.address))
    ConfirmedProfile.objects.filter(user=user, state=ProfileState.REQUESTED).update(
        given_name=data.given_name, family_name=data.family_name
    )
    _record_change(user_id, at)


@transaction.atomic
def add_organisation(user_id: int, data: OrganisationData, *, at: datetime) -> int:
    """This will add an organisation that the person represents; returns the party's id.

    The right to represent is the person's own statement; an institution asks for the power of
    attorney with the letter (art. 33 of the Code of Administrative Procedure).
    Raises CannotAddOrganisation.
    """
    numbers = _checked_numbers(data)
    party = _party_at(
        entity_of_organisation(data.name),
        kind=data.kind,
        name=data.name,
        created_at=at,
        **numbers,
        **_columns(data.address),
    )
    Representation.objects.create(user_id=user_id, party=party, since=at)
    _record_party(party, user_id, at)
    return party.pk


def _party_at(wished: str, **columns: Any) -> Party:
    """This will make a party at the wished address for answers, or at the next free one.

    Of two who ask for one address at the same moment the second is told so by the database only.
    """
    for _ in range(MOST_TRIES):
        with suppress(IntegrityError), transaction.atomic():
            return Party.objects.create(box_entity=free_entity(wished), **columns)
    return Party.objects.create(box_entity=free_entity(wished), **columns)


def _checked_numbers(data: OrganisationData) -> dict[str, str]:
    if data.kind not in {PartyKind.COMPANY, PartyKind.ASSOCIATION}:
        raise CannotAddOrganisation((OrganisationFault.NOT_AN_ORGANISATION,))
    if not (data.nip or data.regon or data.krs):
        raise CannotAddOrganisation((OrganisationFault.NO_NUMBER,))
    numbers: dict[str, str] = {}
    faults: list[OrganisationFault] = []
    for name, text, kind in (
        ("nip", data.nip, Nip),
        ("regon", data.regon, Regon),
        ("krs", data.krs, Krs),
    ):
        try:
            numbers[name] = kind.parse(text).value if text else ""
        except InvalidIdentifier:
            faults.append(OrganisationFault(name.upper()))
    if faults:
        raise CannotAddOrganisation(tuple(faults))
    return numbers


def _write_person(user: User, data: PersonalData) -> None:
    user.given_name, user.family_name = data.given_name, data.family_name
    user.language = data.language
    user.save(update_fields=["given_name", "family_name", "language"])


def _columns(address: Address) -> dict[str, str]:
    return {
        "street": address.street,
        "building": address.building,
        "flat": address.flat,
        "postal_code": address.postal_code,
        "town": address.town,
        "country": address.country,
    }


def _record_party(party: Party, user_id: int, at: datetime) -> None:
    record_event(
        EventKind.PARTY_ADDED,
        Subject("PARTY", str(party.pk)),
        at=at,
        actor=Actor(str(user_id)),
        data={"kind": party.kind},
    )


def _record_change(user_id: int, at: datetime) -> None:
    record_event(
        EventKind.SETTINGS_CHANGED,
        Subject("USER", str(user_id)),
        at=at,
        actor=Actor(str(user_id)),
        data={"what": "PERSONAL_DATA"},
    )
