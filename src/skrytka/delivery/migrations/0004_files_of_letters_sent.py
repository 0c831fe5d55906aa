"""What files that are sent hold besides, and bytes in which malware was found later."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from skrytka.ledger.append_only import append_only

protected = append_only('delivery_outgoingletterfile')
# SQLite makes the table anew for a column, and its triggers are gone with the old one.
unprotected = migrations.RunPython(protected.reverse_code, protected.code)


def remarks():
    return models.JSONField(default=list, help_text='codes of what the file holds besides')


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_renewed_profiles_and_factor_attempts'),
        ('delivery', '0003_numbers_asked_for_whole'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField('outgoingfile', 'remarks', remarks()),
        migrations.AddIndex('outgoingfile', models.Index(fields=['sha256'], name='outgoing_draft_file_by_digest')),
        unprotected,
        migrations.AddField('outgoingletterfile', 'remarks', remarks()),
        migrations.AddIndex('outgoingletterfile', models.Index(fields=['sha256'], name='outgoing_file_by_digest')),
        protected,
        migrations.CreateModel(
            name='FlaggedBytes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('file_name', models.CharField(max_length=255)),
                ('size', models.PositiveBigIntegerField()),
                ('engine', models.CharField(max_length=300)),
                ('rule', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('FLAGGED', 'Flagged'), ('RELEASED', 'Released')], default='FLAGGED', max_length=8)),
                ('flagged_at', models.DateTimeField()),
                ('released_at', models.DateTimeField(null=True)),
                ('reason', models.TextField(blank=True, default='')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.institution')),
                ('released_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['institution', 'state'], name='flagged_bytes_by_institution')],
                'constraints': [
                    models.UniqueConstraint(fields=('institution', 'digest', 'rule'), name='flagged_bytes_once_for_a_rule'),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(('released_at__isnull', True), ('state', 'FLAGGED')),
                            models.Q(('released_at__isnull', False), ('state', 'RELEASED'), models.Q(('reason', ''), _negated=True)),
                            _connector='OR',
                        ),
                        name='flagged_bytes_released_with_a_reason',
                    ),
                ],
            },
        ),
    ]
