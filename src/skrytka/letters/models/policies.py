"""What an institution accepts as attachments, by version and day of force."""

from django.db import models
from django.db.models import F, Q

from skrytka.accounts.models import Box, Institution
from skrytka.letters.screening.formats import LONGEST_NAME
from skrytka.letters.screening.policy import ArchiveLimits, Treatment

ARCHIVES = ArchiveLimits()


class TreatmentChoice(models.TextChoices):
    """REPORT lets a file in and tells the sender and the clerk of it."""

    REFUSE = Treatment.REFUSE.value
    REPORT = Treatment.REPORT.value


class AttachmentPolicy(models.Model):
    """Accepted formats and limits from a day on, with the source of the rule.

    Those of a box go before those of its institution, until a row of the box says that it
    `follows_institution` from a day on: of such a row only box, day and source count. Without
    `file_bytes` one file may fill the whole letter.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    box = models.ForeignKey(Box, models.PROTECT, null=True, related_name="+")
    follows_institution = models.BooleanField(default=False)
    policy_id = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    in_force_on = models.DateField()
    formats = models.JSONField(help_text='extensions in upper case, e.g. ["DOC", "PDF"]')
    total_bytes = models.PositiveBigIntegerField()
    file_bytes = models.PositiveBigIntegerField(null=True)
    file_count = models.PositiveSmallIntegerField(default=50)
    archive_entries = models.PositiveIntegerField(default=ARCHIVES.entries)
    archive_depth = models.PositiveSmallIntegerField(default=ARCHIVES.depth)
    archive_bytes = models.PositiveBigIntegerField(default=ARCHIVES.unpacked_bytes)
    archive_ratio = models.PositiveIntegerField(default=ARCHIVES.ratio)
    archive_nesting = models.PositiveSmallIntegerField(default=ARCHIVES.nesting)
    macros = models.CharField(max_length=8, choices=TreatmentChoice, default=TreatmentChoice.REPORT)
    scripts = models.CharField(
        max_length=8, choices=TreatmentChoice, default=TreatmentChoice.REPORT
    )
    embedded_files = models.CharField(
        max_length=8, choices=TreatmentChoice, default=TreatmentChoice.REPORT
    )
    locked = models.CharField(max_length=8, choices=TreatmentChoice, default=TreatmentChoice.REFUSE)
    longest_name = models.PositiveSmallIntegerField(default=LONGEST_NAME)
    forbidden_names = models.JSONField(default=list, help_text='patterns, e.g. ["*.tmp.pdf"]')
    quarantine_days = models.PositiveSmallIntegerField(default=30)
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "version"], name="attachment_policy_version_once"
            ),
            models.CheckConstraint(
                condition=Q(file_bytes=None) | Q(file_bytes__lte=F("total_bytes")),
                name="attachment_policy_file_within_letter",
            ),
            models.CheckConstraint(
                condition=Q(follows_institution=False) | Q(box__isnull=False),
                name="attachment_policy_only_a_box_follows",
            ),
        ]
