"""Institutions, their boxes and who works there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from skrytka.accounts.models import Box, Employment, Institution, Party, Role, SenderKind
from skrytka.accounts.operations.changes import record_change
from skrytka.accounts.queries.parties import Address
from skrytka.core.identifiers import BoxAddress, InvalidIdentifier, Nip, Regon, Teryt
from skrytka.ledger.operations import Actor, EventKind, Subject, record_event
from skrytka.ledger.operations.events import SYSTEM, EventData


@dataclass(frozen=True)
class InstitutionData:
    """An institution as its operator describes it. NIP, REGON and TERYT may be empty."""

    entity: str
    name: str
    short_name: str
    office_code: str
    address: Address
    lead: str = ""
    commune: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    hours: tuple[str, ...] = ()
    nip: str = ""
    regon: str = ""
    teryt: str = ""
    carrier_room: str = ""
    carrier_kinds: tuple[str, ...] = ()
    paper_room: str = ""
    channel_effect: str = ""
    signature_rule: str = ""
    privacy_text: str = ""
    accessibility: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class BoxData:
    """A box and its rules. `collection_days` None: the statutory term."""

    name: str
    title: str
    purpose: str
    sender_kinds: tuple[SenderKind, ...]
    is_basic: bool = False
    accepts_unsigned: bool = False
    collection_days: int | None = None
    notify: tuple[str, ...] = ()
    is_open: bool = True


class FoundingFault(StrEnum):
    ENTITY = "ENTITY"
    ENTITY_TAKEN = "ENTITY_TAKEN"
    BOX_NAME = "BOX_NAME"
    NIP = "NIP"
    REGON = "REGON"
    TERYT = "TERYT"


class CannotFoundInstitution(Exception):
    def __init__(self, reason: FoundingFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


class EmploymentFault(StrEnum):
    ALREADY_EMPLOYED = "ALREADY_EMPLOYED"


class CannotEmploy(Exception):
    def __init__(self, reason: EmploymentFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


@transaction.atomic
def found_institution(data: InstitutionData, *, at: datetime, actor: Actor = SYSTEM) -> int:
    """This will add an institution and return its id; raises CannotFoundInstitution."""
    _check_institution(data)
    columns = {name: getattr(data, name) for name in _PLAIN_COLUMNS}
    address = {name: getattr(data.address, name) for name in _ADDRESS_COLUMNS}
    row = Institution.objects.create(
        hours=list(data.hours),
        carrier_kinds=list(data.carrier_kinds),
        accessibility=dict(data.accessibility),
        **columns,
        **address,
    )
    record_change(row.pk, at=at, actor=actor, data={"what": "INSTITUTION"})
    return row.pk


@transaction.atomic
def open_box(institution_id: int, data: BoxData, *, at: datetime, actor: Actor = SYSTEM) -> int:
    """This will open a box at an institution and return its id; raises CannotFoundInstitution."""
    institution = Institution.objects.get(id=institution_id)
    try:
        BoxAddress(institution.entity, data.name)
    except InvalidIdentifier as fault:
        raise CannotFoundInstitution(FoundingFault.BOX_NAME) from fault
    box = Box.objects.create(
        institution=institution,
        name=data.name,
        title=data.title,
        purpose=data.purpose,
        is_basic=data.is_basic,
        accepts_unsigned=data.accepts_unsigned,
        sender_kinds=[kind.value for kind in data.sender_kinds],
        collection_days=data.collection_days,
        notify=list(data.notify),
        is_open=data.is_open,
    )
    record_change(institution_id, at=at, actor=actor, data={"what": "BOX", "box": box.pk})
    return box.pk


@transaction.atomic
def employ(
    user_id: int, institution_id: int, role: Role, *, at: datetime, actor: Actor = SYSTEM
) -> int:
    """This will give a person one role at an institution; raises CannotEmploy when they hold it."""
    held = Employment.objects.filter(
        user_id=user_id, institution_id=institution_id, role=role, until__isnull=True
    )
    if held.exists():
        raise CannotEmploy(EmploymentFault.ALREADY_EMPLOYED)
    job = Employment.objects.create(
        user_id=user_id, institution_id=institution_id, role=role, since=at
    )
    data: EventData = {"user": user_id, "role": role.value}
    _record(EventKind.EMPLOYMENT_STARTED, institution_id, at, actor, data)
    return job.pk


@transaction.atomic
def dismiss(
    user_id: int, institution_id: int, role: Role, *, at: datetime, actor: Actor = SYSTEM
) -> None:
    """This will end one role of a person at an institution; a second time nothing happens."""
    ended = Employment.objects.filter(
        user_id=user_id, institution_id=institution_id, role=role, until__isnull=True
    ).update(until=at)
    if ended:
        data: EventData = {"user": user_id, "role": role.value}
        _record(EventKind.EMPLOYMENT_ENDED, institution_id, at, actor, data)


_ADDRESS_COLUMNS = ("street", "building", "flat", "postal_code", "town", "country")
_PLAIN_COLUMNS = (
    "entity",
    "name",
    "short_name",
    "office_code",
    "lead",
    "commune",
    "phone",
    "email",
    "website",
    "nip",
    "regon",
    "teryt",
    "carrier_room",
    "paper_room",
    "channel_effect",
    "signature_rule",
    "privacy_text",
)


def _check_institution(data: InstitutionData) -> None:
    checks = (
        (FoundingFault.ENTITY, BoxAddress, f"/{data.entity}/x"),
        (FoundingFault.NIP, Nip, data.nip),
        (FoundingFault.REGON, Regon, data.regon),
        (FoundingFault.TERYT, Teryt, data.teryt),
    )
    for reason, kind, text in checks:
        try:
            if text:
                kind.parse(text)
        except InvalidIdentifier as fault:
            raise CannotFoundInstitution(reason) from fault
    if (
        Institution.objects.filter(entity__iexact=data.entity).exists()
        or Party.objects.filter(box_entity__iexact=data.entity).exists()
    ):
        raise CannotFoundInstitution(FoundingFault.ENTITY_TAKEN)


def _record(
    kind: EventKind,
    institution_id: int,
    at: datetime,
    actor: Actor,
    data: EventData,
) -> None:
    record_event(
        kind,
        Subject("INSTITUTION", str(institution_id)),
        at=at,
        actor=actor,
        institution_id=institution_id,
        data=data,
    )
