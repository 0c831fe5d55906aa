"""What scanners said of files, and what is kept from everybody because of it.

Digests here are facts, as in a receipt: no bytes hang on them.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from skrytka.accounts.models import Institution
from skrytka.letters.models.letters import LetterAttachment


class Occasion(models.TextChoices):
    """Why a scanner was asked.

    ADDED: the file came. LATER: the scanner had been silent. AGAIN: its databases are newer.
    """

    ADDED = "ADDED"
    LATER = "LATER"
    AGAIN = "AGAIN"


class FileScreening(models.Model):
    """One answer of the scanners: never changed, a later one stands beside it.

    A file is named by its draft, whose id the letter keeps for ever, and its digest: no draft holds
    the same bytes twice. `engine` names engine and database, `rule` what was found: it is for the
    journal alone.
    """

    draft_id = models.UUIDField()
    digest = models.CharField(max_length=64)
    occasion = models.CharField(max_length=5, choices=Occasion)
    outcome = models.CharField(max_length=10)
    code = models.CharField(max_length=12, default="", blank=True)
    engine = models.CharField(max_length=300, default="", blank=True)
    rule = models.CharField(max_length=200, default="", blank=True)
    screened_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["draft_id", "digest"], name="screening_of_file")]


class EngineSeen(models.Model):
    """Since when an engine with its database is in use: what was screened before is due again."""

    engine = models.CharField(max_length=300, unique=True)
    first_seen_at = models.DateTimeField()


class QuarantineState(models.TextChoices):
    HELD = "HELD"
    DESTROYED = "DESTROYED"


class Quarantined(models.Model):
    """An infected file of a refused letter: kept from everybody, then destroyed; the row stays.

    `locked_at` tells since when its bytes lie where reading does not find them.
    """

    attachment = models.OneToOneField(
        LetterAttachment, models.PROTECT, primary_key=True, related_name="quarantined"
    )
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    engine = models.CharField(max_length=300)
    rule = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=QuarantineState, default=QuarantineState.HELD)
    since = models.DateTimeField()
    locked_at = models.DateTimeField(null=True)
    destroy_after = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["institution", "-since"], name="quarantine_by_since"),
            models.Index(
                fields=["destroy_after"],
                name="quarantine_held",
                condition=Q(state=QuarantineState.HELD),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=QuarantineState.HELD, destroyed_at__isnull=True)
                | Q(state=QuarantineState.DESTROYED, destroyed_at__isnull=False),
                name="quarantine_destroyed_once",
            ),
        ]


class FlagState(models.TextChoices):
    """FLAGGED: nobody may take the file. RELEASED: an administrator found a false alarm."""

    FLAGGED = "FLAGGED"
    RELEASED = "RELEASED"


class FlaggedFile(models.Model):
    """A file of an accepted letter in which malware was found later; the letter stays as it is."""

    attachment = models.ForeignKey(LetterAttachment, models.PROTECT, related_name="flags")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
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
        indexes = [models.Index(fields=["institution", "state"], name="flag_by_institution")]
        constraints = [
            models.UniqueConstraint(fields=["attachment", "rule"], name="flag_once_for_a_rule"),
            models.CheckConstraint(
                condition=Q(state=FlagState.FLAGGED, released_at__isnull=True)
                | (Q(state=FlagState.RELEASED, released_at__isnull=False) & ~Q(reason="")),
                name="flag_released_with_a_reason",
            ),
        ]


class LateScreening(models.Model):
    """A letter or a draft's file that waited too long for the scanner: the operator is told once.

    `subject_id` is the letter's or the attachment's; the institution is known but for a draft
    whose addressee is not chosen.
    """

    subject_id = models.UUIDField(primary_key=True)
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    waiting_since = models.DateTimeField()
    noticed_at = models.DateTimeField()


class ToldOf(models.TextChoices):
    SILENT_SCANNER = "SILENT_SCANNER"
    FLAGGED_FILES = "FLAGGED_FILES"
    FLAGGED_SENT = "FLAGGED_SENT"


class AdministratorsTold(models.Model):
    """When the administrators of an institution were last written to: at most once an hour."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    of = models.CharField(max_length=14, choices=ToldOf)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "of"], name="told_of_each_once"),
        ]
