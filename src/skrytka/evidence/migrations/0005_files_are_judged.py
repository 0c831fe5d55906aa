"""What was said of each signed file of a letter, kept for good."""

from django.db import migrations, models

from skrytka.ledger.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0004_numbers_asked_for_whole'),
    ]

    operations = [
        migrations.CreateModel(
            name='FileJudgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('letter_id', models.UUIDField(db_index=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('run', models.CharField(max_length=100)),
                ('sha256', models.CharField(max_length=64)),
                ('judged_at', models.DateTimeField()),
                ('asked_by', models.CharField(blank=True, default='', max_length=40)),
                ('engine', models.CharField(max_length=40)),
                ('policy', models.CharField(max_length=100)),
                ('indication', models.CharField(max_length=20)),
                ('incident', models.CharField(blank=True, default='', max_length=32)),
                ('report', models.JSONField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('run', 'position'), name='file_judged_once_a_run')],
            },
        ),
        append_only('evidence_filejudgement'),
    ]
