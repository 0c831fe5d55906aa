"""Receipts and signature reports: written once, refused any change by the database."""

import uuid

from django.db import models


class ReceiptIntent(models.Model):
    """The first step of the sealing protocol: which receipt will be made, over which facts.

    `kind` is a code of skrytka.core.identifiers.ReceiptKind. Everything that goes into the receipt
    is fixed here, so that a resumed sealing makes the same one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=3)
    letter_id = models.UUIDField(unique=True)
    institution_id = models.BigIntegerField()
    receipt_no = models.CharField(max_length=40, unique=True)
    facts = models.JSONField()
    document_sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()


class Receipt(models.Model):
    """A sealed receipt, shown only once it stands here."""

    intent = models.OneToOneField(ReceiptIntent, models.PROTECT, primary_key=True)
    kind = models.CharField(max_length=3)
    letter_id = models.UUIDField(unique=True)
    institution_id = models.BigIntegerField()
    receipt_no = models.CharField(max_length=40, unique=True)
    xml = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()


class ReceiptTimestamp(models.Model):
    """A time-stamp of a receipt's seal, which came later: an RFC 3161 token over its value.

    `time` is what the token says; `authority` the address that it came from.
    """

    receipt = models.OneToOneField(
        Receipt, models.PROTECT, primary_key=True, related_name="timestamp"
    )
    token = models.BinaryField()
    time = models.DateTimeField()
    authority = models.CharField(max_length=500)
    stamped_at = models.DateTimeField()


class ReceiptCounter(models.Model):
    """The last number given, per kind and civil year."""

    kind = models.CharField(max_length=3)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "year"], name="receipt_counter_once"),
        ]


class SignatureReport(models.Model):
    """What the validation of one signed document said, at one instant, with its full report."""

    letter_id = models.UUIDField(db_index=True)
    document_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    indication = models.CharField(max_length=20)
    kind = models.CharField(max_length=12)
    report = models.JSONField()


class FileJudgement(models.Model):
    """What the engine said of one signed file of a letter; judging again adds a row.

    `position` 0 is the document, else that of the attachment. `run` is the asking that this row
    answers: a resumed run writes nothing twice. `asked_by` is the clerk, empty for the arrival.
    `incident` names a failure of the judging itself in the log.
    """

    letter_id = models.UUIDField(db_index=True)
    position = models.PositiveSmallIntegerField()
    run = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    judged_at = models.DateTimeField()
    asked_by = models.CharField(max_length=40, default="", blank=True)
    engine = models.CharField(max_length=40)
    policy = models.CharField(max_length=100)
    indication = models.CharField(max_length=20)
    incident = models.CharField(max_length=32, default="", blank=True)
    report = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="file_judged_once_a_run"),
        ]
