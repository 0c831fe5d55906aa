"""ASiC with CAdES: the signature proves the manifest, the manifest proves the entries."""

import hashlib

import pytest

from skrytka.core.signatures.asic.coverage import covered_files
from skrytka.core.signatures.asic.examine import examine_container
from skrytka.core.signatures.evidence import AlgorithmUse, FileEvidence, SignatureEvidence, Use
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.validation import examine
from skrytka.core.signatures.words import Packaging, Scope
from tests.core.signatures.asic.packing import (
    ASIC_E,
    ASIC_NS,
    ASIC_S,
    LETTER,
    TWO,
    cms_signature,
    manifest,
    pack,
    repacked,
    unpacked,
    xml_signature,
)
from tests.core.signatures.cms.crafting import Envelope
from tests.core.signatures.cms.crafting import Shape as SignerShape
from tests.core.signatures.crafting import DS

PROOF = "META-INF/signature001.p7s"
LIST = "META-INF/ASiCManifest001.xml"
R = ReasonCode


def extended(files: dict[str, bytes], told: bytes | None = None, **others: bytes) -> bytes:
    """This will make an ASiC-E container with one manifest and one signature over it."""
    listed = told or manifest(PROOF, files)
    return pack({**files, **others, LIST: listed, PROOF: cms_signature(listed)})


def simple(files: dict[str, bytes], mimetype: str | None = ASIC_S) -> bytes:
    signed = cms_signature(next(iter(files.values())))
    return pack({**files, "META-INF/signature.p7s": signed}, mimetype)


def only(data: bytes) -> SignatureEvidence:
    (signature,) = examined(data).signatures
    return signature


def examined(data: bytes) -> FileEvidence:
    evidence = examine_container(data, {})
    assert evidence.refusal is None
    return evidence


def test_a_manifest_takes_the_signature_to_its_entries() -> None:
    data = extended(TWO)
    signature = only(data)
    assert signature.intact
    assert signature.security == ()
    assert {(one.name, one.scope) for one in signature.covers} == {
        (name, Scope.FULL) for name in TWO
    }
    assert AlgorithmUse(Use.MANIFEST_ENTRY, "sha256") in signature.algorithms
    assert examined(data).uncovered == ()
    assert covered_files(data, examined(data)) == TWO


def test_the_one_payload_of_a_manifest_is_handed_out() -> None:
    content = only(extended(LETTER)).content
    assert content is not None
    assert (content.packaging, content.payload) == (Packaging.DETACHED, LETTER["pismo.txt"])


@pytest.mark.parametrize("mimetype", [ASIC_S, None])
def test_a_simple_container_needs_no_manifest(mimetype: str | None) -> None:
    signature = only(simple(LETTER, mimetype))
    assert signature.intact
    assert signature.content is not None
    assert signature.content.payload == LETTER["pismo.txt"]


def test_a_changed_payload_of_a_simple_container_is_told() -> None:
    signature = only(repacked(simple(LETTER), pismo__txt=b"co innego"))
    assert not signature.intact
    assert signature.content is None


def test_a_changed_entry_is_told_by_the_manifest() -> None:
    data = repacked(extended(TWO), pismo__txt=b"co innego")
    signature = only(data)
    assert not signature.intact
    assert {R.ASIC_MANIFEST, R.REF_DIGEST} <= set(signature.security)
    assert examined(data).uncovered == tuple(TWO)
    assert covered_files(data, examined(data)) == {}


def test_a_missing_entry_is_told_by_the_manifest() -> None:
    files = unpacked(extended(TWO))
    files.pop("pismo.txt")
    signature = only(pack({name: data for name, data in files.items() if name != "mimetype"}))
    assert not signature.intact
    assert R.REF_NOT_FOUND in signature.security
    assert R.ASIC_MANIFEST not in signature.security


def test_a_changed_manifest_is_told() -> None:
    files = unpacked(extended(LETTER))
    changed = manifest(PROOF, {"pismo.txt": b"co innego"})
    data = pack({"pismo.txt": b"co innego", LIST: changed, PROOF: files[PROOF]})
    assert not only(data).intact


def test_a_manifest_and_signature_of_another_container_do_not_pass() -> None:
    other = unpacked(extended({"umowa.txt": b"x"}))
    data = pack({**LETTER, LIST: other[LIST], PROOF: other[PROOF]})
    signature = only(data)
    assert not signature.intact
    assert R.REF_NOT_FOUND in signature.security
    assert examined(data).uncovered == ("pismo.txt",)


def test_a_signature_with_content_of_its_own_does_not_prove_the_manifest() -> None:
    listed = manifest(PROOF, LETTER)
    stranger = cms_signature(b"co innego", encapsulated=True)
    data = pack({**LETTER, LIST: listed, PROOF: stranger})
    assert not only(data).intact


def test_a_signature_over_one_payload_does_not_prove_another() -> None:
    signature = unpacked(simple(LETTER))["META-INF/signature.p7s"]
    data = pack({"inne.txt": b"inne", "META-INF/signature.p7s": signature}, ASIC_S)
    assert not only(data).intact


def test_a_signature_that_no_manifest_names_proves_nothing() -> None:
    data = pack({**LETTER, PROOF: cms_signature(LETTER["pismo.txt"])}, ASIC_E)
    signature = only(data)
    assert not signature.intact
    assert {R.ASIC_MANIFEST, R.ASIC_STRUCTURE} <= set(signature.security)


