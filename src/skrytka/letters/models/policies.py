"""What an institution accepts as attachments, by version and day of force."""

from django.db import models

from skrytka.accounts.models import Institution


class AttachmentPolicy(models.Model):
    """Accepted formats and limits of one institution from a day on, with the source of the rule."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    policy_id = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    in_force_on = models.DateField()
    formats = models.JSONField(help_text='extensions in upper case, e.g. ["DOC", "PDF"]')
    total_bytes = models.PositiveBigIntegerField()
    file_count = models.PositiveSmallIntegerField(default=50)
    quarantine_days = models.PositiveSmallIntegerField(default=30)
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "version"], name="attachment_policy_version_once"
            ),
        ]
