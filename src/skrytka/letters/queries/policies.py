"""What an institution accepts as attachments on a day."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

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


@dataclass(frozen=True)
class BoxRules:
    """A box that goes by rules of its own; `until`: the day on which it is given back, if any."""

    box_id: int
    rules: ScreeningPolicy
    until: date | None


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

    The newest version whose day has come applies, and one of the box before all others, unless it
    gives the box back to the rules of its institution; an institution that published no rules of
    its own goes by the built-in ones, those of the seed institution.
    """
    row = IN_FORCE.first(institution_id=institution_id, on=on, box_id=box_id)
    if row is not None and row.follows_institution:
        row = IN_FORCE.first(institution_id=institution_id, on=on, box_id=None)
    return _as_policy(row) if row else CIESZYN_2026


def rules_of_boxes(institution_id: int, on: date) -> tuple[BoxRules, ...]:
    """This will list the boxes of an institution that go by rules of their own on a day."""
    rows = AttachmentPolicy.objects.filter(institution=institution_id, box__isnull=False)
    of_boxes = groupby(rows.order_by("box", "in_force_on", "version"), lambda row: row.box_id)
    found = (_of_box(list(versions), on) for _box_id, versions in of_boxes)
    return tuple(each for each in found if each is not None)


def has_own_rules(institution_id: int, box_id: int, on: date) -> bool:
    """This will tell whether a box of the institution goes by rules of its own on a day."""
    row = IN_FORCE.first(institution_id=institution_id, on=on, box_id=box_id)
    return row is not None and row.box_id == box_id and not row.follows_institution


def _of_box(versions: list[AttachmentPolicy], on: date) -> BoxRules | None:
    """Of its versions, in the order in which they come into force."""
    come = [row for row in versions if row.in_force_on <= on]
    if not come or come[-1].follows_institution or come[-1].box_id is None:
        return None
    ahead = (row.in_force_on for row in versions if row.in_force_on > on)
    given_back = {row.in_force_on for row in versions if row.follows_institution}
    until = next((day for day in ahead if day in given_back), None)
    return BoxRules(come[-1].box_id, _as_policy(come[-1]), until)


@dataclass(frozen=True)
class RulesVersion:
    """One version of the rules as it is on record; without a box, that of the institution.

    `follows_institution`: the version gives its box back, and has no limits of its own.
    """

    version: int
    in_force_on: date
    is_in_force: bool
    box_address: str
    follows_institution: bool
    total_bytes: int
    file_count: int
    source: str


def attachment_rules_of(institution_id: int, on: date) -> tuple[RulesVersion, ...]:
    """This will list every version of the rules an institution has adopted, the newest first."""
    kept = AttachmentPolicy.objects.filter(institution_id=institution_id)
    rows = list(kept.select_related("box__institution").order_by("in_force_on", "version"))
    # The last one of those that have come, for each box and for the institution itself.
    in_force = {row.box_id: row.version for row in rows if row.in_force_on <= on}
    found = (_as_version(row, in_force.get(row.box_id)) for row in rows)
    return tuple(sorted(found, key=lambda each: each.version, reverse=True))


def _as_version(row: AttachmentPolicy, in_force: int | None) -> RulesVersion:
    return RulesVersion(
        version=row.version,
        in_force_on=row.in_force_on,
        is_in_force=row.version == in_force,
        box_address=row.box.address if row.box else "",
        follows_institution=row.follows_institution,
        total_bytes=row.total_bytes,
        file_count=row.file_count,
        source=row.source,
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
