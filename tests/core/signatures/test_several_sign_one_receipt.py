"""Two signatures on one receipt: neither breaks the other, for us and for other programs."""

from functools import cache

import pytest
import xmlsec
from cryptography.hazmat.primitives.serialization import Encoding

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.canonical import HEADER, CanonicalDocument
from skrytka.core.signatures.content import same_but_signed
from skrytka.core.signatures.people import ClaimedPerson
from skrytka.core.signatures.sealing import CannotSeal, SealFault, SealShape, SealTemplate
from skrytka.core.signatures.signing import MemoryKey
from skrytka.core.signatures.words import Indication, Scope, SignatureKind
from tests.core.signatures.crafting import (
    LETTER,
    NO_SIGNATURES,
    Ref,
    Shape,
    codes,
    sign,
    validate,
)
from tests.world.pki import AT, certificate_of, make_pki

RECEIPT = CanonicalDocument(HEADER + '<a xmlns="urn:a"><b>treść</b>\n</a>'.encode())
PERSON = ClaimedPerson("Anna", "Nowak", "44051401359")
BESIDE = Shape(references=(Ref(transforms=NO_SIGNATURES),))


def _shared(key: MemoryKey) -> SealTemplate:
    return SealTemplate(key, AT, SealShape.SHARED_RECEIPT)


@cache  # the value of a signature is another each time
def _office() -> bytes:
    return _shared(make_pki().seal).seal(RECEIPT, signing_time=AT, references=(), role=None)


@cache
def _both() -> bytes:
    template = _shared(make_pki().trusted_profile)
    return template.seal_beside(_office(), signing_time=AT, role=PERSON)


def _xmlsec_accepts(data: bytes, *keys: MemoryKey) -> list[bool]:
    root = parse_xml(data)
    xmlsec.tree.add_ids(root, ["Id"])
    signatures = [node for node in root if node.tag.endswith("}Signature")]
    assert len(signatures) == len(keys)
    accepted = []
    for node, key in zip(signatures, keys, strict=True):
        context = xmlsec.SignatureContext()
        pem = certificate_of(key).public_bytes(Encoding.PEM)
        context.key = xmlsec.Key.from_memory(pem, xmlsec.constants.KeyDataFormatCertPem)
        try:
            context.verify(node)
        except xmlsec.Error:
            accepted.append(False)
        else:
            accepted.append(True)
    return accepted


def test_both_signatures_pass_and_cover_the_whole() -> None:
    report = validate(_both())
    assert report.indication is Indication.TOTAL_PASSED
    assert [verdict.kind for verdict in report.signatures] == [
        SignatureKind.SEAL,
        SignatureKind.TRUSTED,
    ]
    for verdict in report.signatures:
        assert [cover.scope for cover in verdict.covers] == [Scope.FULL]
    assert report.payload == RECEIPT.body


def test_another_program_accepts_both() -> None:
    pki, both = make_pki(), _both()
    assert _xmlsec_accepts(both, pki.seal, pki.trusted_profile) == [True, True]
    forged = both.replace("treść".encode(), b"inna")
    assert _xmlsec_accepts(forged, pki.seal, pki.trusted_profile) == [False, False]


@pytest.mark.parametrize("shape", [BESIDE, Shape()])
def test_another_program_signs_beside_our_seal(shape: Shape) -> None:
    text = _office().decode().removeprefix(HEADER.decode()).replace("</a>", "{signature}</a>")
    report = validate(sign(text, shape))
    assert report.indication is Indication.TOTAL_PASSED, codes(report)


def test_we_sign_beside_the_signature_of_another_program() -> None:
    foreign = sign(LETTER, BESIDE)
    both = _shared(make_pki().seal).seal_beside(foreign, signing_time=AT, role=None)
    assert validate(both).indication is Indication.TOTAL_PASSED
    assert both.startswith(foreign.removesuffix(b"</Pismo>"))


def test_a_signature_of_the_plain_kind_breaks_when_another_comes() -> None:
    plain = sign(LETTER)
    both = _shared(make_pki().seal).seal_beside(plain, signing_time=AT, role=None)
    assert validate(both).indication is Indication.TOTAL_FAILED


def test_a_change_breaks_both() -> None:
    report = validate(_both().replace("treść".encode(), b"inna"))
    assert [verdict.intact for verdict in report.signatures] == [False, False]


