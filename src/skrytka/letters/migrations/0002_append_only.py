"""The database itself refuses to change these tables."""

from django.db import migrations

from skrytka.ledger.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("letters", "0001_initial")]
    operations = [
        append_only("letters_letter"),
        append_only("letters_letterattachment"),
        append_only("letters_registerentry"),
    ]
