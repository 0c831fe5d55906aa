"""Receipts in the making, without a letter behind them."""

import hashlib
from datetime import UTC, datetime
from uuid import uuid4

from skrytka.core.identifiers import ReceiptKind
from skrytka.core.receipts import DeliveryWay, Information
from skrytka.core.signatures.people import ClaimedPerson
from skrytka.evidence.delivery_facts import DeliveryFacts
from skrytka.evidence.facts import ReceiptFacts
from skrytka.evidence.operations import (
    IntendedReceipt,
    record_intent,
    seal_receipt,
    sign_upd_for_person,
    upd_to_sign,
)

AT = datetime(2026, 11, 23, 13, 47, 6, 123000, tzinfo=UTC)
DOCUMENT = "<Pismo>Proszę o zaświadczenie</Pismo>".encode()
SHA256 = hashlib.sha256(DOCUMENT).hexdigest()


def facts(**changed: str) -> ReceiptFacts:
    lines = (
        Information("Adres skrytki", "/ZOJO_Cieszyn/SkrytkaESP"),
        Information("Skrót SHA-256 dokumentu", SHA256),
        Information("Załącznik", f"umowa & „aneks”.pdf; 12 B; SHA-256 {'a' * 64}"),
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


BASES = {
    DeliveryWay.COLLECTED: (),
    DeliveryWay.DEEMED: (
        Information("Podstawa", "art. 46 § 6 KPA; adresat nie potwierdził odbioru w 14 dni"),
        Information("Zawiadomienie pierwsze", "2026-11-09T10:00:00+01:00"),
        Information("Zawiadomienie powtórne", "2026-11-17T00:05:00+01:00"),
        Information("Reguła", "kpa-2014-last-day, wersja 1"),
        Information("Uzasadnienie", "Pierwsze zawiadomienie wysłano 9 listopada 2026 r."),
        Information("Uzasadnienie", "Dzień 14. to 23 listopada 2026 r."),
        Information("Dzień uznania za doręczone", "2026-11-23"),
        Information("Treść dostępna do", "2027-02-23"),
    ),
    DeliveryWay.REFUSED: (Information("Podstawa", "art. 47 § 2 KPA"),),
}


def delivery(way: DeliveryWay = DeliveryWay.COLLECTED, **changed: str) -> DeliveryFacts:
    """What an UPD says of a letter from the centre to Anna; it has a number when one is given."""
    given = {
        "receipt_no": "",
        "institution_name": "Centrum Usług Wspólnych w Cieszynie",
        "institution_entity": "ZOJO_Cieszyn",
        "addressee_name": "Anna Kowalska",
        "addressee_entity": "akowalska",
        "case_mark": "CUW.123.4.2026",
        "document_no": "DOK-2026-0002",
        "document_sha256": SHA256,
    } | changed
    lines = (
        *BASES[way],
        Information("Skrót SHA-256 dokumentu", SHA256),
        Information("Załącznik", f"decyzja & „plan”.pdf; 12 B; SHA-256 {'a' * 64}"),
    )
    return DeliveryFacts(received_at=AT, way=way, lines=lines, **given)


def intended_delivery(way: DeliveryWay, **changed: str) -> IntendedReceipt:
    return IntendedReceipt(ReceiptKind.UPD, uuid4(), 1, delivery(way, **changed))


def upd(way: DeliveryWay, *, with_office: bool = True) -> bytes:
    """The UPD number 7, signed by Anna or made by the system."""
    number = "ESP-UPD-2026-0000007"
    if way is not DeliveryWay.COLLECTED:
        intended_one = intended_delivery(way, receipt_no=number)
        return seal_receipt(record_intent(intended_one, at=AT), at=AT).xml
    unsigned = upd_to_sign(delivery(receipt_no=number), with_office=with_office, at=AT)
    return sign_upd_for_person(unsigned, ClaimedPerson("Anna", "Kowalska", "44051401359"), at=AT)
