"""Signatures made by another stack (libxmlsec) in any shape that a test asks for."""

import base64
import hashlib
from dataclasses import dataclass, field

import xmlsec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from lxml import etree

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.signing import MemoryKey
from skrytka.core.signatures.verdict import ValidationReport
from skrytka.core.signatures.xades import validate_xades
from tests.world.pki import AT, make_pki

DS = "http://www.w3.org/2000/09/xmldsig#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
EXC = "http://www.w3.org/2001/10/xml-exc-c14n#"
INC = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
ECDSA = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
RSA = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
SHA1 = f"{DS}sha1"
ENVELOPED = f'<ds:Transform Algorithm="{DS}enveloped-signature"/>'
CANONICAL = f'<ds:Transform Algorithm="{EXC}"/>'
BASE64 = f'<ds:Transform Algorithm="{DS}base64"/>'
NO_SIGNATURES = (
    '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116">'
    "<ds:XPath>not(ancestor-or-self::ds:Signature)</ds:XPath></ds:Transform>"
)
PROPERTIES_TYPE = "http://uri.etsi.org/01903#SignedProperties"


@dataclass(frozen=True)
class Ref:
    uri: str = ""
    transforms: str = ENVELOPED + CANONICAL
    type: str = ""
    digest: str = SHA256

    @property
    def xml(self) -> str:
        kind = f' Type="{self.type}"' if self.type else ""
        boxed = f"<ds:Transforms>{self.transforms}</ds:Transforms>" if self.transforms else ""
        return (
            f'<ds:Reference URI="{self.uri}"{kind}>{boxed}'
            f'<ds:DigestMethod Algorithm="{self.digest}"/><ds:DigestValue/></ds:Reference>'
        )


def properties_ref(id_: str) -> Ref:
    return Ref(f"#P-{id_}", CANONICAL, PROPERTIES_TYPE)


@dataclass(frozen=True)
class Shape:
    """Everything about a signature that a test may want to be different."""

    key: MemoryKey = field(default_factory=lambda: make_pki().person)
    id: str = "S1"
    references: tuple[Ref, ...] = (Ref(),)
    objects: str = ""
    role: str = ""
    method: str = ECDSA
    c14n: str = EXC
    key_info: str | None = None
    qualifying: str | None = None
    cert_digest: str | None = None
    cert_method: str = SHA256
    cert_extra: str = ""

    def xml(self) -> str:
        return (
            f'<ds:Signature xmlns:ds="{DS}" Id="{self.id}"><ds:SignedInfo>'
            f'<ds:CanonicalizationMethod Algorithm="{self.c14n}"/>'
            f'<ds:SignatureMethod Algorithm="{self.method}"/>'
            f"{''.join(ref.xml for ref in self._references)}</ds:SignedInfo><ds:SignatureValue/>"
            f"{self._key_info}{self.objects}{self._qualifying}</ds:Signature>"
        )

    @property
    def _references(self) -> tuple[Ref, ...]:
        return self.references if self.qualifying == "" else (*self.references, self._own_ref)

    @property
    def _own_ref(self) -> Ref:
        return properties_ref(self.id)

    @property
    def _key_info(self) -> str:
        if self.key_info is not None:
            return self.key_info
        return key_info(self.key)

    @property
    def _qualifying(self) -> str:
        if self.qualifying is not None:
            return self.qualifying
        return f"<ds:Object>{self.qualifying_properties()}</ds:Object>"

    def qualifying_properties(self) -> str:
        digest = (
            self.cert_digest
            or base64.b64encode(hashlib.sha256(self.key.certificate_der).digest()).decode()
        )
        return (
            f'<xades:QualifyingProperties xmlns:xades="{XADES}" Target="#{self.id}">'
            f'<xades:SignedProperties Id="P-{self.id}"><xades:SignedSignatureProperties>'
            "<xades:SigningTime>2026-01-12T09:11:12Z</xades:SigningTime>"
            "<xades:SigningCertificateV2><xades:Cert><xades:CertDigest>"
            f'<ds:DigestMethod Algorithm="{self.cert_method}"/>'
            f"<ds:DigestValue>{digest}</ds:DigestValue>"
            f"</xades:CertDigest>{self.cert_extra}</xades:Cert></xades:SigningCertificateV2>"
            f"{self.role}</xades:SignedSignatureProperties></xades:SignedProperties>"
            "</xades:QualifyingProperties>"
        )


