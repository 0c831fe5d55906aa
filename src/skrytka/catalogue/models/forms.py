from django.db import models


class FormVersion(models.Model):
    """One published version of a form: JSON Schema 2020-12 and layout hints; never changed."""

    code = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    schema = models.JSONField()
    layout = models.JSONField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="form_version_once"),
        ]
