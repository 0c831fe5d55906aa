"""By which rules an institution delivers, by version and day of force."""

from django.db import models

from skrytka.accounts.models import Institution


class UpdSignatures(models.TextChoices):
    """Whose signatures an UPD bears: the party's alone, or the office's seal before it."""

    PARTY = "PARTY"
    OFFICE_AND_PARTY = "OFFICE_AND_PARTY"


class Release(models.TextChoices):
    """Who lets a letter go: the clerk who wrote it, or a second person."""

    AUTHOR = "AUTHOR"
    SECOND_PERSON = "SECOND_PERSON"


class DeliveryRules(models.Model):
    """One version of an institution's rules. `policy` is a DeliveryPolicy, whole, as JSON.

    A delivery keeps a copy of the policy it began with: a later version never moves it.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    in_force_on = models.DateField()
    policy = models.JSONField()
    upd_signatures = models.CharField(
        max_length=16, choices=UpdSignatures, default=UpdSignatures.PARTY
    )
    release = models.CharField(max_length=13, choices=Release, default=Release.AUTHOR)
    source = models.CharField(max_length=300, help_text="the institution's own decision")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "version"], name="delivery_rules_version_once"
            ),
        ]
