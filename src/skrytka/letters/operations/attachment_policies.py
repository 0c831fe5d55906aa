"""An institution says what it accepts as attachments, from a day on."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from skrytka.ledger.operations import Actor, EventKind, Subject, record_event
from skrytka.letters.models import AttachmentPolicy
from skrytka.letters.screening.policy import (
    QUARANTINE_DAYS,
    ArchiveLimits,
    ContentTerms,
    NameRules,
)

SYSTEM = Actor("SYSTEM")


@dataclass(frozen=True)
class AttachmentRules:
    """Formats in upper case, in the order they are published; sizes in bytes.

    With `box_id` they go for that box alone, before those of the institution.
    """

    policy_id: str
    in_force_on: date
    formats: tuple[str, ...]
    total_bytes: int
    source: str
    file_count: int = 50
    largest_file: int | None = None
    archives: ArchiveLimits = field(default_factory=ArchiveLimits)
    terms: ContentTerms = field(default_factory=ContentTerms)
    names: NameRules = field(default_factory=NameRules)
    box_id: int | None = None
    quarantine_days: int = QUARANTINE_DAYS


@transaction.atomic
def adopt_attachment_rules(
    institution_id: int, rules: AttachmentRules, *, at: datetime, actor: Actor = SYSTEM
) -> int:
    """This will add the next version of an institution's rules and return its number.

    Earlier versions stay on record: a letter is judged by the rules of its own day.
    """
    version = next_version(institution_id)
    AttachmentPolicy.objects.create(
        institution_id=institution_id,
        box_id=rules.box_id,
        policy_id=rules.policy_id,
        version=version,
        in_force_on=rules.in_force_on,
        formats=list(rules.formats),
        total_bytes=rules.total_bytes,
        file_bytes=rules.largest_file,
        file_count=rules.file_count,
        quarantine_days=rules.quarantine_days,
        source=rules.source,
        longest_name=rules.names.longest,
        forbidden_names=list(rules.names.forbidden),
        **_archive_limits(rules.archives),
        **asdict(rules.terms),
    )
    record_rules(institution_id, version, actor=actor, at=at, box_id=rules.box_id)
    return version


def next_version(institution_id: int) -> int:
    """This will number the next version; those of its boxes count along."""
    rows = AttachmentPolicy.objects.filter(institution_id=institution_id)
    return (rows.aggregate(last=Max("version"))["last"] or 0) + 1


def record_rules(
    institution_id: int, version: int, *, actor: Actor, at: datetime, box_id: int | None
) -> None:
    """This will record the new version, in the caller's transaction."""
    of_box = {} if box_id is None else {"box": box_id}
    record_event(
        EventKind.SETTINGS_CHANGED,
        Subject("INSTITUTION", str(institution_id)),
        at=at,
        actor=actor,
        institution_id=institution_id,
        data={"what": "ATTACHMENT_RULES", "version": version, **of_box},
    )


def _archive_limits(limits: ArchiveLimits) -> dict[str, int]:
    """The ratio counts from a size that is no matter of an institution."""
    return {
        "archive_entries": limits.entries,
        "archive_depth": limits.depth,
        "archive_bytes": limits.unpacked_bytes,
        "archive_ratio": limits.ratio,
        "archive_nesting": limits.nesting,
    }
