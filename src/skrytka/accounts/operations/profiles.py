"""The confirmed profile: a clerk has seen who the person is, so the person may sign.

Modelled on the confirmation of a trusted profile at a confirming point: art. 20c of the act of
17 February 2005 on the computerisation of the activities of entities performing public tasks, and
the regulation of the Minister of Digital Affairs of 29 June 2020 on the trusted profile and the
trusted signature. It holds on this installation only.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from skrytka.accounts.models import ConfirmedProfile, Party, ProfileState, SeenDocument
from skrytka.accounts.operations.profile_mail import ProfileNews, enqueue_profile_mail
from skrytka.core.calendar import civil_date
from skrytka.core.identifiers import InvalidIdentifier, Pesel
from skrytka.ledger.operations import Actor, EventKind, Subject, record_event

# A trusted profile is valid for three years (the regulation above); so is ours.
VALID_YEARS = 3
# Without 0 O 1 I L, which people mistake for one another when they read aloud at the counter.
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8


class ProfileFault(StrEnum):
    """Why a profile was not requested, confirmed, refused or revoked."""

    NO_PERSONAL_DATA = "NO_PERSONAL_DATA"
    ALREADY_REQUESTED = "ALREADY_REQUESTED"
    NOT_REQUESTED = "NOT_REQUESTED"
    NOT_CONFIRMED = "NOT_CONFIRMED"
    OWN_PROFILE = "OWN_PROFILE"
    PESEL = "PESEL"
    TOO_YOUNG = "TOO_YOUNG"


class CannotRequestProfile(Exception):
    def __init__(self, reason: ProfileFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


class CannotDecideProfile(Exception):
    def __init__(self, reason: ProfileFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Counter:
    """At which institution, and who stands behind the counter."""

    institution_id: int
    clerk_id: int


@dataclass(frozen=True)
class SeenIdentity:
    """What the clerk read from the document. The PESEL as typed; never printed."""

    document: SeenDocument
    pesel: str = field(repr=False)


@transaction.atomic
def request_profile(user_id: int, *, at: datetime) -> str:
    """This will ask for a confirmed profile and return the code to be said at the counter.

    A profile in force stays so until the new one is confirmed. Raises CannotRequestProfile.
    """
    party = Party.objects.select_related("user").filter(user_id=user_id).first()
    if party is None or party.user is None:
        raise CannotRequestProfile(ProfileFault.NO_PERSONAL_DATA)
    if ConfirmedProfile.objects.filter(user_id=user_id, state=ProfileState.REQUESTED).exists():
        raise CannotRequestProfile(ProfileFault.ALREADY_REQUESTED)
    row = ConfirmedProfile.objects.create(
        user=party.user,
        request_code=_new_code(),
        given_name=party.user.given_name,
        family_name=party.user.family_name,
        requested_at=at,
    )
    _record(EventKind.PROFILE_REQUESTED, row, at, Actor(str(user_id)))
    return row.request_code


def check_pesel(pesel: str, *, at: datetime) -> None:
    """This will refuse a number that is no PESEL or belongs to nobody grown up enough to sign.

    A person under 13 has no capacity for legal acts (art. 12 of the Civil Code). Raises
    CannotDecideProfile: PESEL or TOO_YOUNG.
    """
    try:
        born_on = Pesel.parse(pesel).birth_date
    except InvalidIdentifier as fault:
        raise CannotDecideProfile(ProfileFault.PESEL) from fault
    today = civil_date(at)
    if (today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))) < 13:
        raise CannotDecideProfile(ProfileFault.TOO_YOUNG)


@transaction.atomic
def confirm_profile(
    request_id: int, identity: SeenIdentity, counter: Counter, *, at: datetime
) -> None:
    """This will confirm a person's identity for three years, after a clerk compared it.

    An earlier confirmed profile of the person ends by renewal. Raises CannotDecideProfile.
    """
    row = _requested(request_id, counter)
    check_pesel(identity.pesel, at=at)
    ConfirmedProfile.objects.filter(user_id=row.user_id, state=ProfileState.CONFIRMED).update(
        state=ProfileState.RENEWED, ended_at=at
    )
    row.state = ProfileState.CONFIRMED
    row.pesel = Pesel.parse(identity.pesel).value
    row.seen_document = identity.document
    row.valid_until = years_after(at, VALID_YEARS)
    _decide(row, counter, at)
    _record(EventKind.PROFILE_CONFIRMED, row, at, Actor(str(counter.clerk_id)))
    enqueue_profile_mail(row, ProfileNews.CONFIRMED, at=at)


@transaction.atomic
def refuse_profile(request_id: int, reason: str, counter: Counter, *, at: datetime) -> None:
    """This will turn a request down with a reason the person sees. Raises CannotDecideProfile."""
    row = _requested(request_id, counter)
    row.state = ProfileState.REFUSED
    row.end_reason = reason
    row.ended_at = at
    _decide(row, counter, at)
    _record(EventKind.PROFILE_REFUSED, row, at, Actor(str(counter.clerk_id)))
    enqueue_profile_mail(row, ProfileNews.REFUSED, at=at)


@transaction.atomic
def revoke_profile(profile_id: int, reason: str, actor: Actor, *, at: datetime) -> None:
    """This will end a confirmed profile at once, by the institution or by its bearer.

    Signatures made before keep their worth. Raises CannotDecideProfile.
    """
    row = (
        ConfirmedProfile.objects.select_for_update()
        .filter(id=profile_id, state=ProfileState.CONFIRMED)
        .first()
    )
    if row is None:
        raise CannotDecideProfile(ProfileFault.NOT_CONFIRMED)
    row.state = ProfileState.REVOKED
    row.end_reason = reason
    row.ended_at = at
    row.save()
    _record(EventKind.PROFILE_REVOKED, row, at, actor)
    enqueue_profile_mail(row, ProfileNews.REVOKED, at=at)


def years_after(at: datetime, years: int) -> datetime:
    """This will return the same instant years later; 29 February becomes 1 March."""
    try:
        return at.replace(year=at.year + years)
    except ValueError:
        return at.replace(year=at.year + years, month=3, day=1)


def _requested(request_id: int, counter: Counter) -> ConfirmedProfile:
    row = (
        ConfirmedProfile.objects.select_for_update()
        .filter(id=request_id, state=ProfileState.REQUESTED)
        .first()
    )
    if row is None:
        raise CannotDecideProfile(ProfileFault.NOT_REQUESTED)
    if row.user_id == counter.clerk_id:
        raise CannotDecideProfile(ProfileFault.OWN_PROFILE)
    return row


def _decide(row: ConfirmedProfile, counter: Counter, at: datetime) -> None:
    row.institution_id = counter.institution_id
    row.decided_by_id = counter.clerk_id
    row.decided_at = at
    row.save()


def _new_code() -> str:
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if not ConfirmedProfile.objects.filter(request_code=code).exists():
            return code


def _record(kind: EventKind, row: ConfirmedProfile, at: datetime, actor: Actor) -> None:
    record_event(
        kind,
        Subject("PROFILE", str(row.pk)),
        at=at,
        actor=actor,
        institution_id=row.institution_id,
        data={"user": row.user_id, "document": row.seen_document},
    )
