"""The public check: what is valid, what is not, and what cannot be told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from skrytka.core.receipts import (
    CheckCode,
    DocumentState,
    Information,
    Outcome,
    ReceiptCheck,
    SealedKind,
    check_receipt,
    render_upp,
)
from skrytka.core.signatures.people import ClaimedPerson
from skrytka.core.signatures.sealing import DetachedReference, SealTemplate
from skrytka.core.signatures.signing import MemoryKey
from skrytka.core.signatures.trust import TrustStore
from tests.core.receipts.conftest import (
    ATTACHMENT,
    DOCUMENT,
    DOCUMENT_NO,
    NPP,
    UPP,
    Sealed,
    make_sealed,
    sha256,
)
from tests.core.signatures.crafting import NO_SIGNATURES, Ref, Shape, sign
from tests.world.pki import AT, authority, certificate_of, make_pki, organisation, signer


def _check(
    receipt: bytes,
    documents: Mapping[str, bytes | str] = MappingProxyType({}),
    trust: TrustStore | None = None,
) -> ReceiptCheck:
    return check_receipt(receipt, documents, trust or make_pki().trust, AT)


def _codes(check: ReceiptCheck) -> list[CheckCode]:
    return [reason.code for reason in check.reasons]


def _sealed_by(key: MemoryKey, facts: bytes | None = None) -> bytes:
    reference = DetachedReference("Ref-Dokument", DOCUMENT_NO, sha256(DOCUMENT))
    return SealTemplate(key, AT).seal(
        facts or render_upp(UPP), signing_time=AT, references=(reference,), role=None
    )


def test_a_receipt_alone_is_valid_and_says_what_was_not_given(sealed: Sealed) -> None:
    check = _check(sealed.upp)
    assert check.valid
    assert check.kind is SealedKind.UPP
    assert check.facts == UPP
    assert check.reasons == ()
    assert check.at == AT
    assert [item.state for item in check.documents] == [DocumentState.NOT_GIVEN] * 2


def test_the_right_files_match_under_their_own_names(sealed: Sealed) -> None:
    check = _check(sealed.upp, {DOCUMENT_NO: DOCUMENT, "umowa.pdf": ATTACHMENT})
    assert check.valid
    assert [(item.name, item.state) for item in check.documents] == [
        (DOCUMENT_NO, DocumentState.MATCHES),
        ("umowa.pdf", DocumentState.MATCHES),
    ]


def test_renamed_files_match_by_their_digest(sealed: Sealed) -> None:
    check = _check(sealed.upp, {"pismo (1).xml": DOCUMENT, "skan.pdf": sha256(ATTACHMENT).upper()})
    assert check.valid
    assert [item.given for item in check.documents] == ["pismo (1).xml", "skan.pdf"]


@pytest.mark.parametrize("name", [DOCUMENT_NO, "umowa.pdf", "inny.txt"])
def test_a_file_that_differs_is_named(sealed: Sealed, name: str) -> None:
    check = _check(sealed.upp, {name: b"inna tresc"})
    assert check.outcome is Outcome.INVALID
    assert _codes(check) == [CheckCode.DOCUMENT]
    assert name in check.reasons[0].text
    assert (name, DocumentState.DIFFERS) in [(item.name, item.state) for item in check.documents]


def test_a_second_copy_of_the_right_file_is_no_stranger(sealed: Sealed) -> None:
    assert _check(sealed.upp, {"a": DOCUMENT, "b": DOCUMENT}).valid


def test_a_refusal_is_checked_the_same_way(sealed: Sealed) -> None:
    check = _check(sealed.npp)
    assert check.valid
    assert check.kind is SealedKind.NPP
    assert check.facts == NPP


def test_trust_may_be_one_certificate_of_the_seal_or_its_root(sealed: Sealed) -> None:
    pki = make_pki()
    leaf = certificate_of(pki.seal)
    assert _check(sealed.upp, trust=TrustStore(institution_seals=(leaf,))).valid
    assert _check(sealed.upp, trust=TrustStore(anchors=(leaf,))).valid
    assert _check(sealed.upp, trust=TrustStore(anchors=(pki.root.certificate,))).valid


def test_without_trust_nothing_is_valid(sealed: Sealed) -> None:
    check = _check(sealed.upp, trust=TrustStore())
    assert check.outcome is Outcome.UNVERIFIABLE
    assert not check.valid
    assert check.facts == UPP
    assert [reason.text for reason in check.reasons] == ["Nie znamy wystawcy certyfikatu."]


def test_an_expired_seal_cannot_be_verified(sealed: Sealed) -> None:
    check = check_receipt(sealed.upp, {}, make_pki().trust, AT + timedelta(days=4000))
    assert check.outcome is Outcome.UNVERIFIABLE


def test_a_receipt_signed_by_anybody_is_no_receipt() -> None:
    pki = make_pki()
    for key in (pki.person, signer(organisation("Obcy"), authority("Obcy urząd"))):
        check = _check(_sealed_by(key))
        assert not check.valid
        assert check.outcome is Outcome.UNVERIFIABLE
    assert _codes(_check(_sealed_by(pki.person))) == [CheckCode.NOT_A_SEAL]


def test_a_trusted_signature_is_no_seal_on_a_receipt() -> None:
    template = SealTemplate(make_pki().trusted_profile, AT)
    person = ClaimedPerson("Anna", "Nowak", "44051401359")
    signed = template.seal(render_upp(UPP), signing_time=AT, references=(), role=person)
    assert CheckCode.NOT_A_SEAL in _codes(_check(signed))


def test_a_receipt_whose_text_states_another_digest_is_not_valid() -> None:
    information = (Information("Skrót SHA-256 dokumentu", "ab" * 32),)
    check = _check(_sealed_by(make_pki().seal, render_upp(replace(UPP, information=information))))
    assert _codes(check) == [CheckCode.DIGEST_STATED]
    assert check.outcome is Outcome.INVALID


def test_a_receipt_that_states_no_digest_is_held_to_its_seal() -> None:
    check = _check(_sealed_by(make_pki().seal, render_upp(replace(UPP, information=()))))
    assert check.valid


def test_a_sealed_letter_is_no_receipt() -> None:
    check = _check(_sealed_by(make_pki().seal, b'<?xml version="1.0" encoding="UTF-8"?>\n<a>x</a>'))
    assert _codes(check) == [CheckCode.CONTENT]
    assert check.kind is None


def test_an_unsealed_receipt_is_not_valid() -> None:
    check = _check(render_upp(UPP))
    assert check.seal is None
    assert set(_codes(check)) == {CheckCode.SEAL, CheckCode.CONTENT}
    assert check.outcome is Outcome.INVALID


def test_what_is_no_xml_is_no_receipt() -> None:
    check = _check(b"%PDF-1.7")
    assert _codes(check) == [CheckCode.NOT_XML]
    assert check.outcome is Outcome.INVALID


def test_a_relative_namespace_is_no_form_of_ours(sealed: Sealed) -> None:
    check = _check(sealed.upp.replace(b"<pos:UPP>", b'<pos:UPP xmlns:x="a/b">'))
    assert CheckCode.FORM in _codes(check)


def test_two_seals_on_one_receipt_are_not_judged() -> None:
    from lxml import etree

    from skrytka.core.documents.xml import parse_xml
    from tests.core.signatures.crafting import fill

    key = make_pki().seal
    shapes = [Shape(key=key, id=id_, references=(Ref(transforms=NO_SIGNATURES),)) for id_ in "AB"]
    text = render_upp(UPP).decode().split("\n", 1)[1]
    place = text.rindex("</pos:Dokument>")
    both = "".join(shape.xml() for shape in shapes)
    root = parse_xml((text[:place] + both + text[place:]).encode())
    for shape in shapes:
        fill(root, shape)
    check = _check(etree.tostring(root))
    assert CheckCode.NOT_A_SEAL in _codes(check)


def test_a_receipt_with_references_that_hide_their_files_is_not_valid() -> None:
    for transforms in ("", f"{NO_SIGNATURES}"):
        shape = Shape(key=make_pki().seal, references=(Ref(),))
        signed = sign("<a>{signature}</a>", shape)
        extra = Ref("plik", transforms, digest="http://www.w3.org/2001/04/xmlenc#sha512").xml
        assert not _check(
            signed.replace(b'<ds:Reference URI=""', extra.encode() + b'<ds:Reference URI=""')
        ).valid


_SEALED = make_sealed()


@settings(max_examples=600, deadline=None)
@given(st.integers(0, len(_SEALED.upp) - 1), st.integers(0, 255))
@example(38, ord(" "))
@example(52, ord("\t"))
def test_one_changed_byte_of_a_receipt_never_verifies(position: int, value: int) -> None:
    changed = bytearray(_SEALED.upp)
    if changed[position] == value:
        value ^= 0x20
    changed[position] = value
    assert not _check(bytes(changed), {DOCUMENT_NO: DOCUMENT}).valid


@pytest.mark.parametrize(("first", "bit"), [(0, 0x01), (1, 0x20), (2, 0x80)])
def test_no_single_bit_of_a_receipt_can_be_flipped(first: int, bit: int) -> None:
    for position in range(first, len(_SEALED.upp), 3):
        changed = bytearray(_SEALED.upp)
        changed[position] ^= bit
        assert not _check(bytes(changed)).valid, position


@given(st.integers(0, len(DOCUMENT) - 1), st.integers(1, 255))
def test_one_flipped_byte_of_a_document_never_verifies(position: int, flip: int) -> None:
    changed = bytearray(DOCUMENT)
    changed[position] ^= flip
    for name in (DOCUMENT_NO, "inna nazwa.xml"):
        assert not _check(_SEALED.upp, {name: bytes(changed)}).valid
    assert _check(_SEALED.upp, {DOCUMENT_NO: DOCUMENT}).valid


@given(
    st.integers(0, len(_SEALED.upp)), st.sampled_from([b" ", b"\n", b"<!---->", b"\xef\xbb\xbf"])
)
def test_nothing_can_be_put_into_a_receipt(position: int, extra: bytes) -> None:
    changed = _SEALED.upp[:position] + extra + _SEALED.upp[position:]
    assert not _check(changed).valid
