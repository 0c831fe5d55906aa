"""The text of our own signatures, in canonical form, cut where values are put in.

Two renderings of one text are needed: as it stands in the document, and as it is digested. By
Exclusive XML Canonicalization a subtree declares the namespaces that it visibly uses; inside the
document the prefixes ``ds`` and ``xades`` are declared above, so that rendering has them left out.
The self-check of the template proves both against libxml2.
"""

import base64
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from skrytka.core.signatures.algorithms import SHA256
from skrytka.core.signatures.names import (
    DS,
    EC,
    OSOBA,
    PPZP,
    SIGNED_PROPERTIES_TYPE,
    XADES,
)
from skrytka.core.signatures.people import ClaimedPerson

NS_DS = f' xmlns:ds="{DS}"'.encode()
NS_XADES = f' xmlns:xades="{XADES}"'.encode()
_NS_PPZP = f' xmlns:ppZP="{PPZP}"'
_NS_OS = f' xmlns:os="{OSOBA}"'
_EXCLUSIVE = f'<ds:Transform Algorithm="{EC}"></ds:Transform>'
_ENVELOPED = f'<ds:Transform Algorithm="{DS}enveloped-signature"></ds:Transform>'
# The XPath that every program for XAdES knows: the document less all signatures, whoever made them.
_UNSIGNED = (
    '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116">'
    "<ds:XPath>not(ancestor-or-self::ds:Signature)</ds:XPath></ds:Transform>"
)
_SHA256 = f'<ds:DigestMethod{NS_DS.decode()} Algorithm="{SHA256}"></ds:DigestMethod>'
_METHOD = f'<ds:DigestMethod Algorithm="{SHA256}"></ds:DigestMethod>'
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Most texts hold nothing to escape: they are told by one look.
_PLAIN_TEXT = re.compile("[\t\n\x20-%'-;=?-\ud7ff]*")
_PLAIN_ATTRIBUTE = re.compile("[\x20!#-%'-;=?-\ud7ff]*")
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#xD;"},
)
_ATTRIBUTE_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", '"': "&quot;", "\t": "&#x9;", "\n": "&#xA;", "\r": "&#xD;"},
)


# What a signature gains when a time-stamp comes (EN 319 132-1 §5.3): nobody signs it, so it is put
# where the signed properties end.
_STAMP_PARTS = ("UnsignedProperties", "UnsignedSignatureProperties", "SignatureTimeStamp")
STAMP_HEAD = (
    "".join(f"<xades:{name}>" for name in _STAMP_PARTS)
    + f'<ds:CanonicalizationMethod Algorithm="{EC}"></ds:CanonicalizationMethod>'
    + "<xades:EncapsulatedTimeStamp>"
)
STAMP_END = "</xades:EncapsulatedTimeStamp>" + "".join(
    f"</xades:{name}>" for name in reversed(_STAMP_PARTS)
)

# The signature as the template writes it, at the end of a document. What is signed inside it is
# left open here; what is not signed (the value, the certificate, the way they are written) is not.
SEALED_ENDING = re.compile(
    (
        f'<ds:Signature xmlns:ds="{re.escape(DS)}" Id="(Podpis-[0-9]+)"><ds:SignedInfo>.*?'
        "</ds:SignedInfo><ds:SignatureValue>[A-Za-z0-9+/]+={0,2}</ds:SignatureValue>"
        "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>[A-Za-z0-9+/]+={0,2}"
        "</ds:X509Certificate></ds:X509Data></ds:KeyInfo><ds:Object>"
        f'<xades:QualifyingProperties xmlns:xades="{re.escape(XADES)}" Target="#\\1">'
        "<xades:SignedProperties .*?</xades:SignedProperties>"
        f"(?:{re.escape(STAMP_HEAD)}[A-Za-z0-9+/]+={{0,2}}{re.escape(STAMP_END)})?"
        "</xades:QualifyingProperties></ds:Object></ds:Signature></[^<>]+>"
    ).encode(),
    re.DOTALL,
)


class Unwritable(Exception):
    """A text holds a character that XML 1.0 cannot carry."""


class LeftOut(Enum):
    """What the reference to the document leaves out of it, as the transform that says so."""

    OWN_SIGNATURE = _ENVELOPED
    EVERY_SIGNATURE = _UNSIGNED


@dataclass(frozen=True)
class SealIds:
    """The identifiers of one signature; numbered so that they are new in the document.

    `ending` is put to the names of references too where other signatures stand beside.
    """

    number: int
    ending: str = ""

    @property
    def signature(self) -> str:
        return f"Podpis-{self.number}"

    @property
    def properties(self) -> str:
        return f"WlasciwosciPodpisane-{self.number}"

    def reference(self, name: str) -> str:
        return f"{name}{self.ending}"


