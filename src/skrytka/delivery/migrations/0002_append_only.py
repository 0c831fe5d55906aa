"""The database itself refuses to change these tables."""

from django.db import migrations

from skrytka.ledger.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_initial")]
    operations = [
        append_only("delivery_outgoingletter"),
        append_only("delivery_outgoingletterfile"),
        append_only("delivery_deliveryrules"),
    ]
