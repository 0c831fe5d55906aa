"""What came with a signature, each thing by its SHA-256, as reports tell it."""

from collections.abc import Iterable
from datetime import UTC
from hashlib import sha256
from itertools import islice
from typing import TypedDict

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from skrytka.core.signatures.algorithms import DIGESTS, SHA256, SIGNATURES, Family
from skrytka.core.signatures.evidence import AlgorithmUse, SignatureEvidence, TimestampEvidence, Use
from skrytka.core.signatures.revocation.addresses import list_addresses, ocsp_questions

# A report stays a report: of each kind so many are told, of a role so many characters.
_MOST, _LONGEST = 64, 200
_WEAKEST_FIRST = tuple(method.name for method in DIGESTS.values())


class TokenJson(TypedDict):
    kind: str
    time: str | None
    sha256: str
    protects_signature: bool


class ResponderJson(TypedDict):
    """``request`` is the OCSPRequest in hex."""

    address: str
    request: str


class DigestJson(TypedDict):
    method: str
    digest: str


class EnclosedJson(TypedDict):
    """``to_be_signed``: URI of a digest, and in hex that of the octets which the value is over.

    ``chain`` leads from the signer's certificate to the anchor; empty where none was found.
    ``lists_at``: the addresses of the revocation lists about that chain, ``responders`` what to
    ask whom about it by OCSP.
    """

    value_sha256: str
    to_be_signed: DigestJson | None
    certificate_ref_match: bool | None
    chain: list[str]
    lists_at: list[str]
    responders: list[ResponderJson]
    certificates: list[str]
    crls: list[str]
    ocsps: list[str]
    tokens: list[TokenJson]
    weakest_algorithm: str | None
    policy_id: str | None
    claimed_roles: list[str]


EMPTY: EnclosedJson = {
    "value_sha256": "",
    "to_be_signed": None,
    "certificate_ref_match": None,
    "chain": [],
    "lists_at": [],
    "responders": [],
    "certificates": [],
    "crls": [],
    "ocsps": [],
    "tokens": [],
    "weakest_algorithm": None,
    "policy_id": None,
    "claimed_roles": [],
}


def enclosed_data(evidence: SignatureEvidence, chain: tuple[x509.Certificate, ...]) -> EnclosedJson:
    """This will tell what came with a signature, as plain data."""
    policy = evidence.policy_id
    return {
        "value_sha256": evidence.value_sha256,
        "to_be_signed": _to_be_signed(evidence),
        "certificate_ref_match": evidence.certificate_ref_match,
        "chain": _names(map(_der, chain)),
        "lists_at": list(list_addresses(chain)),
        "responders": [
            {"address": one.address, "request": one.request.hex()} for one in ocsp_questions(chain)
        ],
        "certificates": _names(map(_der, evidence.pool)),
        "crls": _names(evidence.crls),
        "ocsps": _names(evidence.ocsps),
        "tokens": [_token(one, evidence) for one in evidence.timestamps[:_MOST]],
        "weakest_algorithm": _weakest(evidence.algorithms),
        "policy_id": policy[:_LONGEST] if policy else None,
        "claimed_roles": [role[:_LONGEST] for role in evidence.claimed_roles[:_MOST]],
    }


def _to_be_signed(evidence: SignatureEvidence) -> DigestJson | None:
    """By the digest of the signature's own method, where it is known."""
    if evidence.to_be_signed is None:
        return None
    own = {one.digest for one in evidence.algorithms if one.use is Use.SIGNATURE}
    found = (uri for uri, method in DIGESTS.items() if method.name in own)
    method = next(found, SHA256)
    return {"method": method, "digest": DIGESTS[method].digest(evidence.to_be_signed).hex()}


def _names(objects: Iterable[bytes]) -> list[str]:
    return [sha256(one).hexdigest() for one in islice(dict.fromkeys(objects), _MOST)]


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def _token(one: TimestampEvidence, evidence: SignatureEvidence) -> TokenJson:
    time = one.time.astimezone(UTC).isoformat().replace("+00:00", "Z") if one.time else None
    return {
        "kind": one.kind.value,
        "time": time,
        "sha256": one.sha256,
        "protects_signature": evidence.value_sha256 in one.protects,
    }


def _weakest(algorithms: tuple[AlgorithmUse, ...]) -> str | None:
    """The URI of the algorithm with the oldest digest, of several that with the shortest key."""
    known = [one for one in algorithms if one.digest in _WEAKEST_FIRST]
    if not known:
        return None
    weakest = min(known, key=_strength)
    if weakest.family is None:
        return next(uri for uri, method in DIGESTS.items() if method.name == weakest.digest)
    return next(
        (
            uri
            for uri, method in SIGNATURES.items()
            if (method.family, method.digest_name) == (weakest.family, weakest.digest)
        ),
        None,
    )


def _strength(one: AlgorithmUse) -> tuple[int, float]:
    """Keys of curves are as strong as keys of other kinds that are twelve times as long."""
    is_curve = one.family in {Family.ECDSA, Family.EDDSA}
    bits = (one.key_bits or float("inf")) * (12 if is_curve else 1)
    return _WEAKEST_FIRST.index(one.digest), bits
