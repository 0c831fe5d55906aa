"""Terms for what files hold, limits per file, of archives and names; rules of one box."""

import django.db.models.deletion
from django.db import migrations, models

from skrytka.ledger.append_only import append_only

protected = append_only('letters_letterattachment')
# SQLite makes the table anew for a column, and its triggers are gone with the old one.
unprotected = migrations.RunPython(protected.reverse_code, protected.code)


def treatment(default):
    choices = [('REFUSE', 'Refuse'), ('REPORT', 'Report')]
    return models.CharField(choices=choices, default=default, max_length=8)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_renewed_profiles_and_factor_attempts'),
        ('letters', '0005_transfers'),
    ]

    operations = [
        migrations.AddField('attachmentpolicy', 'box', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.box')),
        migrations.AddField('attachmentpolicy', 'file_bytes', models.PositiveBigIntegerField(null=True)),
        migrations.AddField('attachmentpolicy', 'archive_entries', models.PositiveIntegerField(default=1000)),
        migrations.AddField('attachmentpolicy', 'archive_depth', models.PositiveSmallIntegerField(default=4)),
        migrations.AddField('attachmentpolicy', 'archive_bytes', models.PositiveBigIntegerField(default=3000000000)),
        migrations.AddField('attachmentpolicy', 'archive_ratio', models.PositiveIntegerField(default=100)),
        migrations.AddField('attachmentpolicy', 'archive_nesting', models.PositiveSmallIntegerField(default=0)),
        migrations.AddField('attachmentpolicy', 'macros', treatment('REPORT')),
        migrations.AddField('attachmentpolicy', 'scripts', treatment('REPORT')),
        migrations.AddField('attachmentpolicy', 'embedded_files', treatment('REPORT')),
        migrations.AddField('attachmentpolicy', 'locked', treatment('REFUSE')),
        migrations.AddField('attachmentpolicy', 'longest_name', models.PositiveSmallIntegerField(default=255)),
        migrations.AddField('attachmentpolicy', 'forbidden_names', models.JSONField(default=list, help_text='patterns, e.g. ["*.tmp.pdf"]')),
        migrations.AddConstraint('attachmentpolicy', models.CheckConstraint(
            condition=models.Q(('file_bytes', None), ('file_bytes__lte', models.F('total_bytes')), _connector='OR'),
            name='attachment_policy_file_within_letter',
        )),
        migrations.AddField('draftattachment', 'remarks', models.JSONField(default=list, help_text='codes of what the file holds besides')),
        unprotected,
        migrations.AddField('letterattachment', 'remarks', models.JSONField(default=list, help_text='codes of what the file holds besides')),
        protected,
    ]
