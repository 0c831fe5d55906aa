"""The institutions of this installation and their boxes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from skrytka.accounts.models import Box, Employment, Institution, SenderKind
from skrytka.accounts.queries.in_force import in_force
from skrytka.accounts.queries.parties import Address, address_of
from skrytka.core.identifiers import BoxAddress, InvalidIdentifier


@dataclass(frozen=True)
class BoxView:
    """A box with the rules it accepts letters by. `collection_days` None: the statutory term."""

    id: int
    institution_id: int
    name: str
    address: str
    title: str
    purpose: str
    is_basic: bool
    accepts_unsigned: bool
    sender_kinds: tuple[SenderKind, ...]
    collection_days: int | None
    notify: tuple[str, ...]
    is_open: bool


@dataclass(frozen=True)
class InstitutionView:
    """An institution as its public page shows it. `boxes`: the basic one first."""

    id: int
    entity: str
    name: str
    short_name: str
    office_code: str
    lead: str
    commune: str
    address: Address
    phone: str
    email: str
    website: str
    hours: tuple[str, ...]
    nip: str
    regon: str
    teryt: str
    carrier_room: str
    carrier_kinds: tuple[str, ...]
    paper_room: str
    channel_effect: str
    signature_rule: str
    privacy_text: str
    accessibility: Mapping[str, str]
    boxes: tuple[BoxView, ...]

    @property
    def basic_box(self) -> BoxView | None:
        return next((box for box in self.boxes if box.is_basic), None)


def institutions() -> tuple[InstitutionView, ...]:
    """This will return the active institutions by name."""
    rows = Institution.objects.filter(is_active=True).order_by("name").prefetch_related("boxes")
    return tuple(institution_view(row) for row in rows)


def confirming_institutions(at: datetime) -> tuple[InstitutionView, ...]:
    """This will return the institutions at whose counters somebody may confirm identities."""
    staffed = Employment.objects.filter(in_force(at)).values("institution_id")
    rows = Institution.objects.filter(is_active=True, id__in=staffed).order_by("name")
    return tuple(institution_view(row) for row in rows.prefetch_related("boxes"))


def institution_of_entity(entity: str) -> InstitutionView | None:
    """This will find an active institution by the first part of its box addresses."""
    row = Institution.objects.filter(is_active=True, entity=entity).first()
    return institution_view(row) if row else None


def institution_of_id(institution_id: int) -> InstitutionView | None:
    row = Institution.objects.filter(id=institution_id).first()
    return institution_view(row) if row else None


def box_of_address(text: str) -> BoxView | None:
    """This will find a box of an active institution by `/entity/name`."""
    try:
        address = BoxAddress.parse(text)
    except InvalidIdentifier:
        return None
    box = (
        Box.objects.select_related("institution")
        .filter(institution__entity=address.owner, institution__is_active=True, name=address.box)
        .first()
    )
    return box_view(box) if box else None


def box_view(box: Box) -> BoxView:
    return BoxView(
        id=box.pk,
        institution_id=box.institution_id,
        name=box.name,
        address=box.address,
        title=box.title,
        purpose=box.purpose,
        is_basic=box.is_basic,
        accepts_unsigned=box.accepts_unsigned,
        sender_kinds=tuple(SenderKind(kind) for kind in box.sender_kinds),
        collection_days=box.collection_days,
        notify=tuple(box.notify),
        is_open=box.is_open,
    )


def institution_view(row: Institution) -> InstitutionView:
    boxes = sorted(row.boxes.all(), key=lambda box: (not box.is_basic, box.name))
    return InstitutionView(
        id=row.pk,
        entity=row.entity,
        name=row.name,
        short_name=row.short_name,
        office_code=row.office_code,
        lead=row.lead,
        commune=row.commune,
        address=address_of(row),
        phone=row.phone,
        email=row.email,
        website=row.website,
        hours=tuple(row.hours),
        nip=row.nip,
        regon=row.regon,
        teryt=row.teryt,
        carrier_room=row.carrier_room,
        carrier_kinds=tuple(row.carrier_kinds),
        paper_room=row.paper_room,
        channel_effect=row.channel_effect,
        signature_rule=row.signature_rule,
        privacy_text=row.privacy_text,
        accessibility=dict(row.accessibility),
        boxes=tuple(box_view(box) for box in boxes),
    )
