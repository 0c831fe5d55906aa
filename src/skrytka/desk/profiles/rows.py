"""The decisions of an institution as rows of a table."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from skrytka.accounts.queries import ProfileRow, ProfileState
from skrytka.ui.parts import Pill, Tone


@dataclass(frozen=True)
class DecisionRow:
    full_name: str
    decided_at: datetime
    valid_until: datetime | None
    pill: Pill
    reason: str
    revoke_url: str


def decision_rows(rows: tuple[ProfileRow, ...]) -> tuple[DecisionRow, ...]:
    return tuple(
        DecisionRow(
            row.full_name,
            row.decided_at,
            row.valid_until,
            _pill(row),
            row.end_reason,
            reverse("desk:revoke_profile", args=[row.id]) if row.is_in_force else "",
        )
        for row in rows
    )


def _pill(row: ProfileRow) -> Pill:
    if row.is_in_force:
        return Pill(_("Ważny"), Tone.OK)
    if row.state is ProfileState.REFUSED:
        return Pill(_("Odmowa"), Tone.BAD)
    if row.state is ProfileState.REVOKED:
        return Pill(_("Unieważniony"), Tone.BAD)
    if row.state is ProfileState.RENEWED:
        return Pill(_("Odnowiony"), Tone.PLAIN)
    return Pill(_("Wygasł"), Tone.WARN)
