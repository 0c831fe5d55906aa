"""Who is looking: what every edge and every policy asks about the person behind a request."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from skrytka.accounts.models import Employment, Mandate, Party, Representation, Role, User
from skrytka.accounts.queries.in_force import in_force
from skrytka.accounts.queries.parties import PartyView, party_view
from skrytka.accounts.queries.profiles import confirmed_profile_of


@dataclass(frozen=True)
class EmploymentView:
    institution_id: int
    institution_name: str
    role: Role


@dataclass(frozen=True)
class Viewer:
    """The person behind a request. A stranger has id 0 and nothing else.

    `parties`: the person first, then the organisations they represent (they may act for these).
    `mandated_parties`: those whose letters they may read and collect by power of attorney.
    `acting_party` is None only before the person has given their data.
    """

    user_id: int
    email: str
    display_name: str
    is_authenticated: bool
    acting_party: PartyView | None
    parties: tuple[PartyView, ...]
    mandated_parties: tuple[PartyView, ...]
    employments: tuple[EmploymentView, ...]
    has_confirmed_profile: bool
    language: str

    @property
    def acting_as(self) -> str:
        """The name of the organisation acted for; empty when acting for oneself."""
        if self.acting_party is None or self.acting_party == self.parties[0]:
            return ""
        return self.acting_party.name

    @property
    def is_clerk(self) -> bool:
        return bool(self.employments)


STRANGER = Viewer(0, "", "", False, None, (), (), (), False, "pl")


def viewer_of(
    user: AbstractBaseUser | AnonymousUser, session_party_id: int | None = None, *, at: datetime
) -> Viewer:
    """This will tell who is behind a request (`request.user`) and whom they act for.

    A party in the session that the person may no longer act for is passed over in favour of the
    person themselves.
    """
    if isinstance(user, AnonymousUser):
        return STRANGER
    # request.user is a lazy wrapper; its key reads the person behind it.
    person = User.objects.get(pk=user.pk)
    parties = parties_of(person.pk, at)
    return Viewer(
        user_id=person.pk,
        email=person.email,
        display_name=str(person),
        is_authenticated=True,
        acting_party=_acting(parties, session_party_id),
        parties=parties,
        mandated_parties=_mandated_parties(person.pk, at),
        employments=_employments(person.pk, at),
        has_confirmed_profile=confirmed_profile_of(person.pk, at) is not None,
        language=person.language,
    )


def parties_of(user_id: int, at: datetime) -> tuple[PartyView, ...]:
    """This will list whom a person may act for: themselves first."""
    own = Party.objects.filter(user_id=user_id)
    organisations = (
        Representation.objects.filter(in_force(at), user_id=user_id)
        .select_related("party")
        .order_by("party__name")
    )
    return tuple(map(party_view, (*own, *(row.party for row in organisations))))


def _acting(parties: tuple[PartyView, ...], chosen: int | None) -> PartyView | None:
    own = parties[0] if parties else None
    return next((party for party in parties if party.id == chosen), own)


def _mandated_parties(user_id: int, at: datetime) -> tuple[PartyView, ...]:
    rows = Mandate.objects.filter(in_force(at), proxy_id=user_id).select_related("party")
    return tuple(party_view(row.party) for row in rows.order_by("party__name"))


def _employments(user_id: int, at: datetime) -> tuple[EmploymentView, ...]:
    rows = Employment.objects.filter(in_force(at), user_id=user_id, institution__is_active=True)
    return tuple(
        EmploymentView(row.institution_id, row.institution.name, Role(row.role))
        for row in rows.select_related("institution").order_by("institution__name", "role")
    )
