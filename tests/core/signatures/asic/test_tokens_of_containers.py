"""Tokens of a container prove the entries and signatures that their manifest names."""

import pytest

from skrytka.core.signatures.asic.examine import examine_container
from skrytka.core.signatures.evidence import TimestampEvidence, TimestampKind
from skrytka.core.signatures.reasons import ReasonCode
from tests.core.signatures.asic.packing import (
    ASIC_S,
    LETTER,
    cms_signature,
    manifest,
    pack,
    token,
    unpacked,
)

STAMP = "META-INF/timestamp001.tst"
ARCHIVE = "META-INF/ASiCArchiveManifest.xml"
PROOF = "META-INF/signature001.p7s"
LIST = "META-INF/ASiCManifest001.xml"
R = ReasonCode


def stamped(files: dict[str, bytes]) -> dict[str, bytes]:
    """This will stamp files with a manifest of their own."""
    listed = manifest(STAMP, files)
    return {**files, ARCHIVE: listed, STAMP: token(listed)}


def only(files: dict[str, bytes], mimetype: str | None = None) -> TimestampEvidence:
    (found,) = examine_container(pack(files, mimetype), {}).timestamps
    return found


def signed_and_stamped() -> dict[str, bytes]:
    listed = manifest(PROOF, LETTER)
    return stamped({**LETTER, LIST: listed, PROOF: cms_signature(listed)})


def test_a_container_with_a_token_alone_has_no_signature() -> None:
    evidence = examine_container(pack(stamped(LETTER)), {})
    assert evidence.refusal is R.NO_SIGNATURE
    (found,) = evidence.timestamps
    assert (found.kind, found.imprint_found) == (TimestampKind.CONTAINER, True)
    assert found.imprint_intact
    assert found.intact


def test_a_simple_container_has_its_payload_stamped() -> None:
    files = {**LETTER, "META-INF/timestamp.tst": token(LETTER["pismo.txt"])}
    assert only(files, ASIC_S).imprint_intact


def test_a_container_with_an_evidence_record_alone_has_no_signature() -> None:
    evidence = examine_container(pack({**LETTER, "META-INF/evidencerecord.ers": b"x"}), {})
    assert evidence.refusal is R.NO_SIGNATURE


def test_an_archive_token_protects_the_signature_and_what_stands_in_it() -> None:
    evidence = examine_container(pack(signed_and_stamped()), {})
    (signature,), (found,) = evidence.signatures, evidence.timestamps
    assert signature.intact
    assert signature.value_sha256 in found.protects


def test_a_token_over_a_manifest_whose_entries_changed_protects_nothing() -> None:
    found = only({**stamped(LETTER), "pismo.txt": b"co innego"})
    assert not found.imprint_intact
    assert found.imprint_found
    assert found.protects == frozenset()
    assert R.REF_DIGEST in found.security


def test_a_token_over_a_manifest_whose_entries_are_gone_is_told() -> None:
    files = stamped(LETTER)
    files.pop("pismo.txt")
    assert not only(files).imprint_found


def test_a_token_of_another_container_does_not_pass() -> None:
    other = stamped({"umowa.txt": b"x"})
    found = only({**stamped(LETTER), STAMP: other[STAMP]})
    assert not found.imprint_intact


def test_a_token_that_no_manifest_names_stamps_nothing() -> None:
    found = only({**LETTER, "b.txt": b"", STAMP: token(b"x")})
    assert not found.imprint_found
    assert found.security == (R.TST_NOT_FOUND,)


def test_a_broken_archive_token_leaves_the_signature_as_it_is() -> None:
    files = {**signed_and_stamped(), STAMP: b"x"}
    evidence = examine_container(pack(files), {})
    assert evidence.signatures[0].intact
    assert not evidence.timestamps[0].intact


def test_more_than_256_tokens_are_refused() -> None:
    files = {f"META-INF/timestamp{n}.tst": b"x" for n in range(257)}
    assert examine_container(pack({**LETTER, **files}), {}).refusal is R.RES_COUNT


@pytest.mark.parametrize("name", ["META-INF/timestamp.tst", "META-INF/TimeStamp001.TST"])
def test_a_token_is_known_by_its_name(name: str) -> None:
    assert only({**LETTER, name: token(LETTER["pismo.txt"])}, ASIC_S).imprint_intact


def test_an_earlier_token_is_protected_by_a_later_one() -> None:
    first = stamped(LETTER)
    later = "META-INF/timestamp002.tst"
    listed = manifest(later, first)
    files = {**first, "META-INF/ASiCArchiveManifest002.xml": listed, later: token(listed)}
    early, late = examine_container(pack(files), {}).timestamps
    assert early.sha256 in late.protects
    assert unpacked(pack(files))[STAMP] == first[STAMP]