def key_info(*keys: MemoryKey) -> str:
    certificates = "".join(
        f"<ds:X509Certificate>{base64.b64encode(key.certificate_der).decode()}</ds:X509Certificate>"
        for key in keys
    )
    return f"<ds:KeyInfo><ds:X509Data>{certificates}</ds:X509Data></ds:KeyInfo>"


def sign(document: str, shape: Shape | None = None) -> bytes:
    """This will put the signature where ``{signature}`` stands, and have libxmlsec fill it."""
    chosen = shape or Shape()
    root = parse_xml(document.replace("{signature}", chosen.xml()).encode())
    fill(root, chosen)
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)


def fill(root: etree._Element, shape: Shape) -> None:
    xmlsec.tree.add_ids(root, ["Id", "id", "ID"])
    context = xmlsec.SignatureContext()
    pem = shape.key.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    context.key = xmlsec.Key.from_memory(pem, xmlsec.constants.KeyDataFormatPem)
    node = next(n for n in root.iter(f"{{{DS}}}Signature") if n.get("Id") == shape.id)
    context.sign(node)


def find(root: etree._Element, path: str) -> etree._Element:
    """This will find what must be there."""
    found = root.find(path)
    assert found is not None
    return found


def parent_of(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def validate(data: bytes, **detached: bytes) -> ValidationReport:
    return validate_xades(data, detached=detached, trust=make_pki().trust, at=AT)


def codes(report: ValidationReport) -> set[str]:
    found = {reason.code.value for reason in report.reasons}
    return found | {reason.code.value for s in report.signatures for reason in s.reasons}


def pz_role(pesel: str = "44051401359", surname: str = "Nowak") -> str:
    return (
        '<xades:SignerRole xmlns:xades="http://uri.etsi.org/01903/v1.3.2#"><xades:ClaimedRoles>'
        f"<xades:ClaimedRole>{pz_statement(pesel, surname)}</xades:ClaimedRole>"
        "</xades:ClaimedRoles></xades:SignerRole>"
    )


def pz_statement(pesel: str = "44051401359", surname: str = "Nowak") -> str:
    return (
        '<z:PodpisZP xmlns:z="http://crd.gov.pl/xml/schematy/ppzp/" '
        'xmlns:o="http://crd.gov.pl/xml/schematy/osoba/2009/03/06/"><z:DaneZP>'
        f'<z:DaneZPOsobyFizycznej><o:Nazwisko rodzajCzlonu="pierwszy">{surname}</o:Nazwisko>'
        f"<o:Imie>Anna</o:Imie><o:PESEL>{pesel}</o:PESEL>"
        "<z:IdKontaUzytkownikaEpuap>anowak</z:IdKontaUzytkownikaEpuap>"
        "</z:DaneZPOsobyFizycznej></z:DaneZP></z:PodpisZP>"
    )


def ep_statement() -> str:
    return (
        '<p:EPSignature xmlns:p="http://crd.gov.pl/xml/schematy/podpis_zaufany/">'
        "<p:NaturalPerson><p:CurrentFamilyName>Nowak</p:CurrentFamilyName>"
        "<p:FirstName>Anna</p:FirstName><p:PersonalIdentifier>44051401359</p:PersonalIdentifier>"
        "</p:NaturalPerson></p:EPSignature>"
    )


LETTER = '<Pismo xmlns="urn:p"><Tresc>Proszę o zgodę.</Tresc>{signature}</Pismo>'
ORIGINAL = LETTER.replace("{signature}", "").encode()
