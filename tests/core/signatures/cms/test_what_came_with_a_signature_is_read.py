"""Times, policies, roles, counter-signatures, certificates and revocation values."""

from datetime import UTC, datetime

import pytest

from skrytka.core.signatures.cms.examine import examine_cms
from skrytka.core.signatures.evidence import SignatureEvidence
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.words import SignatureLevel
from tests.core.signatures.cms.crafting import (
    LETTER,
    MESSAGE_DIGEST,
    SHA256,
    SIGNATURE_STAMP,
    SIGNING_TIME,
    Envelope,
    Shape,
    algorithm,
    attribute,
    authority,
    integer,
    octet_string,
    oid,
    person,
    sequence,
    signed,
    tlv,
    token,
)
from tests.core.signatures.cms.test_tokens_tell_what_they_prove import tlv_content

R = ReasonCode
POLICY = "1.2.840.113549.1.9.16.2.15"
ROLES, ROLES_V2 = "1.2.840.113549.1.9.16.2.18", "0.4.0.19122.1.1"
COUNTER = "1.2.840.113549.1.9.6"
CERTIFICATES = "1.2.840.113549.1.9.16.2.23"
REVOCATIONS = "1.2.840.113549.1.9.16.2.24"
ADOBE = "1.2.840.113583.1.1.8"
OCSP_RESPONSE, OCSP_BASIC = "1.3.6.1.5.5.7.16.2", "1.3.6.1.5.5.7.48.1.1"
CRL = sequence(sequence(integer(1)), algorithm(SHA256), tlv(0x03, b"\0x"))
BASIC = sequence(sequence(integer(7)), algorithm(SHA256), tlv(0x03, b"\0y"))
OCSP = sequence(tlv(0x0A, b"\0"), tlv(0xA0, sequence(oid(OCSP_BASIC), octet_string(BASIC))))
NULL = b"\x05\x00"


def with_signed(*attributes: bytes) -> SignatureEvidence:
    (signature,) = examine_cms(signed(Shape(signed=attributes)), {}).signatures
    assert signature.intact
    return signature


def with_unsigned(*attributes: bytes, crls: tuple[bytes, ...] = ()) -> SignatureEvidence:
    info = Shape(unsigned=attributes).info()
    file = Envelope((info,), certificates=(person().der,), crls=crls).der()
    (signature,) = examine_cms(file, {}).signatures
    assert signature.intact
    return signature


@pytest.mark.parametrize(
    ("value", "year"),
    [
        (tlv(0x17, b"260112091112Z"), 2026),
        (tlv(0x17, b"990112091112Z"), 1999),
        (tlv(0x18, b"20260112091112Z"), 2026),
    ],
)
def test_the_claimed_time_is_read(value: bytes, year: int) -> None:
    claimed = with_signed(attribute(SIGNING_TIME, value)).claimed_signing_time
    assert claimed == datetime(year, 1, 12, 9, 11, 12, tzinfo=UTC)


@pytest.mark.parametrize("value", [NULL, tlv(0x17, b"260112"), tlv(0x17, b"2601120911xxZ")])
def test_a_time_that_cannot_be_read_is_none(value: bytes) -> None:
    assert with_signed(attribute(SIGNING_TIME, value)).claimed_signing_time is None


def test_the_policy_is_read_and_an_implied_one_has_no_name() -> None:
    named = attribute(POLICY, sequence(oid("1.2.616.1"), sequence()))
    assert with_signed(named).policy_id == "1.2.616.1"
    assert with_signed(attribute(POLICY, NULL)).policy_id is None
    assert with_signed(attribute(POLICY, sequence())).policy_id is None
    assert with_signed().policy_id is None


@pytest.mark.parametrize("kind", [ROLES, ROLES_V2])
def test_claimed_roles_are_read_and_those_of_others_are_not(kind: str) -> None:
    claimed = tlv(0xA0, attribute("2.5.4.72", tlv(0x0C, "Wójt".encode()), tlv(0x13, b"Radny")))
    certified = tlv(0xA1, attribute("2.5.4.72", tlv(0x0C, b"Minister")))
    assert with_signed(attribute(kind, sequence(claimed, certified))).claimed_roles == (
        "Wójt",
        "Radny",
    )


def test_roles_that_cannot_be_read_are_none() -> None:
    assert with_signed(attribute(ROLES, NULL)).claimed_roles == ()


