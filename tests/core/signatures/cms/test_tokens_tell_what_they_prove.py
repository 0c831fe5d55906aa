"""Time-stamp tokens: what they stamp, when, by whom, and what is wrong with them."""

import hashlib
from pathlib import Path

import pytest

from skrytka.core.signatures.cms.examine import examine_cms
from skrytka.core.signatures.evidence import TimestampEvidence, TimestampKind, Use
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.timestamps import Stamped, examine_token
from skrytka.core.signatures.words import SignatureLevel
from tests.core.signatures.cms.crafting import (
    LETTER,
    SHA256,
    SIGNATURE_STAMP,
    TST_INFO,
    Envelope,
    Holder,
    Shape,
    algorithm,
    attribute,
    authority,
    integer,
    octet_string,
    oid,
    openssl,
    person,
    save,
    sequence,
    signed,
    tlv,
    token,
    tst_info,
)
from tests.world.pki import AT

R = ReasonCode
CONTENT_STAMP = "1.2.840.113549.1.9.16.2.20"
REFERENCES_STAMP, ESC_STAMP = "1.2.840.113549.1.9.16.2.26", "1.2.840.113549.1.9.16.2.25"
CERTIFICATE_REFERENCES = "1.2.840.113549.1.9.16.2.21"
REVOCATION_REFERENCES = "1.2.840.113549.1.9.16.2.22"
NAMES = frozenset({"a" * 64})


def examined(
    made: bytes, stamped: Stamped = LETTER, others: tuple[Holder, ...] = ()
) -> TimestampEvidence:
    certificates = tuple(holder.certificate for holder in others)
    return examine_token(
        made, stamped, kind=TimestampKind.SIGNATURE, protects=NAMES, others=certificates
    )


def info_token(info: bytes, **changes: tuple[bytes, ...]) -> bytes:
    shape = Shape(authority(), info, TST_INFO)
    return Envelope((shape.info(),), info, TST_INFO, (authority().der,), **changes).der()


@pytest.mark.parametrize("digest", ["sha1", "sha256"])
def test_a_token_of_openssl_is_intact(digest: str, tmp_path: Path) -> None:
    save(authority(), tmp_path)
    (tmp_path / "letter").write_bytes(LETTER)
    (tmp_path / "serial").write_text("01")
    (tmp_path / "conf").write_text(
        "[t]\ndefault_policy=1.2.3\nserial=serial\ndigests=sha256\nsigner_digest=sha256\n"
        f"ess_cert_id_alg={digest}\n"
    )
    openssl(tmp_path, "ts", "-query", "-data", "letter", "-sha256", "-cert", "-out", "query")
    openssl(
        tmp_path,
        *("ts", "-reply", "-queryfile", "query", "-signer", "person.pem", "-inkey", "person.key"),
        *("-config", "conf", "-section", "t", "-token_out", "-out", "token"),
    )
    evidence = examined((tmp_path / "token").read_bytes())
    assert evidence.security == ()
    assert (evidence.intact, evidence.imprint_found, evidence.imprint_intact) == (True, True, True)
    assert evidence.certificate == authority().certificate
    assert evidence.time is not None
    assert evidence.protects == NAMES
    assert digest in {
        use.digest for use in evidence.algorithms if use.use is Use.CERTIFICATE_REFERENCE
    }


def test_a_token_tells_its_time_and_its_name() -> None:
    made = token(LETTER)
    evidence = examined(made)
    assert evidence.time == AT
    assert evidence.sha256 == hashlib.sha256(made).hexdigest()
    assert evidence.pool == (authority().certificate,)


def test_zeros_after_a_token_are_skipped_and_nothing_else() -> None:
    made = token(LETTER)
    assert examined(made + bytes(5)).sha256 == hashlib.sha256(made).hexdigest()
    assert examined(made + b"x").security == (R.TST_SYNTAX,)


def test_other_data_are_not_what_was_stamped() -> None:
    evidence = examined(token(LETTER), b"co innego")
    assert evidence.security == (R.TST_IMPRINT,)
    assert (evidence.imprint_found, evidence.imprint_intact, evidence.intact) == (True, False, True)
    assert evidence.protects == frozenset()


