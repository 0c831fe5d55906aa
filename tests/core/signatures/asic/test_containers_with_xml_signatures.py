"""ASiC with XAdES: what is covered, what is not, and what must not pass."""

import io
import zipfile
from collections.abc import Callable

import pytest

from skrytka.core.signatures.asic.archive import open_archive
from skrytka.core.signatures.asic.coverage import covered_files
from skrytka.core.signatures.asic.examine import examine_container
from skrytka.core.signatures.asic.xml_signatures import ByReference
from skrytka.core.signatures.evidence import SignatureEvidence
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.validation import validate
from skrytka.core.signatures.words import Indication, Packaging, Scope
from tests.core.signatures.asic.packing import (
    ASIC_E,
    ASIC_S,
    LETTER,
    ODF,
    ODF_NS,
    TWO,
    WRAPPED,
    pack,
    repacked,
    signed,
    unpacked,
    xml_signature,
)
from tests.core.signatures.crafting import BASE64, DS, INC, Ref, Shape
from tests.world.pki import AT, make_pki

CANONICAL = f'<ds:Transform Algorithm="{INC}"/>'
R = ReasonCode


def only(data: bytes) -> SignatureEvidence:
    evidence = examine_container(data, {})
    assert evidence.refusal is None
    (signature,) = evidence.signatures
    return signature


@pytest.mark.parametrize("mimetype", [ASIC_E, ASIC_S])
def test_a_signed_letter_is_intact_and_handed_out(mimetype: str) -> None:
    signature = only(signed(mimetype=mimetype))
    assert signature.intact
    assert signature.security == ()
    assert signature.content is not None
    assert signature.content.packaging is Packaging.DETACHED
    assert signature.content.payload == LETTER["pismo.txt"]
    assert [(one.name, one.scope) for one in signature.covers] == [("pismo.txt", Scope.FULL)]


def test_the_whole_validation_reads_a_container() -> None:
    report = validate(signed(), detached={}, trust=make_pki().trust, at=AT)
    assert report.indication is Indication.TOTAL_PASSED
    assert report.payload == LETTER["pismo.txt"]


def test_of_several_payloads_none_is_the_content_and_all_are_readable() -> None:
    data = signed(TWO)
    evidence = examine_container(data, {})
    assert evidence.signatures[0].intact
    assert evidence.signatures[0].content is None
    assert evidence.uncovered == ()
    assert covered_files(data, evidence) == TWO


def test_a_name_with_spaces_and_polish_letters_is_found() -> None:
    assert only(signed({"załącznik nr 1.txt": b"x"})).intact


def test_an_uncovered_payload_is_named_and_not_readable() -> None:
    data = signed(obcy=b"nikt tego nie podpisal")
    evidence = examine_container(data, {})
    assert evidence.uncovered == ("obcy",)
    assert R.ASIC_UNCOVERED in evidence.signatures[0].security
    assert covered_files(data, evidence) == LETTER


def test_a_container_with_an_uncovered_payload_does_not_pass() -> None:
    report = validate(signed(obcy=b"x"), detached={}, trust=make_pki().trust, at=AT)
    assert report.indication is Indication.INDETERMINATE


def test_a_changed_payload_is_told() -> None:
    data = repacked(signed(), pismo__txt=b"Nie prosze o zgode.")
    signature = only(data)
    assert not signature.intact
    assert R.REF_DIGEST in signature.security
    assert signature.content is None
    assert covered_files(data, examine_container(data, {})) == {}


def test_a_signature_from_another_container_does_not_cover_this_one() -> None:
    stranger = unpacked(signed({"umowa.txt": b"x"}))["META-INF/signatures.xml"]
    data = pack({**LETTER, "META-INF/signatures.xml": stranger})
    signature = only(data)
    assert not signature.intact
    assert examine_container(data, {}).uncovered == ("pismo.txt",)


def test_a_file_handed_in_does_not_stand_in_for_a_missing_entry() -> None:
    files = unpacked(signed())
    files.pop("pismo.txt")
    evidence = examine_container(pack({**files, "inne": b""}, None), LETTER)
    assert not evidence.signatures[0].intact


def test_a_missing_mimetype_is_told_and_harms_nothing() -> None:
    signature = only(signed(mimetype=None))
    assert signature.intact
    assert signature.security == (R.ASIC_MIMETYPE,)
    report = validate(signed(mimetype=None), detached={}, trust=make_pki().trust, at=AT)
    assert report.indication is Indication.TOTAL_PASSED


