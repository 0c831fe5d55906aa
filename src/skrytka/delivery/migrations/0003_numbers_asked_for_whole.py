"""No index for prefixes of an UPD's number."""

from django.db import migrations

from skrytka.ledger.whole_values import whole_values_only


class Migration(migrations.Migration):
    dependencies = [("delivery", "0002_append_only")]
    operations = [whole_values_only("delivery_delivery", "upd_no")]
