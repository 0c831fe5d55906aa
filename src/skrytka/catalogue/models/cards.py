from django.db import models

from skrytka.accounts.models import Institution
from skrytka.catalogue.models.forms import FormVersion


class Category(models.Model):
    """A node of the tree that the catalogue is browsed by."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField(default=0)


class RequiredSignature(models.TextChoices):
    REQUIRED = "REQUIRED"
    RECOMMENDED = "RECOMMENDED"
    NOT_NEEDED = "NOT_NEEDED"


class ServiceCard(models.Model):
    """A case that can be settled: the fields that Polish service cards carry, taken together.

    `institution` is empty for a central card, such as „Pismo ogólne do podmiotu publicznego”.
    """

    code = models.CharField(max_length=40, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    category = models.ForeignKey(Category, models.PROTECT, related_name="cards")
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    summary = models.CharField(max_length=300)
    description = models.TextField(default="", blank=True)
    audience = models.JSONField(default=list, help_text="PartyKind codes")
    unit = models.CharField(max_length=120, default="", blank=True)
    legal_basis = models.JSONField(default=list)
    documents_required = models.JSONField(default=list)
    documents_to_show = models.JSONField(default=list)
    fees = models.JSONField(default=list, help_text="[{amount, account, exemptions}]")
    where_and_how = models.TextField(default="", blank=True)
    time_limit = models.CharField(max_length=120, default="", blank=True)
    appeal = models.TextField(default="", blank=True)
    remarks = models.TextField(default="", blank=True)
    templates = models.JSONField(default=list)
    required_signature = models.CharField(max_length=12, choices=RequiredSignature)
    channel_effect = models.TextField(default="", blank=True)
    synonyms = models.JSONField(default=list)
    form = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    updated_on = models.DateField()
    responsible = models.CharField(max_length=120, default="", blank=True)
    popularity = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["category"],
                condition=models.Q(is_active=True),
                name="card_active_by_category",
            ),
        ]
