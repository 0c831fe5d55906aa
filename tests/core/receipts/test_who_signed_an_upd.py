"""The public check of an UPD: a collected one and one the system made are never taken for another.

The first is the addressee's word, the second the system's; whoever could turn one into the other
would have a party receive what it never saw, or have never received what it read.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from skrytka.core.documents.xml import parse_xml
from skrytka.core.receipts import (
    CheckCode,
    DeliveryWay,
    DocumentState,
    Outcome,
    ReceiptCheck,
    SealedKind,
    UpdFacts,
    check_receipt,
    render_upd,
)
from skrytka.core.signatures.c14n import C14nMethod, canonicalize_document
from skrytka.core.signatures.sealing import SealShape, SealTemplate
from skrytka.core.signatures.signing import MemoryKey
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.words import SignatureKind
from tests.core.receipts.conftest import (
    ATTACHMENT,
    COLLECTED,
    DEEMED,
    DOCUMENT,
    DOCUMENT_NO,
    REFUSED,
    by_office,
    by_person,
    by_system,
    shared,
)
from tests.core.signatures.crafting import (
    ENVELOPED,
    NO_SIGNATURES,
    Ref,
    Shape,
    sign,
)
from tests.world.pki import AT, authority, certificate_of, make_pki, natural_person, signer

_END = "</pos:Dokument>"
_BESIDE = Shape(references=(Ref(transforms=NO_SIGNATURES),))


def _check(
    receipt: bytes,
    documents: Mapping[str, bytes | str] = MappingProxyType({}),
    trust: TrustStore | None = None,
) -> ReceiptCheck:
    return check_receipt(receipt, documents, trust or make_pki().trust, AT)


def _codes(check: ReceiptCheck) -> set[CheckCode]:
    return {reason.code for reason in check.reasons}


def _name(check: ReceiptCheck) -> str | None:
    return check.signer.signer.name if check.signer and check.signer.signer else None


def _beside(upd: bytes, key: MemoryKey) -> bytes:
    return shared(key).seal_beside(upd, signing_time=AT, role=None)


def _foreign(upd: bytes, shape: Shape | None = None) -> bytes:
    """Signed by another program, which writes the whole file anew."""
    text = upd.decode().split("\n", 1)[1]
    return sign(text.replace(_END, "{signature}" + _END), shape)


def _stranger() -> MemoryKey:
    return signer(natural_person("Celina", "Obca", "02070803628"), authority("Obcy urząd"))


@pytest.mark.parametrize("with_office", [False, True])
def test_a_collected_upd_says_who_collected(*, with_office: bool) -> None:
    upd = render_upd(COLLECTED)
    check = _check(by_person(by_office(upd) if with_office else upd))
    assert check.valid
    assert check.kind is SealedKind.UPD
    assert check.way is DeliveryWay.COLLECTED
    assert check.facts == COLLECTED
    assert _name(check) == "Anna Nowak"
    assert check.signer is not None
    assert check.signer.kind is SignatureKind.TRUSTED
    assert (check.seal is not None) == with_office
    if check.seal is not None:
        assert check.seal.kind is SignatureKind.SEAL


@pytest.mark.parametrize("facts", [DEEMED, REFUSED])
def test_an_automatic_upd_is_sealed_and_nobody_collected(facts: UpdFacts) -> None:
    check = _check(by_system(facts))
    assert check.valid
    assert check.way is facts.way
    assert check.facts == facts
    assert check.signer is None
    assert check.seal is not None


def test_an_upp_has_neither_way_nor_signer() -> None:
    from tests.core.receipts.conftest import make_sealed

    check = _check(make_sealed().upp)
    assert (check.way, check.signer) == (None, None)


def test_the_files_of_the_text_are_compared() -> None:
    collected, deemed = by_person(render_upd(COLLECTED)), by_system(DEEMED)
    for receipt in (collected, deemed):
        alone = _check(receipt)
        assert [(item.name, item.state) for item in alone.documents] == [
            (DOCUMENT_NO, DocumentState.NOT_GIVEN),
            ("umowa.pdf", DocumentState.NOT_GIVEN),
        ]
        assert _check(receipt, {"pismo.xml": DOCUMENT, "umowa.pdf": ATTACHMENT}).valid
        for name in (DOCUMENT_NO, "umowa.pdf", "inny.txt"):
            changed = _check(receipt, {name: b"inna"})
            assert changed.outcome is Outcome.INVALID
            assert _codes(changed) == {CheckCode.DOCUMENT}


def test_an_upd_that_states_no_digest_vouches_for_no_file() -> None:
    receipt = by_person(render_upd(replace(COLLECTED, information=())))
    assert _check(receipt).valid
    assert not _check(receipt, {DOCUMENT_NO: DOCUMENT}).valid


# What an attacker may try.


def test_an_automatic_upd_signed_by_a_person_is_not_valid() -> None:
    pki = make_pki()
    for facts in (DEEMED, REFUSED):
        for signed in (
            by_person(by_system(facts)),
            by_person(by_office(render_upd(facts))),
            by_person(render_upd(facts)),
            _beside(render_upd(facts), pki.person),
            _foreign(by_system(facts)),
            _foreign(
                by_office(render_upd(facts)), Shape(references=(Ref(transforms=NO_SIGNATURES),))
            ),
        ):
            check = _check(signed)
            assert check.outcome is Outcome.INVALID
            assert CheckCode.SIGNED_BY_PERSON in _codes(check)
            assert "Poświadczenie automatyczne nosi podpis osoby." in [
                reason.text for reason in check.reasons
            ]
            assert check.signer is None


def test_an_automatic_upd_bears_one_seal_and_nothing_beside() -> None:
    twice = _beside(by_office(render_upd(DEEMED)), make_pki().seal_rsa)
    stranger = _beside(by_office(render_upd(DEEMED)), _stranger())
    for signed in (twice, stranger):
        check = _check(signed)
        assert check.outcome is Outcome.INVALID
        assert CheckCode.EXTRA_SIGNATURE in _codes(check)
        assert check.seal is None


@pytest.mark.parametrize("place", ["Sposób doręczenia", "Podstawa"])
def test_an_automatic_upd_cannot_lose_a_line(place: str) -> None:
    sealed = by_system(DEEMED)
    lines = sealed.split(b"\n")
    without = b"\n".join(line for line in lines if place.encode() not in line)
    assert without != sealed
    assert _check(without).outcome is Outcome.INVALID
    both = b"\n".join(line for line in lines if b"Podstawa" not in line)
    both = both.replace("uznanie za doręczone".encode(), "odmowa przyjęcia".encode())
    assert _check(both).outcome is Outcome.INVALID


@pytest.mark.parametrize("lost", [b"Spos", b"Podstawa"])
def test_half_an_automatic_upd_is_no_receipt_whoever_signs(lost: bytes) -> None:
    half = b"\n".join(line for line in render_upd(DEEMED).split(b"\n") if lost not in line)
    for signed in (by_office(half), by_person(half)):
        check = _check(signed)
        assert check.outcome is Outcome.INVALID
        assert _codes(check) >= {CheckCode.CONTENT}
        assert check.facts is None


def test_a_collected_upd_without_its_collector_is_not_valid() -> None:
    upd = by_office(render_upd(COLLECTED))
    signed = by_person(upd)
    start = signed.index(b"<ds:Signature ", signed.index(b"</ds:Signature>"))
    robbed = signed[:start] + signed[signed.rindex(b"</ds:Signature>") + 15 :]
    assert robbed == upd
    for receipt in (robbed, by_system(COLLECTED), _beside(upd, make_pki().seal_rsa)):
        check = _check(receipt)
        assert check.outcome is Outcome.INVALID
        assert _codes(check) == {CheckCode.NOT_BY_ADDRESSEE}
        assert [reason.text for reason in check.reasons] == [
            "Tego poświadczenia nie podpisał adresat."
        ]
        assert check.signer is None


def test_an_upd_without_any_signature_is_not_valid() -> None:
    for facts in (COLLECTED, DEEMED):
        check = _check(render_upd(facts))
        assert check.outcome is Outcome.INVALID
        assert _codes(check) == {CheckCode.SEAL, CheckCode.CONTENT}


def test_a_signature_over_a_collected_upd_does_not_carry_over_to_an_automatic_one() -> None:
    signed = by_person(by_office(render_upd(COLLECTED)))
    for way in (DEEMED, REFUSED):
        body = render_upd(way)
        signature = signed[signed.index(b"<ds:Signature ") : signed.rindex(b"</pos:Dokument>")]
        moved = body.replace(b"</pos:Dokument>", signature + b"</pos:Dokument>")
        assert _check(moved).outcome is Outcome.INVALID


def test_two_people_did_not_both_collect() -> None:
    upd = by_person(render_upd(COLLECTED))
    check = _check(_beside(upd, make_pki().person))
    assert check.outcome is Outcome.INVALID
    assert _codes(check) == {CheckCode.EXTRA_SIGNATURE}


def test_a_third_signature_and_a_second_seal_are_too_many() -> None:
    signed = by_person(by_office(render_upd(COLLECTED)))
    for key in (make_pki().seal_rsa, _stranger()):
        check = _check(_beside(signed, key))
        assert check.outcome is Outcome.INVALID
        assert CheckCode.EXTRA_SIGNATURE in _codes(check)


def test_a_broken_seal_of_the_office_spoils_a_good_signature() -> None:
    signed = by_person(by_office(render_upd(COLLECTED)))
    value = signed.index(b"<ds:SignatureValue>") + 30
    broken = signed[:value] + (b"A" if signed[value : value + 1] != b"A" else b"B")
    check = _check(broken + signed[value + 1 :])
    assert check.outcome is Outcome.INVALID


def test_an_issuer_unknown_here_is_never_valid() -> None:
    pki, key = make_pki(), _stranger()
    for signed in (
        _beside(render_upd(COLLECTED), key),
        _beside(by_office(render_upd(COLLECTED)), key),
        _foreign(render_upd(COLLECTED), Shape(key=key)),
    ):
        check = _check(signed)
        assert check.outcome is Outcome.UNVERIFIABLE
        assert _codes(check) == {CheckCode.SEAL}
        assert _name(check) == "Celina Obca"
    signed = by_person(by_office(render_upd(COLLECTED)))
    only_person = TrustStore(trusted_profile_seals=(certificate_of(pki.trusted_profile),))
    for trust in (TrustStore(), only_person):
        check = _check(signed, trust=trust)
        assert check.outcome is Outcome.UNVERIFIABLE
        assert _name(check) in {"Anna Nowak", "Pieczęć podpisu zaufanego Skrytki"}
    assert _check(by_system(DEEMED), trust=TrustStore()).outcome is Outcome.UNVERIFIABLE


def test_an_expired_certificate_cannot_be_verified() -> None:
    late = AT + timedelta(days=4000)
    check = check_receipt(by_person(render_upd(COLLECTED)), {}, make_pki().trust, late)
    assert check.outcome is Outcome.UNVERIFIABLE


# Signed by the program of a party.


@pytest.mark.parametrize("transforms", [ENVELOPED, NO_SIGNATURES])
@pytest.mark.parametrize("with_office", [False, True])
def test_a_file_signed_elsewhere_need_not_be_written_as_we_write(
    transforms: str, *, with_office: bool
) -> None:
    upd = render_upd(COLLECTED)
    signed = _foreign(
        by_office(upd) if with_office else upd, Shape(references=(Ref(transforms=transforms),))
    )
    assert b"<ds:SignatureMethod" in signed
    assert b"/>" in signed
    check = _check(signed)
    assert check.valid, check.reasons
    assert _name(check) == "Anna Nowak"
    assert (check.seal is not None) == with_office


def test_an_automatic_upd_must_be_written_as_we_write() -> None:
    foreign = _foreign(render_upd(DEEMED), Shape(key=make_pki().seal))
    assert _codes(_check(foreign)) == {CheckCode.FORM}
    written_anew = by_system(DEEMED).replace(b"<pos:UPD>", b"<pos:UPD >")
    assert _codes(_check(written_anew)) == {CheckCode.FORM}


def test_the_signatures_stand_inside_the_receipt_and_nowhere_else() -> None:
    text = render_upd(COLLECTED).decode().split("\n", 1)[1]
    deep = sign(text.replace("</pos:UPD>", "{signature}</pos:UPD>"))
    assert _codes(_check(deep)) == {CheckCode.FORM}
    objects = f'<ds:Object Id="O">{text}</ds:Object>'
    around = sign("{signature}", Shape(references=(Ref("#O", ""),), objects=objects))
    check = _check(around)
    assert check.facts == COLLECTED
    assert check.outcome is Outcome.INVALID
    assert _codes(check) == {CheckCode.FORM}


def test_a_signature_over_something_else_is_none_of_the_receipt() -> None:
    objects = '<ds:Object Id="O">AAAA</ds:Object>'
    check = _check(
        _foreign(render_upd(COLLECTED), Shape(references=(Ref("#O", ""),), objects=objects))
    )
    assert not check.valid


# One changed byte.

_AUTOMATIC = by_system(DEEMED)
_SIGNED = by_person(by_office(render_upd(COLLECTED)))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(_AUTOMATIC) - 1), st.integers(0, 255))
@example(38, ord(" "))
def test_one_changed_byte_of_an_automatic_upd_never_verifies(position: int, value: int) -> None:
    changed = bytearray(_AUTOMATIC)
    if changed[position] == value:
        value ^= 0x20
    changed[position] = value
    assert not _check(bytes(changed), {DOCUMENT_NO: DOCUMENT}).valid


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(_SIGNED) - 1), st.integers(0, 255))
def test_one_changed_byte_of_a_collected_upd_changes_nothing_it_says(
    position: int, value: int
) -> None:
    """Foreign programs write as they like, so only what the XML means is held fast, all of it."""
    changed = bytearray(_SIGNED)
    if changed[position] == value:
        value ^= 0x20
    changed[position] = value
    check = _check(bytes(changed))
    if check.valid:
        assert (check.facts, _name(check)) == (COLLECTED, "Anna Nowak")
        assert _meaning(bytes(changed)) == _meaning(_SIGNED)


def _meaning(data: bytes) -> bytes:
    return canonicalize_document(parse_xml(data), C14nMethod.INCLUSIVE_COMMENTS)


def test_a_seal_of_another_shape_breaks_when_somebody_signs_beside_it() -> None:
    plain = SealTemplate(make_pki().seal, AT, SealShape.RECEIPT)
    sealed = plain.seal(render_upd(COLLECTED), signing_time=AT, references=(), role=None)
    assert _check(by_person(sealed)).outcome is Outcome.INVALID
