"""What is said of a signature, and all that it rests on (TS 119 102-2 clause 4.3.4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from skrytka.core.signatures.etsi_report import names
from skrytka.core.signatures.etsi_report.numbering import (
    OF_CERTIFICATE,
    OF_TIMESTAMP,
    Numbered,
    refer,
)
from skrytka.core.signatures.etsi_report.objects import object_names
from skrytka.core.signatures.etsi_report.writing import Xml, element, text
from skrytka.core.signatures.report import ConclusionJson, ReasonJson, SignatureJson
from skrytka.core.signatures.words import Indication, SubIndication


@dataclass(frozen=True)
class Status:
    """Indication, sub-indication and reasons, of the signature or of its whole file."""

    indication: str
    sub_indication: str | None
    reasons: tuple[ReasonJson, ...]

    def indications(self) -> Iterator[Xml]:
        """This will write both; what is indeterminate always says why (clause 4.3.4.3)."""
        yield element("MainIndication", names.MAIN[self.indication])
        sub = self.sub_indication
        if sub is None and self.indication == Indication.INDETERMINATE:
            sub = SubIndication.GENERIC
        yield element("SubIndication", names.SUB + sub) if sub else ""

    def told(self) -> Iterator[Xml]:
        for reason in self.reasons:
            yield _data(names.REASON + quote(reason["code"]), reason["text"])


def write_status(status: Status, one: Numbered | None = None) -> Xml:
    """This will write the status; without a signature it is that of the file."""
    data = tuple(part for part in (*(_material(one) if one else ()), _additional(status, one)))
    associated = element("AssociatedValidationReportData", *data) if any(data) else ""
    return element("SignatureValidationStatus", *status.indications(), associated)


def _material(one: Numbered) -> Iterator[Xml]:
    chain = [OF_CERTIFICATE + sha256 for sha256 in one.enclosed["chain"]]
    if chain:
        yield refer("TrustAnchor", chain[-1])
        inner = (
            refer("SigningCertificate", chain[0]),
            *(refer("IntermediateCertificate", name) for name in chain[1:-1]),
            refer("TrustAnchor", chain[-1]),
        )
        yield element("CertificateChain", *inner)
    tokens = (OF_TIMESTAMP + token["sha256"] for token in one.enclosed["tokens"])
    yield refer("RelatedValidationObject", *dict.fromkeys((*object_names(one), *tokens)))
    decisive = _decisive(one.signature.get("conclusions"))
    if decisive:
        yield from _revocation(one, decisive)
        yield from _crypto(one, decisive)


def _decisive(conclusion: ConclusionJson | None) -> ConclusionJson | None:
    """The innermost conclusion that decided against the signature, if any did."""
    while conclusion and conclusion["conclusion"] != "PASSED":
        within = [
            child
            for child in conclusion["children"]
            if child["conclusion"] != "PASSED"
            and child["sub_indication"] == conclusion["sub_indication"]
        ]
        if not within:
            return conclusion
        conclusion = within[-1]
    return None


def _revocation(one: Numbered, decisive: ConclusionJson) -> Iterator[Xml]:
    """Clause 4.3.12: which certificate was revoked or suspended, and since when."""
    about, when = OF_CERTIFICATE + decisive["about"], decisive.get("when")
    if when and decisive["name"] == "revocation" and about in set(object_names(one)):
        time = element("RevocationTime", when)
        yield element("RevocationStatusInformation", refer("ValidationObjectId", about), time)


def _crypto(one: Numbered, decisive: ConclusionJson) -> Iterator[Xml]:
    """Clause 4.3.12: of the signature's algorithms the weakest, and until when it was sound."""
    weakest, when = one.enclosed["weakest_algorithm"], decisive.get("when")
    is_own = decisive["about"] == one.enclosed["value_sha256"]
    if weakest and is_own and decisive["name"] == "cryptographic constraints":
        yield element(
            "CryptoInformation",
            refer("ValidationObjectId", one.id),
            element("Algorithm", text(weakest)),
            element("SecureAlgorithm", "false"),
            element("NotAfter", when) if when else "",
        )


def _additional(status: Status, one: Numbered | None) -> Xml:
    parts = (*status.told(), *(_facts(one.signature) if one else ()))
    return element("AdditionalValidationReportData", *parts) if parts else ""


def _facts(signature: SignatureJson) -> Iterator[Xml]:
    """What the standard has no place for: the form of the signature and what it covers."""
    if signature["id"]:
        yield _data(f"{names.FACT}id", signature["id"])
    for name in ("format", "level", "kind"):
        yield _data(names.FACT + name, signature[name])
    yield _data(f"{names.FACT}intact", str(signature["intact"]).lower())
    for cover in signature["covers"]:
        yield _data(f"{names.FACT}covers:{cover['scope']}", cover["name"])


def _data(kind: str, value: str) -> Xml:
    return element("ReportData", element("Type", text(kind)), element("Value", text(value)))
