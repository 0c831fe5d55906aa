"""The UPD of a collected letter: made, signed here or elsewhere, stored once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from skrytka.core.identifiers import ReceiptKind
from skrytka.core.receipts import DeliveryWay, Outcome, read_upd
from skrytka.core.signatures.people import ClaimedPerson
from skrytka.core.signatures.sealing import SealTemplate
from skrytka.core.signatures.signing import MemoryKey
from skrytka.core.signatures.words import SignatureKind
from skrytka.evidence.delivery_facts import DeliveryFacts
from skrytka.evidence.models import ReceiptIntent
from skrytka.evidence.operations import (
    CannotSeal,
    CannotTakeUpd,
    SealFault,
    UpdFault,
    check_upd_signed_elsewhere,
    delivery_receipts,
    record_intent,
    seal_receipt,
    sign_upd_for_person,
    store_signed_upd,
    upd_to_sign,
)
from skrytka.evidence.queries import check_public_receipt, receipt_of
from tests.core.signatures.crafting import NO_SIGNATURES, Ref, Shape, sign
from tests.world.evidence import AT, DOCUMENT, delivery, intended_delivery
from tests.world.pki import Terms, make_pki, natural_person, organisation, signer
from tests.world.trust import trusting_the_root_of_tests

pytestmark = pytest.mark.django_db
ANNA = ClaimedPerson("Anna", "Kowalska", "44051401359", "akowalska")
FACTS = delivery(receipt_no="ESP-UPD-2026-0000007")
END = "</pos:Dokument>"


def handed_out(*, with_office: bool = False) -> bytes:
    return upd_to_sign(FACTS, with_office=with_office, at=AT)


def signed_elsewhere(upd: bytes, shape: Shape | None = None) -> bytes:
    text = upd.decode().split("\n", 1)[1]
    return sign(text.replace(END, "{signature}" + END), shape)


@pytest.fixture
def known_root(tmp_path: Path) -> Iterator[None]:
    with trusting_the_root_of_tests(tmp_path):
        yield


@pytest.mark.parametrize("with_office", [False, True])
def test_the_addressee_signs_here_and_it_is_on_record(*, with_office: bool) -> None:
    signed = sign_upd_for_person(handed_out(with_office=with_office), ANNA, at=AT)
    check = check_public_receipt(signed, {"pismo.xml": DOCUMENT}, at=AT)
    assert check.outcome is Outcome.VALID
    assert check.way is DeliveryWay.COLLECTED
    assert check.signer is not None
    assert check.signer.person == ANNA
    assert (check.seal is not None) == with_office
    letter_id = uuid4()
    store_signed_upd(letter_id, 3, FACTS, signed, at=AT)
    stored = receipt_of(letter_id)
    assert stored is not None
    assert (stored.kind, stored.xml) == (ReceiptKind.UPD, signed)
    assert stored.receipt_no == read_upd(signed).receipt_no == "ESP-UPD-2026-0000007"
    intent = ReceiptIntent.objects.get(letter_id=letter_id)
    assert DeliveryFacts.from_json(intent.facts) == FACTS
    assert (intent.institution_id, intent.document_sha256) == (3, FACTS.document_sha256)


def test_the_facts_stand_in_what_is_handed_out() -> None:
    read = read_upd(handed_out())
    assert (read.received_at, read.produced_at) == (AT, AT)
    assert read.case_mark == "CUW.123.4.2026"
    assert read.document_sha256 == FACTS.document_sha256
    assert [file.file_name for file in read.attachments] == ["decyzja & „plan”.pdf"]


@pytest.mark.parametrize("way", [DeliveryWay.DEEMED, DeliveryWay.REFUSED])
def test_nobody_is_asked_to_sign_what_the_system_says(way: DeliveryWay) -> None:
    with pytest.raises(CannotSeal) as refused:
        upd_to_sign(delivery(way), with_office=False, at=AT)
    assert refused.value.reason is SealFault.READS_DIFFERENTLY


@pytest.mark.parametrize("way", [DeliveryWay.DEEMED, DeliveryWay.REFUSED])
def test_a_person_never_signs_an_automatic_upd(way: DeliveryWay) -> None:
    automatic = seal_receipt(record_intent(intended_delivery(way), at=AT), at=AT).xml
    with pytest.raises(CannotSeal) as refused:
        sign_upd_for_person(automatic, ANNA, at=AT)
    assert refused.value.reason is SealFault.DOES_NOT_VERIFY


def test_what_is_no_receipt_is_not_signed_as_one() -> None:
    for document, fault in ((DOCUMENT, SealFault.DOES_NOT_VERIFY), (b"x", SealFault.REFUSED)):
        with pytest.raises(CannotSeal) as refused:
            sign_upd_for_person(document, ANNA, at=AT)
        assert refused.value.reason is fault


def test_a_sealed_upp_is_no_upd_to_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.world.evidence import intended

    upp = seal_receipt(record_intent(intended(), at=AT), at=AT).xml
    with pytest.raises(CannotSeal) as refused:
        sign_upd_for_person(upp, ANNA, at=AT)
    assert refused.value.reason is SealFault.DOES_NOT_VERIFY


def test_a_signature_the_verifier_refuses_is_not_handed_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    honest = SealTemplate.seal_beside

    def tampered(self: SealTemplate, document: bytes, **given: object) -> bytes:
        return honest(self, document, **given).replace(b"Kowalska", b"Kowalski")  # type: ignore[arg-type] # handed on as given

    monkeypatch.setattr(SealTemplate, "seal_beside", tampered)
    with pytest.raises(CannotSeal) as refused:
        sign_upd_for_person(handed_out(), ANNA, at=AT)
    assert refused.value.reason is SealFault.DOES_NOT_VERIFY


def test_bytes_that_say_something_else_are_never_handed_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(delivery_receipts, "render_receipt", lambda *_: b"<nic/>")
    with pytest.raises(CannotSeal) as refused:
        handed_out()
    assert refused.value.reason is SealFault.READS_DIFFERENTLY


# Signed elsewhere.


@pytest.mark.parametrize("with_office", [False, True])
@pytest.mark.parametrize("shape", [Shape(), Shape(references=(Ref(transforms=NO_SIGNATURES),))])
def test_a_file_signed_elsewhere_is_taken(
    shape: Shape, known_root: None, *, with_office: bool
) -> None:
    upd = handed_out(with_office=with_office)
    signed = signed_elsewhere(upd, shape)
    check = check_upd_signed_elsewhere(upd, signed, at=AT)
    assert check.outcome is Outcome.VALID
    assert check.signer is not None
    assert check.signer.kind is SignatureKind.ADVANCED
    store_signed_upd(uuid4(), 1, FACTS, signed, at=AT)


def test_an_issuer_unknown_here_is_no_refusal() -> None:
    upd = handed_out(with_office=True)
    signed = signed_elsewhere(upd)
    check = check_upd_signed_elsewhere(upd, signed, at=AT)
    assert check.outcome is Outcome.UNVERIFIABLE
    letter_id = uuid4()
    store_signed_upd(letter_id, 1, FACTS, signed, at=AT)
    stored = receipt_of(letter_id)
    assert stored is not None
    assert not check_public_receipt(stored.xml, {}, at=AT).valid


def test_our_own_signature_is_taken_back_too() -> None:
    upd = handed_out(with_office=True)
    assert check_upd_signed_elsewhere(upd, sign_upd_for_person(upd, ANNA, at=AT), at=AT).valid


def refusal_of(upd: bytes, signed: bytes, at: datetime = AT) -> CannotTakeUpd:
    with pytest.raises(CannotTakeUpd) as refused:
        check_upd_signed_elsewhere(upd, signed, at=at)
    return refused.value


HOSTILE = {
    "entities": b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
    "bomb": b'<!DOCTYPE a [<!ENTITY e "eeee">]><a>&e;&e;</a>',
    "deep": b"<a>" * 5000 + b"</a>" * 5000,
    "cut": b"<pos:Dokument",
    "pdf": b"%PDF-1.7",
    "nothing": b"",
    "utf-16": '<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_at_the_door(name: str) -> None:
    refusal = refusal_of(handed_out(), HOSTILE[name])
    assert refusal.reason is UpdFault.NOT_SIGNED
    assert refusal.report is not None


def test_the_file_itself_unsigned_is_not_signed() -> None:
    for with_office in (False, True):
        upd = handed_out(with_office=with_office)
        assert refusal_of(upd, upd).reason is UpdFault.NOT_SIGNED


def test_a_broken_signature_is_told() -> None:
    upd = handed_out()
    broken = signed_elsewhere(upd).replace(b"Kowalska", b"Kowalski")
    refusal = refusal_of(upd, broken)
    assert refusal.reason is UpdFault.BROKEN
    assert refusal.report is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Anna Kowalska", b"Celina Obca"),
        (b"CUW.123.4.2026", b"CUW.123.4.2027"),
        (b"<pos:UPD>", b"<pos:UPD><!-- zastrzegam -->"),
        (b"</pos:UPD>\n", b"</pos:UPD>\n\n"),
    ],
)
def test_another_content_than_the_handed_out_one_is_told(old: bytes, new: bytes) -> None:
    upd = handed_out()
    assert refusal_of(upd, signed_elsewhere(upd.replace(old, new))).reason is (
        UpdFault.OTHER_CONTENT
    )


def test_the_seal_of_the_office_may_not_get_lost() -> None:
    with_seal, without = handed_out(with_office=True), handed_out()
    twice = signed_elsewhere(
        signed_elsewhere(without, Shape(references=(Ref(transforms=NO_SIGNATURES),))),
        Shape(id="S2", references=(Ref(transforms=NO_SIGNATURES),)),
    )
    assert refusal_of(with_seal, signed_elsewhere(without)).reason is UpdFault.NOT_SIGNED
    assert refusal_of(with_seal, twice).reason is UpdFault.OTHER_CONTENT


def test_an_expired_certificate_is_told(known_root: None) -> None:
    expired = signer(
        natural_person("Anna", "Kowalska", "44051401359"),
        make_pki().root,
        Terms(not_after=AT - timedelta(days=1)),
    )
    upd = handed_out()
    refusal = refusal_of(upd, signed_elsewhere(upd, Shape(key=expired)))
    assert refusal.reason is UpdFault.CERTIFICATE_EXPIRED


def test_a_signature_around_the_file_is_told_apart() -> None:
    for with_office in (False, True):
        upd = handed_out(with_office=with_office)
        text = upd.decode().split("\n", 1)[1]
        box = f'<ds:Object Id="O">{text}</ds:Object>'
        around = sign("{signature}", Shape(references=(Ref("#O", ""),), objects=box))
        assert refusal_of(upd, around).reason is UpdFault.NOT_INSIDE


def test_a_seal_in_the_place_of_a_person_is_told(known_root: None) -> None:
    upd = handed_out()
    seal = signer(organisation("Firma"), make_pki().root)
    assert refusal_of(upd, signed_elsewhere(upd, Shape(key=seal))).reason is UpdFault.NOT_A_PERSON


def test_a_file_too_large_is_not_even_read() -> None:
    refusal = refusal_of(handed_out(), b" " * (delivery_receipts.LARGEST_SIGNED_UPD + 1))
    assert refusal.reason is UpdFault.TOO_LARGE
    assert refusal.report is None


# The record.


def test_one_letter_has_one_upd() -> None:
    signed, letter_id = sign_upd_for_person(handed_out(), ANNA, at=AT), uuid4()
    store_signed_upd(letter_id, 1, FACTS, signed, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        store_signed_upd(letter_id, 1, FACTS, signed, at=AT)


def test_what_says_other_facts_is_not_stored() -> None:
    signed = sign_upd_for_person(handed_out(), ANNA, at=AT)
    for wrong in (
        replace(FACTS, receipt_no="ESP-UPD-2026-0000008"),
        replace(FACTS, addressee_name="Celina Obca"),
        delivery(DeliveryWay.DEEMED, receipt_no=FACTS.receipt_no),
    ):
        with pytest.raises(CannotSeal) as refused:
            store_signed_upd(uuid4(), 1, wrong, signed, at=AT)
        assert refused.value.reason is SealFault.READS_DIFFERENTLY
    assert not ReceiptIntent.objects.exists()


def stranger() -> MemoryKey:
    return signer(organisation("Firma"), make_pki().root)


def test_what_is_not_signed_by_a_person_is_not_stored(known_root: None) -> None:
    upd = handed_out(with_office=True)
    for unsigned, fault in (
        (handed_out(), SealFault.READS_DIFFERENTLY),
        (upd, SealFault.DOES_NOT_VERIFY),
        (signed_elsewhere(handed_out(), Shape(key=stranger())), SealFault.DOES_NOT_VERIFY),
    ):
        with pytest.raises(CannotSeal) as refused:
            store_signed_upd(uuid4(), 1, FACTS, unsigned, at=AT)
        assert refused.value.reason is fault
    assert not ReceiptIntent.objects.exists()
