"""Public institutions, their boxes and the people who work there."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from skrytka.accounts.models.parties import PostalAddress


class SenderKind(models.TextChoices):
    """Who writes, as far as the choice of a box cares."""

    PERSON = "PERSON"
    COMPANY = "COMPANY"
    ASSOCIATION = "ASSOCIATION"
    INSTITUTION = "INSTITUTION"


class Institution(PostalAddress):
    """A public entity. `entity` is the first part of its box addresses (`ZOJO_Cieszyn`)."""

    entity = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    office_code = models.CharField(max_length=12, help_text="part of the RPW number, e.g. CUW")
    lead = models.CharField(max_length=300, default="", blank=True)
    commune = models.CharField(max_length=80, default="", blank=True)
    phone = models.CharField(max_length=40, default="", blank=True)
    email = models.EmailField(default="", blank=True)
    website = models.URLField(default="", blank=True)
    hours = models.JSONField(default=list, help_text='lines such as "pon.–śr. 7:30–15:30"')
    nip = models.CharField(max_length=10, default="", blank=True)
    regon = models.CharField(max_length=14, default="", blank=True)
    teryt = models.CharField(max_length=7, default="", blank=True)
    carrier_room = models.CharField(max_length=20, default="", blank=True)
    carrier_kinds = models.JSONField(default=list, help_text='e.g. ["CD-RW", "DVD-RW"]')
    paper_room = models.CharField(max_length=20, default="", blank=True)
    channel_effect = models.TextField(default="", blank=True)
    signature_rule = models.TextField(default="", blank=True)
    privacy_text = models.TextField(default="", blank=True)
    accessibility = models.JSONField(default=dict, help_text="fields of the statement")
    is_active = models.BooleanField(default=True)


class Box(models.Model):
    """A box of an institution, `/{entity}/{name}`, with the rules it accepts letters by."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="boxes")
    name = models.CharField(max_length=100)
    title = models.CharField(max_length=200)
    purpose = models.TextField()
    is_basic = models.BooleanField(default=False)
    accepts_unsigned = models.BooleanField(default=False)
    sender_kinds = models.JSONField(default=list, help_text="SenderKind codes it is meant for")
    collection_days = models.PositiveSmallIntegerField(
        null=True, help_text="days a party has to confirm a letter sent from this box"
    )
    notify = models.JSONField(default=list, help_text="addresses told of a new letter")
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "name"], name="box_address_once"),
            models.UniqueConstraint(
                fields=["institution"], condition=Q(is_basic=True), name="box_basic_once"
            ),
        ]

    @property
    def address(self) -> str:
        return f"/{self.institution.entity}/{self.name}"


class InstitutionChange(models.Model):
    """A mark that an institution or one of its boxes has changed, until the directory takes it up.

    A row of its own for each change, removed by its id: a mark that another transaction commits
    later, whatever its number, is still there afterwards. A „last number seen” would pass it over.
    """

    institution = models.ForeignKey(Institution, models.CASCADE, db_index=False, related_name="+")


class Role(models.TextChoices):
    ADMINISTRATOR = "ADMINISTRATOR"
    CLERK = "CLERK"
    FRONT_DESK = "FRONT_DESK"


class Employment(models.Model):
    """One role of a person at an institution; a person may hold several."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="employments")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="employments")
    role = models.CharField(max_length=14, choices=Role)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "institution", "role"],
                condition=Q(until__isnull=True),
                name="employment_once",
            ),
        ]
