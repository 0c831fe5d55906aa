"""The record of what happened (append-only) and the outbox of what must still happen."""

from django.db import models


class Event(models.Model):
    """One thing that happened: ids and codes only, never content or names."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    actor_id = models.CharField(max_length=64, default="SYSTEM")
    institution_id = models.BigIntegerField(null=True)
    remote_address = models.GenericIPAddressField(null=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="event_by_subject"),
            models.Index(fields=["institution_id", "id"], name="event_by_institution"),
        ]


class OutboxState(models.TextChoices):
    PENDING = "PENDING"
    CLAIMED = "CLAIMED"
    DONE = "DONE"
    GIVEN_UP = "GIVEN_UP"


class OutboxRow(models.Model):
    """One external effect, written in the transaction that caused it, idempotent by key."""

    key = models.CharField(max_length=160, unique=True)
    effect = models.CharField(max_length=40)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=OutboxState, default=OutboxState.PENDING)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    claimed_by = models.CharField(max_length=80, default="", blank=True)
    claimed_until = models.DateTimeField(null=True)
    last_error = models.TextField(default="", blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="outbox_due",
                condition=models.Q(state__in=[OutboxState.PENDING, OutboxState.CLAIMED]),
            ),
        ]
