"""Changed content, exchanged keys and algorithms, and transforms that nobody should run."""

import base64
import re

import pytest
from lxml import etree

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.words import Indication, SignatureLevel, SubIndication
from tests.core.signatures.crafting import (
    CANONICAL,
    DS,
    ECDSA,
    ENVELOPED,
    EXC,
    LETTER,
    RSA,
    SHA1,
    SHA256,
    Ref,
    Shape,
    codes,
    key_info,
    sign,
    validate,
)
from tests.world.pki import make_pki

MORE = "http://www.w3.org/2001/04/xmldsig-more#"


def _with(old: bytes, new: bytes) -> bytes:
    signed = sign(LETTER)
    assert old in signed
    return signed.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("zgodę".encode(), "odmowę".encode()),
        (b"<Tresc>", b"<Tresc> "),
        (b"<Pismo", b"<?pi x?><Pismo"),
        (b"</Tresc>", b"</Tresc><Tresc/>"),
        (b"<Tresc>", b'<Tresc a="1">'),
        (b'"urn:p"', b'"urn:q"'),
    ],
)
def test_changed_content_fails_by_its_digest(old: bytes, new: bytes) -> None:
    report = validate(_with(old, new))
    assert report.indication is Indication.TOTAL_FAILED
    assert report.sub_indication is SubIndication.HASH_FAILURE
    assert not report.signatures[0].intact
    assert report.payload is None


def test_changed_properties_fail_and_are_not_read() -> None:
    report = validate(_with(b"09:11:12Z", b"08:11:12Z"))
    assert report.sub_indication is SubIndication.HASH_FAILURE
    assert report.signatures[0].claimed_signing_time is None


def test_a_changed_value_fails() -> None:
    signed = sign(LETTER)
    value = re.search(rb"SignatureValue>\s*([^<]+)<", signed)
    assert value
    forged = base64.b64encode(b"\x01" * 64)
    report = validate(signed.replace(value[1], forged))
    assert report.sub_indication is SubIndication.SIG_CRYPTO_FAILURE
    assert not report.signatures[0].intact


def test_a_value_of_the_wrong_length_fails() -> None:
    signed = re.sub(rb"(SignatureValue>)[^<]+<", rb"\1AAAA<", sign(LETTER))
    assert "SIG-VALUE" in codes(validate(signed))


def test_a_changed_reference_fails_by_the_value() -> None:
    report = validate(_with(b'Type="http://uri.etsi.org', b'Typ="http://uri.etsi.org'))
    assert "SIG-VALUE" in codes(report)
    assert report.indication is Indication.TOTAL_FAILED


@pytest.mark.parametrize("name", ["hmac-sha256", "hmac-sha384", "rsa-sha256"])
def test_a_method_that_does_not_fit_the_key_is_never_tried(name: str) -> None:
    report = validate(_with(ECDSA.encode(), f"{MORE}{name}".encode()))
    assert "ALG-MISMATCH" in codes(report)
    assert report.sub_indication is SubIndication.SIG_CRYPTO_FAILURE


def test_an_ecdsa_method_with_an_rsa_key_is_never_tried() -> None:
    signed = sign(LETTER, Shape(key=make_pki().seal_rsa, method=RSA))
    assert "ALG-MISMATCH" in codes(validate(signed.replace(RSA.encode(), ECDSA.encode())))


@pytest.mark.parametrize("name", ["sha256", "ecdsa-sha256x", "md5", ""])
def test_an_unknown_signature_method_is_never_guessed(name: str) -> None:
    report = validate(_with(ECDSA.encode(), f"{MORE}{name}".encode()))
    assert "ALG-UNKNOWN" in codes(report)
    assert report.indication is Indication.INDETERMINATE
    assert report.sub_indication is SubIndication.CRYPTO_CONSTRAINTS_FAILURE


def test_another_digest_in_the_method_fails() -> None:
    assert "SIG-VALUE" in codes(
        validate(_with(ECDSA.encode(), ECDSA.replace("256", "384").encode()))
    )


