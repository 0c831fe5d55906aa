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
from skrytka.core.signatures.seal_text import LeftOut
from skrytka.core.signatures.signing import KeyDoesNotSign, SignatureAlgorithm, SigningKey
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.words import Indication
from skrytka.core.signatures.xades import validate_xades

_ID = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_END_TAG = re.compile(rb"</([^\s>]+)\s*>\s*\Z")
_PROBE = b"<Pismo><Tresc>\xc5\xbc &amp; &lt;</Tresc></Pismo>"
_PROBE_FILE = b"proba"
_PROBE_PERSON = ClaimedPerson("Jan", "Próbny & Syn", "00000000000", "jan")


class SealFault(StrEnum):
    """Why a document is not sealed."""

    KEY = "KEY"
    KEY_AWAY = "KEY_AWAY"
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
    """What is sealed: the Id of the reference to the document itself, and what that leaves out.

    SHARED_RECEIPT is for a receipt that several sign: each signature covers the receipt alone, so
    that none is broken by another that comes beside it.
    """

    RECEIPT = ("Ref-Poswiadczenie", LeftOut.OWN_SIGNATURE)
    LETTER = ("Ref-Pismo", LeftOut.OWN_SIGNATURE)
    SHARED_RECEIPT = ("Ref-Poswiadczenie", LeftOut.EVERY_SIGNATURE)


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
        self._content_id, self._left_out = shape.value
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
        place = _survey(document)
        if place.signatures:
            raise CannotSeal(SealFault.ALREADY_SIGNED)
        return self._signed(document, place, _Statement(signing_time, references, role))

    def seal_beside(
        self, document: bytes, *, signing_time: datetime, role: ClaimedPerson | None
    ) -> bytes:
        """This will add a signature beside those that the document bears already, if any.

        Only a shape that leaves out every signature may: another would sign those that are there,
        and be broken by those that come. Raises `CannotSeal`.
        """
        self._check_validity(signing_time)
        if self._left_out is not LeftOut.EVERY_SIGNATURE:
            raise CannotSeal(SealFault.ALREADY_SIGNED)
        return self._signed(document, _survey(document), _Statement(signing_time, (), role))

    def _signed(self, document: bytes, place: "_Place", statement: "_Statement") -> bytes:
        ids = _free_ids(document, place)
        role_text = "" if statement.role is None else _role_text(statement.role)
        time = text.time_text(statement.signing_time)
        properties = text.signed_properties(
            ids.properties, time, self._certificate_digest, role_text
        ).encode()
        signed_info = self._signed_info(ids, place.digest, statement.references, properties)
        signature = self._assembled(ids, signed_info, properties)
        return b"".join((document[: place.end], signature, document[place.end :]))

    def _signed_info(
        self,
        ids: text.SealIds,
        digest: str,
        references: tuple[DetachedReference, ...],
        properties: bytes,
    ) -> bytes:
        content_id = ids.reference(self._content_id)
        properties_id = ids.reference("Ref-Wlasciwosci")
        parts = [
            self._head,
            text.own_reference(content_id, self._left_out, digest),
            *(_detached(reference) for reference in references),
            text.properties_reference(properties_id, ids.properties, _sha256(properties)),
            "</ds:SignedInfo>",
        ]
        return "".join(parts).encode()

    def _assembled(self, ids: text.SealIds, signed_info: bytes, properties: bytes) -> bytes:
        value = base64.b64encode(self._value(signed_info))
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

    def _value(self, signed_info: bytes) -> bytes:
        try:
            return self._key.sign(signed_info)
        except KeyDoesNotSign as error:
            raise CannotSeal(SealFault.KEY_AWAY) from error

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
        if self._left_out is LeftOut.EVERY_SIGNATURE:
            sealed = self.seal_beside(sealed, signing_time=at, role=_PROBE_PERSON)
        trust = TrustStore(trusted_profile_seals=(self._certificate,))
        files = {"proba & próba": _PROBE_FILE}
        report = validate_xades(sealed, detached=files, trust=trust, at=at)
        if report.indication is Indication.TOTAL_FAILED:
            raise CannotSeal(SealFault.KEY)
        if report.indication is not Indication.TOTAL_PASSED or not _is_canonical(sealed):
            raise CannotSeal(SealFault.SELF_CHECK)


@dataclass(frozen=True)
class _Statement:
    """What a signature says beside the digest of the document."""

    signing_time: datetime
    references: tuple[DetachedReference, ...]
    role: ClaimedPerson | None


@dataclass(frozen=True)
class _Place:
    """Where the root ends, the digest of the document less its signatures, and how many it has."""

    end: int
    digest: str
    signatures: int = 0


def _survey(document: bytes) -> _Place:
    """This will find where the root ends and digest the document in exclusive canonical form."""
    if isinstance(document, CanonicalDocument):
        return _Place(document.rfind(b"</"), _sha256(document.body))
    try:
        root = parse_xml(document)
        signatures = tuple(root.iter(SIGNATURE))
        canonical = canonicalize_document(root, C14nMethod.EXCLUSIVE, without=signatures)
    except (XmlRefused, CannotCanonicalize):
        raise CannotSeal(SealFault.DOCUMENT) from None
    end = _END_TAG.search(document, max(0, document.rfind(b"</")))
    if end is None or not canonical.endswith(b"</%b>" % end[1]):
        raise CannotSeal(SealFault.DOCUMENT)
    return _Place(end.start(), _sha256(canonical), len(signatures))


def _is_canonical(document: bytes) -> bool:
    return document == canonicalize_document(parse_xml(document), C14nMethod.EXCLUSIVE)


def _free_ids(document: bytes, place: _Place) -> text.SealIds:
    """This will number the identifiers so that none of them occurs in the document."""
    number = 1
    while b"Podpis-%d" % number in document or b"Podpisane-%d" % number in document:
        number += 1
    return text.SealIds(number, f"-{number}" if place.signatures else "")


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
