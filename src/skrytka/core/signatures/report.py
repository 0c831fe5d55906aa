"""The machine-readable report of a validation."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import TypedDict

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from skrytka.core.signatures.enclosed import EnclosedJson, enclosed_data
from skrytka.core.signatures.evidence import Cover
from skrytka.core.signatures.lists.listed import (
    ListEdition,
    ListedService,
    SnapshotIdentity,
)
from skrytka.core.signatures.process.conclusion import Conclusion
from skrytka.core.signatures.reasons import Reason
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.verdict import (
    SignatureVerdict,
    Signer,
    TimestampVerdict,
    ValidationReport,
)


class CoverJson(TypedDict):
    name: str
    sha256: str | None
    scope: str


class ReasonJson(TypedDict):
    code: str
    text: str


class SignerJson(TypedDict):
    name: str
    given_name: str | None
    surname: str | None
    organisation: str | None
    pesel: str | None
    account: str | None
    subject: str
    issuer: str
    serial_number: str
    valid_from: str
    valid_until: str
    certificate_sha256: str


class TimestampJson(TypedDict):
    kind: str
    time: str | None
    indication: str
    sub_indication: str | None
    sha256: str


class ServiceJson(TypedDict):
    territory: str
    provider: str
    name: str
    type: str
    status: str
    since: str


class ListJson(TypedDict):
    territory: str
    sequence: int
    issued_at: str
    next_update: str | None
    sha256: str


class TrustJson(TypedDict):
    """What was trusted beside the lists: the SHA-256 of each thing in DER."""

    anchors: list[str]
    trusted_profile_seals: list[str]
    institution_seals: list[str]
    crls: list[str]
    ocsps: list[str]


class ListsJson(TypedDict):
    """Which trusted lists stood behind the verdict."""

    sha256: str
    taken_at: str
    missing: list[str]
    lists: list[ListJson]


class ConclusionJson(TypedDict):
    name: str
    conclusion: str
    sub_indication: str | None
    about: str
    codes: list[str]
    when: str | None
    children: "list[ConclusionJson]"


class SignatureJson(TypedDict):
    id: str | None
    format: str
    level: str
    kind: str
    indication: str
    sub_indication: str | None
    intact: bool
    signer: SignerJson | None
    claimed_signing_time: str | None
    best_signature_time: str
    qualification: str
    covers: list[CoverJson]
    reasons: list[ReasonJson]
    timestamps: list[TimestampJson]
    counter_signatures: "list[SignatureJson]"
    conclusions: ConclusionJson | None
    service: ServiceJson | None
    enclosed: EnclosedJson | None


class ReportJson(TypedDict):
    indication: str
    sub_indication: str | None
    at: str
    reasons: list[ReasonJson]
    signatures: list[SignatureJson]
    policy: str
    trusted_lists: ListsJson | None
    trust: TrustJson | None


def report_as_json(report: ValidationReport) -> str:
    """This will write the report as JSON with a fixed order: same input, same bytes."""
    return json.dumps(report_data(report), ensure_ascii=False, indent=2)


def report_data(report: ValidationReport) -> ReportJson:
    """This will return the report as plain data, in the shape of ``validate --json``."""
    return {
        "indication": report.indication.value,
        "sub_indication": _text(report.sub_indication),
        "at": _moment(report.at),
        "reasons": [_reason(reason) for reason in report.reasons],
        "signatures": [_signature(verdict) for verdict in report.signatures],
        "policy": report.policy,
        "trusted_lists": _lists(report.trusted_lists) if report.trusted_lists else None,
        "trust": _trust(report.trust) if report.trust else None,
    }


def _signature(verdict: SignatureVerdict) -> SignatureJson:
    claimed, evidence = verdict.claimed_signing_time, verdict.evidence
    return {
        "id": verdict.id,
        "format": verdict.format.value,
        "level": verdict.level.value,
        "kind": verdict.kind.value,
        "indication": verdict.indication.value,
        "sub_indication": _text(verdict.sub_indication),
        "intact": verdict.intact,
        "signer": _signer(verdict.signer) if verdict.signer else None,
        "claimed_signing_time": _moment(claimed) if claimed else None,
        "best_signature_time": _moment(verdict.best_signature_time),
        "qualification": verdict.qualification.value,
        "covers": [_cover(cover) for cover in verdict.covers],
        "reasons": [_reason(reason) for reason in verdict.reasons],
        "timestamps": [_timestamp(one) for one in verdict.timestamps],
        "counter_signatures": [_signature(one) for one in verdict.counter_signatures],
        "conclusions": _conclusion(verdict.conclusions) if verdict.conclusions else None,
        "service": _service(verdict.service) if verdict.service else None,
        "enclosed": enclosed_data(evidence, verdict.chain) if evidence else None,
    }


def _trust(trust: TrustStore) -> TrustJson:
    return {
        "anchors": _digests(trust.anchors),
        "trusted_profile_seals": _digests(trust.trusted_profile_seals),
        "institution_seals": _digests(trust.institution_seals),
        "crls": sorted(sha256(one).hexdigest() for one in trust.crls),
        "ocsps": sorted(sha256(one).hexdigest() for one in trust.ocsps),
    }


def _digests(certificates: tuple[x509.Certificate, ...]) -> list[str]:
    """In one order, so that the same trust gives the same report however it was read in."""
    return sorted(one.fingerprint(hashes.SHA256()).hex() for one in certificates)


def _lists(identity: SnapshotIdentity) -> ListsJson:
    return {
        "sha256": identity.sha256,
        "taken_at": _moment(identity.taken_at),
        "missing": list(identity.missing),
        "lists": [_list(one) for one in identity.editions],
    }


def _list(edition: ListEdition) -> ListJson:
    until = edition.next_update
    return {
        "territory": edition.territory,
        "sequence": edition.sequence,
        "issued_at": _moment(edition.issued_at),
        "next_update": _moment(until) if until else None,
        "sha256": edition.sha256,
    }


def _service(service: ListedService) -> ServiceJson:
    return {
        "territory": service.territory,
        "provider": service.provider,
        "name": service.name,
        "type": service.type,
        "status": service.status,
        "since": _moment(service.since),
    }


def _timestamp(one: TimestampVerdict) -> TimestampJson:
    return {
        "kind": one.kind,
        "time": _moment(one.time) if one.time else None,
        "indication": one.indication,
        "sub_indication": _text(one.sub_indication),
        "sha256": one.sha256,
    }


def _conclusion(one: Conclusion) -> ConclusionJson:
    return {
        "name": one.name,
        "conclusion": one.outcome.value,
        "sub_indication": _text(one.sub_indication),
        "about": one.about,
        "codes": list(one.codes),
        "when": _moment(one.when) if one.when else None,
        "children": [_conclusion(child) for child in one.children],
    }


def _signer(signer: Signer) -> SignerJson:
    return {
        "name": signer.name,
        "given_name": signer.given_name,
        "surname": signer.surname,
        "organisation": signer.organisation,
        "pesel": signer.pesel,
        "account": signer.account,
        "subject": signer.subject,
        "issuer": signer.issuer,
        "serial_number": signer.serial_number,
        "valid_from": _moment(signer.valid_from),
        "valid_until": _moment(signer.valid_until),
        "certificate_sha256": signer.certificate_sha256,
    }


def _cover(cover: Cover) -> CoverJson:
    return {"name": cover.name, "sha256": cover.sha256, "scope": cover.scope.value}


def _reason(reason: Reason) -> ReasonJson:
    return {"code": reason.code.value, "text": reason.text}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _text(word: str | None) -> str | None:
    return str(word) if word else None