def test_an_unknown_digest_is_refused() -> None:
    report = validate(_with(SHA256.encode(), b"http://www.w3.org/2001/04/xmldsig-more#whirlpool"))
    assert "ALG-UNKNOWN" in codes(report)


def test_weak_algorithms_leave_it_intact_but_do_not_pass() -> None:
    report = validate(sign(LETTER, Shape(references=(Ref(digest=SHA1),))))
    assert report.signatures[0].intact
    assert report.indication is Indication.INDETERMINATE
    assert report.sub_indication is SubIndication.CRYPTO_CONSTRAINTS_FAILURE_NO_POE


def test_an_exchanged_certificate_is_told() -> None:
    pki = make_pki()
    report = validate(sign(LETTER, Shape(key_info=key_info(pki.seal))))
    assert {"CERT-REF", "SIG-VALUE"} <= codes(report)
    assert report.indication is Indication.TOTAL_FAILED


def test_a_certificate_of_the_same_key_but_another_name_is_told() -> None:
    shape = Shape(cert_digest=base64.b64encode(b"\x00" * 32).decode())
    report = validate(sign(LETTER, shape))
    assert report.signatures[0].intact
    assert "CERT-REF" in codes(report)
    assert report.sub_indication is SubIndication.NO_SIGNING_CERTIFICATE_FOUND
    assert report.signatures[0].kind.value == "UNKNOWN"


def test_a_plain_signature_without_properties_is_no_xades() -> None:
    report = validate(sign(LETTER, Shape(qualifying="")))
    assert report.signatures[0].intact
    assert report.signatures[0].level is SignatureLevel.NOT_ETSI
    assert codes(report) >= {"NOT-XADES"}
    assert report.indication is Indication.INDETERMINATE


def test_properties_that_name_no_certificate_are_no_xades() -> None:
    shape = Shape()
    text = re.sub(
        "<xades:SigningCertificateV2>.*</xades:SigningCertificateV2>",
        "",
        shape.qualifying_properties(),
    )
    report = validate(sign(LETTER, Shape(qualifying=f"<ds:Object>{text}</ds:Object>")))
    assert "NOT-XADES" in codes(report)


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        ("", {"KEY-MISSING"}),
        ("<ds:KeyInfo><ds:KeyName>a</ds:KeyName></ds:KeyInfo>", {"KEY-MISSING"}),
        (
            '<ds:KeyInfo><ds:RetrievalMethod URI="http://a.example/c"/></ds:KeyInfo>',
            {"KEY-MISSING", "KEY-RETRIEVAL"},
        ),
    ],
)
def test_a_certificate_is_never_looked_for_elsewhere(info: str, expected: set[str]) -> None:
    signed = re.sub(rb"<ds:KeyInfo>.*</ds:KeyInfo>", info.encode(), sign(LETTER), flags=re.DOTALL)
    report = validate(signed)
    assert codes(report) == expected
    assert report.sub_indication is SubIndication.NO_SIGNING_CERTIFICATE_FOUND
    assert report.signatures[0].signer is None
    assert not report.signatures[0].intact


def test_a_broken_certificate_is_a_broken_structure() -> None:
    signed = re.sub(rb"(X509Certificate>)[^<]+<", rb"\1AAAA<", sign(LETTER))
    assert codes(validate(signed)) == {"SIG-STRUCTURE"}


def _xslt(transform: str) -> bytes:
    return _with(CANONICAL.replace("/>", "").encode(), transform.encode())


@pytest.mark.parametrize(
    ("transform", "code"),
    [
        ('<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"', "TR-XSLT"),
        ('<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"', "TR-UNKNOWN"),
        ('<ds:Transform Algorithm="http://www.w3.org/2002/06/xmldsig-filter2"', "TR-UNKNOWN"),
        ('<ds:Transform Algorithm="urn:nieznane"', "TR-UNKNOWN"),
        ("<ds:Transform", "TR-UNKNOWN"),
        (f'<ds:Inny Algorithm="{EXC}"', "SIG-STRUCTURE"),
    ],
)
def test_a_transform_off_the_list_is_refused_before_anything_runs(
    transform: str, code: str
) -> None:
    report = validate(_xslt(transform))
    assert codes(report) == {code}
    assert not report.signatures[0].intact
    assert report.indication is not Indication.TOTAL_PASSED


