"""Archive time-stamps: version 3 by its index of digests, version 2 over the values themselves."""

import hashlib
from itertools import product

import pytest

from skrytka.core.signatures.cms import archive
from skrytka.core.signatures.cms.examine import examine_cms, examine_signed_data
from skrytka.core.signatures.evidence import SignatureEvidence, TimestampEvidence, TimestampKind
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.words import SignatureLevel
from tests.core.signatures.cms.crafting import (
    DATA,
    LETTER,
    SHA256,
    SIGNATURE_STAMP,
    SIGNED_DATA,
    Envelope,
    Shape,
    algorithm,
    attribute,
    authority,
    integer,
    later,
    octet_string,
    oid,
    person,
    sequence,
    tlv,
    token,
)
from tests.core.signatures.cms.test_tokens_tell_what_they_prove import tlv_content

R = ReasonCode
ARCHIVE_V2, ARCHIVE_V3 = "1.2.840.113549.1.9.16.2.48", "0.4.0.1733.2.4"
INDEX_V1, INDEX_V3 = "0.4.0.1733.2.5", "0.4.0.19122.1.5"
CERTIFICATES = "1.2.840.113549.1.9.16.2.23"
REVOCATIONS = "1.2.840.113549.1.9.16.2.24"
CRL = sequence(sequence(integer(1)), algorithm(SHA256), tlv(0x03, b"\0x"))
OTHER_CRL = sequence(sequence(integer(2)), algorithm(SHA256), tlv(0x03, b"\0y"))
HEAD = Shape().head
VALUE = tlv_content(HEAD[-1])
STAMP = attribute(SIGNATURE_STAMP, token(VALUE))


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def name(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def envelope(*unsigned: bytes, content: bytes | None = LETTER, certs: int = 1) -> Envelope:
    held = (person().der, authority().der)[:certs]
    return Envelope((Shape.finish(HEAD, unsigned),), content, DATA, held, (CRL,))


def index(
    *attributes: bytes, certificates: tuple[bytes, ...] = (), digest: tuple[bytes, ...] = ()
) -> bytes:
    listed = (certificates or (person().der,), (CRL,), attributes)
    fields = (sequence(*(octet_string(sha(one)) for one in field)) for field in listed)
    return sequence(*digest, *fields)


def version_3(made: bytes, kind: str = INDEX_V3, content: bytes = LETTER) -> bytes:
    stamped = oid(DATA) + sha(content) + b"".join(HEAD) + made
    return attribute(ARCHIVE_V3, token(stamped, unsigned=(attribute(kind, made),)))


def examined(file: Envelope) -> SignatureEvidence:
    (signature,) = examine_cms(file.der(), {}).signatures
    assert signature.intact
    return signature


def archived(file: Envelope) -> TimestampEvidence:
    found = [one for one in examined(file).timestamps if one.kind is TimestampKind.ARCHIVE]
    return found[-1]


@pytest.mark.parametrize(
    ("kind", "digest", "listed"),
    [
        (INDEX_V1, (), STAMP),
        (INDEX_V1, (algorithm(SHA256),), STAMP),
        (INDEX_V3, (algorithm(SHA256),), oid(SIGNATURE_STAMP) + token(VALUE)),
    ],
)
def test_a_version_3_stamp_proves_what_its_index_names(
    kind: str, digest: tuple[bytes, ...], listed: bytes
) -> None:
    if kind == INDEX_V3:
        inside = tlv_content(STAMP)
        listed = oid(SIGNATURE_STAMP) + tlv_content(inside[len(oid(SIGNATURE_STAMP)) :])
    made = index(listed, digest=digest)
    signature = examined(envelope(STAMP, version_3(made, kind)))
    stamp = signature.timestamps[-1]
    assert stamp.security == ()
    inner = tlv_content(tlv_content(STAMP)[len(oid(SIGNATURE_STAMP)) :])
    assert stamp.protects == {
        signature.value_sha256,
        name(person().der),
        name(CRL),
        name(inner),
        name(authority().der),
    }
    assert signature.level is SignatureLevel.CADES_LTA


def test_what_the_index_does_not_name_is_not_proved() -> None:
    stamp = archived(envelope(STAMP, version_3(index()), certs=2))
    assert stamp.security == ()
    assert name(authority().der) not in stamp.protects


def test_what_was_taken_away_since_is_not_proved() -> None:
    stamp = archived(envelope(version_3(index(certificates=(b"gone", person().der)))))
    assert stamp.security == ()
    assert name(b"gone") not in stamp.protects
    assert name(person().der) in stamp.protects


def test_another_index_is_not_what_was_stamped() -> None:
    stamped = oid(DATA) + sha(LETTER) + b"".join(HEAD) + index()
    made = token(stamped, unsigned=(attribute(INDEX_V3, index(STAMP)),))
    stamp = archived(envelope(attribute(ARCHIVE_V3, made)))
    assert stamp.security == (R.TST_IMPRINT,)
    assert stamp.protects == frozenset()


@pytest.mark.parametrize("made", [integer(1), sequence(), sequence(integer(1), sequence())])
def test_an_unreadable_index_finds_nothing(made: bytes) -> None:
    assert archived(envelope(version_3(made))).security == (R.TST_NOT_FOUND,)


def test_without_an_index_nothing_is_found() -> None:
    stamp = archived(envelope(attribute(ARCHIVE_V3, token(LETTER))))
    assert stamp.security == (R.TST_NOT_FOUND,)


def test_an_unreadable_archive_token_is_told() -> None:
    stamp = archived(envelope(attribute(ARCHIVE_V3, integer(1))))
    assert stamp.security == (R.TST_SYNTAX,)


def test_a_version_3_stamp_of_a_detached_content_needs_only_its_digest() -> None:
    file = envelope(version_3(index()), content=None).der()
    (signature,) = examine_signed_data(file, lambda _: sha(LETTER)).signatures
    assert signature.timestamps[0].security == ()
    (signature,) = examine_signed_data(file).signatures
    assert signature.timestamps[0].security == (R.TST_NOT_FOUND,)


def before(file: Envelope) -> tuple[bytes, bytes]:
    """Certificates and revocation values with their tags, and as plain sets."""
    tagged = tlv(0xA0, *file.certificates) + tlv(0xA1, *file.crls)
    return tagged, tlv(0x31, *file.certificates) + tlv(0x31, *file.crls)


@pytest.mark.parametrize(("form", "tail"), product((0, 1), ("bare", "tagged", "set")))
def test_a_version_2_stamp_is_over_everything_before_it(form: int, tail: str) -> None:
    file = envelope(STAMP)
    last = {"bare": STAMP, "tagged": tlv(0xA1, STAMP), "set": tlv(0x31, STAMP)}[tail]
    stamped = file.encapsulated + before(file)[form] + b"".join(HEAD) + last
    stamp = archived(envelope(STAMP, attribute(ARCHIVE_V2, token(stamped))))
    assert stamp.security == ()
    assert {name(person().der), name(CRL), name(authority().der)} < stamp.protects


def test_a_later_version_2_stamp_covers_the_earlier_one_only() -> None:
    file = envelope(STAMP)
    start = file.encapsulated + before(file)[0] + b"".join(HEAD)
    first = attribute(ARCHIVE_V2, token(start + STAMP, time=later(1)))
    second = attribute(ARCHIVE_V2, token(start + STAMP + first, time=later(2)))
    broken = attribute(ARCHIVE_V3, integer(5))
    signature = examined(envelope(STAMP, first, second, broken))
    assert [one.security for one in signature.timestamps] == [(), (), (), (R.TST_SYNTAX,)]


def test_a_version_2_stamp_of_a_detached_content_needs_its_octets() -> None:
    file = envelope(content=None)
    stamped = file.encapsulated + LETTER + before(file)[0] + b"".join(HEAD)
    whole = envelope(attribute(ARCHIVE_V2, token(stamped)), content=None).der()
    (signature,) = examine_cms(whole, {"pismo": LETTER}).signatures
    assert signature.timestamps[0].security == ()
    (signature,) = examine_signed_data(whole, lambda _: sha(LETTER)).signatures
    assert signature.intact
    assert signature.timestamps[0].security == (R.TST_NOT_FOUND,)


def test_a_version_2_stamp_of_something_else_is_told() -> None:
    assert archived(envelope(attribute(ARCHIVE_V2, token(LETTER)))).security == (R.TST_IMPRINT,)


def test_certificates_and_revocation_values_in_attributes_are_proved_too() -> None:
    held = attribute(CERTIFICATES, sequence(authority().der))
    revoked = attribute(REVOCATIONS, sequence(tlv(0xA0, sequence(OTHER_CRL))))
    stamp = archived(envelope(held, revoked, version_3(index(held, revoked))))
    assert stamp.security == ()
    assert {name(authority().der), name(OTHER_CRL)} < stamp.protects


def test_octets_that_are_stamped_again_and_again_are_bounded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archive, "_MOST_HASHED", 100)
    assert archived(envelope(version_3(index()))).security == (R.TST_NOT_FOUND,)


