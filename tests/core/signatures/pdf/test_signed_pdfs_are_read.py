import re
from collections.abc import Callable

import pytest
from pyhanko.sign import fields

from skrytka.core.signatures.evidence import FileEvidence, SignatureEvidence, TimestampKind
from skrytka.core.signatures.pdf import examine_pdf
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.validation import examine
from skrytka.core.signatures.words import Scope, SignatureLevel
from tests.core.signatures.pdf.signing import (
    STAMPER,
    blank_pdf,
    document_stamped,
    pkcs1_signed,
    signed_pdf,
    with_page_changed,
)


def only(found: FileEvidence) -> SignatureEvidence:
    (signature,) = found.signatures
    return signature


def test_a_fresh_signature_covers_the_whole_file() -> None:
    data = signed_pdf()
    found = only(examine(data, {}))
    assert found.intact
    assert found.security == ()
    assert found.level is SignatureLevel.PADES_B
    assert found.content is not None
    assert found.content.payload == data
    assert found.covers[0].scope is Scope.FULL


def test_a_file_without_signature_has_none() -> None:
    assert examine_pdf(blank_pdf()).refusal is ReasonCode.NO_SIGNATURE


def test_a_signature_timestamp_raises_the_level() -> None:
    found = only(examine_pdf(signed_pdf(stamper=STAMPER)))
    assert found.level is SignatureLevel.PADES_T
    assert found.timestamps[0].imprint_intact
    assert found.timestamps[0].security == ()


def test_an_old_sub_filter_is_read_and_is_not_etsi() -> None:
    old = fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED
    found = only(examine_pdf(signed_pdf(sub_filter=old)))
    assert found.intact
    assert found.level is SignatureLevel.PDF_NOT_ETSI


def test_a_document_timestamp_protects_the_earlier_signature() -> None:
    found = examine_pdf(document_stamped(signed_pdf()))
    signature = only(found)
    (stamp,) = signature.timestamps
    assert stamp.kind is TimestampKind.DOCUMENT
    assert stamp.imprint_intact
    assert signature.value_sha256 in stamp.protects
    assert found.timestamps == signature.timestamps
    assert signature.security == ()


def test_a_second_signature_leaves_the_first_in_order() -> None:
    first_only = signed_pdf()
    first, second = examine_pdf(signed_pdf(first_only, field="Second")).signatures
    assert first.intact
    assert second.intact
    assert first.security == ()
    assert first.content is not None
    assert first.content.payload == first_only


def test_a_changed_page_is_told_and_the_signed_revision_stays() -> None:
    signed = signed_pdf()
    found = only(examine_pdf(with_page_changed(signed)))
    assert found.intact
    assert found.security == (ReasonCode.PDF_MODIFIED,)
    assert found.covers[0].scope is Scope.PARTIAL
    assert found.content is not None
    assert found.content.payload == signed


def test_a_change_that_certification_forbids_breaks_it() -> None:
    signed = signed_pdf(permission=fields.MDPPerm.NO_CHANGES)
    found = only(examine_pdf(with_page_changed(signed)))
    assert ReasonCode.PDF_MDP in found.security
    assert not found.intact
    assert found.content is None


def test_bytes_that_are_no_revision_are_never_accepted_silently() -> None:
    found = only(examine_pdf(signed_pdf() + b"% hidden\n" * 200))
    assert {ReasonCode.PDF_MODIFIED, ReasonCode.PDF_COVERAGE_UNCLEAR} & set(found.security)


@pytest.mark.parametrize("place", [20, 200, -10])
def test_a_changed_byte_is_refused(place: int) -> None:
    data = bytearray(signed_pdf())
    data[place] ^= 1
    assert not any(one.intact for one in examine_pdf(bytes(data)).signatures)


@pytest.mark.parametrize(
    "change",
    [
        lambda a, b, c, d: (a + 1, b, c, d),
        lambda a, b, c, d: (a, b - 1, c, d),
        lambda a, b, c, d: (a, b, c + 2, d),
        lambda a, b, c, d: (a, b, c, d - 9),
        lambda a, b, c, d: (a, b, c, d + 9),
        lambda a, b, c, d: (a, c, b, d),
    ],
)
def test_a_wrong_byte_range_is_named(change: Callable[..., tuple[int, ...]]) -> None:
    data = signed_pdf()
    mark = re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]\s*", data)
    assert mark is not None
    text = b"/ByteRange [%d %d %d %d]" % change(*map(int, mark.groups()))
    forged = data[: mark.start()] + text.ljust(len(mark.group())) + data[mark.end() :]
    found = only(examine_pdf(forged))
    assert ReasonCode.PDF_BYTERANGE in found.security
    assert not found.intact


@pytest.mark.parametrize("name", [b"/Xontents", b"/ByteXange"])
def test_a_signature_without_value_or_range_is_none(name: bytes) -> None:
    real = b"/Contents" if name == b"/Xontents" else b"/ByteRange"
    found = examine_pdf(signed_pdf().replace(real, name))
    assert not found.signatures


def test_a_value_of_zeros_is_no_signature_value() -> None:
    data = signed_pdf()
    value = re.search(rb"/Contents <([0-9a-fA-F]+)>", data)
    assert value is not None
    emptied = data.replace(value[1], b"0" * len(value[1]))
    found = only(examine_pdf(emptied))
    assert not found.intact
    assert ReasonCode.CMS_SYNTAX in found.security


def test_too_many_signatures_or_objects_are_refused_by_name() -> None:
    one = b"1 0 obj << /ByteRange [0 1 2 3] /Contents <00> >> endobj\n"
    assert examine_pdf(b"%PDF-1.7\n" + one * 65).refusal is ReasonCode.RES_COUNT
    many = signed_pdf() + b"1 0 obj\n" * 500_001
    assert examine_pdf(many).refusal is ReasonCode.PDF_LIMIT


def test_deep_nesting_ends_without_a_crash() -> None:
    bomb = b"%PDF-1.7\n1 0 obj " + b"<</A " * 100_000 + b"/ByteRange [0 1 2 3]"
    assert examine_pdf(bomb).refusal is ReasonCode.PDF_SYNTAX


def test_a_bare_pkcs1_value_is_read_with_the_certificate_beside_it() -> None:
    found = only(examine_pdf(pkcs1_signed()))
    assert found.intact
    assert found.level is SignatureLevel.PDF_NOT_ETSI
    assert found.claimed_signing_time is not None
    assert not only(examine_pdf(pkcs1_signed().replace(b"%PDF-1.4", b"%PDF-1.5"))).intact


def test_a_later_copy_of_a_signature_is_no_second_signature() -> None:
    data = signed_pdf()
    start = data.rindex(b"obj", 0, data.index(b"/ByteRange")) + 3
    copied = data + b"99 0 obj" + data[start : data.index(b"endobj", start)] + b"endobj\n"
    found = only(examine_pdf(copied))
    assert found.intact
    assert ReasonCode.PDF_FIELD in found.security


def test_a_key_written_twice_in_a_signature_is_refused() -> None:
    doubled = signed_pdf().replace(b"/Filter /Adobe.PPKLite", b"/SubFilter /Adobe.PPKLt", 1)
    found = only(examine_pdf(doubled))
    assert ReasonCode.PDF_FIELD in found.security
    assert not found.intact
