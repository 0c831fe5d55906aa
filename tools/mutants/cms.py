"""CMS signatures: one bit in the value, a digest, the certificate, the content or a token."""

import base64
import random
from collections.abc import Iterator
from hashlib import sha256

from asn1crypto import cms

from tools.mutants.spoiling import Mutant, Signer, spoiled_part

SIGNATURE_TOKEN = "1.2.840.113549.1.9.16.2.14"  # noqa: S105 - the name of an attribute


def cms_mutants(
    data: bytes, detached: dict[str, bytes], signer: Signer, chance: random.Random
) -> Iterator[Mutant]:
    """This will spoil the first signer of a CMS file, given as DER, PEM or base64."""
    der = as_der(data)
    for kind, part in parts_of(der, signer):
        changed = spoiled_part(der, part, chance)
        if changed is not None:
            yield Mutant(kind, changed, detached)
    yield Mutant("cut short", der[:-1], detached)


def as_der(data: bytes) -> bytes:
    if data.startswith(b"\x30"):
        return data
    lines = [line for line in data.splitlines() if line and not line.startswith(b"-----")]
    return base64.b64decode(b"".join(lines))


def parts_of(der: bytes, signer: Signer) -> Iterator[tuple[str, bytes]]:
    """This will name the parts of a SignedData whose every bit counts."""
    signed = cms.ContentInfo.load(der)["content"]
    first = signed["signer_infos"][0]
    yield "value", first["signature"].native
    yield "certificate", signer.certificate
    if signer.content:
        yield "content", signer.content[len(signer.content) // 3 :][:16]
    for attribute in first["signed_attrs"] or ():
        for value in attribute["values"]:
            yield f"signed attribute {attribute['type'].native}", value.dump()
    for attribute in first["unsigned_attrs"] or ():
        if attribute["type"].dotted == SIGNATURE_TOKEN:
            for value in attribute["values"]:
                if sha256(value.dump()).hexdigest() in signer.tokens:
                    yield from token_parts(value)


def token_parts(token: cms.ContentInfo) -> Iterator[tuple[str, bytes]]:
    """This will name what is signed and signs in a token; what else travels in it is loose."""
    signed = token["content"]
    yield "token", signed["signer_infos"][0]["signature"].native
    yield "token", bytes(signed["encap_content_info"]["content"])
