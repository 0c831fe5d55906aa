"""One letter, its receipt and its refusal, for all tests of receipts."""

import hashlib
from dataclasses import dataclass
from functools import cache

import pytest

from skrytka.core.receipts import (
    Information,
    InformationKind,
    NppFacts,
    ReceiptAttachment,
    ReceiptParty,
    RefusalCause,
    UppFacts,
    render_npp,
    render_upp,
)
from skrytka.core.signatures.sealing import DetachedReference, SealTemplate
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