@pytest.mark.parametrize(
    "expression",
    [
        "<ds:XPath>1</ds:XPath>",
        "<ds:XPath>document('http://a.example/')</ds:XPath>",
        '<ds:XPath xmlns:x="urn:x">not(ancestor-or-self::x:Signature)</ds:XPath>',
        "<ds:XPath>not(ancestor-or-self::nic:Signature)</ds:XPath>",
        "<ds:XPath>not(ancestor-or-self::ds:Signature)</ds:XPath><ds:XPath>1</ds:XPath>",
        "<ds:Inny>not(ancestor-or-self::ds:Signature)</ds:Inny>",
    ],
)
def test_an_unknown_expression_is_never_evaluated(expression: str) -> None:
    xpath = '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"'
    data = _with(CANONICAL.encode(), f"{xpath}>{expression}</ds:Transform>".encode())
    assert codes(validate(data)) == {"TR-UNKNOWN"}


@pytest.mark.parametrize(
    "inside",
    ["<ds:Inny/>", f'<e:InclusiveNamespaces xmlns:e="{EXC}"/>' * 2],
)
def test_an_unknown_parameter_of_a_canonicalisation_is_refused(inside: str) -> None:
    data = _with(CANONICAL.encode(), CANONICAL.replace("/>", f">{inside}</ds:Transform>").encode())
    assert codes(validate(data)) == {"TR-UNKNOWN"}


def test_too_many_transforms_are_refused() -> None:
    assert codes(validate(_with(ENVELOPED.encode(), ENVELOPED.encode() * 4))) == {"TR-COUNT"}


def test_too_many_transforms_in_one_signature_are_refused() -> None:
    data = _many(Ref("#t", CANONICAL * 4), 40)
    assert codes(validate(data)) == {"TR-COUNT"}


def _many(ref: Ref, count: int, letter: str = '<L><t Id="t"/>{signature}</L>') -> bytes:
    digest = ref.xml.replace("<ds:DigestValue/>", "<ds:DigestValue>AAAA</ds:DigestValue>")
    own = (
        Shape(qualifying="", references=())
        .xml()
        .replace(
            "</ds:SignedInfo><ds:SignatureValue/>",
            digest * count + "</ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue>",
        )
    )
    return letter.replace("{signature}", own).encode()


def test_too_many_references_inside_the_file_are_refused() -> None:
    assert "RES-REFS" in codes(validate(_many(Ref("#t", CANONICAL), 65)))


def test_too_many_detached_references_are_refused() -> None:
    assert "RES-REFS" in codes(validate(_many(Ref("plik", ""), 1001)))


def test_too_much_canonicalisation_is_refused() -> None:
    padding = "<p>" + "x" * 100_000 + "</p>"
    letter = f"<L>{padding * 4}{{signature}}</L>"
    refs = "".join(
        Ref(f"#t{n}", CANONICAL).xml.replace(
            "<ds:DigestValue/>", "<ds:DigestValue>AAAA</ds:DigestValue>"
        )
        for n in range(60)
    )
    nested = letter
    for n in range(60):
        nested = f'<n Id="t{n}">{nested}</n>'
    own = (
        Shape(qualifying="", references=())
        .xml()
        .replace(
            "</ds:SignedInfo><ds:SignatureValue/>",
            refs + "</ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue>",
        )
    )
    assert "RES-C14N" in codes(validate(nested.replace("{signature}", own).encode()))


def test_the_same_target_is_canonicalised_once() -> None:
    report = validate(sign(LETTER, Shape(references=(Ref(), Ref(), Ref()))))
    assert report.indication is Indication.TOTAL_PASSED


def test_too_many_signatures_are_refused() -> None:
    empty = f'<ds:Signature xmlns:ds="{DS}"/>'
    report = validate(f"<a>{empty * 65}</a>".encode())
    assert codes(report) == {"RES-COUNT"}
    assert report.indication is Indication.INDETERMINATE


