from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def mark_what_is_ahead(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Changes that the last number seen had not reached yet are marked, once for each institution."""
    state = apps.get_model("catalogue", "SearchState").objects.filter(corpus="ADDRESSEES").first()
    events = apps.get_model("ledger", "Event").objects.filter(
        id__gt=state.last_event_id if state else 0,
        kind="SETTINGS_CHANGED",
        subject_type="INSTITUTION",
    )
    ids = {int(one) for one in events.values_list("subject_id", flat=True).distinct()}
    mark = apps.get_model("accounts", "InstitutionChange")
    mark.objects.bulk_create(mark(institution_id=one) for one in sorted(ids))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_institution_changes"),
        ("catalogue", "0004_cards_by_category"),
        ("ledger", "0002_append_only"),
    ]

    operations = [
        migrations.RunPython(mark_what_is_ahead, migrations.RunPython.noop),
        migrations.RemoveField(model_name="searchstate", name="last_event_id"),
    ]
