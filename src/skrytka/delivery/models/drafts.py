"""A letter that is being written at the desk, and those that go out many at once."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from skrytka.accounts.models import Box, Institution, Party
from skrytka.letters.models import Letter


class OutgoingState(models.TextChoices):
    """WAITING: signed, and waits for the second person who lets it go."""

    OPEN = "OPEN"
    WAITING = "WAITING"
    SENT = "SENT"
    DISCARDED = "DISCARDED"


class OutgoingSigning(models.TextChoices):
    """How the letter is signed; empty while not chosen. SEALED: by the institution's own seal."""

    TRUSTED = "TRUSTED"
    UPLOADED = "UPLOADED"
    SEALED = "SEALED"


class MailMerge(models.Model):
    """One text to many parties: the rows of a list, each of which became a draft or was refused.

    `table` is the list as it was read, in one form whatever its separator and encoding were.
    `drafted_at` is claimed once: pressed again, nothing is made a second time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=200, default="", blank=True)
    body = models.TextField(default="", blank=True)
    table = models.JSONField(default=list, help_text="lines of cells, the header first")
    created_at = models.DateTimeField()
    drafted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["institution", "-created_at"], name="merge_by_institution"),
        ]


class OutgoingDraft(models.Model):
    """A draft of an institution; `version` counts every change (two-tab conflict).

    `box` is the box it is sent from. The addressee is a party or a box of another institution, or
    not chosen yet.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    box = models.ForeignKey(Box, models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    to_box = models.ForeignKey(Box, models.PROTECT, null=True, related_name="+")
    in_reply_to = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+")
    merge = models.ForeignKey(MailMerge, models.PROTECT, null=True, related_name="drafts")
    merge_row = models.PositiveSmallIntegerField(null=True, help_text="its line of the list")
    merge_note = models.CharField(
        max_length=20, default="", blank=True, help_text="QUEUED, or why it was not sent"
    )
    title = models.CharField(max_length=200, default="", blank=True)
    body = models.TextField(default="", blank=True)
    case_mark = models.CharField(max_length=100, default="", blank=True)
    state = models.CharField(max_length=10, choices=OutgoingState, default=OutgoingState.OPEN)
    version = models.PositiveIntegerField(default=1)
    sent_back_reason = models.TextField(
        default="", blank=True, help_text="what the second person asked to mend"
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    # What will be sent, once frozen for signing; any later change of the draft clears these.
    document_sha256 = models.CharField(max_length=64, default="", blank=True)
    signing_mode = models.CharField(max_length=10, choices=OutgoingSigning, default="", blank=True)
    signed_sha256 = models.CharField(max_length=64, default="", blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["institution", "state", "-updated_at"], name="outgoing_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                name="outgoing_draft_one_addressee",
                condition=Q(party__isnull=True) | Q(to_box__isnull=True),
            ),
            models.UniqueConstraint(fields=["merge", "merge_row"], name="outgoing_merge_row_once"),
        ]


class OutgoingFile(models.Model):
    """A file of a draft, screened and stored: a refused one is never kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    draft = models.ForeignKey(OutgoingDraft, models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField()
    file_name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    remarks = models.JSONField(default=list, help_text="codes of what the file holds besides")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["sha256"], name="outgoing_draft_file_by_digest")]
        constraints = [
            models.UniqueConstraint(fields=["draft", "position"], name="outgoing_file_once"),
        ]


class LetterTemplate(models.Model):
    """A text to begin with, of one institution. Places such as {znak_sprawy} are filled in."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    body = models.TextField()
    is_active = models.BooleanField(default=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "code"], name="letter_template_once"),
        ]
