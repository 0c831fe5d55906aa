"""One crafted signer, examined; and what has to be said of one that is refused."""

from skrytka.core.signatures.cms.examine import examine_cms
from skrytka.core.signatures.evidence import SignatureEvidence
from skrytka.core.signatures.reasons import ReasonCode
from tests.core.signatures.cms.crafting import (
    Shape,
    signed,
)


def examined(shape: Shape) -> SignatureEvidence:
    (signature,) = examine_cms(signed(shape), {}).signatures
    return signature


def refused(shape: Shape, *codes: ReasonCode) -> None:
    signature = examined(shape)
    assert set(codes) <= set(signature.security)
    assert not signature.intact
    assert signature.content is None
    assert signature.covers == ()