def test_too_many_certificates_are_refused() -> None:
    pki = make_pki()
    assert codes(validate(sign(LETTER, Shape(key_info=key_info(*[pki.person] * 513))))) == {
        "RES-COUNT"
    }


@pytest.mark.parametrize("uri", ["file:///etc/passwd", "http://a.example/x", "inny.pdf"])
def test_external_references_are_never_fetched(uri: str) -> None:
    report = validate(_many(Ref(uri, ""), 1))
    assert "REF-EXTERNAL" in codes(report)


def test_a_reference_to_nothing_is_told() -> None:
    report = validate(_many(Ref("#nic", ""), 1))
    assert "REF-NOT-FOUND" in codes(report)


def test_a_reference_without_a_name_needs_exactly_one_file() -> None:
    nameless = _many(Ref("plik", ""), 1).replace(b' URI="plik"', b"")
    assert "REF-NULL-URI" in codes(validate(nameless))
    assert "REF-NULL-URI" not in codes(validate(nameless, plik=b"x"))
    twice = _many(Ref("plik", ""), 2).replace(b' URI="plik"', b"")
    assert codes(validate(twice, plik=b"x")) == {"REF-NULL-URI"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<ds:SignedInfo>", b"<ds:SignedInfo><ds:Inny/>"),
        (b"<ds:KeyInfo>", b"<ds:Inny/><ds:KeyInfo>"),
        (b"<ds:DigestMethod ", b"<ds:Inny/><ds:DigestMethod "),
        (b"</ds:SignedInfo>", b"</ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue>"),
        (b"<ds:DigestValue>", b"<ds:DigestValue>!"),
        (b"<ds:DigestValue>", "<ds:DigestValue>ż".encode()),
    ],
)
def test_a_structure_off_the_standard_is_refused(old: bytes, new: bytes) -> None:
    report = validate(_with(old, new))
    assert codes(report) == {"SIG-STRUCTURE"}
    assert report.sub_indication is SubIndication.FORMAT_FAILURE


def test_base64_with_stray_bits_is_refused() -> None:
    signed = sign(LETTER)
    value = re.search(rb"SignatureValue>([^<]+)==<", signed.replace(b"\n", b""))
    assert value
    stray = value[1][:-1] + (b"B" if value[1][-1:] in b"AQgw" else b"A")
    assert codes(validate(signed.replace(b"\n", b"").replace(value[1], stray))) == {"SIG-STRUCTURE"}


def test_a_file_without_a_signature_says_so() -> None:
    report = validate(b"<a/>")
    assert codes(report) == {"NO-SIGNATURE"}
    assert report.indication is Indication.INDETERMINATE
    assert report.sub_indication is None


def test_a_file_that_is_no_xml_is_refused() -> None:
    report = validate(b"%PDF-1.7")
    assert codes(report) == {"XML-SYNTAX"}
    assert report.indication is Indication.TOTAL_FAILED


def test_a_relative_namespace_in_the_content_cannot_be_canonicalised() -> None:
    signed = parse_xml(sign(LETTER))
    etree.SubElement(signed, "{wzgledna}x")
    assert "TR-FAILED" in codes(validate(etree.tostring(signed)))


def test_an_enveloped_transform_that_leaves_nothing_is_refused() -> None:
    boxed = '<ds:Object Id="O"><a/></ds:Object>'
    shape = Shape(objects=boxed, references=(Ref("#O", CANONICAL),))
    expression = "count(ancestor-or-self::ds:Signature | here()/ancestor::ds:Signature[1])"
    expression += " > count(ancestor-or-self::ds:Signature)"
    own = (
        '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116">'
        f"<ds:XPath>{expression.replace('>', '&gt;')}</ds:XPath></ds:Transform>"
    )
    data = sign("{signature}", shape).replace(CANONICAL.encode(), (own + CANONICAL).encode())
    assert "TR-FAILED" in codes(validate(data))
