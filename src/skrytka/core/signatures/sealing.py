"""Sealing: an enveloped XAdES-B-B signature put together from a template.

Everything but the time, the identifiers, the digests and the value is fixed for one key and one
certificate, so the template is made and proved once, at start-up. A new key or certificate means a
new template.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum

from cryptography import x509

from skrytka.core.documents.xml import XmlRefused, parse_xml
from skrytka.core.signatures import seal_text as text
from skrytka.core.signatures.c14n import C14nMethod, CannotCanonicalize, canonicalize_document
from skrytka.core.signatures.canonical import CanonicalDocument
from skrytka.core.signatures.names import SIGNATURE
from skrytka.core.signatures.people import ClaimedPerson
from skrytka.core.signatures.signing import SignatureAlgorithm, SigningKey
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.verdict import Indication
from skrytka.core.signatures.xades import validate_xades

_ID = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_END_TAG = re.compile(rb"</([^\s>]+)\s*>\s*\Z")
_PROBE = b"<Pismo><Tresc>\xc5\xbc &amp; &lt;</Tresc></Pismo>"
_PROBE_FILE = b"proba"
_PROBE_PERSON = ClaimedPerson("Jan", "Próbny & Syn", "00000000000", "jan")


class SealFault(StrEnum):
    """Why a document is not sealed."""

    KEY = "KEY"
    NOT_YET_VALID = "NOT_YET_VALID"
    EXPIRED = "EXPIRED"
    DOCUMENT = "DOCUMENT"
    ALREADY_SIGNED = "ALREADY_SIGNED"
    REFERENCE = "REFERENCE"
    ROLE = "ROLE"
    SELF_CHECK = "SELF_CHECK"


class CannotSeal(Exception):
    """The document is not sealed; ``fault`` says why."""

    def __init__(self, fault: SealFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class SealShape(Enum):
    """What is sealed; the value is the Id of the reference to the document itself."""

    RECEIPT = "Ref-Poswiadczenie"
    LETTER = "Ref-Pismo"


@dataclass(frozen=True)
class DetachedReference:
    """A file that the signature also covers: an Id, the name that a verifier looks for, a digest.

    ``sha256`` is 64 hexadecimal digits, of the raw bytes.
    """

    id: str
    uri: str
    sha256: str


class SealTemplate:
    """The signature of one key, ready but for its values."""

    def __init__(self, key: SigningKey, at: datetime, shape: SealShape = SealShape.RECEIPT) -> None:
        """This will prepare and prove the template at start-up, not at the first letter.

        Raises `CannotSeal`: the certificate is not valid at ``at``, or the key does not match it.
        """
        self._key = key
        self._content_id = shape.value
        self._certificate = x509.load_der_x509_certificate(key.certificate_der)
        self._not_before = self._certificate.not_valid_before_utc
        self._not_after = self._certificate.not_valid_after_utc
        self._after_value = text.after_value(text.base64_text(key.certificate_der)).encode()
        self._certificate_digest = _sha256(key.certificate_der)
        self._head = text.signed_info_head(SignatureAlgorithm(key.algorithm).value)
        self._self_check(at)

    @property
    def certificate(self) -> x509.Certificate:
        return self._certificate

    def seal(
        self,
        document: bytes,
        *,
        signing_time: datetime,
        references: tuple[DetachedReference, ...],
        role: ClaimedPerson | None,
    ) -> bytes:
        """This will return the document with an enveloped XAdES-B-B signature as its last child.

        The document's own bytes stay as they are. It is a UTF-8 XML document whose root holds
        something and ends the file. Raises `CannotSeal`.
        """
        self._check_validity(signing_time)
        end, digest = _survey(document)
        ids = _free_ids(document)
        role_text = "" if role is None else _role_text(role)
        properties = text.signed_properties(
            ids.properties, text.time_text(signing_time), self._certificate_digest, role_text
        ).encode()
        signed_info = self._signed_info(ids, digest, references, properties)
        signature = self._assembled(ids, signed_info, properties)
        return b"".join((document[:end], signature, document[end:]))

    def _signed_info(
        self,
        ids: text.SealIds,
        digest: str,
        references: tuple[DetachedReference, ...],
        properties: bytes,
    ) -> bytes:
        parts = [self._head, text.own_reference(self._content_id, digest)]
        parts.extend(_detached(reference) for reference in references)
        parts.append(
            text.properties_reference("Ref-Wlasciwosci", ids.properties, _sha256(properties))
        )
        parts.append("</ds:SignedInfo>")
        return "".join(parts).encode()

    def _assembled(self, ids: text.SealIds, signed_info: bytes, properties: bytes) -> bytes:
        value = base64.b64encode(self._key.sign(signed_info))
        id_ = ids.signature.encode()
        return b"".join(
            (
                b'<ds:Signature%b Id="%b">' % (text.NS_DS, id_),
                signed_info.replace(text.NS_DS, b"", 1),
                b"<ds:SignatureValue>%b</ds:SignatureValue>" % value,
                self._after_value,
                b' Target="#%b">' % id_,
                properties.replace(text.NS_XADES, b"", 1).replace(text.NS_DS, b"", 2),
                b"</xades:QualifyingProperties></ds:Object></ds:Signature>",
            )
        )

    def _check_validity(self, at: datetime) -> None:
        if at < self._not_before:
            raise CannotSeal(SealFault.NOT_YET_VALID)
        if at > self._not_after:
            raise CannotSeal(SealFault.EXPIRED)

    def _self_check(self, at: datetime) -> None:
        """This will seal a probe and put it before the full validation."""
        file_digest = hashlib.sha256(_PROBE_FILE).hexdigest()
        sealed = self.seal(
            _PROBE,
            signing_time=at,
            references=(DetachedReference("Ref-Dokument", "proba & próba", file_digest),),
            role=_PROBE_PERSON,
        )
        trust = TrustStore(trusted_profile_seals=(self._certificate,))
        files = {"proba & próba": _PROBE_FILE}
        report = validate_xades(sealed, detached=files, trust=trust, at=at)
        if report.indication is Indication.TOTAL_FAILED:
            raise CannotSeal(SealFault.KEY)
        if report.indication is not Indication.TOTAL_PASSED or not _is_canonical(sealed):
            raise CannotSeal(SealFault.SELF_CHECK)


def _survey(document: bytes) -> tuple[int, str]:
    """This will find where the root ends and digest the document in exclusive canonical form."""
    if isinstance(document, CanonicalDocument):
        return document.rfind(b"</"), _sha256(document.body)
    try:
        root = parse_xml(document)
        canonical = canonicalize_document(root, C14nMethod.EXCLUSIVE)
    except (XmlRefused, CannotCanonicalize):
        raise CannotSeal(SealFault.DOCUMENT) from None
    if next(root.iter(SIGNATURE), None) is not None:
        raise CannotSeal(SealFault.ALREADY_SIGNED)
    end = _END_TAG.search(document, max(0, document.rfind(b"</")))
    if end is None or not canonical.endswith(b"</%b>" % end[1]):
        raise CannotSeal(SealFault.DOCUMENT)
    return end.start(), _sha256(canonical)


def _is_canonical(document: bytes) -> bool:
    return document == canonicalize_document(parse_xml(document), C14nMethod.EXCLUSIVE)


def _free_ids(document: bytes) -> text.SealIds:
    """This will number the identifiers so that none of them occurs in the document."""
    number = 1
    while b"Podpis-%d" % number in document or b"Podpisane-%d" % number in document:
        number += 1
    return text.SealIds(number)


def _role_text(role: ClaimedPerson) -> str:
    try:
        return text.claimed_role(role)
    except text.Unwritable:
        raise CannotSeal(SealFault.ROLE) from None


def _detached(reference: DetachedReference) -> str:
    if not _ID.fullmatch(reference.id) or not reference.uri or reference.uri.startswith("#"):
        raise CannotSeal(SealFault.REFERENCE)
    try:
        digest = bytes.fromhex(reference.sha256)
        uri = text.attribute_text(reference.uri)
    except (ValueError, text.Unwritable):
        raise CannotSeal(SealFault.REFERENCE) from None
    if len(digest) != hashlib.sha256().digest_size:
        raise CannotSeal(SealFault.REFERENCE)
    return text.detached_reference(reference.id, uri, text.base64_text(digest))


def _sha256(data: bytes) -> str:
    return text.base64_text(hashlib.sha256(data).digest())
