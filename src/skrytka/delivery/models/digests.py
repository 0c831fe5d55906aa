"""On which days an institution's digest was seen to."""

from django.db import models

from skrytka.accounts.models import Institution


class DigestSent(models.Model):
    """The digest of an institution for a day: written whether or not there was anything to tell.

    Whoever writes the row sends the mails, so that what comes up later that day sends none.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "on"], name="digest_once_a_day"),
        ]
