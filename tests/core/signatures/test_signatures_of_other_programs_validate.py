"""Positives come from another stack: libxmlsec signs, we validate."""

import base64
import copy

import pytest
from lxml import etree

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.content import same_content
from skrytka.core.signatures.words import (
    Indication,
    Packaging,
    Scope,
    SignatureFormat,
    SignatureKind,
    SignatureLevel,
)
from tests.core.signatures.crafting import (
    BASE64,
    CANONICAL,
    ENVELOPED,
    INC,
    LETTER,
    NO_SIGNATURES,
    ORIGINAL,
    RSA,
    Ref,
    Shape,
    codes,
    fill,
    key_info,
    sign,
    validate,
)
from tests.world.pki import make_pki

FILTER2 = (
    '<ds:Transform Algorithm="http://www.w3.org/2002/06/xmldsig-filter2"><f:XPath '
    'xmlns:f="http://www.w3.org/2002/06/xmldsig-filter2" Filter="subtract">'
    "/descendant::ds:Signature</f:XPath></ds:Transform>"
)
FILTER2_OWN = FILTER2.replace("/descendant::ds:Signature", "here()/ancestor::ds:Signature[1]")
NOT_MINE = NO_SIGNATURES.replace(
    "not(ancestor-or-self::ds:Signature)",
    "count(ancestor-or-self::ds:Signature | here()/ancestor::ds:Signature[1]) &gt; "
    "count(ancestor-or-self::ds:Signature)",
)
INCLUSIVE = f'<ds:Transform Algorithm="{INC}"/>'
PREFIXED = (
    '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"><e:InclusiveNamespaces '
    'xmlns:e="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="#default a"/></ds:Transform>'
)


def test_an_enveloped_signature_passes_and_returns_the_content() -> None:
    report = validate(sign(LETTER))
    assert report.indication is Indication.TOTAL_PASSED
    verdict = report.signatures[0]
    assert verdict.intact
    assert verdict.format is SignatureFormat.XADES
    assert verdict.level is SignatureLevel.B_B
    assert verdict.kind is SignatureKind.ADVANCED
    assert verdict.covers[0].name == "Pismo"
    assert verdict.covers[0].scope is Scope.FULL
    assert report.payload == ORIGINAL
    assert verdict.signer is not None
    assert verdict.signer.name == "Anna Nowak"
    assert verdict.signer.pesel == "44051401359"
    assert same_content(ORIGINAL, report)


@pytest.mark.parametrize(
    "transforms",
    [
        ENVELOPED,
        ENVELOPED + INCLUSIVE,
        ENVELOPED + PREFIXED,
        NO_SIGNATURES,
        NO_SIGNATURES + CANONICAL,
        FILTER2,
        ENVELOPED + FILTER2,
        pytest.param(NOT_MINE + CANONICAL, id="enveloped as an XPath"),
    ],
)
def test_every_allowed_transform_agrees_with_libxmlsec(transforms: str) -> None:
    report = validate(sign(LETTER, Shape(references=(Ref(transforms=transforms),))))
    assert report.indication is Indication.TOTAL_PASSED
    assert same_content(ORIGINAL, report)


@pytest.mark.parametrize(
    "method", [INC, f"{INC}#WithComments", "http://www.w3.org/2006/12/xml-c14n11"]
)
def test_signed_info_may_use_any_canonicalisation(method: str) -> None:
    letter = LETTER.replace("<Pismo", '<Pismo xml:lang="pl" xml:base="http://a.example/b/"')
    assert validate(sign(letter, Shape(c14n=method))).indication is Indication.TOTAL_PASSED


def test_an_rsa_signature_passes() -> None:
    report = validate(sign(LETTER, Shape(key=make_pki().seal_rsa, method=RSA)))
    assert report.indication is Indication.TOTAL_PASSED
    assert report.signatures[0].kind is SignatureKind.SEAL


@pytest.mark.parametrize("method", ["sha256-rsa-MGF1"])
def test_an_rsa_pss_signature_passes(method: str) -> None:
    uri = f"http://www.w3.org/2007/05/xmldsig-more#{method}"
    report = validate(sign(LETTER, Shape(key=make_pki().seal_rsa, method=uri)))
    assert report.indication is Indication.TOTAL_PASSED


