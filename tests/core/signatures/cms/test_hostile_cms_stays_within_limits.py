"""Broken, truncated, nested and huge input: a named reason, no crash, no long work."""

import base64
import time

import pytest

from skrytka.core.signatures.cms import archive, ber
from skrytka.core.signatures.cms.ber import (
    CannotRead,
    encode,
    octets,
    oid,
    read_first,
    read_whole,
    to_der,
)
from skrytka.core.signatures.cms.examine import examine_cms
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.validation import examine
from tests.core.signatures.cms.crafting import (
    DATA,
    LETTER,
    SIGNATURE_STAMP,
    SIGNED_DATA,
    Envelope,
    Shape,
    algorithm,
    attribute,
    integer,
    octet_string,
    person,
    sequence,
    signed,
    tlv,
    token,
)
from tests.core.signatures.cms.crafting import oid as encoded_oid

R = ReasonCode
NULL = b"\x05\x00"


def test_every_truncation_is_refused_by_name() -> None:
    whole = signed()
    for size in range(len(whole)):
        assert examine_cms(whole[:size], {}).refusal is R.CMS_SYNTAX


def test_every_altered_octet_leaves_a_report_and_is_never_intact_with_other_content() -> None:
    whole = signed()
    for position in range(len(whole)):
        changed = bytearray(whole)
        changed[position] ^= 0x21
        evidence = examine(bytes(changed), {})
        for signature in evidence.signatures:
            assert signature.content is None or signature.content.payload == LETTER


def test_line_ends_and_zeros_may_follow_and_nothing_else() -> None:
    assert examine_cms(signed() + b"\0\0\r\n", {}).signatures[0].intact
    assert examine_cms(signed() + b"x", {}).refusal is R.CMS_SYNTAX


@pytest.mark.parametrize(
    "text",
    [
        b"-----BEGIN CMS-----\n!!!!\n-----END CMS-----\n",
        b"-----BEGIN CMS-----\nMAAA\n-----END PKCS7-----\n",
        b"-----BEGIN PKCS7-----\nMA==\n-----END PKCS7-----\n",
    ],
)
def test_broken_pem_is_refused_by_name(text: bytes) -> None:
    assert examine(text, {}).refusal is R.CMS_SYNTAX


@pytest.mark.parametrize("text", [b"0", b"0\x80", b"Mam zaszczyt", b"M" * 40, b"", b"PK\3\4"])
def test_other_files_are_not_taken_for_cms(text: bytes) -> None:
    assert examine(text, {}).refusal is R.NO_SIGNATURE


def test_base64_of_something_else_is_not_taken_for_cms() -> None:
    text = base64.b64encode(sequence(integer(1), octet_string(bytes(40))))
    assert examine(text, {}).refusal is R.NO_SIGNATURE


def wrapped(*parts: bytes) -> bytes:
    return sequence(encoded_oid(SIGNED_DATA), tlv(0xA0, sequence(*parts)))


INSIDE = sequence(encoded_oid(DATA))
ALGORITHMS, SIGNERS = tlv(0x31), tlv(0x31)


@pytest.mark.parametrize(
    "file",
    [
        sequence(),
        sequence(encoded_oid(DATA), tlv(0xA0, integer(1))),
        sequence(encoded_oid(SIGNED_DATA), tlv(0xA0)),
        sequence(encoded_oid(SIGNED_DATA), tlv(0xA0, integer(1))),
        wrapped(),
        wrapped(integer(1), ALGORITHMS, INSIDE),
        wrapped(integer(1), ALGORITHMS, INSIDE, tlv(0xA0)),
        wrapped(integer(1), ALGORITHMS, INSIDE, SIGNERS, SIGNERS),
        wrapped(integer(1), ALGORITHMS, INSIDE, integer(1)),
        wrapped(integer(1), ALGORITHMS, sequence(), SIGNERS),
        wrapped(integer(1), ALGORITHMS, sequence(encoded_oid(DATA), tlv(0xA0)), SIGNERS),
        wrapped(NULL, ALGORITHMS, INSIDE, SIGNERS),
        wrapped(integer(1), NULL, INSIDE, SIGNERS),
    ],
)
def test_a_structure_that_is_none_is_refused(file: bytes) -> None:
    assert examine_cms(file, {}).refusal is R.CMS_SYNTAX


@pytest.mark.parametrize(
    "info",
    [
        NULL,
        sequence(NULL, *Shape().head[1:]),
        sequence(*Shape().head[:2], algorithm("1.2", NULL, NULL), *Shape().head[3:]),
        sequence(*Shape().head[:2], sequence(), *Shape().head[3:]),
        sequence(*Shape().head[:-1], integer(5)),
        Shape.finish(Shape().head, (sequence(encoded_oid("1.2")),)),
        Shape.finish(Shape().head, (sequence(encoded_oid("1.2"), sequence()),)),
        Shape.finish(Shape().head, (sequence(encoded_oid("1.2"), tlv(0x31, b"\4")),)),
    ],
)
def test_a_signer_that_is_none_is_told(info: bytes) -> None:
    file = Envelope((info,), certificates=(person().der,)).der()
    (signature,) = examine_cms(file, {}).signatures
    assert signature.security == (R.CMS_SYNTAX,)