def element_text(text: str) -> str:
    """This will write a text node in canonical form (Canonical XML 1.0 §2.3)."""
    if _PLAIN_TEXT.fullmatch(text):
        return text
    if _UNWRITABLE.search(text):
        raise Unwritable
    return text.translate(_ESCAPES)


def attribute_text(text: str) -> str:
    """This will write an attribute value in canonical form (Canonical XML 1.0 §2.3)."""
    if _PLAIN_ATTRIBUTE.fullmatch(text):
        return text
    if _UNWRITABLE.search(text):
        raise Unwritable
    return text.translate(_ATTRIBUTE_ESCAPES)


def signed_info_head(algorithm_uri: str) -> str:
    return (
        f'<ds:SignedInfo{NS_DS.decode()}><ds:CanonicalizationMethod Algorithm="{EC}">'
        "</ds:CanonicalizationMethod>"
        f'<ds:SignatureMethod Algorithm="{algorithm_uri}"></ds:SignatureMethod>'
    )


def own_reference(id_: str, left_out: LeftOut, digest: str) -> str:
    """This will write the reference to the document itself, less its signature or all of them."""
    return (
        f'<ds:Reference Id="{id_}" URI=""><ds:Transforms>{left_out.value}{_EXCLUSIVE}'
        "</ds:Transforms>"
        f"{_METHOD}<ds:DigestValue>{digest}</ds:DigestValue></ds:Reference>"
    )


def detached_reference(id_: str, uri: str, digest: str) -> str:
    """This will write a reference to the raw bytes of a file kept elsewhere: no transform."""
    return (
        f'<ds:Reference Id="{id_}" URI="{uri}">'
        f"{_METHOD}<ds:DigestValue>{digest}</ds:DigestValue></ds:Reference>"
    )


def properties_reference(id_: str, properties_id: str, digest: str) -> str:
    return (
        f'<ds:Reference Id="{id_}" Type="{SIGNED_PROPERTIES_TYPE}" URI="#{properties_id}">'
        f"<ds:Transforms>{_EXCLUSIVE}</ds:Transforms>"
        f"{_METHOD}<ds:DigestValue>{digest}</ds:DigestValue></ds:Reference>"
    )


def signed_properties(properties_id: str, time: str, certificate_digest: str, role: str) -> str:
    return (
        f'<xades:SignedProperties{NS_XADES.decode()} Id="{properties_id}">'
        "<xades:SignedSignatureProperties>"
        f"<xades:SigningTime>{time}</xades:SigningTime>"
        f"<xades:SigningCertificateV2><xades:Cert><xades:CertDigest>{_SHA256}"
        f"<ds:DigestValue{NS_DS.decode()}>{certificate_digest}</ds:DigestValue>"
        "</xades:CertDigest></xades:Cert></xades:SigningCertificateV2>"
        f"{role}</xades:SignedSignatureProperties></xades:SignedProperties>"
    )


def after_value(certificate: str) -> str:
    """This will write what stands between the value and the Target of the properties."""
    return (
        f"<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate>"
        "</ds:X509Data></ds:KeyInfo><ds:Object>"
        f"<xades:QualifyingProperties{NS_XADES.decode()}"
    )


def claimed_role(person: ClaimedPerson) -> str:
    """This will write the role of the older Trusted Profile generation."""
    account = ""
    if person.account is not None:
        account = (
            "<ppZP:IdKontaUzytkownikaEpuap>"
            f"{element_text(person.account)}</ppZP:IdKontaUzytkownikaEpuap>"
        )
    return (
        "<xades:SignerRole><xades:ClaimedRoles><xades:ClaimedRole>"
        f"<ppZP:PodpisZP{_NS_PPZP}><ppZP:DaneZP><ppZP:DaneZPOsobyFizycznej>"
        f'<os:Nazwisko{_NS_OS} rodzajCzlonu="pierwszy">{element_text(person.surname)}</os:Nazwisko>'
        f"<os:Imie{_NS_OS}>{element_text(person.given_name)}</os:Imie>"
        f"<os:PESEL{_NS_OS}>{element_text(person.pesel)}</os:PESEL>{account}"
        "</ppZP:DaneZPOsobyFizycznej></ppZP:DaneZP></ppZP:PodpisZP>"
        "</xades:ClaimedRole></xades:ClaimedRoles></xades:SignerRole>"
    )


def time_text(at: datetime) -> str:
    return at.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def base64_text(data: bytes) -> str:
    return base64.b64encode(data).decode()
