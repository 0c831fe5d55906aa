"""A letter as the institution sent it: written once, refused any change by the database."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from skrytka.accounts.models import Box, Institution, Party
from skrytka.delivery.models.drafts import OutgoingSigning
from skrytka.letters.models import Letter


class OutgoingLetter(models.Model):
    """What was dispatched and when: `dispatched_at` is the instant it lay in the party's box.

    Either `party` is set, then a Delivery follows it, or `received_as`, the letter it became at the
    institution it was sent to (delivered on arrival, with an UPP).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    draft_id = models.UUIDField(unique=True, help_text="makes dispatch idempotent")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    box = models.ForeignKey(Box, models.PROTECT, related_name="+")
    box_address = models.CharField(max_length=210)
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    received_as = models.OneToOneField(Letter, models.PROTECT, null=True, related_name="+")
    addressee_name = models.CharField(max_length=200)
    addressee_address = models.CharField(max_length=210)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    in_reply_to = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+")
    merge_id = models.UUIDField(null=True, db_index=True)
    title = models.CharField(max_length=200)
    case_mark = models.CharField(max_length=100, default="", blank=True)
    document_no = models.CharField(max_length=40, unique=True)
    document_sha256 = models.CharField(max_length=64)
    document_size = models.PositiveBigIntegerField()
    signing_mode = models.CharField(max_length=10, choices=OutgoingSigning)
    dispatched_at = models.DateTimeField()
    file_count = models.PositiveSmallIntegerField()
    file_bytes = models.PositiveBigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["institution", "-dispatched_at"], name="outgoing_by_institution"),
            models.Index(fields=["party", "-dispatched_at"], name="outgoing_by_party"),
            models.Index(fields=["in_reply_to"], name="outgoing_by_answered"),
        ]
        constraints = [
            models.CheckConstraint(
                name="outgoing_one_addressee",
                condition=Q(party__isnull=False, received_as__isnull=True)
                | Q(party__isnull=True, received_as__isnull=False),
            ),
        ]


class OutgoingLetterFile(models.Model):
    letter = models.ForeignKey(OutgoingLetter, models.PROTECT, related_name="files")
    position = models.PositiveSmallIntegerField()
    file_name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    remarks = models.JSONField(default=list, help_text="codes of what the file holds besides")

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["sha256"], name="outgoing_file_by_digest")]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "position"], name="outgoing_letter_file_once"
            ),
        ]
