"""Shapes that older and other signing programs wrote, each by the general rule behind it."""

import base64
import hashlib

import pytest
from lxml import etree

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.der import read_only, read_values
from skrytka.core.signatures.evidence import RoleState, SignatureEvidence
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.signing import MemoryKey
from skrytka.core.signatures.words import Scope
from skrytka.core.signatures.xmldsig.examine import examine_file
from skrytka.core.signatures.xmldsig.intake import open_signed_file
from skrytka.core.signatures.xmldsig.references import DetachedFiles, Missing
from tests.core.signatures.cms.crafting import integer, sequence, tlv
from tests.core.signatures.crafting import (
    CANONICAL,
    DS,
    ENVELOPED,
    LETTER,
    SHA256,
    XADES,
    Ref,
    Shape,
    codes,
    ep_statement,
    fill,
    find,
    pz_statement,
    sign,
    validate,
)
from tests.core.signatures.xades.by_hand import by_hand
from tests.core.signatures.xades.stamping import examined, only, signed_letter
from tests.world.pki import certificate_of, certify, make_pki, natural_person, p256

XADES_111 = "http://uri.etsi.org/01903/v1.1.1#"
XADES_122 = "http://uri.etsi.org/01903/v1.2.2#"
FILTER2 = "http://www.w3.org/2002/06/xmldsig-filter2"
DIGEST = base64.b64encode(hashlib.sha256(make_pki().person.certificate_der).digest()).decode()


def _filter(expression: str, kind: str = "subtract", extra: str = "") -> str:
    return (
        f'<ds:Transform Algorithm="{FILTER2}"><f:XPath xmlns:f="{FILTER2}"{extra} '
        f'Filter="{kind}">{expression}</f:XPath></ds:Transform>'
    )


def _old(namespace: str, reference: Ref | None = None, target: str = "#S1") -> Shape:
    """Qualifying properties as XAdES 1.1.1 wrote them: its own DigestMethod, no Id needed."""
    properties = (
        f'<e:QualifyingProperties xmlns:e="{namespace}" Target="{target}">'
        '<e:SignedProperties Id="P-S1"><e:SignedSignatureProperties>'
        "<e:SigningTime>2026-01-12T09:11:12Z</e:SigningTime><e:SigningCertificate><e:Cert>"
        f'<e:CertDigest><e:DigestMethod Algorithm="{SHA256}"/><e:DigestValue>{DIGEST}'
        "</e:DigestValue></e:CertDigest></e:Cert></e:SigningCertificate>"
        "<e:SignaturePolicyIdentifier><e:SignaturePolicyId><e:SigPolicyId><e:Identifier>urn:oid:1.2"
        "</e:Identifier></e:SigPolicyId></e:SignaturePolicyId></e:SignaturePolicyIdentifier>"
        "<e:SignerRole><e:ClaimedRoles><e:ClaimedRole> dyrektor </e:ClaimedRole>"
        "</e:ClaimedRoles></e:SignerRole>"
        "</e:SignedSignatureProperties></e:SignedProperties></e:QualifyingProperties>"
    )
    kind = f"{namespace}SignedProperties"
    own = reference or Ref("#P-S1", CANONICAL, kind)
    box = f'<ds:Object Id="E">{properties}</ds:Object>'
    return Shape(qualifying="", objects=box, references=(Ref(), own))


@pytest.mark.parametrize("namespace", [XADES_111, XADES_122, XADES])
def test_every_namespace_of_xades_is_read(namespace: str) -> None:
    signature = only(signed_letter(_old(namespace)))
    assert (signature.intact, signature.security) == (True, ())
    assert signature.certificate_ref_match is True
    assert signature.claimed_signing_time is not None
    assert (signature.policy_id, signature.claimed_roles) == ("urn:oid:1.2", ("dyrektor",))


def test_an_unknown_namespace_is_not_xades() -> None:
    signature = only(signed_letter(_old("urn:xades")))
    assert ReasonCode.XSW_SIGNEDPROPS in signature.security or ReasonCode.NOT_XADES in (
        signature.security
    )


PROPERTIES = "//*[@Id='%s']/e:QualifyingProperties/e:SignedProperties"


def _by_path(namespace: str, path: str, uri: str = "", before: str = "") -> Shape:
    step = _filter(path, "intersect", f' xmlns:e="{namespace}"')
    kind = f"{XADES_111}SignedProperties"
    return _old(XADES_111, Ref(uri, before + step + CANONICAL, kind))


def test_signed_properties_may_be_reached_by_their_path() -> None:
    root = signed_letter(_by_path(XADES_111, PROPERTIES % "E"))
    assert (only(root).intact, only(root).security) == (True, ())
    properties = find(root, ".//{*}SignedProperties/{*}SignedSignatureProperties/{*}SigningTime")
    properties.text = "2020-01-01T00:00:00Z"
    assert not only(root).intact


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (PROPERTIES % "nigdzie", ReasonCode.TR_FAILED),
        (PROPERTIES % "S1", ReasonCode.TR_FAILED),
        ("//e:SignedProperties", ReasonCode.TR_UNKNOWN),
    ],
)
def test_a_path_that_leads_nowhere_or_anywhere_is_refused(path: str, code: ReasonCode) -> None:
    text = etree.tostring(signed_letter(_by_path(XADES_111, PROPERTIES % "E"))).decode()
    signature = only(parse_xml(text.replace(PROPERTIES % "E", path).encode()))
    assert code in signature.security
    assert not signature.intact


