"""What an institution and its boxes decide about attachments comes back as it was decided."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from skrytka.accounts.models import Box, Institution
from skrytka.letters.models import AttachmentPolicy
from skrytka.letters.operations.attachment_policies import AttachmentRules, adopt_attachment_rules
from skrytka.letters.queries.policies import attachment_policy_for
from skrytka.letters.screening import (
    CIESZYN_2026,
    ArchiveLimits,
    ContentTerms,
    NameRules,
    Treatment,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 2, 8, tzinfo=UTC)
DAY = date(2026, 1, 5)
USUAL = AttachmentRules("cuw", DAY, ("PDF", "ZIP"), 1000, "zarządzenie nr 1")


def box_of(institution: Institution, name: str = "skrytka") -> Box:
    return Box.objects.get(institution=institution, name=name)


def test_every_term_comes_back(cuw: Institution) -> None:
    terms = ContentTerms(Treatment.REFUSE, Treatment.REPORT, Treatment.REFUSE, Treatment.REPORT)
    rules = replace(
        USUAL,
        largest_file=300,
        archives=ArchiveLimits(10, 2, 5000, 30, nesting=1),
        terms=terms,
        names=NameRules(80, ("*.tmp.pdf",)),
    )
    adopt_attachment_rules(cuw.pk, rules, at=AT)
    policy = attachment_policy_for(cuw.pk, DAY)
    assert (policy.file_bytes, policy.archives, policy.terms, policy.names) == (
        300, rules.archives, terms, rules.names,
    )  # fmt: skip


def test_what_is_not_decided_is_as_at_the_seed_institution(cuw: Institution) -> None:
    adopt_attachment_rules(cuw.pk, USUAL, at=AT)
    policy = attachment_policy_for(cuw.pk, DAY)
    seed = CIESZYN_2026
    assert (policy.archives, policy.terms, policy.names) == (seed.archives, seed.terms, seed.names)
    assert policy.file_bytes == policy.total_bytes


def test_the_seed_limits_are_the_published_ones() -> None:
    limits, terms = CIESZYN_2026.archives, CIESZYN_2026.terms
    assert (limits.entries, limits.depth, limits.unpacked_bytes) == (1000, 4, 3_000_000_000)
    assert (limits.ratio, limits.nesting) == (100, 0)
    assert (terms.macros, terms.scripts, terms.locked) == ("REPORT", "REPORT", "REFUSE")


def test_the_rules_of_a_box_go_before_those_of_its_institution(cuw: Institution) -> None:
    box = box_of(cuw)
    adopt_attachment_rules(cuw.pk, replace(USUAL, total_bytes=50, box_id=box.pk), at=AT)
    later = replace(USUAL, in_force_on=date(2026, 2, 1))
    adopt_attachment_rules(cuw.pk, later, at=AT)
    on = date(2026, 3, 1)
    assert attachment_policy_for(cuw.pk, on, box.pk).total_bytes == 50
    assert attachment_policy_for(cuw.pk, on).total_bytes == 1000
    other = box_of(cuw, "SkrytkaESP")
    assert attachment_policy_for(cuw.pk, on, other.pk).total_bytes == 1000


def test_the_rules_of_a_box_apply_from_their_day_on(cuw: Institution) -> None:
    box = box_of(cuw)
    adopt_attachment_rules(cuw.pk, replace(USUAL, total_bytes=50, box_id=box.pk), at=AT)
    assert attachment_policy_for(cuw.pk, date(2026, 1, 4), box.pk) is CIESZYN_2026
    newer = replace(USUAL, in_force_on=date(2026, 2, 1), total_bytes=60, box_id=box.pk)
    adopt_attachment_rules(cuw.pk, newer, at=AT)
    assert attachment_policy_for(cuw.pk, date(2026, 1, 31), box.pk).total_bytes == 50
    assert attachment_policy_for(cuw.pk, date(2026, 2, 1), box.pk).total_bytes == 60


def test_the_database_refuses_a_file_larger_than_its_letter(cuw: Institution) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        adopt_attachment_rules(cuw.pk, replace(USUAL, largest_file=1001), at=AT)
    assert not AttachmentPolicy.objects.exists()
