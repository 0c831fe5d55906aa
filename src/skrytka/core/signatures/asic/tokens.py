"""Time-stamp tokens of a container, and what they prove to have existed (EN 319 162-1 §4.4.5)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256

from cryptography.hazmat.primitives.serialization import Encoding

from skrytka.core.signatures.asic.binding import Bound
from skrytka.core.signatures.evidence import (
    SignatureEvidence,
    TimestampEvidence,
    TimestampKind,
)
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.timestamps import examine_token

Signatures = Mapping[str, tuple[SignatureEvidence, ...]]


def examine_container_token(bound: Bound, signatures: Signatures) -> TimestampEvidence:
    """This will decode a token; ``signatures`` are those of the container by their files' names.

    Its imprint is of the manifest, so the manifest's own digests have to match as well before the
    token proves anything about the entries.
    """
    stamped = None if bound.proved is None else bound.proved.data
    if stamped is None:
        return _unbound(bound)
    token = examine_token(
        bound.source.data,
        stamped,
        kind=TimestampKind.CONTAINER,
        protects=frozenset(_protected(bound, signatures)),
    )
    codes = bound.compared.codes
    if not codes:
        return token
    return replace(
        token,
        imprint_found=token.imprint_found and ReasonCode.REF_NOT_FOUND not in codes,
        imprint_intact=False,
        protects=frozenset(),
        security=tuple(dict.fromkeys((*token.security, *codes))),
    )


def _unbound(bound: Bound) -> TimestampEvidence:
    return TimestampEvidence(
        kind=TimestampKind.CONTAINER,
        time=None,
        imprint_found=False,
        imprint_intact=False,
        intact=False,
        sha256=bound.source.sha256,
        security=(ReasonCode.TST_NOT_FOUND,),
    )


def _protected(bound: Bound, signatures: Signatures) -> Iterator[str]:
    """A stamped file of signatures or tokens takes along all that stands inside it."""
    for cover in bound.compared.covers:
        yield cover.sha256 or ""
        for signature in signatures.get(cover.name, ()):
            yield signature.value_sha256
            yield from _inside(signature)
            for token in signature.timestamps:
                yield token.sha256
                yield from _inside(token)


def _inside(holder: SignatureEvidence | TimestampEvidence) -> Iterator[str]:
    for certificate in holder.pool:
        yield sha256(certificate.public_bytes(Encoding.DER)).hexdigest()
    for value in (*holder.crls, *holder.ocsps):
        yield sha256(value).hexdigest()
