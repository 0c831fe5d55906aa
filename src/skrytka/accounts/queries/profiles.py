"""Whose identity has been confirmed, and until when."""

from dataclasses import dataclass
from datetime import datetime

from skrytka.accounts.models import ConfirmedProfile, ProfileState


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
    row = (
        ConfirmedProfile.objects.select_related("institution")
        .filter(user_id=user_id, state=ProfileState.CONFIRMED, valid_until__gt=at)
        .first()
    )
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