def test_counter_signatures_are_over_the_value_and_may_be_signed_in_turn() -> None:
    head = Shape().head
    inner_head = Shape(person(), tlv_content(head[-1]), kind=()).head
    last = Shape(person(), tlv_content(inner_head[-1]), kind=()).info()
    middle = Shape.finish(inner_head, (attribute(COUNTER, last),))
    info = Shape.finish(head, (attribute(COUNTER, middle),))
    (signature,) = examine_cms(Envelope((info,), certificates=(person().der,)).der(), {}).signatures
    (first,) = signature.counter_signatures
    (second,) = first.counter_signatures
    assert (first.intact, second.intact) == (True, True)
    assert first.content is None
    assert first.covers == ()


def test_a_counter_signature_of_another_value_is_refused_and_the_signature_is_not() -> None:
    counter = Shape(content=b"inna", kind=()).info()
    signature = with_unsigned(attribute(COUNTER, counter, NULL))
    assert [one.security for one in signature.counter_signatures] == [
        (R.REF_DIGEST,),
        (R.CMS_SYNTAX,),
    ]


def test_certificates_stand_in_both_places_and_unreadable_ones_are_left_out() -> None:
    held = attribute(CERTIFICATES, sequence(authority().der, sequence(), person().der), NULL)
    assert len(with_unsigned(held).pool) == 1
    held = attribute(CERTIFICATES, sequence(authority().der, sequence(), person().der))
    assert with_unsigned(held).pool == (person().certificate, authority().certificate)


def test_revocation_values_are_read_wherever_they_stand() -> None:
    values = sequence(
        tlv(0xA0, sequence(CRL)), tlv(0xA1, sequence(BASIC, OCSP)), tlv(0xA2, sequence())
    )
    signature = with_unsigned(attribute(REVOCATIONS, values))
    assert (signature.crls, signature.ocsps) == ((CRL,), (BASIC,))
    signature = with_signed(attribute(ADOBE, values))
    assert (signature.crls, signature.ocsps) == ((CRL,), (BASIC,))
    others = (tlv(0xA1, oid(OCSP_RESPONSE), OCSP), tlv(0xA1, oid(OCSP_BASIC), BASIC))
    signature = with_unsigned(crls=(CRL, *others))
    assert (signature.crls, signature.ocsps) == ((CRL,), (BASIC,))


@pytest.mark.parametrize(
    "other",
    [
        NULL,
        tlv(0xA1, oid(OCSP_RESPONSE)),
        tlv(0xA1, integer(1), OCSP),
        tlv(0xA1, oid("1.2.3"), OCSP),
        tlv(0xA1, oid(OCSP_RESPONSE), NULL),
        tlv(0xA1, oid(OCSP_RESPONSE), sequence()),
        tlv(0xA1, oid(OCSP_RESPONSE), sequence(tlv(0x0A, b"\6"))),
        tlv(
            0xA1,
            oid(OCSP_RESPONSE),
            sequence(tlv(0x0A, b"\0"), tlv(0xA0, sequence(oid("1.2"), octet_string(BASIC)))),
        ),
    ],
)
def test_odd_revocation_values_are_left_out(other: bytes) -> None:
    signature = with_unsigned(crls=(other,))
    assert (signature.crls, signature.ocsps) == ((), ())
    assert with_unsigned(attribute(REVOCATIONS, NULL)).crls == ()


def test_stamps_and_revocation_values_together_raise_the_level() -> None:
    head = Shape().head
    stamp = attribute(SIGNATURE_STAMP, token(tlv_content(head[-1])))
    file = Envelope((Shape.finish(head, (stamp,)),), LETTER, certificates=(person().der,))
    (signature,) = examine_cms(file.der(), {}).signatures
    assert signature.level is SignatureLevel.CADES_T
    held = Envelope(file.infos, LETTER, certificates=(person().der,), crls=(CRL,))
    (signature,) = examine_cms(held.der(), {}).signatures
    assert signature.level is SignatureLevel.CADES_LT


def test_a_broken_signature_still_tells_what_came_with_it() -> None:
    shape = Shape(message_digest=(attribute(MESSAGE_DIGEST, octet_string(b"x")),))
    (signature,) = examine_cms(signed(shape), {}).signatures
    assert signature.security == (R.REF_DIGEST,)
    assert signature.certificate == person().certificate
    assert len(signature.value_sha256) == 64
