"""Signatures in CMS inside a container: each over a manifest, or over the one payload."""

from dataclasses import replace

from skrytka.core.signatures.asic.binding import Bound
from skrytka.core.signatures.cms.examine import examine_cms
from skrytka.core.signatures.evidence import SignatureEvidence
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.words import SignatureFormat, SignatureLevel


def examine_cms_signatures(bound: Bound) -> tuple[SignatureEvidence, ...]:
    """This will decode the signatures of one file; what is wrong becomes the code of a signature.

    A signature that carries content inside proves that content and not the container's, so what
    was verified is compared with what the signature is bound to.
    """
    proved = bound.proved
    handed = {} if proved is None else {proved.name: proved.data}
    found = examine_cms(bound.source.data, handed)
    if found.refusal is not None:
        return (_unread(found.refusal),)
    return tuple(_in_container(signature, bound) for signature in found.signatures)


def _in_container(signature: SignatureEvidence, bound: Bound) -> SignatureEvidence:
    codes = list(bound.compared.codes)
    verified = {cover.sha256 for cover in signature.covers}
    if signature.intact and bound.proved and bound.proved.sha256 not in verified:
        codes.append(ReasonCode.ASIC_MANIFEST)
    return replace(
        signature,
        intact=signature.intact and not codes,
        covers=bound.compared.covers,
        security=tuple(dict.fromkeys((*signature.security, *codes))),
        algorithms=(*signature.algorithms, *bound.compared.algorithms),
    )


def _unread(code: ReasonCode) -> SignatureEvidence:
    return SignatureEvidence(
        id=None,
        format=SignatureFormat.PKCS7,
        level=SignatureLevel.CMS_NOT_ETSI,
        intact=False,
        security=(code,),
    )