def test_missing_data_are_told() -> None:
    for missing in (None, lambda _: None):
        evidence = examined(token(LETTER), missing)
        assert evidence.security == (R.TST_NOT_FOUND,)
        assert not evidence.imprint_found


def test_data_may_come_as_a_way_to_their_digest() -> None:
    assert examined(token(LETTER), lambda name: hashlib.new(name, LETTER).digest()).security == ()


def test_an_altered_token_is_not_intact() -> None:
    info = tst_info(LETTER)
    shape = Shape(authority(), info, TST_INFO, value=lambda _: authority().value(b"x"))
    made = Envelope((shape.info(),), info, TST_INFO, (authority().der,)).der()
    evidence = examined(made)
    assert evidence.security == (R.TST_VALUE,)
    assert not evidence.intact
    assert evidence.protects == frozenset()


def test_an_unknown_algorithm_of_a_token_is_told() -> None:
    info = tst_info(LETTER)
    shape = Shape(authority(), info, TST_INFO, algorithm=algorithm("1.2.3"))
    made = Envelope((shape.info(),), info, TST_INFO, (authority().der,)).der()
    assert examined(made).security == (R.TST_VALUE, R.ALG_UNKNOWN)


def test_a_token_without_signed_attributes_is_not_intact() -> None:
    info = tst_info(LETTER)
    shape = Shape(authority(), info, TST_INFO, bare=True)
    made = Envelope((shape.info(),), info, TST_INFO, (authority().der,)).der()
    assert examined(made).security == (R.TST_VALUE, R.CERT_REF)


@pytest.mark.parametrize("named", [(), (authority().name_v2(bytes(32)),)])
def test_a_token_must_name_its_own_certificate(named: tuple[bytes, ...]) -> None:
    evidence = examined(token(LETTER, named=named))
    assert evidence.security == (R.CERT_REF,)
    assert not evidence.intact


def test_the_certificate_of_a_token_may_come_from_outside() -> None:
    made = token(LETTER, certificates=())
    assert examined(made).security == (R.KEY_MISSING,)
    evidence = examined(made, others=(person(), authority()))
    assert evidence.security == ()
    assert evidence.certificate == authority().certificate


def test_only_a_time_stamping_certificate_may_stamp() -> None:
    for holder in (authority(purpose=False), authority(critical=False)):
        evidence = examined(token(LETTER, holder))
        assert evidence.security == (R.TST_CERT,)
        assert evidence.intact


IMPRINT = sequence(algorithm(SHA256), octet_string(bytes(32)))
MOMENT = tlv(0x18, b"20260112091112Z")


@pytest.mark.parametrize(
    "info",
    [
        b"x",
        sequence(),
        sequence(integer(2), oid("1.2.3"), IMPRINT, integer(7), MOMENT),
        sequence(integer(1), integer(1), IMPRINT, integer(7), MOMENT),
        sequence(integer(1), oid("1.2.3"), sequence(algorithm(SHA256)), integer(7), MOMENT),
        sequence(integer(1), oid("1.2.3"), IMPRINT, MOMENT, MOMENT),
        sequence(integer(1), oid("1.2.3"), IMPRINT, integer(7), integer(7)),
        sequence(integer(1), oid("1.2.3"), IMPRINT, integer(7), tlv(0x18, b"20260112091112")),
        sequence(integer(1), oid("1.2.3"), IMPRINT, integer(7), tlv(0x18, b"20261312091112Z")),
        sequence(integer(1), oid("1.2.3"), IMPRINT, integer(7), tlv(0x18, b"20260112091112.xZ")),
    ],
)
def test_an_unreadable_info_is_told(info: bytes) -> None:
    evidence = examined(info_token(info))
    assert evidence.security == (R.TST_SYNTAX,)
    assert evidence.time is None


def test_parts_of_a_second_are_read() -> None:
    info = sequence(integer(1), oid("1.2.3"), IMPRINT, integer(7), tlv(0x18, b"20260112091112.25Z"))
    evidence = examined(info_token(info))
    assert evidence.time is not None
    assert evidence.time.microsecond == 250_000


def test_an_unknown_imprint_algorithm_is_told_by_name() -> None:
    imprint = sequence(algorithm("1.2.3"), octet_string(bytes(32)))
    info = sequence(integer(1), oid("1.2.3"), imprint, integer(7), MOMENT)
    assert examined(info_token(info)).security == (R.ALG_UNKNOWN,)


