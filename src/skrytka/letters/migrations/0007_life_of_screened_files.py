"""A letter waits for its screening by that name; answers of scanners, quarantine and flags are kept."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from skrytka.ledger.append_only import append_only

EARLIER, NOW = "RECEIVED", "AWAITING_SCREENING"


def name_the_state(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """This will rename the state of the few letters that wait for the scanner at the upgrade."""
    intakes = apps.get_model("letters", "LetterIntake").objects
    intakes.filter(state=EARLIER).update(state=NOW)


def name_it_as_before(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    intakes = apps.get_model("letters", "LetterIntake").objects
    intakes.filter(state=NOW).update(state=EARLIER)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_resignation'),
        ('letters', '0006_attachment_policy_terms'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AdministratorsTold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('of', models.CharField(choices=[('SILENT_SCANNER', 'Silent Scanner'), ('FLAGGED_FILES', 'Flagged Files')], max_length=14)),
                ('told_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='EngineSeen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('engine', models.CharField(max_length=300, unique=True)),
                ('first_seen_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='FileScreening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('draft_id', models.UUIDField()),
                ('digest', models.CharField(max_length=64)),
                ('occasion', models.CharField(choices=[('ADDED', 'Added'), ('LATER', 'Later'), ('AGAIN', 'Again')], max_length=5)),
                ('outcome', models.CharField(max_length=10)),
                ('code', models.CharField(blank=True, default='', max_length=12)),
                ('engine', models.CharField(blank=True, default='', max_length=300)),
                ('rule', models.CharField(blank=True, default='', max_length=200)),
                ('screened_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='FlaggedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('engine', models.CharField(max_length=300)),
                ('rule', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('FLAGGED', 'Flagged'), ('RELEASED', 'Released')], default='FLAGGED', max_length=8)),
                ('flagged_at', models.DateTimeField()),
                ('released_at', models.DateTimeField(null=True)),
                ('reason', models.TextField(blank=True, default='')),
            ],
        ),
        migrations.CreateModel(
            name='LateScreening',
            fields=[
                ('subject_id', models.UUIDField(primary_key=True, serialize=False)),
                ('waiting_since', models.DateTimeField()),
                ('noticed_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Quarantined',
            fields=[
                ('attachment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='quarantined', serialize=False, to='letters.letterattachment')),
                ('engine', models.CharField(max_length=300)),
                ('rule', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('HELD', 'Held'), ('DESTROYED', 'Destroyed')], default='HELD', max_length=10)),
                ('since', models.DateTimeField()),
                ('locked_at', models.DateTimeField(null=True)),
                ('destroy_after', models.DateTimeField()),
                ('destroyed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='attachmentpolicy',
            name='quarantine_days',
            field=models.PositiveSmallIntegerField(default=30),
        ),
        migrations.AlterField(
            model_name='letterintake',
            name='state',
            field=models.CharField(choices=[('AWAITING_SCREENING', 'Awaiting Screening'), ('ACCEPTED', 'Accepted'), ('REFUSED', 'Refused')], default='AWAITING_SCREENING', max_length=20),
        ),
        migrations.AddIndex(
            model_name='letterattachment',
            index=models.Index(fields=['sha256'], name='letter_attachment_by_bytes'),
        ),
        migrations.AddField(
            model_name='administratorstold',
            name='institution',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.institution'),
        ),
        migrations.AddIndex(
            model_name='filescreening',
            index=models.Index(fields=['draft_id', 'digest'], name='screening_of_file'),
        ),
        migrations.AddField(
            model_name='flaggedfile',
            name='attachment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flags', to='letters.letterattachment'),
        ),
        migrations.AddField(
            model_name='flaggedfile',
            name='institution',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.institution'),
        ),
        migrations.AddField(
            model_name='flaggedfile',
            name='released_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='latescreening',
            name='institution',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.institution'),
        ),
        migrations.AddField(
            model_name='quarantined',
            name='institution',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.institution'),
        ),
        migrations.AddConstraint(
            model_name='administratorstold',
            constraint=models.UniqueConstraint(fields=('institution', 'of'), name='told_of_each_once'),
        ),
        migrations.AddIndex(
            model_name='flaggedfile',
            index=models.Index(fields=['institution', 'state'], name='flag_by_institution'),
        ),
        migrations.AddConstraint(
            model_name='flaggedfile',
            constraint=models.UniqueConstraint(fields=('attachment', 'rule'), name='flag_once_for_a_rule'),
        ),
        migrations.AddConstraint(
            model_name='flaggedfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('released_at__isnull', True), ('state', 'FLAGGED')), models.Q(('released_at__isnull', False), ('state', 'RELEASED'), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='flag_released_with_a_reason'),
        ),
        migrations.AddIndex(
            model_name='quarantined',
            index=models.Index(fields=['institution', '-since'], name='quarantine_by_since'),
        ),
        migrations.AddIndex(
            model_name='quarantined',
            index=models.Index(condition=models.Q(('state', 'HELD')), fields=['destroy_after'], name='quarantine_held'),
        ),
        migrations.AddConstraint(
            model_name='quarantined',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('destroyed_at__isnull', True), ('state', 'HELD')), models.Q(('destroyed_at__isnull', False), ('state', 'DESTROYED')), _connector='OR'), name='quarantine_destroyed_once'),
        ),
        migrations.RunPython(name_the_state, name_it_as_before, elidable=False),
        append_only("letters_filescreening"),
    ]
