"""What an institution accepts as attachments on a day."""

from datetime import date

from skrytka.ledger.statements import Prepared, slot
from skrytka.letters.models import AttachmentPolicy
from skrytka.letters.screening.policy import CIESZYN_2026, ScreeningPolicy, formats_named

IN_FORCE = Prepared(
    lambda: AttachmentPolicy.objects.filter(
        institution_id=slot("institution_id", AttachmentPolicy),
        in_force_on__lte=slot("on", AttachmentPolicy, "in_force_on"),
    ).order_by("-in_force_on", "-version")[:1]
)


def attachment_policy_for(institution_id: int, on: date) -> ScreeningPolicy:
    """This will return the rules in force at an institution on a civil day.

    The newest version whose day has come applies; an institution that published no rules of its
    own goes by the built-in ones, those of the seed institution.
    """
    row = IN_FORCE.first(institution_id=institution_id, on=on)
    return _as_policy(row) if row else CIESZYN_2026


def _as_policy(row: AttachmentPolicy) -> ScreeningPolicy:
    return ScreeningPolicy(
        policy_id=row.policy_id,
        formats=formats_named(row.formats),
        total_bytes=row.total_bytes,
        source=row.source,
        version=row.version,
        file_count=row.file_count,
        quarantine_days=row.quarantine_days,
    )
