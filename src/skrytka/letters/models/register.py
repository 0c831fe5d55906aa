"""The register of incoming letters (rejestr przesyłek wpływających, RPW)."""

from django.db import models

from skrytka.accounts.models import Institution
from skrytka.letters.models.letters import Letter


class RegisterCounter(models.Model):
    """The last number given, per institution and civil year in Warsaw."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "year"], name="register_counter_once"),
        ]


class RegisterEntry(models.Model):
    """One registered letter; the number is never used again (instrukcja kancelaryjna § 11)."""

    letter = models.OneToOneField(
        Letter, models.PROTECT, primary_key=True, related_name="register_entry"
    )
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    seq = models.PositiveIntegerField()
    register_no = models.CharField(max_length=40, unique=True)
    registered_at = models.DateTimeField()
    arrived_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "year", "seq"], name="register_number_once"
            ),
        ]