def test_a_signature_over_the_root_by_its_id_passes() -> None:
    letter = LETTER.replace("<Pismo", '<?xml-stylesheet href="a"?><Pismo Id="pismo"')
    for uri in ("#pismo", "#xpointer(id('pismo'))", "#xpointer(/)"):
        report = validate(sign(letter, Shape(references=(Ref(uri),))))
        assert report.indication is Indication.TOTAL_PASSED
        assert report.signatures[0].covers[0].scope is Scope.FULL
        assert same_content(letter.replace("{signature}", "").encode(), report)


def test_an_enveloping_signature_returns_the_xml_in_its_object() -> None:
    boxed = f'<ds:Object Id="O">{ORIGINAL.decode()}</ds:Object>'
    for transforms in ("", CANONICAL):
        shape = Shape(objects=boxed, references=(Ref("#O", transforms),))
        report = validate(sign("{signature}", shape))
        assert report.indication is Indication.TOTAL_PASSED
        assert report.content is not None
        assert report.content.packaging is Packaging.ENVELOPING_XML
        assert report.payload == ORIGINAL
        assert same_content(ORIGINAL, report)


def test_an_enveloping_signature_returns_the_bytes_in_its_object() -> None:
    text = base64.b64encode(ORIGINAL).decode()
    encoding = 'Encoding="http://www.w3.org/2000/09/xmldsig#base64"'
    boxed = f'<ds:Object Id="O" {encoding}>\n{text}\n</ds:Object>'
    for transforms in (CANONICAL, BASE64):
        shape = Shape(objects=boxed, references=(Ref("#O", transforms),))
        report = validate(sign("{signature}", shape))
        assert report.indication is Indication.TOTAL_PASSED
        assert report.payload == ORIGINAL
        assert same_content(ORIGINAL, report)
        assert not same_content(ORIGINAL + b"\n", report)


def test_base64_may_follow_a_canonicalisation() -> None:
    data = base64.b64encode(b"tre").decode()
    boxed = f'<ds:Object xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="O">{data}</ds:Object>'
    report = validate(sign("{signature}", Shape(objects=boxed, references=(Ref("#O", BASE64),))))
    assert report.payload == b"tre"


def test_an_object_with_more_than_one_element_returns_no_payload() -> None:
    for inside in ("<a/><b/>", "tekst <a/>", ""):
        boxed = f'<ds:Object Id="O">{inside}</ds:Object>'
        shape = Shape(objects=boxed, references=(Ref("#O", CANONICAL),))
        report = validate(sign("{signature}", shape))
        assert report.signatures[0].intact
        assert report.payload is None
        assert not same_content(b"<a/>", report)


def test_several_signatures_side_by_side_pass() -> None:
    first = Shape(references=(Ref(transforms=NO_SIGNATURES),))
    second = Shape(key=make_pki().seal, id="S2", references=(Ref(transforms=NO_SIGNATURES),))
    root = parse_xml(LETTER.replace("{signature}", first.xml() + second.xml()).encode())
    fill(root, first)
    fill(root, second)
    report = validate(etree.tostring(root))
    assert [v.indication for v in report.signatures] == [Indication.TOTAL_PASSED] * 2
    assert same_content(ORIGINAL, report)


def test_a_second_signature_over_the_first_passes() -> None:
    first = Shape(references=(Ref(transforms=ENVELOPED),))
    root = parse_xml(LETTER.replace("{signature}", first.xml()).encode())
    fill(root, first)
    second = Shape(id="S2", references=(Ref(transforms=ENVELOPED),))
    root.append(copy.deepcopy(parse_xml(second.xml().encode())))
    fill(root, second)
    report = validate(etree.tostring(root))
    assert [v.intact for v in report.signatures] == [False, True]
    assert report.indication is Indication.TOTAL_FAILED


def test_the_signing_certificate_is_found_among_others() -> None:
    pki = make_pki()
    shape = Shape(key_info=key_info(pki.seal, pki.person))
    report = validate(sign(LETTER, shape))
    assert report.indication is Indication.TOTAL_PASSED
    assert report.signatures[0].kind is SignatureKind.ADVANCED


def test_a_reference_to_key_info_is_no_content() -> None:
    info = key_info(make_pki().person).replace("<ds:KeyInfo", '<ds:KeyInfo Id="K"')
    good = Shape(key_info=info, references=(Ref(), Ref("#K", CANONICAL)))
    report = validate(sign(LETTER, good))
    assert report.indication is Indication.TOTAL_PASSED
    assert len(report.signatures[0].covers) == 1
    bare = validate(sign(LETTER, Shape(key_info=info, references=(Ref("#K", CANONICAL),))))
    assert "XSW-NO-CONTENT" in codes(bare)
    assert bare.indication is Indication.TOTAL_FAILED
