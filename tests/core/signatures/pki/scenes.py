"""Signatures in the world of a test: who issued, what was revoked when, who stamped what.

Certificates, lists and answers are made by the cryptography library with keys of the run, the
signature by libxmlsec; the clock is whatever the scene says.
"""

import base64
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID
from lxml import etree

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.checks import conclude_file
from skrytka.core.signatures.process.policy import DEFAULT_POLICY, ValidationPolicy
from skrytka.core.signatures.signing import MemoryKey
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.validation import examine
from skrytka.core.signatures.verdict import SignatureVerdict
from tests.core.signatures.cms.crafting import Holder, token
from tests.core.signatures.crafting import XADES, Shape, key_info
from tests.core.signatures.xades.stamping import (
    METHOD,
    XADES_141,
    add,
    exclusive,
    named_value,
    value_of,
)
from tests.world.pki import (
    AUTHORITY,
    Issuer,
    Terms,
    authority,
    certificate_of,
    natural_person,
    organisation,
    signer,
)

DAY = timedelta(days=1)
YEAR = timedelta(days=365)
SIGNED = datetime.fromisoformat("2026-01-12T09:11:12+00:00")
ROOT = authority("Korzeń sceny")
STAMP_ROOT = authority("Korzeń znacznika sceny")
LASTING = Terms(SIGNED - YEAR, SIGNED + YEAR)
STAMPS = (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True)
STAMPING = replace(LASTING, extensions=(STAMPS,))


@dataclass(frozen=True)
class Stamp:
    """A time-stamp of the signature value, or over the whole signature as its archive."""

    at: datetime = SIGNED + timedelta(hours=1)
    terms: Terms = STAMPING
    trusted: bool = True
    archive: bool = False
    data: bytes | None = None


@dataclass(frozen=True)
class Revoked:
    """What a list says: of the signer, or of the authority above; by whom and as of when."""

    at: datetime | None
    reason: x509.ReasonFlags | None = None
    this_update: datetime | None = None
    next_update: datetime | None = None
    of_authority: bool = False
    as_answer: bool = False
    foreign: bool = False


