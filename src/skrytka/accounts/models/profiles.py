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
    seen_document = models.CharField(max_length=20, default="", blank=True)
    valid_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state__in=["REQUESTED", "CONFIRMED"]),
                name="profile_one_alive",
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
