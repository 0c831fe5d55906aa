"""A letter that is being written."""

import uuid

from django.conf import settings
from django.db import models

from skrytka.accounts.models import Box, Institution, Party
from skrytka.catalogue.models import FormVersion, ServiceCard


class DraftState(models.TextChoices):
    OPEN = "OPEN"
    SENT = "SENT"
    DISCARDED = "DISCARDED"


class SigningMode(models.TextChoices):
    """How the letter is signed; empty while not chosen."""

    TRUSTED = "TRUSTED"
    UPLOADED = "UPLOADED"
    UNSIGNED = "UNSIGNED"


class Draft(models.Model):
    """A draft of one author for one party; `version` counts every change (two-tab conflict)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    card = models.ForeignKey(ServiceCard, models.PROTECT, related_name="+")
    form = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    box = models.ForeignKey(Box, models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=200, default="", blank=True)
    body = models.TextField(default="", blank=True)
    answers = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=DraftState, default=DraftState.OPEN)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # What will be sent, once frozen for signing; any later change of the draft clears these.
    document_sha256 = models.CharField(max_length=64, default="", blank=True)
    signing_mode = models.CharField(max_length=10, choices=SigningMode, default="", blank=True)
    signed_sha256 = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["author", "state", "-updated_at"], name="draft_by_author"),
            models.Index(fields=["state", "expires_at"], name="draft_by_expiry"),
        ]


class AttachmentState(models.TextChoices):
    """STORED means kept but not yet screened: never shown as safe."""

    STORED = "STORED"
    SAFE = "SAFE"
    REFUSED = "REFUSED"


class DraftAttachment(models.Model):
    """A file of a draft; its bytes lie in the blob store under `sha256`.

    `kept_by` says whose blobs they are among: the addressee's of the day they came, or none's yet.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField()
    slot = models.CharField(max_length=60, default="", blank=True)
    file_name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100, default="", blank=True)
    detected = models.CharField(max_length=20, default="", blank=True)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    kept_by = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=AttachmentState)
    code = models.CharField(max_length=12, default="", blank=True)
    details = models.JSONField(default=dict)
    remarks = models.JSONField(default=list, help_text="codes of what the file holds besides")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["position", "added_at"]
        indexes = [models.Index(fields=["state", "added_at"], name="attachment_awaiting")]