def test_a_signature_that_two_manifests_name_proves_neither() -> None:
    listed = manifest(PROOF, LETTER)
    files = {**LETTER, LIST: listed, "META-INF/ASiCManifest002.xml": listed}
    signature = only(pack({**files, PROOF: cms_signature(listed)}))
    assert not signature.intact
    assert R.ASIC_MANIFEST in signature.security


def test_two_manifests_do_not_fall_back_on_the_payload() -> None:
    proof = "META-INF/signature.p7s"
    listed = manifest(proof, LETTER)
    files = {**LETTER, LIST: listed, "META-INF/ASiCManifest002.xml": listed}
    data = pack({**files, proof: cms_signature(LETTER["pismo.txt"])}, ASIC_S)
    assert not only(data).intact


def test_two_payloads_of_a_simple_container_leave_open_which_was_signed() -> None:
    signature = only(simple(TWO))
    assert not signature.intact
    assert {R.ASIC_STRUCTURE, R.ASIC_MANIFEST} <= set(signature.security)


def test_a_manifest_entry_beside_the_manifest_is_uncovered() -> None:
    data = extended(LETTER, obcy=b"x")
    assert examined(data).uncovered == ("obcy",)
    assert R.ASIC_UNCOVERED in only(data).security


def test_an_unknown_digest_in_a_manifest_is_told() -> None:
    signature = only(extended(LETTER, manifest(PROOF, LETTER, "urn:unknown")))
    assert not signature.intact
    assert R.ALG_UNKNOWN in signature.security


def test_lines_inside_the_signature_reference_belong_to_it() -> None:
    told = manifest(PROOF, LETTER)
    inside = told.replace(b'001.p7s"/>', b'001.p7s">').replace(
        b"</asic:ASiCManifest>", b"</asic:SigReference></asic:ASiCManifest>"
    )
    assert only(extended(LETTER, inside)).intact


@pytest.mark.parametrize(
    "told",
    [
        b"<broken",
        b"<nic/>",
        f'<a:ASiCManifest xmlns:a="{ASIC_NS}"/>'.encode(),
        manifest(PROOF, {}),
        manifest(PROOF, LETTER).replace(b"ASiCManifest", b"Manifest"),
        manifest(PROOF, LETTER).replace(b"<asic:Data", b'<asic:SigReference URI="x"/><asic:Data'),
        manifest(PROOF, LETTER).replace(b' URI="pismo.txt"', b""),
        manifest(PROOF, LETTER).replace(b"ds:DigestValue", b"ds:DigestText"),
        manifest(PROOF, LETTER).replace(b"ds:DigestMethod", b"ds:DigestWay"),
        manifest(PROOF, LETTER).replace(b"</ds:DigestValue>", b"!</ds:DigestValue>"),
        manifest(PROOF, LETTER).replace(DS.encode(), b"urn:x"),
    ],
)
def test_a_manifest_that_is_none_proves_nothing(told: bytes) -> None:
    signature = only(extended(LETTER, told))
    assert not signature.intact
    assert R.ASIC_MANIFEST in signature.security


def test_a_manifest_with_too_many_lines_is_refused() -> None:
    files = {str(n): b"" for n in range(1001)}
    data = pack({LIST: manifest(PROOF, files), PROOF: b"x"})
    assert examine_container(data, {}).refusal is R.RES_REFS


def test_manifests_that_digest_one_big_entry_again_and_again_are_refused() -> None:
    big = {"duzy": b"\0" * 1024 * 1024}
    listed = manifest(PROOF, big)
    line = listed[listed.index(b"<asic:DataObject") : listed.index(b"</asic:ASiCManifest>")]
    data = pack({**big, LIST: listed.replace(line, line * 200), PROOF: b"x"})
    assert examine_container(data, {}).refusal is R.RES_REFS


def test_more_than_64_files_of_signatures_are_refused() -> None:
    proofs = {f"META-INF/signature{n}.p7s": b"x" for n in range(65)}
    assert examine_container(pack({**LETTER, **proofs}), {}).refusal is R.RES_COUNT


@pytest.mark.parametrize("name", ["ASiCManifest", "signatures"])
def test_many_big_files_of_xml_are_not_all_parsed(name: str) -> None:
    blank = b"<a>" + b" " * 1_000_000 + b"</a>"
    files = {f"META-INF/{name}{n}.xml": blank for n in range(5)}
    assert examine_container(pack({**files, PROOF: b"x"}), {}).refusal is R.RES_REFS


def test_an_unreadable_signature_is_told_as_one() -> None:
    signature = only(pack({**LETTER, LIST: manifest(PROOF, LETTER), PROOF: b"x"}))
    assert not signature.intact
    assert R.CMS_SYNTAX in signature.security


def test_both_kinds_of_signature_may_stand_in_one_container() -> None:
    proof = xml_signature(LETTER)
    files = unpacked(extended(LETTER))
    files.pop("mimetype")
    evidence = examine(pack({**files, "META-INF/signatures.xml": proof}), {})
    assert [one.intact for one in evidence.signatures] == [True, True]


def test_the_digest_of_an_entry_is_that_of_its_bytes() -> None:
    (cover,) = only(extended(LETTER)).covers
    assert cover.sha256 == hashlib.sha256(LETTER["pismo.txt"]).hexdigest()


def test_too_many_signers_in_all_files_together_are_refused() -> None:
    forty = Envelope((SignerShape().info(),) * 40).der()
    files = {"a.txt": b"a", "META-INF/signature1.p7s": forty, "META-INF/signature2.p7s": forty}
    evidence = examine_container(pack(files), {})
    assert (evidence.refusal, evidence.signatures) == (ReasonCode.RES_COUNT, ())
