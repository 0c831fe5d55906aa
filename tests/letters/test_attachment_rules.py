"""Which attachment rules apply on which day."""

from datetime import UTC, date, datetime

import pytest

from skrytka.accounts.models import Institution
from skrytka.letters.operations.attachment_policies import AttachmentRules, adopt_attachment_rules
from skrytka.letters.queries.policies import attachment_policy_for
from skrytka.letters.screening.formats import FileFormat
from skrytka.letters.screening.policy import CIESZYN_2026

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 2, 8, tzinfo=UTC)


def rules(from_day: date, total: int) -> AttachmentRules:
    return AttachmentRules("own", from_day, ("PDF", "TIFF"), total, "zarządzenie nr 1", 7)


def test_without_rules_of_its_own_the_built_in_ones_apply(cuw: Institution) -> None:
    assert attachment_policy_for(cuw.pk, date(2026, 1, 1)) is CIESZYN_2026


def test_adopted_rules_come_back_as_a_policy(cuw: Institution) -> None:
    assert adopt_attachment_rules(cuw.pk, rules(date(2026, 1, 5), 1000), at=AT) == 1
    policy = attachment_policy_for(cuw.pk, date(2026, 1, 5))
    assert policy.formats == {FileFormat.PDF, FileFormat.TIF}
    assert (policy.total_bytes, policy.file_count, policy.source) == (1000, 7, "zarządzenie nr 1")


def test_rules_apply_from_their_day_on(cuw: Institution) -> None:
    adopt_attachment_rules(cuw.pk, rules(date(2026, 1, 5), 1000), at=AT)
    assert adopt_attachment_rules(cuw.pk, rules(date(2026, 3, 1), 2000), at=AT) == 2
    assert attachment_policy_for(cuw.pk, date(2026, 1, 4)) is CIESZYN_2026
    assert attachment_policy_for(cuw.pk, date(2026, 2, 28)).total_bytes == 1000
    assert attachment_policy_for(cuw.pk, date(2026, 3, 1)).total_bytes == 2000


def test_of_two_versions_for_one_day_the_later_version_applies(cuw: Institution) -> None:
    for total in (1000, 2000):
        adopt_attachment_rules(cuw.pk, rules(date(2026, 1, 5), total), at=AT)
    assert attachment_policy_for(cuw.pk, date(2026, 1, 5)).total_bytes == 2000


def test_the_rules_of_another_institution_do_not_matter(
    cuw: Institution, town_hall: Institution
) -> None:
    adopt_attachment_rules(town_hall.pk, rules(date(2026, 1, 1), 1000), at=AT)
    assert attachment_policy_for(cuw.pk, date(2026, 1, 5)) is CIESZYN_2026
