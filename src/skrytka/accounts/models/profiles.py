"""The confirmed profile: whose identity a clerk has seen, and the second factor before signing."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from skrytka.accounts.models.institutions import Institution


class ProfileState(models.TextChoices):
    REQUESTED = "REQUESTED"
    CONFIRMED = "CONFIRMED"
    REFUSED = "REFUSED"
    REVOKED = "REVOKED"
    RENEWED = "RENEWED"


class SeenDocument(models.TextChoices):
    """What the clerk compared the person with; its number is not kept."""

    ID_CARD = "ID_CARD"
    MOBILE_ID = "MOBILE_ID"
    PASSPORT = "PASSPORT"
    RESIDENCE_CARD = "RESIDENCE_CARD"


class ConfirmedProfile(models.Model):
    """One request to confirm an identity and what became of it; expiry is read from the date."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="profiles")
    state = models.CharField(max_length=10, choices=ProfileState, default=ProfileState.REQUESTED)
    request_code = models.CharField(max_length=12, unique=True)
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    pesel = models.CharField(max_length=11, default="", blank=True)
    requested_at = models.DateTimeField()
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    seen_document = models.CharField(max_length=20, choices=SeenDocument, default="", blank=True)
    valid_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = [
            # A renewal is asked for while the old profile is still in force.
            models.UniqueConstraint(
                fields=["user"], condition=Q(state="REQUESTED"), name="profile_one_requested"
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(state="CONFIRMED"), name="profile_one_confirmed"
            ),
            models.CheckConstraint(
                name="profile_confirmed_by_somebody",
                condition=~Q(state="CONFIRMED")
                | Q(decided_by__isnull=False, decided_at__isnull=False, valid_until__isnull=False),
            ),
        ]


class SecondFactorCode(models.Model):
    """A code sent by e-mail for one purpose; only its digest is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=80)
    code_hash = models.CharField(max_length=128)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)


class FactorAttempt(models.Model):
    """One try at a second factor, counted so that nobody guesses."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "at"], name="attempt_by_user")]