def test_a_content_of_another_type_is_digested_as_in_pkcs7() -> None:
    shape = Shape(content_type="1.2.3.4")
    one = Envelope((shape.info(),), LETTER, "1.2.3.4", (person().der,)).der()
    file = one.replace(octet_string(LETTER), sequence(LETTER)[:1] + octet_string(LETTER)[1:])
    (signature,) = examine_cms(file, {}).signatures
    assert signature.intact
    assert signature.content is not None
    assert signature.content.payload == LETTER


class TestCounts:
    def test_64_signers_are_read_and_65_are_not(self) -> None:
        info = Shape().info()
        assert len(examine_cms(Envelope((info,) * 64).der(), {}).signatures) == 64
        assert examine_cms(Envelope((info,) * 65).der(), {}).refusal is R.RES_COUNT

    def test_counter_signers_count_as_signers(self) -> None:
        counter = attribute("1.2.840.113549.1.9.6", *(Shape().info() for _ in range(64)))
        assert examine_cms(Envelope((Shape(unsigned=(counter,)).info(),)).der(), {}).refusal is (
            R.RES_COUNT
        )

    def test_too_many_stamps_are_refused(self) -> None:
        stamps = attribute(SIGNATURE_STAMP, *(integer(n) for n in range(257)))
        assert examine_cms(signed(Shape(unsigned=(stamps,))), {}).refusal is R.RES_COUNT

    def test_too_many_certificates_are_refused(self) -> None:
        held = tuple(sequence(integer(number)) for number in range(513))
        file = Envelope((Shape().info(),), certificates=held).der()
        assert examine_cms(file, {}).refusal is R.RES_COUNT

    def test_too_many_certificates_in_all_tokens_together_are_refused(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = signed(Shape(unsigned=(attribute(SIGNATURE_STAMP, *[token(b"x")] * 3),)))
        monkeypatch.setattr(archive, "_MOST_CERTIFICATES", 3)
        assert len(examine_cms(file, {}).signatures[0].timestamps) == 3
        monkeypatch.setattr(archive, "_MOST_CERTIFICATES", 2)
        assert examine_cms(file, {}).refusal is R.RES_COUNT

    def test_too_many_revocation_values_are_refused(self) -> None:
        crls = tuple(sequence(integer(number)) for number in range(513))
        file = Envelope((Shape().info(),), certificates=(person().der,), crls=crls).der()
        assert examine_cms(file, {}).refusal is R.RES_COUNT

    def test_too_many_values_are_refused_at_once(self) -> None:
        flood = tlv(0x31, *([NULL] * (ber._MOST_VALUES + 1)))
        started = time.process_time()
        file = wrapped(integer(1), ALGORITHMS, INSIDE, flood)
        assert examine_cms(file, {}).refusal is R.RES_COUNT
        assert time.process_time() - started < 2


class TestBer:
    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"\x30",
            b"\x1f\x01\x00",
            b"\x30\x85\0\0\0\0\0",
            b"\x30\x82\x01",
            b"\x30\x05\x00",
            b"\x04\x80\x00\x00",
            b"\x30\x80\x05\x00",
            b"\x30\x80" * 100 + b"\0\0" * 100,
            b"\x05\x00\x00",
        ],
    )
    def test_what_is_no_value_is_refused(self, data: bytes) -> None:
        with pytest.raises(CannotRead):
            read_whole(data)

    def test_the_end_of_an_inner_value_must_stand_inside_the_outer(self) -> None:
        with pytest.raises(CannotRead):
            _ = read_first(b"\x30\x02\x30\x80\x00\x00").children

    def test_definite_nesting_is_bounded_too(self) -> None:
        data = NULL
        for _ in range(60):
            data = sequence(data)
        with pytest.raises(CannotRead):
            to_der(read_whole(data))

    def test_a_primitive_value_has_no_parts(self) -> None:
        with pytest.raises(CannotRead):
            _ = read_whole(NULL).children

    @pytest.mark.parametrize("content", [b"", b"\x80", b"\x01" * 65])
    def test_an_odd_object_identifier_is_refused(self, content: bytes) -> None:
        with pytest.raises(CannotRead):
            oid(read_whole(tlv(0x06, content)))

    @pytest.mark.parametrize(
        "dotted", ["1.2.840.113549.1.7.2", "0.4.0.1733.2.4", "2.999.3", "2.5.4.3"]
    )
    def test_object_identifiers_are_read(self, dotted: str) -> None:
        assert oid(read_whole(encoded_oid(dotted))) == dotted

    def test_strings_in_pieces_are_joined(self) -> None:
        pieces = b"\x24\x80" + octet_string(b"a") + tlv(0x24, octet_string(b"b")) + b"\0\0"
        assert octets(read_whole(pieces)) == b"ab"
        assert to_der(read_whole(pieces)) == octet_string(b"ab")

    def test_der_orders_sets_and_shortens_lengths(self) -> None:
        long = b"\x31\x82\x00\x06" + integer(2) + integer(1)
        assert to_der(read_whole(long)) == tlv(0x31, integer(1), integer(2))

    @pytest.mark.parametrize("size", [0, 127, 128, 255, 256, 70000])
    def test_lengths_are_as_short_as_they_can_be(self, size: int) -> None:
        assert encode(0x04, bytes(size)) == octet_string(bytes(size))
