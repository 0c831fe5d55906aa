"""The database itself refuses to change these tables."""

from django.db import migrations

from skrytka.ledger.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]
    operations = [
        append_only("evidence_receiptintent"),
        append_only("evidence_receipt"),
        append_only("evidence_signaturereport"),
    ]
