"""Bytes that an institution sends and in which malware was found after they were let in."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from skrytka.accounts.models import Institution
from skrytka.letters.models import FlagState


class FlaggedBytes(models.Model):
    """One finding in bytes that an institution sends, or is about to.

    By digest and not by file: a series of hundreds of letters carries the same bytes, and is one
    decision of an administrator. Whichever file of the institution has the digest, in a letter or
    in a draft, now or later, is held by this row. The name is one that the institution gave it.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    engine = models.CharField(max_length=300)
    rule = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=FlagState, default=FlagState.FLAGGED)
    flagged_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reason = models.TextField(default="", blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["institution", "state"], name="flagged_bytes_by_institution"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "digest", "rule"], name="flagged_bytes_once_for_a_rule"
            ),
            models.CheckConstraint(
                condition=Q(state=FlagState.FLAGGED, released_at__isnull=True)
                | (Q(state=FlagState.RELEASED, released_at__isnull=False) & ~Q(reason="")),
                name="flagged_bytes_released_with_a_reason",
            ),
        ]
