"""The objects that a validation rested on, each once, by its SHA-256 (TS 119 102-2 clause 4.4)."""

from collections.abc import Iterable, Iterator

from skrytka.core.signatures.algorithms import SHA256
from skrytka.core.signatures.enclosed import TokenJson
from skrytka.core.signatures.etsi_report import names
from skrytka.core.signatures.etsi_report.numbering import (
    OF_CERTIFICATE,
    OF_CRL,
    OF_DATA,
    OF_OCSP,
    OF_TIMESTAMP,
    Numbered,
)
from skrytka.core.signatures.etsi_report.writing import Xml, as_base64, digest, element
from skrytka.core.signatures.report import TimestampJson

_TYPES = {
    OF_CERTIFICATE: names.CERTIFICATE,
    OF_CRL: names.CRL,
    OF_OCSP: names.OCSP,
    OF_TIMESTAMP: names.TIMESTAMP,
    OF_DATA: names.SIGNED_DATA,
}


def write_objects(signatures: Iterable[Numbered]) -> Xml:
    """This will write the list of all objects; without any there is no list."""
    objects: dict[str, Xml] = {}
    for one in signatures:
        judged = {each.get("sha256"): each for each in one.signature.get("timestamps") or ()}
        for token in one.enclosed["tokens"]:
            name = OF_TIMESTAMP + token["sha256"]
            told = _told_of_token(token, judged.get(token["sha256"]), one)
            objects.setdefault(name, _write(name, *told))
        for name in object_names(one):
            objects.setdefault(name, _write(name))
    return element("SignatureValidationObjects", *objects.values()) if objects else ""


def object_names(one: Numbered) -> Iterator[str]:
    """This will name all objects of a signature but the time-stamps."""
    if one.certificate:
        yield one.certificate
    enclosed = one.enclosed
    yield from (OF_CERTIFICATE + sha256 for sha256 in enclosed["chain"])
    yield from (OF_CERTIFICATE + sha256 for sha256 in enclosed["certificates"])
    yield from (OF_CRL + sha256 for sha256 in enclosed["crls"])
    yield from (OF_OCSP + sha256 for sha256 in enclosed["ocsps"])
    yield from covered_names(one)


def covered_names(one: Numbered) -> tuple[str, ...]:
    """This will name what the signature covers, as far as its digest is known."""
    digests = (cover["sha256"] for cover in one.signature["covers"])
    return tuple(dict.fromkeys(OF_DATA + sha256 for sha256 in digests if sha256))


def _write(name: str, *more: Xml) -> Xml:
    prefix, sha256 = name[:2], name[2:]
    representation = digest("DigestAlgAndValue", sha256)
    return element(
        "ValidationObject",
        element("ObjectType", _TYPES[prefix]),
        element("ValidationObjectRepresentation", representation),
        *more,
        id=name,
    )


def _told_of_token(token: TokenJson, judged: TimestampJson | None, one: Numbered) -> Iterator[Xml]:
    """What a token proves to have existed, where it holds, and what was said of it."""
    if judged is None:
        return
    if judged["indication"] == "PASSED" and token["time"]:
        proved = _signature_reference(one) if token["protects_signature"] else ""
        yield element("POEProvisioning", element("POETime", token["time"]), proved)
    sub = judged["sub_indication"]
    status = (
        element("MainIndication", names.MAIN[judged["indication"]]),
        element("SubIndication", names.SUB + sub) if sub else "",
    )
    yield element("ValidationReport", element("SignatureValidationStatus", *status))


def _signature_reference(one: Numbered) -> Xml:
    return element("SignatureReference", *reference_parts(one.enclosed["value_sha256"]))


def reference_parts(value_sha256: str) -> tuple[Xml, Xml]:
    """This will refer to a signature by the digest of its value."""
    return element("DigestMethod", SHA256), element("DigestValue", as_base64(value_sha256))
