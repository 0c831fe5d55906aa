"""The algorithms that a signature was made with; what they are worth is for the checks."""

from collections.abc import Iterator

from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes

from skrytka.core.signatures.algorithms import DIGESTS, key_bits
from skrytka.core.signatures.evidence import AlgorithmUse, Use
from skrytka.core.signatures.xmldsig.properties import SignedProperties, is_about_properties
from skrytka.core.signatures.xmldsig.references import Resolved
from skrytka.core.signatures.xmldsig.stamped import Signed


def algorithms_used(
    signed: Signed,
    entries: tuple[Resolved, ...],
    properties: SignedProperties | None,
    key: CertificatePublicKeyTypes | None,
) -> tuple[AlgorithmUse, ...]:
    """This will list the known algorithms, each use once: of the value first, then of digests."""
    uses = [*_of_value(signed, key)]
    for item in signed.references:
        use = Use.SIGNED_PROPERTIES if is_about_properties(item) else Use.REFERENCE
        uses += _of_digest(use, item.parts.digest_uri)
    for entry in entries:
        uses += _of_digest(Use.MANIFEST_ENTRY, entry.parts.digest_uri)
    if properties:
        uses += _of_digest(Use.CERTIFICATE_REFERENCE, properties.certificate.digest_uri)
    return tuple(dict.fromkeys(uses))


def _of_value(signed: Signed, key: CertificatePublicKeyTypes | None) -> Iterator[AlgorithmUse]:
    method = signed.parts.method
    if method:
        bits = key_bits(key) if key else None
        yield AlgorithmUse(Use.SIGNATURE, method.digest_name, method.family, bits)


def _of_digest(use: Use, uri: str) -> Iterator[AlgorithmUse]:
    known = DIGESTS.get(uri)
    if known:
        yield AlgorithmUse(use, known.name)
