"""A receipt's number is looked up whole: its column carries the one index that keeps it unique."""

import pytest
from django.db import connection

COLUMNS = [
    ("evidence_receiptintent", "receipt_no"),
    ("evidence_receipt", "receipt_no"),
    ("delivery_delivery", "upd_no"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_number_has_one_index_and_is_unique(table: str, column: str) -> None:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table)
    of_column = [each for each in found.values() if each["columns"] == [column]]
    assert [each["unique"] for each in of_column if not each["check"]] == [True]
