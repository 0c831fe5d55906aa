"""Judges decoded signatures of a corpus (DSS diagnostic data) and compares the verdicts.

Usage: diagnostic_data.py CORPUS. Evidence goes in, a verdict comes out, with no cryptography: what
is measured are the processes of EN 319 102-1 alone. Without a corpus nothing is judged.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lxml import etree

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.algorithms import Family
from skrytka.core.signatures.evidence import TimestampKind
from skrytka.core.signatures.process.archival import validate_signature
from skrytka.core.signatures.process.certificates import Context
from skrytka.core.signatures.process.conclusion import Outcome
from skrytka.core.signatures.process.facts import (
    Algorithm,
    CertificateFacts,
    Finding,
    Material,
    RevocationFacts,
    SignatureFacts,
    Status,
    TimestampFacts,
)
from skrytka.core.signatures.process.policy import STRICT_POLICY
from skrytka.core.signatures.words import SubIndication

_S = SubIndication
_FAMILIES = {
    "RSA": Family.RSA,
    "RSASSA-PSS": Family.RSA_PSS,
    "ECDSA": Family.ECDSA,
    "PLAIN-ECDSA": Family.ECDSA,
    "DSA": Family.DSA,
    "EDDSA": Family.EDDSA,
    "Ed25519": Family.EDDSA,
}
_KINDS = {
    "CONTENT_TIMESTAMP": TimestampKind.CONTENT,
    "ALL_DATA_OBJECTS_TIMESTAMP": TimestampKind.CONTENT,
    "INDIVIDUAL_DATA_OBJECTS_TIMESTAMP": TimestampKind.CONTENT,
    "SIGNATURE_TIMESTAMP": TimestampKind.SIGNATURE,
    "DOCUMENT_TIMESTAMP": TimestampKind.DOCUMENT,
    "CONTAINER_TIMESTAMP": TimestampKind.CONTAINER,
    "ARCHIVE_TIMESTAMP": TimestampKind.ARCHIVE,
    "EVIDENCE_RECORD_TIMESTAMP": TimestampKind.ARCHIVE,
}
_SIGNED_DATA = {"SIGNED_PROPERTIES", "MESSAGE_DIGEST", "JWS_SIGNING_INPUT_DIGEST"}
_OUTCOMES = {
    Outcome.PASSED: "TOTAL_PASSED",
    Outcome.INDETERMINATE: "INDETERMINATE",
    Outcome.FAILED: "TOTAL_FAILED",
}
Record = Mapping[str, Any]
Node = etree._Element  # noqa: SLF001  # lxml names its element type so


OWN_TIME = "validationDate"


@dataclass(frozen=True)
class Row:
    """One record: what was expected and what was concluded, over all signatures of the file."""

    file: str
    test: str
    confidence: str
    time: str
    expected: frozenset[str]
    expected_sub: frozenset[str]
    found: frozenset[str]
    found_sub: frozenset[str]

    @property
    def is_right(self) -> bool:
        return self.expected == self.found

    @property
    def is_exact(self) -> bool:
        return self.is_right and (not self.expected_sub or self.expected_sub == self.found_sub)

    def undecided_by(self, rows: "Iterable[Row]") -> str:
        """This will tell why a record that differs cannot be right and another one too, or nothing.

        The same bytes at the same time have one verdict: what the test of such a record changed on
        its way is not in the record. Nor is an instant that only the test knew.
        """
        if self.is_exact:
            return ""
        if self.time != OWN_TIME:
            return "ITS-TIME-IS-NOT-GIVEN"
        same = (row for row in rows if row.file == self.file and row.time == self.time)
        other = next((row for row in same if row.is_exact), None)
        return f"CONTRADICTED-BY {other.test} over the same bytes" if other else ""


def judge_diagnostic_data(
    folder: Path, confidences: frozenset[str] = frozenset({"high"})
) -> tuple[Row, ...]:
    """This will judge every record of unmodified diagnostic data with the default policy."""
    lines = (folder / "expect.jsonl").read_text().splitlines()
    records = [json.loads(line) for line in lines]
    return tuple(_row(record, folder) for record in records if _is_judged(record, confidences))


def _is_judged(record: Record, confidences: frozenset[str]) -> bool:
    verdict = record.get("trust_verdict") or {}
    return (
        record["format"] == "DSS-DIAGNOSTIC-DATA"
        and record["confidence"] in confidences
        and bool(verdict.get("indications"))
        and verdict["indications"] != ["PASSED"]
    )


def _row(record: Record, folder: Path) -> Row:
    verdict = record["trust_verdict"]
    found = judge_file((folder / record["file"]).read_bytes())
    return Row(
        record["file"].rsplit("/", 1)[-1],
        record["origin_test"].rsplit("#", 1)[-1],
        record["confidence"],
        verdict["time"],
        frozenset(verdict["indications"]),
        frozenset(verdict.get("sub_indications") or ()),
        frozenset(indication for indication, _ in found),
        frozenset(sub for _, sub in found if sub),
    )


def judge_file(data: bytes) -> list[tuple[str, str | None]]:
    """This will judge the signatures of one file of diagnostic data at its own time."""
    root = parse_xml(data)
    at = _moment(_text(root, "ValidationDate")) or datetime.max.replace(tzinfo=UTC)
    context = Context(_material(root), STRICT_POLICY, at)
    judged = [validate_signature(one, context) for one in _signatures(root)]
    return [(_OUTCOMES[one.conclusion.outcome], one.conclusion.sub_indication) for one in judged]


def _material(root: Node) -> Material:
    lists = {node.get("Id", ""): node for node in _all(root, "UsedRevocations/Revocation")}
    nodes = _all(root, "UsedCertificates/Certificate")
    return Material({node.get("Id", ""): _certificate(node, lists) for node in nodes})


def _certificate(node: Node, lists: Mapping[str, Node]) -> CertificateFacts:
    trusted = _one(node, "Trusted")
    basic = _one(node, "CertificateExtensions/BasicConstraints")
    length = None if basic is None else basic.get("pathLenConstraint")
    return CertificateFacts(
        id=node.get("Id", ""),
        not_before=_moment(_text(node, "NotBefore")) or datetime.max.replace(tzinfo=UTC),
        not_after=_moment(_text(node, "NotAfter")) or datetime.min.replace(tzinfo=UTC),
        intact=_is_intact(node),
        algorithm=_algorithm(node),
        chain=_chain(node),
        is_trust_anchor=trusted is not None and trusted.text == "true",
        sunset=_moment(trusted.get("sunsetDate")) if trusted is not None else None,
        key_usages=_texts(node, "CertificateExtensions/KeyUsages", "keyUsageBit"),
        extended_usages=_texts(
            node, "CertificateExtensions/ExtendedKeyUsages", "extendedKeyUsageOid"
        ),
        is_ca=None if basic is None else basic.get("CA") == "true",
        path_length=None if length is None else int(length),
        exempt=_is_exempt(node),
        revocations=tuple(_revocations(node, lists)),
    )


def _is_exempt(node: Node) -> bool:
    names = ("IdPkixOcspNoCheck", "NoRevAvail", "ValAssuredShortTermCertificate")
    found = (_one(node, f"CertificateExtensions/{name}") for name in names)
    return any(one is not None and one.get("present") == "true" for one in found)


def _revocations(node: Node, lists: Mapping[str, Node]) -> Iterator[RevocationFacts]:
    for entry in _all(node, "Revocations/CertificateRevocation"):
        source = lists.get(entry.get("Revocation", ""))
        if source is not None:
            yield _revocation(entry, source)


def _revocation(entry: Node, source: Node) -> RevocationFacts:
    signer = _one(source, "SigningCertificate")
    matches = _text(source, "CertHashExtensionMatch")
    present = _text(source, "CertHashExtensionPresent") == "true"
    kept = _text(source, "ArchiveCutOff") or _text(source, "ExpiredCertsOnCRL")
    return RevocationFacts(
        id=source.get("Id", ""),
        status=Status(_text(entry, "Status") or "UNKNOWN"),
        reason=_text(entry, "Reason"),
        revoked_at=_moment(_text(entry, "RevocationDate")),
        this_update=_moment(_text(source, "ThisUpdate")),
        next_update=_moment(_text(source, "NextUpdate")),
        produced_at=_moment(_text(source, "ProductionDate")),
        intact=_is_intact(source),
        algorithm=_algorithm(source),
        signer=None if signer is None else signer.get("Certificate"),
        cert_hash_match=matches == "true" if present else None,
        keeps_expired_since=_moment(kept),
    )


def _signatures(root: Node) -> Iterator[SignatureFacts]:
    tokens = {one.id: one for one in _tokens(root)}
    records = _record_tokens(root, tokens)
    for node in _all(root, "Signatures/Signature"):
        own = [link.get("Timestamp", "") for link in _all(node, "FoundTimestamps/FoundTimestamp")]
        found = [tokens[name] for name in own if name in tokens]
        yield _signature(node, (*found, *records))


def _signature(node: Node, tokens: tuple[TimestampFacts, ...]) -> SignatureFacts:
    name = node.get("Id", "")
    signer = _one(node, "SigningCertificate")
    return SignatureFacts(
        id=name,
        certificate=None if signer is None else signer.get("Certificate"),
        algorithms=(_algorithm(node), *_digests(node)),
        findings=tuple(_findings(node)),
        has_signing_time=_text(node, "ClaimedSigningTime") is not None,
        timestamps=tuple(_stamping(token, name) for token in tokens),
    )


def _stamping(token: TimestampFacts, signature: str) -> TimestampFacts:
    if token.kind is not TimestampKind.SIGNATURE:
        return token
    return replace(token, protects=token.protects | {signature})


def _findings(node: Node) -> Iterator[Finding]:
    signers = _all(node, "SignerInformationStore/SignerInfo")
    if _one(node, "PDFRevision") is not None and len(signers) > 1:
        yield Finding(Outcome.FAILED, _S.FORMAT_FAILURE, "CMS-SYNTAX")
    yield from _digest_findings(node, _S.SIGNED_DATA_NOT_FOUND)
    if not _is_intact(node):
        yield Finding(Outcome.FAILED, _S.SIG_CRYPTO_FAILURE, "SIG-VALUE")
    kinds = {matcher.get("type") for matcher in _all(node, "DigestMatchers/DigestMatcher")}
    if not kinds & _SIGNED_DATA and kinds:
        yield Finding(Outcome.INDETERMINATE, _S.SIG_CONSTRAINTS_FAILURE, "NOT-XADES")


def _digest_findings(node: Node, missing: SubIndication) -> Iterator[Finding]:
    for matcher in (*_all(node, "DigestMatchers/DigestMatcher"), *_all(node, "DigestMatcher")):
        if matcher.get("type") == "MANIFEST_ENTRY":
            continue
        if _text(matcher, "DataFound") == "false":
            yield Finding(Outcome.INDETERMINATE, missing, "REF-NOT-FOUND")
        elif _text(matcher, "DataIntact") == "false":
            yield Finding(Outcome.FAILED, _S.HASH_FAILURE, "REF-DIGEST")


def _tokens(root: Node) -> Iterator[TimestampFacts]:
    for node in _all(root, "UsedTimestamps/Timestamp"):
        signer = _one(node, "SigningCertificate")
        time = _moment(_text(node, "ProductionTime"))
        if time is not None:
            yield TimestampFacts(
                id=node.get("Id", ""),
                kind=_KINDS.get(node.get("Type", ""), TimestampKind.REFERENCES),
                time=time,
                certificate=None if signer is None else signer.get("Certificate"),
                algorithms=(_algorithm(node), *_digests(node)),
                findings=tuple(_token_findings(node)),
                protects=_protected(node),
            )


def _token_findings(node: Node) -> Iterator[Finding]:
    yield from _digest_findings(node, _S.SIGNED_DATA_NOT_FOUND)
    if not _is_intact(node):
        yield Finding(Outcome.FAILED, _S.SIG_CRYPTO_FAILURE, "TST-VALUE")


def _record_tokens(root: Node, tokens: Mapping[str, TimestampFacts]) -> tuple[TimestampFacts, ...]:
    """The time-stamps of evidence records prove what the record covers."""
    found = []
    for record in _all(root, "EvidenceRecords/EvidenceRecord"):
        broken = tuple(_digest_findings(record, _S.SIGNED_DATA_NOT_FOUND))
        for link in _all(record, "EvidenceRecordTimestamps/FoundTimestamp"):
            token = tokens[link.get("Timestamp", "")]
            covered = token.protects | _protected(record)
            found.append(replace(token, protects=covered, findings=token.findings + broken))
    return tuple(found)


def _protected(node: Node) -> frozenset[str]:
    objects = _all(node, "TimestampedObjects/TimestampedObject")
    return frozenset(one.get("Token", "") for one in objects)


def _algorithm(node: Node) -> Algorithm:
    family = _text(node, "BasicSignature/EncryptionAlgoUsedToSignThisToken")
    bits = _text(node, "BasicSignature/KeyLengthUsedToSignThisToken")
    digest = _text(node, "BasicSignature/DigestAlgoUsedToSignThisToken")
    mask = _text(node, "BasicSignature/MaskGenerationFunctionUsedToSignThisToken")
    found = Family.RSA_PSS if mask and family == "RSA" else _FAMILIES.get(family or "")
    return Algorithm(_digest(digest), found, int(bits) if bits and bits.isdigit() else None)


def _digests(node: Node) -> Iterator[Algorithm]:
    for matcher in (*_all(node, "DigestMatchers/DigestMatcher"), *_all(node, "DigestMatcher")):
        yield Algorithm(_digest(_text(matcher, "DigestMethod")))


def _digest(name: str | None) -> str | None:
    return None if name is None else name.lower().replace("-", "_")


def _is_intact(node: Node) -> bool:
    values = (
        _text(node, f"BasicSignature/{name}") for name in ("SignatureIntact", "SignatureValid")
    )
    return all(value == "true" for value in values)


def _chain(node: Node) -> tuple[str, ...]:
    return tuple(item.get("Certificate", "") for item in _all(node, "CertificateChain/ChainItem"))


def _texts(node: Node, path: str, child: str) -> frozenset[str] | None:
    found = _one(node, path)
    return None if found is None else frozenset(one.text or "" for one in _all(found, child))


def _all(node: Node, path: str) -> list[Node]:
    return node.findall("/".join(f"{{*}}{step}" for step in path.split("/")))


def _one(node: Node, path: str) -> Node | None:
    return next(iter(_all(node, path)), None)


def _text(node: Node, path: str) -> str | None:
    found = _one(node, path)
    return None if found is None or found.text is None else found.text.strip()


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).astimezone(UTC)


def main(corpus: str) -> int:
    folder = Path(corpus) / "signatures"
    if not corpus or not folder.exists():
        print("diagnostic data: no corpus given, nothing judged")
        return 0
    for confidence in ("high", "medium"):
        rows = judge_diagnostic_data(folder, frozenset({confidence}))
        for row in rows:
            if not row.is_exact and confidence == "high":
                print(
                    row.file,
                    row.test,
                    set(row.expected),
                    set(row.expected_sub or "-"),
                    "found",
                    set(row.found),
                    set(row.found_sub),
                )
        right, exact = sum(row.is_right for row in rows), sum(row.is_exact for row in rows)
        print(f"{confidence}: {len(rows)} judged, indication right {right}, exact {exact}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or [""]))
