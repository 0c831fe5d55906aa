"""Time-stamps of receipts, which come later, beside what was sealed."""

import django.db.models.deletion
from django.db import migrations, models

from skrytka.ledger.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0005_files_are_judged'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReceiptTimestamp',
            fields=[
                ('receipt', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='timestamp', serialize=False, to='evidence.receipt')),
                ('token', models.BinaryField()),
                ('time', models.DateTimeField()),
                ('authority', models.CharField(max_length=500)),
                ('stamped_at', models.DateTimeField()),
            ],
        ),
        append_only('evidence_receipttimestamp'),
    ]