@pytest.mark.parametrize(
    "build",
    [
        lambda files: stored({**files, "mimetype": ASIC_E.encode()}),
        lambda files: stored({"mimetype": ASIC_E.encode() + b"\n", **files}),
        lambda files: pack({"mimetype": ASIC_E.encode(), **files}, None),
        lambda files: pack(files, "text/plain"),
    ],
)
def test_a_mimetype_that_is_not_as_it_should_be_is_told(
    build: Callable[[dict[str, bytes]], bytes],
) -> None:
    signature = only(build({**LETTER, "META-INF/signatures.xml": xml_signature(LETTER)}))
    assert signature.intact
    assert signature.security == (R.ASIC_MIMETYPE,)


def test_a_simple_container_with_two_payloads_is_misbuilt() -> None:
    signature = only(signed(TWO, ASIC_S))
    assert signature.intact
    assert R.ASIC_STRUCTURE in signature.security


def test_a_simple_container_keeps_its_payload_at_the_root() -> None:
    assert R.ASIC_STRUCTURE in only(signed({"a/pismo.txt": b"x"}, ASIC_S)).security


def test_several_signature_files_are_all_read() -> None:
    proofs = {f"META-INF/signatures{n}.xml": xml_signature(LETTER) for n in (1, 2)}
    evidence = examine_container(pack({**LETTER, **proofs}), {})
    assert [one.intact for one in evidence.signatures] == [True, True]


def test_more_than_64_signatures_are_refused() -> None:
    proof = xml_signature(LETTER)
    proofs = {f"META-INF/signatures{n}.xml": proof for n in range(65)}
    assert examine_container(pack({**LETTER, **proofs}), {}).refusal is R.RES_COUNT


def test_an_unreadable_signature_file_does_not_hide_the_others() -> None:
    files = {
        **LETTER,
        "META-INF/signatures1.xml": b"<broken",
        "META-INF/signatures2.xml": xml_signature(LETTER),
    }
    evidence = examine_container(pack(files), {})
    assert [one.intact for one in evidence.signatures] == [False, True]
    assert R.XML_SYNTAX in evidence.signatures[0].security


def test_a_huge_signature_file_is_not_parsed() -> None:
    blank = b"<a>" + b" x" * (9 * 1024 * 1024)
    files = {**LETTER, "META-INF/signatures.xml": blank}
    (signature,) = examine_container(stored(files), {}).signatures
    assert R.XML_SIZE in signature.security


