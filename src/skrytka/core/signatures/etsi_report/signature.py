"""The report on one signature (TS 119 102-2 clause 4.3)."""

from collections.abc import Iterator
from urllib.parse import quote

from skrytka.core.signatures.etsi_report import names
from skrytka.core.signatures.etsi_report.attributes import write_attributes
from skrytka.core.signatures.etsi_report.numbering import OF_TIMESTAMP, Numbered, refer
from skrytka.core.signatures.etsi_report.objects import covered_names
from skrytka.core.signatures.etsi_report.status import Status, write_status
from skrytka.core.signatures.etsi_report.writing import Xml, digest, element, text
from skrytka.core.signatures.report import ConclusionJson, ReportJson


def write_signature(one: Numbered, report: ReportJson, status: Status) -> Xml:
    """This will write the report on one signature, its parts in the order of the schema."""
    return element(
        "SignatureValidationReport",
        _identifier(one),
        _constraints(report.get("policy"), one.signature.get("conclusions")),
        _times(one, report["at"]),
        _document(one),
        write_attributes(one),
        _signer(one),
        element("SignatureQuality", _quality(one)),
        _process(one, report.get("policy")),
        write_status(status, one),
    )


def write_file(report: ReportJson, status: Status) -> Xml:
    """This will write the report on a file of which no signature was read."""
    return element(
        "SignatureValidationReport",
        _constraints(report.get("policy"), None),
        write_status(status),
    )


def _identifier(one: Numbered) -> Xml:
    """Clause 4.3.3: what the value is over, by its digest; documents were at hand, not digests."""
    signed = one.enclosed.get("to_be_signed")
    parts = (
        digest("DigestAlgAndValue", signed["digest"], signed["method"]) if signed else "",
        element("HashOnly", "false"),
        element("DocHashOnly", "false"),
    )
    return element("SignatureIdentifier", *parts, id=one.id)


def _constraints(policy: str | None, conclusion: ConclusionJson | None) -> Xml:
    """Clause 4.3.5: the policy, and what its blocks concluded."""
    named = _policy(policy) if policy else ""
    blocks = tuple(map(_constraint, conclusion["children"] if conclusion else ()))
    parts = (named, *blocks)
    return element("ValidationConstraintsEvaluationReport", *parts) if any(parts) else ""


def _policy(policy: str) -> Xml:
    """The policy is the verifier's own, so it is implied; name and version tell it apart."""
    implied = element("XAdES:SignaturePolicyImplied")
    return element(
        "SignatureValidationPolicy",
        element("SignaturePolicyIdentifier", implied),
        element("PolicyName", text(policy)),
        element("FormalPolicyURI", _policy_uri(policy)),
    )


def _policy_uri(policy: str) -> str:
    return names.POLICY + ":".join(map(quote, policy.split("/")))


def _constraint(block: ConclusionJson) -> Xml:
    sub = block["sub_indication"]
    said = (
        element("MainIndication", names.MAIN[block["conclusion"]]),
        element("SubIndication", names.SUB + sub) if sub else "",
    )
    identifier = names.CONSTRAINT + quote(block["name"].replace(" ", "-"))
    return element(
        "ValidationConstraint",
        element("ValidationConstraintIdentifier", identifier),
        element("ConstraintStatus", element("Status", names.APPLIED)),
        element("ValidationStatus", *said),
    )


def _times(one: Numbered, at: str) -> Xml:
    """Clause 4.3.6: when it was validated, and the earliest proof that it existed."""
    best = one.signature["best_signature_time"]
    proof = (
        element("POETime", best),
        element("TypeOfProof", names.POE_BY_VALIDATION),
        *_proofs(one, best),
    )
    return element(
        "ValidationTimeInfo",
        element("ValidationTime", at),
        element("BestSignatureTime", *proof),
    )


def _proofs(one: Numbered, best: str) -> Iterator[Xml]:
    for token in one.enclosed["tokens"]:
        if token["time"] == best and token["protects_signature"]:
            yield refer("POEObject", OF_TIMESTAMP + token["sha256"])
            return


def _document(one: Numbered) -> Xml:
    """Clause 4.3.7: what was signed, by its digest; several things by references alone."""
    covered = covered_names(one)
    alone = digest("DigestAlgAndValue", covered[0][2:]) if len(covered) == 1 else ""
    reference = refer("SignersDocumentRepresentation", *covered)
    return element("SignersDocument", alone, reference) if covered else ""


def _signer(one: Numbered) -> Xml:
    signer, name = one.signature["signer"], one.certificate
    if signer is None or name is None:
        return ""
    told = element("Signer", text(signer["name"] or signer["subject"]))
    return element("SignerInformation", refer("SignerCertificate", name), told)


def _quality(one: Numbered) -> Xml:
    qualification = quote(one.signature["qualification"], safe="")
    return element("SignatureQualityInformation", names.QUALIFICATION + qualification)


def _process(one: Numbered, policy: str | None) -> Xml:
    top = one.signature.get("conclusions")
    process = names.PROCESSES.get(top["name"], names.BASIC) if top else names.BASIC
    return element(
        "SignatureValidationProcess",
        element("SignatureValidationProcessID", process),
        element("SignatureValidationServicePolicy", _policy_uri(policy)) if policy else "",
    )
