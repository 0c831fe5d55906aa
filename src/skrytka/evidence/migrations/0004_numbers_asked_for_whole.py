"""No index for prefixes of a receipt's number."""

from django.db import migrations

from skrytka.ledger.whole_values import whole_values_only


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_receipts_compressed_quickly")]
    operations = [
        whole_values_only("evidence_receiptintent", "receipt_no"),
        whole_values_only("evidence_receipt", "receipt_no"),
    ]
