"""From a signature dictionary to the evidence of its signers, by its SubFilter."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from cryptography import x509

from skrytka.core.signatures.algorithms import Family, ValueCheck, key_bits
from skrytka.core.signatures.certificates import load_certificate, public_key_of
from skrytka.core.signatures.cms.ber import CannotRead, octets, read_first
from skrytka.core.signatures.cms.digests import Digester, Octets
from skrytka.core.signatures.cms.examine import examine_signed_data
from skrytka.core.signatures.cms.methods import ValueMethod, check_value
from skrytka.core.signatures.evidence import AlgorithmUse, FileEvidence, SignatureEvidence, Use
from skrytka.core.signatures.pdf.places import Place, SubFilter
from skrytka.core.signatures.pdf.tokens import Text, Value, octets_of
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.words import SignatureFormat, SignatureLevel

_SHA1 = "sha1"
_PKCS1 = ValueMethod(Family.RSA, _SHA1)
_OF_VALUE: dict[ValueCheck | None, tuple[ReasonCode, ...]] = {
    ValueCheck.INTACT: (),
    ValueCheck.BROKEN: (ReasonCode.SIG_VALUE,),
    ValueCheck.KEY_MISMATCH: (ReasonCode.ALG_MISMATCH,),
    None: (ReasonCode.REF_NOT_FOUND,),
}


def examine_value(data: bytes, place: Place, digest: Digester) -> tuple[SignatureEvidence, ...]:
    """This will decode the signers of one value, as far as they stand in its own dictionary.

    ``digest`` digests what the signature covers.
    """
    if place.sub_filter is SubFilter.RSA_SHA1:
        return (_of_pkcs1(data, place, digest),)
    if place.sub_filter is SubFilter.PKCS7_SHA1:
        return tuple(_of_digest(place, digest))
    return tuple(_of_cms(place, examine_signed_data(place.contents, digest)))


def _of_cms(place: Place, found: FileEvidence) -> Iterator[SignatureEvidence]:
    if found.refusal is not None:
        empty = found.refusal is ReasonCode.NO_SIGNATURE
        yield _unread(place, ReasonCode.CMS_SYNTAX if empty else found.refusal)
    for signer in found.signatures:
        etsi = signer.format is SignatureFormat.CADES and place.sub_filter is SubFilter.CADES
        yield replace(
            signer,
            id=_id(place),
            format=SignatureFormat.PADES,
            level=SignatureLevel.PADES_B if etsi else SignatureLevel.PDF_NOT_ETSI,
            intact=signer.intact and not place.codes,
            content=None,
            covers=(),
            claimed_signing_time=signer.claimed_signing_time or place.stated_time,
            security=_joined(place.codes, signer.security),
        )


def _of_digest(place: Place, digest: Digester) -> Iterator[SignatureEvidence]:
    """adbe.pkcs7.sha1: the CMS holds the SHA-1 of the bytes, and signs that."""
    inside = examine_signed_data(place.contents)
    if inside.refusal is not None:
        yield from _of_cms(place, inside)
    for signer, found in zip(inside.signatures, _of_cms(place, inside), strict=False):
        held = signer.content is None or signer.content.payload == digest(_SHA1)
        yield replace(
            found,
            intact=found.intact and held,
            security=_joined(found.security, () if held else (ReasonCode.REF_DIGEST,)),
            algorithms=(AlgorithmUse(Use.REFERENCE, _SHA1), *found.algorithms),
        )


def _of_pkcs1(data: bytes, place: Place, digest: Digester) -> SignatureEvidence:
    """adbe.x509.rsa_sha1: a bare PKCS#1 value, the certificates stand beside it in /Cert."""
    pool = tuple(_certificates(data, place.dictionary.get("Cert")))
    key = public_key_of(pool[0]) if pool else None
    try:
        value = octets(read_first(place.contents))
    except CannotRead:
        return _unread(place, ReasonCode.CMS_SYNTAX)
    if key is None:
        return _unread(place, ReasonCode.KEY_MISSING)
    checked = check_value(key, _PKCS1, _SHA1, Octets(digest), value)
    codes = _joined(place.codes, (*_OF_VALUE[checked], ReasonCode.NOT_CADES))
    return replace(
        _unread(place, *codes),
        intact=checked is ValueCheck.INTACT and not place.codes,
        certificate=pool[0],
        pool=pool,
        value_sha256=sha256(value).hexdigest(),
        algorithms=(AlgorithmUse(Use.SIGNATURE, _SHA1, Family.RSA, key_bits(key)),),
    )


def _certificates(data: bytes, value: Value) -> Iterator[x509.Certificate]:
    texts = value if isinstance(value, tuple) else (value,)
    loaded = (load_certificate(octets_of(data, text)) for text in texts if isinstance(text, Text))
    yield from (certificate for certificate in loaded if certificate)


def _unread(place: Place, *codes: ReasonCode) -> SignatureEvidence:
    return SignatureEvidence(
        id=_id(place),
        format=SignatureFormat.PADES,
        level=SignatureLevel.PDF_NOT_ETSI,
        intact=False,
        claimed_signing_time=place.stated_time,
        security=_joined(place.codes, codes),
    )


def _id(place: Place) -> str:
    return f"{place.number} {place.generation} R"


def _joined(*several: tuple[ReasonCode, ...]) -> tuple[ReasonCode, ...]:
    return tuple(dict.fromkeys(code for codes in several for code in codes))
