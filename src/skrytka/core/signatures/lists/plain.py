"""Services and editions of lists as plain data that JSON can carry, and back."""

from base64 import b64decode, b64encode
from datetime import datetime
from typing import TypeAlias, TypedDict, final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from skrytka.core.signatures.lists.criteria import (
    Criteria,
    Criterion,
    Having,
    KeyUsage,
    Quantifier,
    Rule,
)
from skrytka.core.signatures.lists.listed import ListEdition, SnapshotIdentity
from skrytka.core.signatures.lists.model import Identity, Service, ServiceState


@final
class UsagePlain(TypedDict):
    bits: list[tuple[str, bool]]


@final
class HavingPlain(TypedDict):
    kind: str
    oids: list[str]


@final
class CriteriaPlain(TypedDict):
    quantifier: str
    members: "list[CriterionPlain]"


CriterionPlain: TypeAlias = UsagePlain | HavingPlain | CriteriaPlain


class RulePlain(TypedDict):
    qualifiers: list[str]
    criteria: CriteriaPlain


class StatePlain(TypedDict):
    type: str
    status: str
    starts_at: str
    ends_at: str | None
    purposes: list[str]
    rules: list[RulePlain]


class ServicePlain(TypedDict):
    provider: str
    name: str
    territory: str
    certificates: list[str]
    key_identifiers: list[str]
    states: list[StatePlain]


class EditionPlain(TypedDict):
    territory: str
    sequence: int
    issued_at: str
    next_update: str | None
    sha256: str


class IdentityPlain(TypedDict):
    taken_at: str
    editions: list[EditionPlain]
    missing: list[str]
    refused: list[str]


def plain_service(service: Service) -> ServicePlain:
    """This will write a service down, without what no validation asks for."""
    identity = service.identity
    return {
        "provider": service.provider,
        "name": service.name,
        "territory": service.territory,
        "certificates": [_text(one.public_bytes(Encoding.DER)) for one in identity.certificates],
        "key_identifiers": [_text(one) for one in identity.key_identifiers],
        "states": [_plain_state(one) for one in service.states],
    }


def service_of(plain: ServicePlain) -> Service:
    """This will read back what `plain_service` wrote."""
    certificates = map(b64decode, plain["certificates"])
    return Service(
        provider=plain["provider"],
        name=plain["name"],
        territory=plain["territory"],
        identity=Identity(
            tuple(map(x509.load_der_x509_certificate, certificates)),
            tuple(map(b64decode, plain["key_identifiers"])),
        ),
        states=tuple(map(_state, plain["states"])),
    )


def plain_identity(identity: SnapshotIdentity) -> IdentityPlain:
    """This will write down which lists a snapshot is of."""
    return {
        "taken_at": identity.taken_at.isoformat(),
        "editions": [_plain_edition(one) for one in identity.editions],
        "missing": list(identity.missing),
        "refused": list(identity.refused),
    }


def identity_of(plain: IdentityPlain) -> SnapshotIdentity:
    """This will read back what `plain_identity` wrote."""
    return SnapshotIdentity(
        datetime.fromisoformat(plain["taken_at"]),
        tuple(map(_edition, plain["editions"])),
        tuple(plain["missing"]),
        tuple(plain["refused"]),
    )


def _plain_edition(edition: ListEdition) -> EditionPlain:
    until = edition.next_update
    return {
        "territory": edition.territory,
        "sequence": edition.sequence,
        "issued_at": edition.issued_at.isoformat(),
        "next_update": until.isoformat() if until else None,
        "sha256": edition.sha256,
    }


def _edition(plain: EditionPlain) -> ListEdition:
    return ListEdition(
        plain["territory"],
        plain["sequence"],
        datetime.fromisoformat(plain["issued_at"]),
        _moment(plain["next_update"]),
        plain["sha256"],
    )


def _plain_state(state: ServiceState) -> StatePlain:
    return {
        "type": state.type,
        "status": state.status,
        "starts_at": state.starts_at.isoformat(),
        "ends_at": state.ends_at.isoformat() if state.ends_at else None,
        "purposes": sorted(state.purposes),
        "rules": [
            {"qualifiers": sorted(rule.qualifiers), "criteria": _plain_criteria(rule.criteria)}
            for rule in state.rules
        ],
    }


def _state(plain: StatePlain) -> ServiceState:
    return ServiceState(
        type=plain["type"],
        status=plain["status"],
        starts_at=datetime.fromisoformat(plain["starts_at"]),
        ends_at=_moment(plain["ends_at"]),
        purposes=frozenset(plain["purposes"]),
        rules=tuple(
            Rule(frozenset(rule["qualifiers"]), _criteria(rule["criteria"]))
            for rule in plain["rules"]
        ),
    )


def _plain_criteria(criteria: Criteria) -> CriteriaPlain:
    members = [_plain_criterion(one) for one in criteria.members]
    return {"quantifier": criteria.quantifier.value, "members": members}


def _plain_criterion(one: Criterion) -> CriterionPlain:
    if isinstance(one, KeyUsage):
        return {"bits": list(one.bits)}
    if isinstance(one, Having):
        return {"kind": one.kind, "oids": sorted(one.oids)}
    return _plain_criteria(one)


def _criteria(plain: CriteriaPlain) -> Criteria:
    return Criteria(Quantifier(plain["quantifier"]), tuple(map(_criterion, plain["members"])))


def _criterion(plain: CriterionPlain) -> Criterion:
    if "bits" in plain:
        return KeyUsage(tuple((name, wanted) for name, wanted in plain["bits"]))
    if "kind" in plain:
        return Having(plain["kind"], frozenset(plain["oids"]))
    return _criteria(plain)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _text(data: bytes) -> str:
    return b64encode(data).decode()
