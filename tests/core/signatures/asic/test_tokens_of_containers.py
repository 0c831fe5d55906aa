"""Tokens of a container prove the entries and signatures that their manifest names."""

import hashlib
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from skrytka.core.signatures.asic.archive import open_archive
from skrytka.core.signatures.asic.binding import Binder
from skrytka.core.signatures.asic.costs import Budget
from skrytka.core.signatures.asic.examine import examine_container
from skrytka.core.signatures.asic.kind import sort_container
from skrytka.core.signatures.asic.tokens import examine_container_token
from skrytka.core.signatures.evidence import TimestampEvidence, TimestampKind
from skrytka.core.signatures.reasons import ReasonCode
from tests.core.signatures.asic.packing import (
    ASIC_S,
    LETTER,
    TWO,
    cms_signature,
    manifest,
    pack,
    token,
    unpacked,
)
from tests.world.pki import certificate_of, make_pki

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
    found = only({**stamped(TWO), "pismo.txt": b"co innego"})
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


def test_a_token_takes_along_the_tokens_and_revocations_inside_a_signature() -> None:
    data = pack(signed_and_stamped())
    evidence = examine_container(data, {})
    (signature,), (outer,) = evidence.signatures, evidence.timestamps
    rich = replace(signature, timestamps=(outer,), crls=(b"lista",), ocsps=(b"odpowiedz",))
    container = sort_container(open_archive(data))
    bound = Binder.of(container, Budget.for_file(len(data))).bind(container.tokens[0])
    found = examine_container_token(bound, {PROOF: (rich,)})
    inside = {hashlib.sha256(value).hexdigest() for value in (b"lista", b"odpowiedz")}
    assert {outer.sha256, *inside} <= found.protects
    person = certificate_of(make_pki().person).public_bytes(Encoding.DER)
    assert hashlib.sha256(person).hexdigest() in found.protects
