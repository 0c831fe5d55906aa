"""One letter, its receipt and its refusal, for all tests of receipts."""

import hashlib
from dataclasses import dataclass, replace
from functools import cache

import pytest

from skrytka.core.receipts import (
    Information,
    InformationKind,
    NppFacts,
    ReceiptAttachment,
    ReceiptParty,
    RefusalCause,
    UpdFacts,
    UppFacts,
    render_npp,
    render_upd,
    render_upp,
)
from skrytka.core.signatures.people import ClaimedPerson
from skrytka.core.signatures.sealing import DetachedReference, SealShape, SealTemplate
from skrytka.core.signatures.signing import MemoryKey
from tests.world.pki import AT, make_pki

DOCUMENT = "<Pismo>Proszę o zgodę.</Pismo>".encode()
ATTACHMENT = b"%PDF-1.7 umowa"
DOCUMENT_NO = "DOK-2026-0001001"
CENTRE = ReceiptParty("Centrum Usług Wspólnych w Cieszynie", "ZOJO_Cieszyn")
ANNA = ReceiptParty("Anna Nowak", "anowak")


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


UPP = UppFacts(
    receipt_no="ESP-UPP-2026-0000001",
    addressee=CENTRE,
    sender=ANNA,
    delivered_at=AT,
    produced_at=AT,
    document_id=DOCUMENT_NO,
    information=(
        Information(InformationKind.BOX_ADDRESS, "/ZOJO_Cieszyn/SkrytkaESP"),
        Information(InformationKind.REGISTER_NO, "RPW/CUW/00001/2026"),
        Information(InformationKind.DOCUMENT_SHA256, sha256(DOCUMENT)),
        ReceiptAttachment("umowa.pdf", len(ATTACHMENT), sha256(ATTACHMENT)).as_information(),
    ),
)
NPP = NppFacts(
    receipt_no="ESP-NPP-2026-0000001",
    addressee=CENTRE,
    sender=ANNA,
    attempted_at=AT,
    produced_at=AT,
    document_id=DOCUMENT_NO,
    causes=(
        RefusalCause("F-MALW", "Plik zawiera złośliwe oprogramowanie.", "eicar.txt", "ab" * 32),
        RefusalCause("L-SUM", "Załączniki są za duże."),
    ),
)

FILES = (
    Information(InformationKind.DOCUMENT_SHA256, sha256(DOCUMENT)),
    ReceiptAttachment("umowa.pdf", len(ATTACHMENT), sha256(ATTACHMENT)).as_information(),
)
COLLECTED = UpdFacts(
    receipt_no="ESP-UPD-2026-0000001",
    issuer=CENTRE,
    addressee=ANNA,
    received_at=AT,
    produced_at=AT,
    case_mark="CUW.123.4.2026",
    document_id=DOCUMENT_NO,
    information=FILES,
)
DEEMED = replace(
    COLLECTED,
    information=(
        Information(InformationKind.WAY, "uznanie za doręczone"),
        Information(InformationKind.BASIS, "art. 46 § 6 KPA"),
        Information(InformationKind.FIRST_NOTICE, "2025-12-29T10:00:00+01:00"),
        Information(InformationKind.REPEAT_NOTICE, "2026-01-06T00:05:00+01:00"),
        Information(InformationKind.RULE, "kpa-2014-last-day, wersja 1"),
        Information(InformationKind.REASON, "Dzień 14. to 12 stycznia."),
        Information(InformationKind.REASON, "Nieodebrane pismo uznajemy za doręczone."),
        Information(InformationKind.DEEMED_ON, "2026-01-12"),
        Information(InformationKind.ACCESS_UNTIL, "2026-04-12"),
        *FILES,
    ),
)
REFUSED = replace(
    COLLECTED,
    information=(
        Information(InformationKind.WAY, "odmowa przyjęcia"),
        Information(InformationKind.BASIS, "art. 47 KPA"),
        *FILES,
    ),
)
PERSON = ClaimedPerson("Anna", "Nowak", "44051401359", "anowak")


def shared(key: MemoryKey) -> SealTemplate:
    """The template of a receipt that several sign."""
    return SealTemplate(key, AT, SealShape.SHARED_RECEIPT)


def by_office(upd: bytes) -> bytes:
    return shared(make_pki().seal).seal_beside(upd, signing_time=AT, role=None)


def by_person(upd: bytes) -> bytes:
    return shared(make_pki().trusted_profile).seal_beside(upd, signing_time=AT, role=PERSON)


def by_system(facts: UpdFacts) -> bytes:
    template = SealTemplate(make_pki().seal, AT)
    return template.seal(render_upd(facts), signing_time=AT, references=(), role=None)


@dataclass(frozen=True)
class Sealed:
    upp: bytes
    npp: bytes


@cache
def make_sealed() -> Sealed:
    template = SealTemplate(make_pki().seal, AT)
    reference = DetachedReference("Ref-Dokument", DOCUMENT_NO, sha256(DOCUMENT))
    return Sealed(
        template.seal(render_upp(UPP), signing_time=AT, references=(reference,), role=None),
        template.seal(render_npp(NPP), signing_time=AT, references=(), role=None),
    )


@pytest.fixture
def sealed() -> Sealed:
    return make_sealed()
