"""What an institution accepts as attachments on a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from skrytka.ledger.statements import Prepared, slot
from skrytka.letters.models import AttachmentPolicy
from skrytka.letters.screening.policy import (
    CIESZYN_2026,
    ArchiveLimits,
    ContentTerms,
    NameRules,
    ScreeningPolicy,
    Treatment,
    formats_named,
)

# A box of no number is none: SQL finds nothing equal to NULL.
IN_FORCE = Prepared(
    lambda: AttachmentPolicy.objects.filter(
        Q(box=None) | Q(box_id=slot("box_id", AttachmentPolicy)),
        institution_id=slot("institution_id", AttachmentPolicy),
        in_force_on__lte=slot("on", AttachmentPolicy, "in_force_on"),
    ).order_by(F("box").desc(nulls_last=True), "-in_force_on", "-version")[:1]
)


def attachment_policy_for(
    institution_id: int, on: date, box_id: int | None = None
) -> ScreeningPolicy:
    """This will return the rules in force at an institution, and at one of its boxes, on a day.

    The newest version whose day has come applies, and one of the box before all others; an
    institution that published no rules of its own goes by the built-in ones, those of the seed
    institution.
    """
    row = IN_FORCE.first(institution_id=institution_id, on=on, box_id=box_id)
    return _as_policy(row) if row else CIESZYN_2026


@dataclass(frozen=True)
class RulesVersion:
    """One version of the rules as it is on record; without a box, that of the institution."""

    version: int
    in_force_on: date
    box_address: str
    total_bytes: int
    file_count: int
    source: str


def attachment_rules_of(institution_id: int) -> tuple[RulesVersion, ...]:
    """This will list every version of the rules an institution has adopted, the newest first."""
    kept = AttachmentPolicy.objects.filter(institution_id=institution_id)
    return tuple(
        RulesVersion(
            row.version,
            row.in_force_on,
            row.box.address if row.box else "",
            row.total_bytes,
            row.file_count,
            row.source,
        )
        for row in kept.select_related("box__institution").order_by("-version")
    )


def _as_policy(row: AttachmentPolicy) -> ScreeningPolicy:
    return ScreeningPolicy(
        policy_id=row.policy_id,
        formats=formats_named(row.formats),
        total_bytes=row.total_bytes,
        source=row.source,
        version=row.version,
        file_count=row.file_count,
        archives=ArchiveLimits(
            entries=row.archive_entries,
            depth=row.archive_depth,
            unpacked_bytes=row.archive_bytes,
            ratio=row.archive_ratio,
            nesting=row.archive_nesting,
        ),
        largest_file=row.file_bytes,
        terms=ContentTerms(
            macros=Treatment(row.macros),
            scripts=Treatment(row.scripts),
            embedded_files=Treatment(row.embedded_files),
            locked=Treatment(row.locked),
        ),
        names=NameRules(row.longest_name, tuple(row.forbidden_names)),
        quarantine_days=row.quarantine_days,
    )
