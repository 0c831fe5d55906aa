"""What the desk does with a letter after it came in."""

from django.conf import settings
from django.db import models

from skrytka.accounts.models import Box, Institution
from skrytka.letters.models.letters import Letter


class HandlingState(models.TextChoices):
    NEW = "NEW"
    IN_PROGRESS = "IN_PROGRESS"
    DEFICIENT = "DEFICIENT"
    DONE = "DONE"


class LetterHandling(models.Model):
    """The mutable side of a letter at its institution.

    What lists sort and filter by stands here once more, so that a page of the inbox is one walk
    along one index, however many letters the institution has.
    """

    letter = models.OneToOneField(Letter, models.PROTECT, primary_key=True, related_name="handling")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    box = models.ForeignKey(Box, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=HandlingState, default=HandlingState.NEW)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    signature_outcome = models.CharField(max_length=20, default="", blank=True)
    first_opened_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    sender_key = models.CharField(max_length=250, default="", blank=True)
    search_text = models.TextField(default="", blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["institution", "-submitted_at", "letter"], name="handling_by_arrival"
            ),
            models.Index(
                fields=["institution", "state", "-submitted_at", "letter"],
                name="handling_by_state",
            ),
            models.Index(
                fields=["institution", "signature_outcome", "-submitted_at", "letter"],
                name="handling_by_signature",
            ),
            models.Index(
                fields=["institution", "box", "-submitted_at", "letter"], name="handling_by_box"
            ),
            models.Index(
                fields=["institution", "sender_key", "-submitted_at", "letter"],
                name="handling_by_sender",
            ),
            models.Index(
                fields=["institution", "assignee", "-submitted_at", "letter", "state"],
                name="handling_by_clerk",
            ),
        ]


class NoteKind(models.TextChoices):
    """DEFICIENCY: the reason why the letter was marked „Braki formalne”."""

    NOTE = "NOTE"
    DEFICIENCY = "DEFICIENCY"


class LetterNote(models.Model):
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=NoteKind, default=NoteKind.NOTE)
    text = models.TextField()
    at = models.DateTimeField()


class Effect(models.TextChoices):
    """What a clerk holds the letter to have brought about."""

    EFFECTIVE = "EFFECTIVE"
    INCOMPLETE = "INCOMPLETE"
    INEFFECTIVE = "INEFFECTIVE"


class LetterAssessment(models.Model):
    """One assessment of a letter's effect: never changed, a later one stands beside it."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="assessments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    effect = models.CharField(max_length=11, choices=Effect)
    reason = models.TextField()
    at = models.DateTimeField()
