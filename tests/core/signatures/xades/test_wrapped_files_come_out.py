"""The wrapper around one signed file gives that file back, once the wrapper is verified."""

import base64

import pytest

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.content import same_content
from skrytka.core.signatures.words import Packaging
from tests.core.signatures.crafting import CANONICAL, Ref, Shape, codes, sign, validate
from tests.core.signatures.xades.stamping import only

FILE = b"%PDF-1.4 tre\xc5\x9b\xc4\x87"
TEXT = base64.b64encode(FILE).decode()
WRAPPER = (
    '<wnio:Dokument xmlns:wnio="http://epuap.gov.pl/fe-model-web/wzor_lokalny/EPUAP-----/'
    'podpisanyPlik/" xmlns:str="http://crd.gov.pl/xml/schematy/struktura/2009/11/16/">'
    '<wnio:TrescDokumentu Id="T"><str:Zalaczniki>{files}</str:Zalaczniki></wnio:TrescDokumentu>'
    "{{signature}}</wnio:Dokument>"
)
ONE = (
    '<str:Zalacznik format="application/pdf" kodowanie="base64" nazwaPliku="cGlzbW8ucGRm">'
    f"<str:DaneZalacznika>{TEXT}</str:DaneZalacznika></str:Zalacznik>"
)


def test_the_file_in_a_wrapper_is_the_content() -> None:
    report = validate(sign(WRAPPER.format(files=ONE)))
    assert report.content is not None
    assert report.content.packaging is Packaging.ENVELOPING_BINARY
    assert report.payload == FILE
    assert same_content(FILE, report)


@pytest.mark.parametrize("name", ["podpisanyPlik", "PodpisanyPlik"])
@pytest.mark.parametrize("attribute", ["kodowanie", "Encoding"])
def test_a_root_of_that_name_is_a_wrapper_too(name: str, attribute: str) -> None:
    text = f'<{name}><plik {attribute}="base64">{TEXT}</plik>{{signature}}</{name}>'
    assert validate(sign(text)).payload == FILE


@pytest.mark.parametrize(
    "files",
    [
        "",
        ONE + ONE,
        ONE.replace('kodowanie="base64"', 'kodowanie="URI"'),
        ONE.replace(TEXT, "to nie base64"),
        ONE.replace(TEXT, f"{TEXT}<str:a/>"),
    ],
)
def test_any_other_wrapper_is_a_document_like_others(files: str) -> None:
    report = validate(sign(WRAPPER.format(files=files)))
    assert report.content is not None
    assert report.content.packaging is Packaging.ENVELOPED


def test_a_document_that_is_no_wrapper_keeps_its_attachments() -> None:
    text = WRAPPER.format(files=ONE).replace("podpisanyPlik", "wniosek")
    report = validate(sign(text))
    assert report.content is not None
    assert report.content.packaging is Packaging.ENVELOPED


def test_a_file_is_not_handed_back_when_only_a_part_is_signed() -> None:
    report = validate(sign(WRAPPER.format(files=ONE), Shape(references=(Ref("#T", CANONICAL),))))
    assert report.payload is None
    assert "XSW-SCOPE" in codes(report)


def test_a_changed_file_does_not_come_out() -> None:
    signed = sign(WRAPPER.format(files=ONE)).replace(TEXT.encode(), base64.b64encode(b"inny"))
    assert only(parse_xml(signed)).content is None
