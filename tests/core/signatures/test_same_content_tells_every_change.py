"""What came back signed is compared with what was handed out."""

import base64

import pytest

from skrytka.core.signatures.content import same_content
from skrytka.core.signatures.sealing import DetachedReference, SealTemplate
from skrytka.core.signatures.verdict import ValidationReport
from skrytka.core.signatures.words import Indication, Packaging
from tests.core.signatures.crafting import CANONICAL, INC, Ref, Shape, sign, validate
from tests.world.pki import AT, make_pki

HANDED_OUT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<?xml-stylesheet href="a"?>\n'
    '<w:Pismo xmlns:w="urn:w" xmlns:nie="urn:nieuzywane">\n'
    '  <w:Tresc a="1">Zgoda &amp; już</w:Tresc>\n'
    "</w:Pismo>\n"
)
CHANGES = [
    ("Zgoda", "Odmowa"),
    ("Zgoda", "Zgo<!-- x -->da"),
    ("Zgoda", "Zgo<?pi x?>da"),
    ("  <w:Tresc", "<w:Tresc"),
    ("Zgoda", "Zgoda "),
    ('a="1"', 'a="2"'),
    ('a="1"', 'a="1" b=""'),
    ("urn:w", "urn:v"),
    ("urn:nieuzywane", "urn:inne"),
]


def _enveloped(document: str, *, method: str = CANONICAL) -> ValidationReport:
    from tests.core.signatures.crafting import ENVELOPED

    with_place = document.replace("</w:Pismo>", "{signature}</w:Pismo>")
    shape = Shape(references=(Ref(transforms=ENVELOPED + method),))
    return validate(sign(with_place, shape))


def _enveloping(document: str, *, method: str = CANONICAL) -> ValidationReport:
    inside = document.replace('<?xml version="1.0" encoding="UTF-8"?>', "").strip()
    boxed = f'<ds:Object Id="O">{inside}</ds:Object>'
    shape = Shape(objects=boxed, references=(Ref("#O", method),))
    return validate(sign("{signature}", shape))


METHODS = [CANONICAL, f'<ds:Transform Algorithm="{INC}"/>']


@pytest.mark.parametrize("method", METHODS)
def test_the_same_document_is_the_same(method: str) -> None:
    for report in (_enveloped(HANDED_OUT, method=method), _enveloping(HANDED_OUT, method=method)):
        assert report.indication is Indication.TOTAL_PASSED
        assert same_content(HANDED_OUT.encode(), report)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_every_change_of_the_content_is_told(old: str, new: str, method: str) -> None:
    changed = HANDED_OUT.replace(old, new)
    assert changed != HANDED_OUT
    for report in (_enveloped(changed, method=method), _enveloping(changed, method=method)):
        assert report.indication is Indication.TOTAL_PASSED
        assert not same_content(HANDED_OUT.encode(), report)
        assert same_content(changed.encode(), report)


@pytest.mark.parametrize("extra", ["<!-- x -->", "<?pi x?>"])
def test_what_stands_around_the_root_is_told(extra: str) -> None:
    before = HANDED_OUT.replace("<w:Pismo", f"{extra}<w:Pismo")
    behind = HANDED_OUT + extra
    for changed in (before, behind):
        for report in (_enveloped(changed), _enveloping(changed)):
            assert not same_content(HANDED_OUT.encode(), report)
            assert same_content(changed.encode(), report)


def test_an_object_may_hold_the_root_alone_but_an_envelope_may_not_lose_anything() -> None:
    root_alone = HANDED_OUT.replace('<?xml-stylesheet href="a"?>\n', "")
    assert same_content(HANDED_OUT.encode(), _enveloping(root_alone))
    assert not same_content(HANDED_OUT.encode(), _enveloped(root_alone))


def test_other_writing_of_the_same_xml_is_the_same() -> None:
    rewritten = HANDED_OUT.replace('a="1"', "a = '1' ").replace("&amp;", "&#38;")
    assert same_content(HANDED_OUT.encode(), _enveloped(rewritten))


def test_bytes_in_an_object_are_compared_as_bytes() -> None:
    text = base64.b64encode(HANDED_OUT.encode()).decode()
    encoding = 'Encoding="http://www.w3.org/2000/09/xmldsig#base64"'
    boxed = f'<ds:Object Id="O" {encoding}>{text}</ds:Object>'
    report = validate(sign("{signature}", Shape(objects=boxed, references=(Ref("#O", CANONICAL),))))
    assert report.content is not None
    assert report.content.packaging is Packaging.ENVELOPING_BINARY
    assert same_content(HANDED_OUT.encode(), report)
    assert not same_content(HANDED_OUT.encode() + b" ", report)


def test_a_broken_signature_has_no_content() -> None:
    with_place = HANDED_OUT.replace("</w:Pismo>", "{signature}</w:Pismo>")
    broken = sign(with_place).replace(b"Zgoda", b"Odmowa")
    assert not same_content(HANDED_OUT.encode().replace(b"Zgoda", b"Odmowa"), validate(broken))


def test_an_original_that_is_no_xml_is_never_the_same() -> None:
    assert not same_content(b"%PDF", _enveloped(HANDED_OUT))
    assert not same_content(b'<a xmlns="wzgledna"/>', _enveloped(HANDED_OUT))


def test_a_detached_file_is_compared_as_bytes() -> None:
    import hashlib

    shape = Shape(references=(Ref("plik", ""),), qualifying="")
    digest = base64.b64encode(hashlib.sha256(b"abc").digest()).decode()
    signed = _sign_detached(
        shape.xml().replace("<ds:DigestValue/>", f"<ds:DigestValue>{digest}</ds:DigestValue>")
    )
    report = validate(signed, plik=b"abc")
    assert report.signatures[0].intact
    assert report.content is not None
    assert report.content.packaging is Packaging.DETACHED
    assert same_content(b"abc", report)
    assert not same_content(b"abd", report)


def _sign_detached(signature: str) -> bytes:
    from skrytka.core.documents.xml import parse_xml
    from skrytka.core.signatures.c14n import C14nMethod, canonicalize

    info = canonicalize(parse_xml(signature.encode())[0], C14nMethod.EXCLUSIVE)
    value = base64.b64encode(make_pki().person.sign(info)).decode()
    filled = f"<ds:SignatureValue>{value}</ds:SignatureValue>"
    return signature.replace("<ds:SignatureValue/>", filled).encode()


def test_a_seal_beside_a_letter_with_a_missing_file_still_has_no_content() -> None:
    reference = DetachedReference("R", "brak", "00" * 32)
    template = SealTemplate(make_pki().seal, AT)
    sealed = template.seal(b"<a>x</a>", signing_time=AT, references=(reference,), role=None)
    assert validate(sealed).payload is None
