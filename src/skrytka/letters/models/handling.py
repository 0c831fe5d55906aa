"""What the desk does with a letter after it came in."""

from django.conf import settings
from django.db import models

from skrytka.accounts.models import Institution
from skrytka.letters.models.letters import Letter


class HandlingState(models.TextChoices):
    NEW = "NEW"
    IN_PROGRESS = "IN_PROGRESS"
    DEFICIENT = "DEFICIENT"
    DONE = "DONE"


class LetterHandling(models.Model):
    """The mutable side of a letter at its institution."""

    letter = models.OneToOneField(Letter, models.PROTECT, primary_key=True, related_name="handling")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=HandlingState, default=HandlingState.NEW)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    signature_outcome = models.CharField(max_length=20, default="", blank=True)
    first_opened_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    search_text = models.TextField(default="", blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["institution", "state", "-submitted_at"], name="handling_inbox"),
            models.Index(fields=["assignee", "state"], name="handling_by_assignee"),
        ]


class LetterNote(models.Model):
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()
