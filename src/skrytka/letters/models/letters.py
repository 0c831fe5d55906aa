"""A letter as it was submitted: written once, refused any change by the database."""

import uuid

from django.conf import settings
from django.db import models

from skrytka.accounts.models import Box, Institution, Party
from skrytka.letters.models.drafts import SigningMode


class Letter(models.Model):
    """What was submitted and when. `submitted_at` is the instant the last byte lay in store."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    draft_id = models.UUIDField(unique=True, help_text="makes sending idempotent")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    box = models.ForeignKey(Box, models.PROTECT, related_name="+")
    box_address = models.CharField(max_length=210)
    sender = models.ForeignKey(Party, models.PROTECT, related_name="+")
    sender_name = models.CharField(max_length=200)
    sender_address = models.CharField(max_length=210)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    card_code = models.CharField(max_length=40)
    card_name = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    document_no = models.CharField(max_length=40, unique=True)
    document_sha256 = models.CharField(max_length=64)
    document_size = models.PositiveBigIntegerField()
    signing_mode = models.CharField(max_length=10, choices=SigningMode)
    submitted_at = models.DateTimeField()
    attachment_count = models.PositiveSmallIntegerField()
    attachment_bytes = models.PositiveBigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["institution", "-submitted_at"], name="letter_by_institution"),
            models.Index(fields=["sender", "-submitted_at"], name="letter_by_sender"),
        ]


class LetterAttachment(models.Model):
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="attachments")
    position = models.PositiveSmallIntegerField()
    file_name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    remarks = models.JSONField(default=list, help_text="codes of what the file holds besides")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "position"], name="letter_attachment_once"),
        ]
        indexes = [models.Index(fields=["sha256"], name="letter_attachment_by_bytes")]


class IntakeState(models.TextChoices):
    """AWAITING_SCREENING: durably stored, instant fixed. Then exactly one of the two others."""

    AWAITING_SCREENING = "AWAITING_SCREENING"
    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"


class LetterIntake(models.Model):
    """Where a submitted letter stands between its last byte and its receipt."""

    letter = models.OneToOneField(Letter, models.PROTECT, primary_key=True, related_name="intake")
    state = models.CharField(
        max_length=20, choices=IntakeState, default=IntakeState.AWAITING_SCREENING
    )
    decided_at = models.DateTimeField(null=True)
    refusal_code = models.CharField(max_length=12, default="", blank=True)
    refused_file = models.CharField(max_length=255, default="", blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "-decided_at"], name="intake_by_state")]