@dataclass(frozen=True)
class Scene:
    """One signature and everything that bears on its verdict."""

    at: datetime = SIGNED + 2 * DAY
    terms: Terms = LASTING
    authority_terms: Terms = AUTHORITY
    key: rsa.RSAPrivateKey | None = None
    method: str = Shape().method
    lists: tuple[Revoked, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    policy: ValidationPolicy = DEFAULT_POLICY

    def verdict(self) -> SignatureVerdict:
        """This will make the signature and judge it at the time of the scene."""
        above = authority("Wystawca sceny", ROOT, self.authority_terms)
        key = signer(natural_person("Anna", "Nowak", "44051401359"), above, self.terms, self.key)
        root = named_value(Shape(key=key, method=self.method, key_info=_known(key, above)))
        trusted = [ROOT.certificate]
        for stamp in self.stamps:
            _put_stamp(root, stamp)
            trusted += [STAMP_ROOT.certificate] if stamp.trusted else []
            if stamp is self.stamps[0]:
                _put_lists(root, self, key, above)
        if not self.stamps:
            _put_lists(root, self, key, above)
        trust = TrustStore(anchors=tuple(dict.fromkeys(trusted)))
        report = conclude_file(examine(etree.tostring(root), {}), trust, self.at, self.policy)
        (found,) = report.signatures
        return found


def _known(key: MemoryKey, above: Issuer) -> str:
    """KeyInfo with the signer and the authority."""
    own = key_info(key)
    der = base64.b64encode(above.certificate.public_bytes(Encoding.DER)).decode()
    more = f"<ds:X509Certificate>{der}</ds:X509Certificate></ds:X509Data>"
    return own.replace("</ds:X509Data>", more)


def _put_stamp(root: etree._Element, stamp: Stamp) -> None:
    value = exclusive(value_of(root))
    unit = signer(organisation("Jednostka znacznika"), STAMP_ROOT, stamp.terms)
    holder = Holder(unit.private_key, certificate_of(unit))
    data = stamp.data or (_archived(root) if stamp.archive else value)
    text = base64.b64encode(token(data, holder, time=stamp.at)).decode()
    name = "EncapsulatedTimeStamp"
    inside = f'{METHOD}<x:{name} xmlns:x="{XADES}">{text}</x:{name}>'
    if stamp.archive:
        add(root, "ArchiveTimeStamp", inside, XADES_141)
    else:
        add(root, "SignatureTimeStamp", inside)


def _archived(root: etree._Element) -> bytes:
    """What an archive time-stamp stamps, in the order of EN 319 132-1 §5.5.2."""
    ds = "{http://www.w3.org/2000/09/xmldsig#}"
    signature = next(root.iter(f"{ds}Signature"))
    whole = parse_xml(etree.tostring(root))
    doomed = next(whole.iter(f"{ds}Signature"))
    parent = doomed.getparent()
    assert parent is not None
    parent.remove(doomed)
    parts = [etree.tostring(whole, method="c14n", exclusive=True)]
    signed = next(signature.iter(f"{{{XADES}}}SignedProperties"))
    parts.append(exclusive(signed))
    names = ("SignedInfo", "SignatureValue", "KeyInfo")
    parts += [exclusive(next(signature.iter(f"{ds}{name}"))) for name in names]
    unsigned = next(signature.iter(f"{{{XADES}}}UnsignedSignatureProperties"), None)
    parts += [exclusive(child) for child in unsigned] if unsigned is not None else []
    return b"".join(parts)


def _put_lists(root: etree._Element, scene: Scene, key: MemoryKey, above: Issuer) -> None:
    certificate = certificate_of(key)
    crls = [_crl(one, certificate, above) for one in scene.lists if not one.as_answer]
    answers = [_answer(one, certificate, above) for one in scene.lists if one.as_answer]
    inside = ""
    if crls:
        inside += _values("CRLValues", "EncapsulatedCRLValue", crls)
    if answers:
        inside += _values("OCSPValues", "EncapsulatedOCSPValue", answers)
    if inside:
        add(root, "RevocationValues", inside)


def _values(around: str, name: str, ders: list[bytes]) -> str:
    inside = "".join(
        f'<x:{name} xmlns:x="{XADES}">{base64.b64encode(der).decode()}</x:{name}>' for der in ders
    )
    return f'<x:{around} xmlns:x="{XADES}">{inside}</x:{around}>'


def _times(one: Revoked, scene_at: datetime = SIGNED) -> tuple[datetime, datetime]:
    this = one.this_update or scene_at + DAY
    return this, one.next_update or this + 10 * YEAR


def _crl(one: Revoked, certificate: x509.Certificate, above: Issuer) -> bytes:
    by = ROOT if one.of_authority else above
    if one.foreign:
        by = authority("Wystawca sceny", ROOT)
    this, following = _times(one)
    builder = x509.CertificateRevocationListBuilder(by.certificate.subject, this, following)
    about = above.certificate if one.of_authority else certificate
    if one.at is not None:
        entry = x509.RevokedCertificateBuilder(about.serial_number, one.at)
        if one.reason is not None:
            entry = entry.add_extension(x509.CRLReason(one.reason), critical=False)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(by.key, hashes.SHA256()).public_bytes(Encoding.DER)


def _answer(one: Revoked, certificate: x509.Certificate, above: Issuer) -> bytes:
    this, following = _times(one)
    status = ocsp.OCSPCertStatus.GOOD if one.at is None else ocsp.OCSPCertStatus.REVOKED
    builder = ocsp.OCSPResponseBuilder().add_response(
        certificate, above.certificate, hashes.SHA256(), status, this, following, one.at, one.reason
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, above.certificate)
    return builder.sign(above.key, hashes.SHA256()).public_bytes(Encoding.DER)
