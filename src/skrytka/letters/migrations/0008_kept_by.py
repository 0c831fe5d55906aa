"""A file of a draft says among whose blobs its bytes lie."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_renewed_profiles_and_factor_attempts'),
        ('letters', '0007_life_of_screened_files'),
    ]

    operations = [
        migrations.AddField(
            model_name='draftattachment',
            name='kept_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.institution'),
        ),
    ]