def test_each_stands_without_the_other() -> None:
    both, office = _both(), _office()
    start = both.index(b"<ds:Signature ")
    end = both.index(b"</ds:Signature>") + 15
    assert both[:end] + b"</a>" == office
    alone = both[:start] + both[end:]
    assert validate(alone).indication is Indication.TOTAL_PASSED


def test_names_inside_are_all_different() -> None:
    names = [node.get("Id") for node in parse_xml(_both()).iter("*") if node.get("Id") is not None]
    assert len(names) == len(set(names)) == 8
    assert {"Ref-Poswiadczenie", "Ref-Poswiadczenie-2"} <= set(names)


def test_a_canonical_document_is_read_by_its_word() -> None:
    rsa = _shared(make_pki().seal_rsa)
    made = {
        rsa.seal(document, signing_time=AT, references=(), role=None)
        for document in (RECEIPT, bytes(RECEIPT))
    }
    assert len(made) == 1
    beside = {
        rsa.seal_beside(document, signing_time=AT, role=None)
        for document in (RECEIPT, bytes(RECEIPT))
    }
    assert beside == made


@pytest.mark.parametrize("shape", [SealShape.RECEIPT, SealShape.LETTER])
def test_only_the_shape_that_leaves_out_all_signatures_signs_beside(shape: SealShape) -> None:
    with pytest.raises(CannotSeal) as refusal:
        SealTemplate(make_pki().seal, AT, shape).seal_beside(
            _office(), signing_time=AT, role=PERSON
        )
    assert refusal.value.fault is SealFault.ALREADY_SIGNED


@pytest.mark.parametrize("shape", SealShape)
def test_a_signed_document_is_sealed_over_only_when_that_is_asked_for(shape: SealShape) -> None:
    with pytest.raises(CannotSeal) as refusal:
        SealTemplate(make_pki().seal, AT, shape).seal(
            _office(), signing_time=AT, references=(), role=None
        )
    assert refusal.value.fault is SealFault.ALREADY_SIGNED


def test_what_is_no_document_gets_no_signature() -> None:
    bare = sign("{signature}", Shape(references=(Ref("#O", ""),), objects="<ds:Object Id='O'/>"))
    for document in (b"nic", b"<a/>", bare):
        with pytest.raises(CannotSeal) as refusal:
            _shared(make_pki().seal).seal_beside(document, signing_time=AT, role=None)
        assert refusal.value.fault is SealFault.DOCUMENT


# Is what came back the file that was handed out, with signatures and nothing else put to it?


def _came_back(original: bytes, signed: bytes) -> bool:
    return same_but_signed(original, signed, validate(signed))


def test_signatures_alone_were_added() -> None:
    text = _office().decode().removeprefix(HEADER.decode())
    foreign = sign(text.replace("</a>", "{signature}</a>"))
    for original, signed in (
        (RECEIPT, _both()),
        (_office(), foreign),
        (bytes(RECEIPT), _office()),
    ):
        assert _came_back(original, signed)


def test_a_signature_that_was_on_the_file_must_still_be_there() -> None:
    office, person = _office(), _shared(make_pki().trusted_profile)
    alone = person.seal_beside(RECEIPT, signing_time=AT, role=PERSON)
    assert _came_back(RECEIPT, alone)
    assert not _came_back(office, alone)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<b>", b"<!-- dopisek --><b>"),
        (b"</b>\n", b"</b><?x?>\n"),
        (b"</b>\n", b"</b> \n"),
        ("treść".encode(), b"inna"),
    ],
)
def test_any_other_change_is_told(old: bytes, new: bytes) -> None:
    assert not _came_back(RECEIPT.replace(old, new), _both())
    assert not _came_back(RECEIPT, _both().replace(old, new))


def test_what_is_not_signed_throughout_did_not_come_back() -> None:
    office = _office()
    broken = office.replace(b"<ds:SignatureValue>", b"<ds:SignatureValue>AAAA", 1)
    assert not _came_back(RECEIPT, broken)
    assert not _came_back(RECEIPT, RECEIPT)
    assert not _came_back(b"nic", office)
    text = RECEIPT.decode().removeprefix(HEADER.decode()).replace("</a>", "{signature}</a>")
    part = sign(text.replace("<b>", '<b Id="B">'), Shape(references=(Ref("#B", ""),)))
    assert not _came_back(RECEIPT.replace(b"<b>", b'<b Id="B">'), part)
