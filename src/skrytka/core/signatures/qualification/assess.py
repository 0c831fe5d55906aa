"""The qualification of a signature from its certificates and a snapshot of trusted lists."""

from collections.abc import Sequence

from cryptography import x509

from skrytka.core.signatures.lists.criteria import captured
from skrytka.core.signatures.lists.listed import ListedServices
from skrytka.core.signatures.lists.query import services_of
from skrytka.core.signatures.qualification.facts import ServiceFacts
from skrytka.core.signatures.qualification.signatures import (
    QualificationResult,
    SignatureTimes,
    qualify,
)
from skrytka.core.signatures.qualification.statements import criteria_facts, facts_of
from skrytka.core.signatures.words import Indication


def assess(
    path: Sequence[x509.Certificate],
    snapshot: ListedServices,
    indication: Indication,
    times: SignatureTimes,
) -> QualificationResult:
    """This will qualify a signature made with the path's first certificate (TS 119 615).

    ``path`` runs from the signing certificate to its root, at least one certificate long.
    """
    services = service_facts(path, snapshot)
    return qualify(facts_of(path[0]), services, indication, times)


def service_facts(
    path: Sequence[x509.Certificate], snapshot: ListedServices
) -> tuple[ServiceFacts, ...]:
    """This will return the states of the services that issued the path's first certificate."""
    looked_at = criteria_facts(path[0])
    return tuple(
        ServiceFacts(
            service=f"{one.service.territory}: {one.service.provider}: {one.service.name}",
            type=one.state.type,
            status=one.state.status,
            starts_at=one.state.starts_at,
            ends_at=one.state.ends_at,
            qualifiers=captured(one.state.rules, looked_at),
            purposes=one.state.purposes,
        )
        for one in services_of(snapshot, path)
    )