def stored(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize("each", [1, 13, 65])
def test_too_many_signatures_in_all_files_together_are_refused(each: int) -> None:
    many = WRAPPED.replace(
        "{signature}", '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>' * each
    )
    files = {f"META-INF/signatures{n}.xml": many.encode() for n in range(65 // each)}
    evidence = examine_container(pack({**LETTER, **files}), {})
    assert (evidence.refusal, evidence.signatures) == (R.RES_COUNT, ())


def test_a_signature_file_without_a_signature_is_no_signature() -> None:
    files = {**LETTER, "META-INF/signatures.xml": b"<nic/>"}
    assert examine_container(pack(files), {}).refusal is R.NO_SIGNATURE


def test_a_text_beside_the_signatures_is_not_taken_for_signed() -> None:
    around = "<pismo><tresc>co innego</tresc>{signature}</pismo>"
    files = {**LETTER, "META-INF/signatures.xml": xml_signature(LETTER, document=around)}
    assert R.XSW_SCOPE in only(pack(files)).security


def test_a_text_inside_the_known_wrapper_is_not_taken_for_signed() -> None:
    inside = WRAPPED.replace("{signature}", "<tresc>co innego</tresc>{signature}")
    files = {**LETTER, "META-INF/signatures.xml": xml_signature(LETTER, document=inside)}
    assert R.XSW_SCOPE in only(pack(files)).security


def test_a_bare_signature_needs_no_wrapper() -> None:
    files = {**LETTER, "META-INF/signatures.xml": xml_signature(LETTER, document="{signature}")}
    assert only(pack(files)).security == ()


def test_a_signature_over_the_type_alone_covers_no_content() -> None:
    proof = xml_signature({"mimetype": ASIC_E.encode()})
    signature = only(pack({**LETTER, "META-INF/signatures.xml": proof}))
    assert signature.intact
    assert {R.ASIC_UNCOVERED, R.XSW_SCOPE} <= set(signature.security)


def test_a_part_of_the_signature_itself_is_no_entry() -> None:
    boxed = '<ds:Object Id="O1">co innego</ds:Object>'
    shape = Shape(references=(Ref("#O1", CANONICAL),), objects=boxed)
    proof = xml_signature({}, shape=shape)
    signature = only(pack({**LETTER, "META-INF/signatures.xml": proof}))
    assert signature.covers == ()
    assert R.ASIC_UNCOVERED in signature.security


XML = {"dane.xml": b'<a  b="1"><!-- uwaga --><c/></a>'}


def test_an_entry_signed_in_canonical_form_is_read_in_that_form() -> None:
    proof = xml_signature(XML, transforms=CANONICAL)
    data = pack({**XML, "META-INF/signatures.xml": proof})
    evidence = examine_container(data, {})
    assert evidence.signatures[0].intact
    assert evidence.uncovered == ()
    assert covered_files(data, evidence) == {"dane.xml": b'<a b="1"><c></c></a>'}
    content = evidence.signatures[0].content
    assert content is not None
    assert content.payload == b'<a b="1"><c></c></a>'
    assert content.received == XML["dane.xml"]


def test_an_entry_signed_in_decoded_form_counts_in_part_only() -> None:
    files = {"a.b64": b"cGlzbW8="}
    proof = xml_signature(files, transforms=BASE64)
    data = pack({**files, "META-INF/signatures.xml": proof})
    evidence = examine_container(data, {})
    assert [one.scope for one in evidence.signatures[0].covers] == [Scope.PARTIAL]
    assert evidence.uncovered == ("a.b64",)
    assert covered_files(data, evidence) == {}


def test_covered_files_of_something_else_are_none() -> None:
    evidence = examine_container(signed(), {})
    assert covered_files(b"nic", evidence) == {}
    assert covered_files(pack({"inny.txt": b"x"}), evidence) == {}


def test_a_signed_open_document_package_is_read_with_its_own_parts() -> None:
    parts = {"mimetype": ODF.encode(), "content.xml": b"<a/>", "META-INF/manifest.xml": b"<m/>"}
    document = f'<d:document-signatures xmlns:d="{ODF_NS}">{{signature}}</d:document-signatures>'
    proof = {"META-INF/documentsignatures.xml": xml_signature(parts, document=document)}
    rest = {name: data for name, data in parts.items() if name != "mimetype"}
    signature = only(pack({**rest, **proof}, ODF))
    assert signature.intact
    assert signature.security == ()
    more = examine_container(pack({**rest, "macro.js": b"x", **proof}, ODF), {})
    assert more.uncovered == ("macro.js",)
    less = {name: data for name, data in parts.items() if name == "content.xml"}
    proof = {"META-INF/documentsignatures.xml": xml_signature(less, document=document)}
    part = examine_container(pack({**rest, **proof}, ODF), {})
    assert part.uncovered == ("mimetype", "META-INF/manifest.xml")


@pytest.mark.parametrize(
    ("files", "mimetype"),
    [
        ({"content.xml": b"<a/>"}, ODF),
        ({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}, None),
        ({"[Content_Types].xml": b"<a/>", "META-INF/signatures.xml": b"<a/>"}, None),
        ({"META-INF/signatures.xml": b"<a/>"}, "application/epub+zip"),
        ({"META-INF/MANIFEST.MF": b"", "META-INF/A.RSA": b""}, None),
        ({"a.txt": b"x"}, None),
    ],
)
def test_other_packages_are_no_containers(files: dict[str, bytes], mimetype: str | None) -> None:
    assert examine_container(pack(files, mimetype), {}).refusal is R.NOT_ASIC


def test_a_reference_has_to_name_its_entry() -> None:
    proof = xml_signature(LETTER).replace(b' URI="pismo.txt"', b"")
    signature = only(pack({**LETTER, "META-INF/signatures.xml": proof}))
    assert not signature.intact
    assert R.REF_NULL_URI in signature.security
    assert not [*ByReference(open_archive(signed()))]


def fan(reference: str, number: int, stamps: int = 0) -> bytes:
    """Signatures that are never examined, for they would cost too much."""
    parts = f"{reference * number}{'<ArchiveTimeStamp/>' * stamps}"
    return f'<s xmlns:ds="{DS}"><ds:Signature>{parts}</ds:Signature></s>'.encode()


PLAIN = '<ds:Reference URI="duzy"/>'
TRANSFORMED = '<ds:Reference URI="duzy"><ds:Transforms/></ds:Reference>'


@pytest.mark.parametrize(
    ("proof", "refusal"),
    [
        (fan(PLAIN, 120), None),
        (fan(PLAIN, 140), R.RES_REFS),
        (fan(TRANSFORMED, 20), R.RES_REFS),
        (fan(PLAIN, 20, stamps=5), None),
        (fan(PLAIN, 20, stamps=9), R.RES_REFS),
    ],
)
def test_digesting_one_big_entry_again_and_again_is_refused(
    proof: bytes, refusal: ReasonCode | None
) -> None:
    files = {"duzy": b"\0" * 1024 * 1024, "META-INF/signatures.xml": proof}
    assert examine_container(pack(files), {}).refusal is refusal