def test_each_of_several_version_3_stamps_is_read() -> None:
    first = version_3(index(STAMP))
    second = version_3(index(STAMP, first))
    signature = examined(envelope(STAMP, first, second))
    assert [one.security for one in signature.timestamps] == [(), (), ()]
    earlier = tlv_content(tlv_content(first)[len(oid(ARCHIVE_V3)) :])
    assert name(earlier) in signature.timestamps[2].protects
    assert name(earlier) not in signature.timestamps[1].protects


def test_an_unreadable_token_may_be_among_what_is_stamped() -> None:
    odd = attribute(SIGNATURE_STAMP, integer(5))
    stamp = archived(envelope(odd, version_3(index(odd))))
    assert stamp.security == ()
    assert name(integer(5)) in stamp.protects


def test_a_streamed_content_is_stamped_as_received_or_in_der() -> None:
    for form in (0, 1):
        plain = envelope(STAMP)
        streamed = sequence(oid(DATA), tlv(0xA0, octet_string(LETTER)))
        indefinite = b"\x30\x80" + tlv_content(streamed) + b"\0\0"
        stamped = (indefinite, streamed)[form] + before(plain)[0] + b"".join(HEAD) + STAMP
        body = sequence(
            integer(1),
            tlv(0x31, algorithm(SHA256)),
            indefinite,
            before(plain)[0],
            tlv(0x31, Shape.finish(HEAD, (STAMP, attribute(ARCHIVE_V2, token(stamped))))),
        )
        (signature,) = examine_cms(sequence(oid(SIGNED_DATA), tlv(0xA0, body)), {}).signatures
        assert [one.security for one in signature.timestamps] == [(), ()]