def test_a_path_in_an_unknown_namespace_is_refused() -> None:
    root = signed_letter(_by_path(XADES_111, PROPERTIES % "E"))
    text = (
        etree.tostring(root)
        .decode()
        .replace(
            f'f:XPath xmlns:f="{FILTER2}" xmlns:e="{XADES_111}"',
            f'f:XPath xmlns:f="{FILTER2}" xmlns:e="urn:x"',
        )
    )
    assert only(parse_xml(text.encode())).security == (ReasonCode.TR_UNKNOWN,)


def test_a_path_starts_from_the_whole_document_only() -> None:
    root = signed_letter(_by_path(XADES_111, PROPERTIES % "E"))
    reference = root.findall(f".//{{{DS}}}Reference")[1]
    reference.set("URI", "#E")
    assert ReasonCode.TR_FAILED in only(root).security


def test_the_properties_of_another_signature_are_not_reached_by_a_path() -> None:
    """Wrapping: the path leads to a copy in an object of another signature."""
    root = signed_letter(_by_path(XADES_111, PROPERTIES % "E"))
    box = find(root, f".//{{{DS}}}Object[@Id='E']")
    copy = parse_xml(etree.tostring(box))
    box.set("Id", "E2")
    del find(box, ".//{*}SignedProperties").attrib["Id"]
    other = etree.SubElement(root, f"{{{DS}}}Signature")
    other.append(copy)
    found = examined(root)
    assert ReasonCode.XSW_SIGNEDPROPS in found[0].security
    assert not found[0].intact


@pytest.mark.parametrize(
    "path",
    [
        "/*/ds:Signature",
        "/descendant::*[name()='ds:Signature']",
        '//*[name()="ds:Signature"]',
        "//ds:Signature",
        "here()/ancestor::ds:Signature[1]",
    ],
)
def test_known_paths_leave_signatures_out(path: str) -> None:
    step = _filter(path.replace('"', "&quot;"))
    signature = only(signed_letter(Shape(references=(Ref("", step + CANONICAL),))))
    assert (signature.intact, signature.security) == (True, ())
    assert signature.covers[0].scope is Scope.FULL


def test_a_signature_elsewhere_stays_in_when_only_those_of_the_root_go() -> None:
    inner = f'<b><ds:Signature xmlns:ds="{DS}" Id="S9"/></b>'
    letter = LETTER.replace("{signature}", inner + "{signature}")
    step = _filter("/*/ds:Signature")
    root = parse_xml(
        sign(letter, Shape(references=(Ref("", step + CANONICAL),))).replace(b"S9", b"S8")
    )
    found = {one.id: one.security for one in examined(root)}
    assert ReasonCode.REF_DIGEST in found["S1"]


def test_a_name_that_others_bear_too_leaves_nothing_out() -> None:
    step = _filter("//*[name()='ds:Signature']")
    root = signed_letter(Shape(references=(Ref("", step + CANONICAL),)))
    root.append(parse_xml(b'<ds:Signature xmlns:ds="urn:obcy">ukryte</ds:Signature>'))
    signature = only(root)
    assert ReasonCode.TR_FAILED in signature.security
    assert not signature.intact


def test_a_signature_without_a_prefix_is_named_without_one() -> None:
    step = _filter("//*[name()='Signature']").replace("ds:", "").replace("f:", "f:")
    shape = Shape(references=(Ref("", step + CANONICAL.replace("ds:", "")),))
    bare = shape.xml().replace("<ds:", "<").replace("</ds:", "</").replace("xmlns:ds=", "xmlns=")
    root = parse_xml(LETTER.replace("{signature}", bare).encode())
    fill(root, shape)
    assert only(root).security == ()


def test_a_target_may_differ_in_letter_case_where_it_names_nothing_else() -> None:
    root = signed_letter(_old(XADES, target="#s1"))
    assert (only(root).intact, only(root).security) == (True, ())
    root[0].set("Id", "s1")
    root = signed_letter(_old(XADES, target="#s1"), LETTER.replace("<Tresc>", '<Tresc Id="s1">'))
    assert ReasonCode.XSW_SIGNEDPROPS in only(root).security


@pytest.mark.parametrize(("target", "fits"), [("", True), ("#", True), ("#S1", False)])
def test_a_signature_without_an_identifier_cannot_be_named(target: str, *, fits: bool) -> None:
    shape = _old(XADES, target=target)
    root = parse_xml(
        LETTER.replace("{signature}", shape.xml().replace(' Id="S1"', ' Id="S1" x="y"')).encode()
    )
    fill(root, shape)
    signature = next(root.iter(f"{{{DS}}}Signature"))
    del signature.attrib["Id"]
    assert only(root).intact is fits
    assert (ReasonCode.XSW_SIGNEDPROPS in only(root).security) is not fits


