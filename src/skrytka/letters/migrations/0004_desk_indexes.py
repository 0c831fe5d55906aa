"""Indexes for the list of one clerk and for refused letters, usable with bound parameters."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_renewed_profiles_and_factor_attempts'),
        ('letters', '0003_desk'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='letterhandling',
            name='handling_by_assignee',
        ),
        migrations.RemoveIndex(
            model_name='letterintake',
            name='intake_refused',
        ),
        migrations.AddIndex(
            model_name='letterhandling',
            index=models.Index(fields=['institution', 'assignee', '-submitted_at', 'letter', 'state'], name='handling_by_clerk'),
        ),
        migrations.AddIndex(
            model_name='letterintake',
            index=models.Index(fields=['state', '-decided_at'], name='intake_by_state'),
        ),
    ]
