"""Who works at an institution, for its administrator."""

from dataclasses import dataclass
from datetime import datetime

from skrytka.accounts.models import Employment, Role, User
from skrytka.accounts.queries.in_force import in_force

RESPONSIBLE = (Role.CLERK, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class StaffRow:
    """One role of one person at the institution."""

    user_id: int
    name: str
    email: str
    role: Role
    since: datetime


def staff_of(institution_id: int, *, at: datetime) -> tuple[StaffRow, ...]:
    """This will list the roles in force at an institution, by family name."""
    rows = Employment.objects.filter(in_force(at), institution_id=institution_id)
    ordered = rows.select_related("user").order_by("user__family_name", "user__given_name", "role")
    return tuple(
        StaffRow(job.user_id, str(job.user), job.user.email, Role(job.role), job.since)
        for job in ordered
    )


def user_of_email(email: str) -> int | None:
    """This will find the account of an e-mail address, whatever its capitals."""
    found = User.objects.filter(email__iexact=email.strip(), is_active=True)
    return found.values_list("id", flat=True).first()


@dataclass(frozen=True)
class Responsible:
    """A person who answers for an institution's letters, or for who deals with them."""

    user_id: int
    email: str
    language: str
    is_clerk: bool
    is_administrator: bool


def responsible_for(institution_id: int, *, at: datetime) -> tuple[Responsible, ...]:
    """This will list the clerks and administrators in force at an institution, each once."""
    rows = Employment.objects.filter(
        in_force(at), institution_id=institution_id, role__in=RESPONSIBLE, user__is_active=True
    )
    roles: dict[User, set[str]] = {}
    for job in rows.select_related("user").order_by("user_id"):
        roles.setdefault(job.user, set()).add(job.role)
    return tuple(
        Responsible(
            user.pk, user.email, user.language, Role.CLERK in held, Role.ADMINISTRATOR in held
        )
        for user, held in roles.items()
    )


def has_clerk(institution_id: int, *, at: datetime) -> bool:
    """This will tell whether anybody deals with the institution's letters."""
    clerks = Employment.objects.filter(
        in_force(at), institution_id=institution_id, role=Role.CLERK, user__is_active=True
    )
    return clerks.exists()


def institutions_with_staff(*, at: datetime) -> tuple[int, ...]:
    """This will list the institutions at work where somebody can be told what waits."""
    rows = Employment.objects.filter(
        in_force(at), role__in=RESPONSIBLE, user__is_active=True, institution__is_active=True
    )
    ids = rows.order_by("institution_id").values_list("institution_id", flat=True)
    return tuple(ids.distinct())
