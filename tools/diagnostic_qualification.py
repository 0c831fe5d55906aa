"""This will compare our qualifications with those stated for diagnostic data.

    python tools/diagnostic_qualification.py FOLDER

FOLDER holds ``expect.jsonl`` (one record a line: file, policy, stated qualifications) and the XML
files it names. Only unmodified records of high confidence under the default policy are compared.
The main indication comes from the record, or is tried open (any) where the record does not say.
"""

import argparse
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from lxml.etree import _Element as Element

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.qualification.facts import CertificateFacts, Purpose, ServiceFacts
from skrytka.core.signatures.qualification.signatures import (
    QualificationResult,
    SignatureTimes,
    qualify,
)
from skrytka.core.signatures.words import Indication

_NS = "{http://dss.esig.europa.eu/validation/diagnostic}"
_PURPOSES = {
    "0.4.0.1862.1.6.1": Purpose.SIGNATURE,
    "0.4.0.1862.1.6.2": Purpose.SEAL,
    "0.4.0.1862.1.6.3": Purpose.WEB,
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    results = [compare(folder, record) for record in records(folder)]
    for line, same in results:
        print("ok  " if same else "DIFF", line)
    print(f"{sum(same for _, same in results)} of {len(results)}")


def records(folder: Path) -> Iterator[dict]:
    for line in (folder / "expect.jsonl").read_text().splitlines():
        record = json.loads(line)
        stated = record.get("trust_verdict", {})
        wanted = stated.get("signature_qualification") or stated.get("cert_qualification")
        unmodified = not stated.get("mutated_in_test") and stated.get("policy") == "default"
        if record["confidence"] == "high" and wanted and unmodified:
            yield record


def compare(folder: Path, record: dict) -> tuple[str, bool]:
    root = parse_xml((folder / record["file"]).read_bytes())
    stated = record["trust_verdict"]
    wanted = set(stated.get("signature_qualification") or ())
    if wanted:
        got = set(signatures(root, stated.get("indications")))
    else:
        wanted, got = set(stated["cert_qualification"]), set(certificates(root))
    same = bool(wanted & got) if stated.get("indications") is None else wanted == got
    return f"{Path(record['file']).name}: stated {sorted(wanted)}, ours {sorted(got)}", same


def signatures(root: Element, indications: list[str] | None) -> Iterator[str]:
    tried = indications or list(Indication)
    for signature in root.iter(f"{_NS}Signature"):
        holder = signature.find(f"{_NS}SigningCertificate")
        certificate = _by_id(root, holder.get("Certificate")) if holder is not None else None
        for indication in tried:
            if certificate is None:
                yield "NA"
                continue
            yield _named(_result(root, signature, certificate, Indication(indication)))


def certificates(root: Element) -> Iterator[str]:
    at = _instant(root.findtext(f"{_NS}ValidationDate"))
    for certificate in root.iter(f"{_NS}Certificate"):
        if certificate.get("Id"):
            facts, services = _facts(certificate), _services(certificate)
            result = qualify(facts, services, Indication.TOTAL_PASSED, SignatureTimes(at, at))
            for one in (result.at_issue, result.at_validation):
                yield _certificate_word(one.purpose, qualified=one.qualified, device=one.device)


def _certificate_word(purpose: Purpose, *, qualified: bool, device: bool) -> str:
    short = {Purpose.SIGNATURE: "ESIG", Purpose.SEAL: "ESEAL", Purpose.WEB: "WSA"}
    word = f"{'Q' if qualified else ''}CERT_FOR_{short.get(purpose, 'UNKNOWN')}"
    return f"{word}_QSCD" if device else word


def _named(result: QualificationResult) -> str:
    return "NA" if result.signature.value == "N/A" else result.signature.name


def _result(
    root: Element, signature: Element, certificate: Element, indication: Indication
) -> QualificationResult:
    validated_at = _instant(root.findtext(f"{_NS}ValidationDate"))
    best = min([validated_at, *_stamped(root, signature)])
    times = SignatureTimes(best, validated_at)
    return qualify(_facts(certificate), _services(certificate), indication, times)


def _stamped(root: Element, signature: Element) -> Iterator[datetime]:
    """The intact time-stamps of a signature other than over its content."""
    for found in signature.iter(f"{_NS}FoundTimestamp"):
        stamp = _by_id(root, found.get("Timestamp"))
        if stamp is None or "CONTENT" in (stamp.get("Type") or "").upper():
            continue
        basic = stamp.find(f"{_NS}BasicSignature")
        intact = basic is not None and basic.findtext(f"{_NS}SignatureIntact") == "true"
        imprint = stamp.find(f"{_NS}DigestMatcher")
        whole = imprint is not None and imprint.findtext(f"{_NS}DataIntact") == "true"
        if intact and whole:
            yield _instant(stamp.findtext(f"{_NS}ProductionTime"))


def _facts(certificate: Element) -> CertificateFacts:
    return CertificateFacts(
        issued_at=_instant(certificate.findtext(f"{_NS}NotBefore")),
        compliant=_present(certificate, "QcCompliance"),
        device=_present(certificate, "QcSSCD"),
        purposes=frozenset(
            _PURPOSES[oid] for oid in _texts(certificate, "QcType") if oid in _PURPOSES
        ),
        policies=frozenset(_texts(certificate, "certificatePolicy")),
        legislations=frozenset(_texts(certificate, "CountryName", under="QcCClegislation")),
    )


def _services(certificate: Element) -> tuple[ServiceFacts, ...]:
    found = certificate.iter(f"{_NS}TrustService")
    return tuple(_service(one) for one in found)


def _service(one: Element) -> ServiceFacts:
    ends = one.findtext(f"{_NS}EndDate")
    return ServiceFacts(
        service=one.get("ServiceDigitalIdentifier") or "",
        type=one.findtext(f"{_NS}ServiceType") or "",
        status=one.findtext(f"{_NS}Status") or "",
        starts_at=_instant(one.findtext(f"{_NS}StartDate")),
        ends_at=_instant(ends) if ends else None,
        qualifiers=frozenset(_texts(one, "Qualifier")),
        purposes=frozenset(_texts(one, "AdditionalServiceInfoUri")),
    )


def _present(certificate: Element, name: str) -> bool:
    found = next(certificate.iter(f"{_NS}{name}"), None)
    return found is not None and found.get("present") == "true"


def _texts(element: Element, name: str, *, under: str | None = None) -> Iterator[str]:
    for holder in element.iter(f"{_NS}{under}") if under else (element,):
        for one in holder.iter(f"{_NS}{name}"):
            yield (one.text or "").strip()


def _by_id(root: Element, name: str | None) -> Element | None:
    return next((one for one in root.iter() if name and one.get("Id") == name), None)


def _instant(text: str | None) -> datetime:
    read = datetime.fromisoformat(text or "")
    return read if read.tzinfo else read.replace(tzinfo=UTC)


if __name__ == "__main__":
    main()
