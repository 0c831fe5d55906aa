"""A box with rules of its own goes by those of its institution again, from a day on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from skrytka.accounts.models import Box, Institution
from skrytka.core.calendar import civil_date
from skrytka.ledger.models import Event
from skrytka.ledger.operations import Actor
from skrytka.letters.models import AttachmentPolicy
from skrytka.letters.operations.attachment_policies import AttachmentRules, adopt_attachment_rules
from skrytka.letters.operations.handing_back import (
    CannotHandBack,
    HandBack,
    HandBackFault,
    hand_back_box,
)
from skrytka.letters.queries.policies import attachment_policy_for, rules_of_boxes
from skrytka.letters.screening import CIESZYN_2026
from tests.world.attachments import AT

pytestmark = pytest.mark.django_db
TODAY = civil_date(AT)
LATER = TODAY + timedelta(days=10)
DAY = timedelta(days=1)
OWN = AttachmentRules("własne", date(2026, 1, 2), ("PDF",), 1_000_000, "regulamin skrytki")
USUAL = replace(OWN, policy_id="zwykłe", total_bytes=5_000_000)


@pytest.fixture
def box(cuw: Institution) -> Box:
    """It has rules of its own."""
    box = Box.objects.get(institution=cuw, name="skrytka")
    adopt_attachment_rules(cuw.pk, replace(OWN, box_id=box.pk), at=AT)
    return box


def handed_back(box: Box, on: date = LATER) -> int:
    wanted = HandBack(box.pk, on, "zarządzenie nr 4")
    return hand_back_box(box.institution_id, wanted, actor=Actor("7"), at=AT)


def total(box: Box, on: date) -> int:
    return attachment_policy_for(box.institution_id, on, box.pk).total_bytes


def refusal(box: Box, on: date) -> HandBackFault:
    before = AttachmentPolicy.objects.count()
    with pytest.raises(CannotHandBack) as refused:
        handed_back(box, on)
    assert AttachmentPolicy.objects.count() == before
    return refused.value.reason


def test_from_that_day_on_the_rules_of_the_institution_go(box: Box) -> None:
    adopt_attachment_rules(box.institution_id, USUAL, at=AT)
    assert handed_back(box) == 3
    assert (total(box, LATER - DAY), total(box, LATER)) == (1_000_000, 5_000_000)


def test_whatever_the_institution_decides_afterwards_goes_for_the_box_too(box: Box) -> None:
    handed_back(box, TODAY)
    assert attachment_policy_for(box.institution_id, TODAY, box.pk) is CIESZYN_2026
    adopt_attachment_rules(box.institution_id, replace(USUAL, in_force_on=LATER), at=AT)
    assert total(box, LATER) == 5_000_000


def test_nothing_is_rewritten_and_who_decided_is_on_record(box: Box) -> None:
    handed_back(box, TODAY)
    first, second = AttachmentPolicy.objects.order_by("version")
    assert (first.policy_id, first.total_bytes, first.follows_institution) == (
        "własne", 1_000_000, False,
    )  # fmt: skip
    assert (second.source, second.follows_institution) == ("zarządzenie nr 4", True)
    event = Event.objects.latest("id")
    assert (event.kind, event.actor_id) == ("SETTINGS_CHANGED", "7")
    assert event.data == {"what": "ATTACHMENT_RULES", "version": 2, "box": box.pk}


@pytest.mark.parametrize("days", [0, 3])
def test_own_rules_adopted_anew_go_before_it(box: Box, days: int) -> None:
    handed_back(box, TODAY)
    anew = TODAY + timedelta(days=days)
    rules = replace(OWN, box_id=box.pk, total_bytes=2_000_000, in_force_on=anew)
    adopt_attachment_rules(box.institution_id, rules, at=AT)
    assert total(box, anew) == 2_000_000
    assert attachment_policy_for(box.institution_id, anew) is CIESZYN_2026


def test_a_box_is_listed_until_that_day_and_says_when(box: Box) -> None:
    (listed,) = rules_of_boxes(box.institution_id, TODAY)
    assert (listed.box_id, listed.rules.total_bytes, listed.until) == (box.pk, 1_000_000, None)
    handed_back(box)
    assert [each.until for each in rules_of_boxes(box.institution_id, TODAY)] == [LATER]
    assert rules_of_boxes(box.institution_id, LATER) == ()


def test_other_own_rules_ahead_are_not_taken_for_it(box: Box) -> None:
    ahead = replace(OWN, box_id=box.pk, in_force_on=LATER)
    adopt_attachment_rules(box.institution_id, ahead, at=AT)
    handed_back(box, LATER + DAY)
    assert [each.until for each in rules_of_boxes(box.institution_id, TODAY)] == [LATER + DAY]
    assert [each.until for each in rules_of_boxes(box.institution_id, date(2026, 1, 1))] == []


def test_a_past_day_is_refused(box: Box) -> None:
    assert refusal(box, TODAY - DAY) is HandBackFault.PAST_DAY


def test_what_was_given_back_is_not_given_back_again(box: Box) -> None:
    handed_back(box, TODAY)
    assert refusal(box, LATER) is HandBackFault.NOT_OWN


def test_a_box_without_own_rules_has_nothing_to_give_back(
    cuw: Institution, town_hall: Institution
) -> None:
    adopt_attachment_rules(cuw.pk, USUAL, at=AT)
    assert refusal(Box.objects.get(institution=cuw, name="skrytka"), TODAY) is HandBackFault.NOT_OWN
    assert refusal(Box.objects.get(institution=town_hall), TODAY) is HandBackFault.NOT_OWN


def test_only_a_box_can_follow_its_institution(box: Box) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AttachmentPolicy.objects.update(follows_institution=True, box=None)
