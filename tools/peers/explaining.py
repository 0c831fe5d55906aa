"""Why no peer takes what we take: a name for each cause, found in the file or in the peers' words.

What has no name here is a disagreement that nobody has looked at yet.
"""

from collections.abc import Iterable

from skrytka.core.signatures.evidence import FileEvidence
from skrytka.core.signatures.reasons import ReasonCode

UNEXPLAINED = "UNEXPLAINED"
# The cause, and what a peer says then.
IN_WORDS = {
    "CERTIFICATE-ELSEWHERE: the certificate stands in the properties, peers look into KeyInfo": (
        "no certificate in KeyInfo",
    ),
    "SEVERAL-SIGNERS: one PDF signature with several SignerInfos, the peer takes one": (
        "signer_infos should contain exactly one",
    ),
    "ENCRYPTED: the peer does not read encrypted files without their key": (
        "No key available to decrypt",
    ),
    "DAMAGED-TRAILER: the peer does not read the file's structure": (
        "Encryption settings must be a dictionary",
    ),
    "END-IN-COMMENT: the archive's comment looks like its end, which leads peers astray": (
        "Failed to go to the next file inside ZIP",
    ),
    "TOKEN-AS-SIGNATURE: a time-stamp token in a field of the type of signatures": (
        "Content type tst_info did not match",
    ),
    "NO-MIMETYPE: the peer takes containers that begin with a mimetype of ASiC": (
        "mimetype not found",
        "Missing mimetype",
        "Incorrect mimetype",
    ),
}


def explain(evidence: FileEvidence, words: Iterable[str]) -> str:
    """This will name why a file that we accept was accepted by no peer."""
    codes = {code for one in evidence.signatures for code in one.security}
    if not evidence.signatures:
        return "TIME-STAMPS-ALONE: no signature is there, and these peers verify signatures"
    if ReasonCode.CMS_ORDER in codes:
        return (
            "CMS-ORDER: the digest was made over attributes in the order received, "
            "the peer sorts them first"
        )
    said = " ".join(words)
    for cause, signs in IN_WORDS.items():
        if any(sign in said for sign in signs):
            return cause
    return UNEXPLAINED
