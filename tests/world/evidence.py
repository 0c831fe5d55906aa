"""Receipts in the making, without a letter behind them."""

import hashlib
from datetime import UTC, datetime
from uuid import uuid4

from skrytka.core.identifiers import ReceiptKind
from skrytka.evidence.facts import ReceiptFacts, ReceiptLine
from skrytka.evidence.operations import IntendedReceipt

AT = datetime(2026, 11, 23, 13, 47, 6, 123000, tzinfo=UTC)
DOCUMENT = "<Pismo>Proszę o zaświadczenie</Pismo>".encode()
SHA256 = hashlib.sha256(DOCUMENT).hexdigest()


def facts(**changed: str) -> ReceiptFacts:
    lines = (
        ReceiptLine("Adres skrytki", "/ZOJO_Cieszyn/SkrytkaESP"),
        ReceiptLine("Skrót SHA-256 dokumentu", SHA256),
        ReceiptLine("Załącznik", f"umowa & „aneks”.pdf; 12 B; SHA-256 {'a' * 64}"),
    )
    given = {
        "receipt_no": "",
        "institution_name": "Centrum Usług Wspólnych w Cieszynie",
        "institution_entity": "ZOJO_Cieszyn",
        "sender_name": "Anna Kowalska",
        "sender_entity": "akowalska",
        "document_no": "DOK-2026-0001",
        "document_sha256": SHA256,
    } | changed
    return ReceiptFacts(submitted_at=AT, lines=lines, **given)


def intended(kind: ReceiptKind = ReceiptKind.UPP, **changed: str) -> IntendedReceipt:
    return IntendedReceipt(kind, uuid4(), 1, facts(**changed))
