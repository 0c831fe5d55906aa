"""Who works at an institution, for its administrator."""

from dataclasses import dataclass
from datetime import datetime

from skrytka.accounts.models import Employment, Role, User
from skrytka.accounts.queries.in_force import in_force


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
