"""Who writes to an institution: a person, an organisation or another institution.

Organisations write through their representatives, institutions through the clerks at their desk.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q


class PartyKind(models.TextChoices):
    PERSON = "PERSON"
    COMPANY = "COMPANY"
    ASSOCIATION = "ASSOCIATION"
    INSTITUTION = "INSTITUTION"


class PostalAddress(models.Model):
    """A postal address as adr:Adres of the CRD document patterns names its parts."""

    street = models.CharField(max_length=120, default="", blank=True)
    building = models.CharField(max_length=20, default="", blank=True)
    flat = models.CharField(max_length=20, default="", blank=True)
    postal_code = models.CharField(max_length=10, default="", blank=True)
    town = models.CharField(max_length=80, default="", blank=True)
    country = models.CharField(max_length=2, default="PL", blank=True)

    class Meta:
        abstract = True


class Party(PostalAddress):
    """A person or organisation with a box of its own for answers, `/{box_entity}/domyslna`."""

    kind = models.CharField(max_length=12, choices=PartyKind)
    name = models.CharField(max_length=200)
    box_entity = models.CharField(max_length=100, unique=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="party"
    )
    nip = models.CharField(max_length=10, default="", blank=True)
    regon = models.CharField(max_length=14, default="", blank=True)
    krs = models.CharField(max_length=10, default="", blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="party_person_has_user",
                condition=Q(kind="PERSON", user__isnull=False)
                | (~Q(kind="PERSON") & Q(user__isnull=True)),
            ),
        ]

    @property
    def box_address(self) -> str:
        return f"/{self.box_entity}/domyslna"


class Representation(models.Model):
    """The right of a person to act for an organisation."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, related_name="representations")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "party"],
                condition=Q(until__isnull=True),
                name="representation_once",
            ),
        ]


class Mandate(models.Model):
    """A party's power of attorney for another person to read and collect its letters."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="mandates")
    proxy = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mandates")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party", "proxy"], condition=Q(until__isnull=True), name="mandate_once"
            ),
        ]


class DeliveryResignation(models.Model):
    """A party does not want letters of institutions delivered to its account, from a day on."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="resignations")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party"], condition=Q(until__isnull=True), name="resignation_once"
            ),
        ]
