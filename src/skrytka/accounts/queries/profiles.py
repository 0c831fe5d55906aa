"""Whose identity has been confirmed, and until when."""

from dataclasses import dataclass
from datetime import datetime

from skrytka.accounts.models import ConfirmedProfile, ProfileState
from skrytka.ledger.statements import Prepared, slot

IN_FORCE = Prepared(
    lambda: (
        ConfirmedProfile.objects.select_related("institution")
        .filter(
            user_id=slot("user_id", ConfirmedProfile),
            state=ProfileState.CONFIRMED,
            valid_until__gt=slot("valid_until", ConfirmedProfile),
        )
        .order_by("id")[:1]
    )
)


@dataclass(frozen=True)
class ProfileView:
    """A confirmed profile in force. The PESEL is for the signature only: never show it."""

    id: int
    user_id: int
    given_name: str
    family_name: str
    pesel: str
    institution_name: str
    confirmed_at: datetime
    valid_until: datetime

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    def __repr__(self) -> str:
        return f"ProfileView(id={self.id})"


def confirmed_profile_of(user_id: int, at: datetime) -> ProfileView | None:
    """This will return the profile in force at the instant; an expired one is none."""
    row = IN_FORCE.first(user_id=user_id, valid_until=at)
    if row is None or row.institution is None or not row.decided_at or not row.valid_until:
        return None
    return ProfileView(
        id=row.pk,
        user_id=row.user_id,
        given_name=row.given_name,
        family_name=row.family_name,
        pesel=row.pesel,
        institution_name=row.institution.name,
        confirmed_at=row.decided_at,
        valid_until=row.valid_until,
    )


@dataclass(frozen=True)
class ProfileRequest:
    """A request waiting for a clerk, as the clerk sees it."""

    id: int
    user_id: int
    code: str
    given_name: str
    family_name: str
    requested_at: datetime

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True)
class ProfileRow:
    """A decided profile in the list of the institution that decided it. Never the PESEL."""

    id: int
    full_name: str
    state: ProfileState
    decided_at: datetime
    valid_until: datetime | None
    end_reason: str
    is_in_force: bool


@dataclass(frozen=True)
class ProfileStanding:
    """What a person is told of their own profile: in force, waiting, last ended."""

    in_force: ProfileView | None
    requested: ProfileRequest | None
    ended: ProfileRow | None


def profile_request_of_code(text: str) -> ProfileRequest | None:
    """This will find a waiting request by its code, typed in any case, with or without dashes."""
    code = "".join(letter for letter in text.upper() if letter.isalnum())
    row = ConfirmedProfile.objects.filter(request_code=code, state=ProfileState.REQUESTED).first()
    return _request(row) if row else None


def profile_request_of_id(request_id: int) -> ProfileRequest | None:
    row = ConfirmedProfile.objects.filter(id=request_id, state=ProfileState.REQUESTED).first()
    return _request(row) if row else None


def profiles_decided_at(institution_id: int, at: datetime) -> tuple[ProfileRow, ...]:
    """This will list the last hundred decisions of an institution, newest first."""
    rows = ConfirmedProfile.objects.filter(
        institution_id=institution_id, decided_at__isnull=False
    ).order_by("-decided_at")
    return tuple(_row(row, at) for row in rows[:100])


def profile_decided_at(institution_id: int, profile_id: int, at: datetime) -> ProfileRow | None:
    """This will return one decision of the institution, and nothing of another's."""
    row = ConfirmedProfile.objects.filter(
        id=profile_id, institution_id=institution_id, decided_at__isnull=False
    ).first()
    return _row(row, at) if row else None


def profile_standing_of(user_id: int, at: datetime) -> ProfileStanding:
    requested = ConfirmedProfile.objects.filter(user_id=user_id, state=ProfileState.REQUESTED)
    waiting = requested.first()
    in_force = confirmed_profile_of(user_id, at)
    last = (
        ConfirmedProfile.objects.filter(user_id=user_id, decided_at__isnull=False)
        .exclude(state=ProfileState.RENEWED)
        .order_by("-decided_at")
        .first()
    )
    return ProfileStanding(
        in_force=in_force,
        requested=_request(waiting) if waiting else None,
        ended=_row(last, at) if last and (in_force is None or last.pk != in_force.id) else None,
    )


def _request(row: ConfirmedProfile) -> ProfileRequest:
    return ProfileRequest(
        row.pk, row.user_id, row.request_code, row.given_name, row.family_name, row.requested_at
    )


def _row(row: ConfirmedProfile, at: datetime) -> ProfileRow:
    state = ProfileState(row.state)
    return ProfileRow(
        id=row.pk,
        full_name=f"{row.given_name} {row.family_name}",
        state=state,
        decided_at=row.decided_at or row.requested_at,
        valid_until=row.valid_until,
        end_reason=row.end_reason,
        is_in_force=state is ProfileState.CONFIRMED
        and row.valid_until is not None
        and row.valid_until > at,
    )
