"""A file on its way to a draft."""

import uuid

from django.db import models

from skrytka.letters.models.drafts import Draft


class TransferState(models.TextChoices):
    """RECEIVING until the last byte is durable; ARRIVED until the file stands in the list."""

    RECEIVING = "RECEIVING"
    ARRIVED = "ARRIVED"


class Transfer(models.Model):
    """A file that comes part by part; `offset` bytes of `size` are durable.

    `fingerprint` is what the page made of the file, to know it again on another device; `digest`
    is the SHA-256 of the bytes as they came, empty where it could not be followed to the end.
    `writer` is the request that receives a part now, or the last one that did.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="transfers")
    slot = models.CharField(max_length=60, default="", blank=True)
    file_name = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64, default="", blank=True)
    size = models.PositiveBigIntegerField()
    offset = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=9, choices=TransferState, default=TransferState.RECEIVING)
    writer = models.UUIDField(null=True)
    digest = models.CharField(max_length=64, default="", blank=True)
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["begun_at"]
        indexes = [models.Index(fields=["expires_at"], name="transfer_by_expiry")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(offset__lte=models.F("size")), name="transfer_within_size"
            ),
        ]