def test_a_part_inside_its_own_signature_is_signed_but_never_the_letter() -> None:
    """Some verifiers take the part as it is, others as nothing; here it is a part, no more."""
    box = '<ds:Object><Tresc xmlns="urn:p" Id="T">Zgoda</Tresc></ds:Object>'
    shape = Shape(objects=box, references=(Ref("#T", CANONICAL),))
    signed = sign(LETTER, shape)
    assert validate(signed).payload is None
    assert "XSW-SCOPE" in codes(validate(signed))
    enveloped = Shape(objects=box, references=(Ref("#T", ENVELOPED + CANONICAL),))
    root = by_hand(LETTER, enveloped)
    report = validate(etree.tostring(root))
    assert report.signatures[0].intact
    assert report.payload is None
    assert "XSW-SCOPE" in codes(report)


@pytest.mark.parametrize("place", ["SignerRole", "SignerRoleV2"])
@pytest.mark.parametrize("statement", [pz_statement(), ep_statement()])
def test_both_trusted_roles_are_read_in_both_places(place: str, statement: str) -> None:
    role = (
        f"<xades:{place}><xades:ClaimedRoles><xades:ClaimedRole>{statement}</xades:ClaimedRole>"
        f"</xades:ClaimedRoles></xades:{place}>"
    )
    signature = only(signed_letter(Shape(role=role)))
    assert signature.role.state is RoleState.PERSON
    assert signature.claimed_roles == ()


def test_one_role_in_each_place_names_nobody() -> None:
    roles = "".join(
        f"<xades:{place}><xades:ClaimedRoles><xades:ClaimedRole>{pz_statement()}"
        f"</xades:ClaimedRole></xades:ClaimedRoles></xades:{place}>"
        for place in ("SignerRole", "SignerRoleV2")
    )
    assert only(signed_letter(Shape(role=roles))).role.state is RoleState.AMBIGUOUS


@pytest.mark.parametrize(
    ("transforms", "digest", "intact"),
    [("", SHA256, True), (CANONICAL, SHA256, False), ("", "urn:x", False)],
)
def test_a_file_that_is_absent_may_be_known_by_its_plain_digest(
    transforms: str, digest: str, *, intact: bool
) -> None:
    """Only a plain SHA-256 is what whoever holds the file compares with."""
    shape = Shape(references=(Ref("#S1", CANONICAL),))
    text = shape.xml().replace("#S1", "a.txt").replace(CANONICAL, transforms, 1)
    text = text.replace("<ds:DigestValue/>", "<ds:DigestValue>AAAA</ds:DigestValue>", 1)
    text = text.replace(SHA256, digest, 1)
    signature = read_by_digest(
        text.replace("<ds:DigestValue/>", "<ds:DigestValue>AA==</ds:DigestValue>")
    )
    assert (ReasonCode.REF_EXTERNAL in signature.security) is (digest == SHA256 and not intact)
    assert (ReasonCode.ALG_UNKNOWN in signature.security) is (digest != SHA256)
    assert signature.covers[0].scope is Scope.DIGEST
    assert (signature.covers[0].sha256 == "000000") is intact


def read_by_digest(text: str) -> SignatureEvidence:
    signed_file = open_signed_file(text.encode())
    detached = DetachedFiles({}, Missing.TRUST_DIGEST)
    return examine_file(signed_file, detached).signatures[0]


def test_signed_info_without_a_canonical_form_is_not_verified() -> None:
    text = sign(LETTER, Shape(c14n="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"))
    relative = text.replace(b"<Pismo ", b'<Pismo xmlns:w="wzgledna" ')
    assert ReasonCode.SIG_VALUE in only(parse_xml(relative)).security


def _issued(turn: int, *, replaced: bytes = b"") -> Shape:
    """A self-made certificate whose issuer has several parts, named in one order or the other."""
    key = p256()
    holder = MemoryKey.of(key, certify(key, natural_person("Ewa", "Lis", "44051401359"), None))
    certificate = certificate_of(holder)
    parts = [
        part.encoded for part in read_values(read_only(certificate.issuer.public_bytes()).content)
    ]
    name = sequence(*parts[::turn]).replace(b"Lis", replaced or b"Lis")
    value = sequence(sequence(tlv(0xA4, name)), integer(certificate.serial_number))
    text = base64.b64encode(value).decode()
    extra = f"<xades:IssuerSerialV2>{text}</xades:IssuerSerialV2>"
    return Shape(key=holder, cert_extra=extra)


@pytest.mark.parametrize("turn", [1, -1])
def test_the_parts_of_an_issuer_may_stand_in_the_order_of_ldap(turn: int) -> None:
    assert only(signed_letter(_issued(turn))).certificate_ref_match is True


@pytest.mark.parametrize("turn", [1, -1])
def test_another_issuer_is_not_the_one_that_was_named(turn: int) -> None:
    assert only(signed_letter(_issued(turn, replaced=b"Lew"))).certificate_ref_match is False
