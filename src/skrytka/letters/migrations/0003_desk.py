"""What the desk sorts and filters by, the reasons it gives and how it assesses effect."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

from skrytka.ledger.append_only import append_only


def copy_boxes(apps, _editor):
    """Letters that are on a desk already get the columns that lists now go by."""
    handling = apps.get_model("letters", "LetterHandling")
    letters = apps.get_model("letters", "Letter").objects.filter(id=OuterRef("letter_id"))
    handling.objects.filter(box__isnull=True).update(
        box_id=Subquery(letters.values("box_id")[:1]),
        sender_key=Subquery(letters.values("sender_name")[:1]),
    )


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_renewed_profiles_and_factor_attempts'),
        ('letters', '0002_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LetterAssessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effect', models.CharField(choices=[('EFFECTIVE', 'Effective'), ('INCOMPLETE', 'Incomplete'), ('INEFFECTIVE', 'Ineffective')], max_length=11)),
                ('reason', models.TextField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveIndex(
            model_name='letterhandling',
            name='handling_inbox',
        ),
        migrations.AddField(
            model_name='letterhandling',
            name='box',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.box'),
        ),
        migrations.AddField(
            model_name='letterhandling',
            name='sender_key',
            field=models.CharField(blank=True, default='', max_length=250),
        ),
        migrations.AddField(
            model_name='letternote',
            name='kind',
            field=models.CharField(choices=[('NOTE', 'Note'), ('DEFICIENCY', 'Deficiency')], default='NOTE', max_length=10),
        ),
        migrations.AddIndex(
            model_name='letterhandling',
            index=models.Index(fields=['institution', '-submitted_at', 'letter'], name='handling_by_arrival'),
        ),
        migrations.AddIndex(
            model_name='letterhandling',
            index=models.Index(fields=['institution', 'state', '-submitted_at', 'letter'], name='handling_by_state'),
        ),
        migrations.AddIndex(
            model_name='letterhandling',
            index=models.Index(fields=['institution', 'signature_outcome', '-submitted_at', 'letter'], name='handling_by_signature'),
        ),
        migrations.AddIndex(
            model_name='letterhandling',
            index=models.Index(fields=['institution', 'box', '-submitted_at', 'letter'], name='handling_by_box'),
        ),
        migrations.AddIndex(
            model_name='letterhandling',
            index=models.Index(fields=['institution', 'sender_key', '-submitted_at', 'letter'], name='handling_by_sender'),
        ),
        migrations.AddIndex(
            model_name='letterintake',
            index=models.Index(condition=models.Q(('state', 'REFUSED')), fields=['-decided_at'], name='intake_refused'),
        ),
        migrations.AddField(
            model_name='letterassessment',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='letterassessment',
            name='letter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='letters.letter'),
        ),
        migrations.RunPython(copy_boxes, migrations.RunPython.noop),
        append_only("letters_letterassessment"),
    ]