def test_what_is_no_token_is_told() -> None:
    info = tst_info(LETTER)
    one = Shape(authority(), info, TST_INFO).info()
    held = (authority().der,)
    for made in (
        b"",
        signed(),
        Envelope((), info, TST_INFO, held).der(),
        Envelope((one, one), info, TST_INFO, held).der(),
        Envelope((one,), None, TST_INFO, held).der(),
        Envelope((Shape(authority(), info).info(),), info, certificates=held).der(),
        Envelope((one,), info, TST_INFO, held).der().replace(octet_string(info), tlv(0x0C, info)),
    ):
        assert examined(made).security == (R.TST_SYNTAX,)


def test_a_token_by_itself_is_no_signature() -> None:
    assert examine_cms(token(LETTER), {}).refusal is R.NO_SIGNATURE


def test_too_many_revocation_values_in_a_token_are_refused() -> None:
    crls = tuple(sequence(integer(number)) for number in range(513))
    assert examined(info_token(tst_info(LETTER), crls=crls)).security == (R.RES_COUNT,)


class TestInSignatures:
    """Each kind of stamp of a signature is over its own octets."""

    @staticmethod
    def stamped(shape: Shape, *unsigned: bytes) -> TimestampEvidence:
        info = Shape.finish(shape.head, unsigned) if unsigned else shape.info()
        file = Envelope((info,), shape.content, certificates=(shape.holder.der,)).der()
        (signature,) = examine_cms(file, {}).signatures
        assert signature.intact
        return signature.timestamps[-1]

    def test_a_signature_stamp_is_over_the_value_and_raises_the_level(self) -> None:
        value = person().value(tlv(0x31, *sorted(Shape().attributes)))
        shape = Shape(value=lambda _: value, unsigned=(attribute(SIGNATURE_STAMP, token(value)),))
        (signature,) = examine_cms(signed(shape), {}).signatures
        (stamp,) = signature.timestamps
        assert stamp.kind is TimestampKind.SIGNATURE
        assert stamp.security == ()
        assert stamp.protects == {signature.value_sha256} == {hashlib.sha256(value).hexdigest()}
        assert signature.level is SignatureLevel.CADES_T

    def test_a_stamp_of_another_value_is_told(self) -> None:
        evidence = self.stamped(Shape(unsigned=(attribute(SIGNATURE_STAMP, token(b"x")),)))
        assert evidence.security == (R.TST_IMPRINT,)

    def test_content_stamps_are_over_the_content_and_may_be_several(self) -> None:
        stamp = attribute(CONTENT_STAMP, token(LETTER))
        evidence = self.stamped(Shape(signed=(stamp, attribute(CONTENT_STAMP, token(LETTER)))))
        assert evidence.kind is TimestampKind.CONTENT
        assert evidence.security == ()

    def test_reference_stamps_are_over_the_references(self) -> None:
        shape = Shape()
        head = shape.head
        value = tlv_content(head[-1])
        references = (
            attribute(CERTIFICATE_REFERENCES, sequence(b"")),
            attribute(REVOCATION_REFERENCES, sequence(integer(1))),
        )
        stamp = attribute(SIGNATURE_STAMP, token(value))
        bare = [tlv_content(one) for one in (stamp, *references)]
        cases = (
            (REFERENCES_STAMP, b"".join(bare[1:])),
            (ESC_STAMP, value + b"".join(bare)),
        )
        for kind, data in cases:
            unsigned = (*references, stamp, attribute(kind, token(data), token(data)))
            file = Envelope((Shape.finish(head, unsigned),), certificates=(person().der,)).der()
            (signature,) = examine_cms(file, {}).signatures
            by_kind = [one for one in signature.timestamps if one.kind is TimestampKind.REFERENCES]
            assert [one.security for one in by_kind] == [(), ()]
            protected = signature.value_sha256 in by_kind[0].protects
            assert protected is (kind == ESC_STAMP)


def tlv_content(encoded: bytes) -> bytes:
    """The content of a value, without its tag and length."""
    width = encoded[1] - 128 if encoded[1] > 128 else 0
    return encoded[2 + width :]
