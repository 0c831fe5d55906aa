"""How far a letter has come to its party, and the notices that told of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from skrytka.accounts.models import Institution, Party
from skrytka.delivery.models.letters import OutgoingLetter
from skrytka.delivery.models.rules import UpdSignatures

# Codes of skrytka.core.delivery.Standing: the ends, after which nothing changes.
ENDED = ("COLLECTED", "REFUSED", "DEEMED")


class Delivery(models.Model):
    """The mutable side of a letter to a party; its states are those of `core.delivery.machine`.

    The dates of law are written with the event that fixes them. `due_at` is the next instant at
    which the system itself has something to do, None when it has nothing: the sweep walks along it.
    """

    letter = models.OneToOneField(
        OutgoingLetter, models.PROTECT, primary_key=True, related_name="delivery"
    )
    # Both are the first column of an index below.
    institution = models.ForeignKey(Institution, models.PROTECT, db_index=False, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, db_index=False, related_name="+")
    upd_no = models.CharField(max_length=40, unique=True)
    upd_signatures = models.CharField(max_length=16, choices=UpdSignatures)
    policy = models.JSONField(help_text="the DeliveryPolicy this delivery began with")
    standing = models.CharField(max_length=9)
    attempt = models.PositiveSmallIntegerField(default=1)
    dispatched_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    first_notice_at = models.DateTimeField(null=True)
    repeat_notice_at = models.DateTimeField(null=True)
    stop_cause = models.CharField(max_length=14, default="", blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    second_notice_on = models.DateField(null=True)
    last_day_on = models.DateField(null=True)
    deemed_on = models.DateField(null=True)
    access_until = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True, help_text="when the party first read the content")

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "letter"],
                name="delivery_due",
                condition=Q(due_at__isnull=False),
            ),
            models.Index(
                fields=["institution", "standing", "-dispatched_at", "letter"],
                name="delivery_by_standing",
            ),
            models.Index(
                fields=["institution", "last_day_on", "letter"],
                name="delivery_by_last_day",
                condition=~Q(standing__in=ENDED),
            ),
            models.Index(fields=["party", "-dispatched_at"], name="delivery_by_party"),
        ]
        constraints = [
            models.CheckConstraint(
                name="delivery_ends_at_an_instant",
                condition=Q(standing__in=ENDED, ended_at__isnull=False, due_at__isnull=True)
                | (~Q(standing__in=ENDED) & Q(ended_at__isnull=True)),
            ),
        ]


class NoticeState(models.TextChoices):
    """DUE: on its way out. FAILED: given up. BOUNCED: sent back, or refused for good.

    NOT_NEEDED: the letter was collected before the notice went out.
    """

    DUE = "DUE"
    SENT = "SENT"
    FAILED = "FAILED"
    BOUNCED = "BOUNCED"
    NOT_NEEDED = "NOT_NEEDED"


class Notice(models.Model):
    """One notice to one address. `message_id` is that of its mail, by which a bounce is known."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="notices")
    attempt = models.PositiveSmallIntegerField()
    round = models.CharField(max_length=6)
    address = models.EmailField(blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=10, choices=NoticeState, default=NoticeState.DUE)
    created_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    lost_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "attempt", "round"], name="notice_once"),
        ]


class IssuedUpd(models.Model):
    """An UPD given out for signing: to whom, when, and its exact bytes by their SHA-256.

    Good on the day it bears (KPA art. 46 section 1: the recipient states the date of delivery).
    """

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="issued")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "user"], name="issued_upd_once"),
        ]
