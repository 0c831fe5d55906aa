"""Who vouches for a certificate (ETSI TS 119 615 clauses 4.3 and 4.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from skrytka.core.signatures.lists.listed import ListedService, ListedServices
from skrytka.core.signatures.lists.model import Service, ServiceState
from skrytka.core.signatures.lists.names import CA_QC, ISSUING, TIME_STAMPING, VOUCHING
from skrytka.core.signatures.lists.snapshot import Snapshot


@dataclass(frozen=True)
class Found:
    """A service and one of its states that bear on a certificate."""

    service: Service
    state: ServiceState


def services_of(snapshot: ListedServices, path: Sequence[x509.Certificate]) -> tuple[Found, ...]:
    """This will return the states of the services that issued the path's first certificate.

    ``path`` runs from the certificate to a root. The nearest certificate above the first that is a
    listed issuing service decides; all its services, each with its whole history.
    """
    for issuer in path[1:]:
        found = _states(snapshot, issuer, ISSUING)
        if found:
            return found
    return ()


def time_stamping_of(
    snapshot: ListedServices, path: Sequence[x509.Certificate]
) -> tuple[Found, ...]:
    """This will return the states of the time-stamping services that a token's path stands for."""
    for certificate in path:
        found = _states(snapshot, certificate, TIME_STAMPING)
        if found:
            return found
    return ()


def at_time(found: Sequence[Found], time: datetime) -> tuple[Found, ...]:
    """This will keep the states in force at a time."""
    return tuple(one for one in found if one.state.holds_at(time))


def issuers_in(snapshot: Snapshot) -> tuple[x509.Certificate, ...]:
    """This will return every certificate of an issuing or time-stamping service, to end paths at.

    Being listed makes a certificate the end of a path, not trusted for a purpose or a time: that
    is what `services_of` and the qualification are for.
    """
    wanted = ISSUING | TIME_STAMPING
    return tuple(
        dict.fromkeys(
            certificate
            for read in snapshot.lists.values()
            for service in read.services
            if any(state.type in wanted for state in service.states)
            for certificate in service.identity.certificates
        )
    )


def service_used(
    listed: ListedServices, path: Sequence[x509.Certificate], time: datetime
) -> ListedService | None:
    """This will name the service that a path was judged by, in its state at a time if it had one.

    Of several that issued the certificate, one that vouched for qualified ones goes first.
    """
    found = services_of(listed, path)
    told = sorted(
        at_time(found, time) or found,
        key=lambda one: (one.state.type != CA_QC, one.state.status not in VOUCHING),
    )
    return _listed(told[0]) if told else None


def _listed(one: Found) -> ListedService:
    service, state = one.service, one.state
    return ListedService(
        service.territory, service.provider, service.name, state.type, state.status, state.starts_at
    )


def _states(
    snapshot: ListedServices, certificate: x509.Certificate, types: frozenset[str]
) -> tuple[Found, ...]:
    return tuple(
        Found(service, state)
        for service in snapshot.index.services_of(certificate)
        for state in service.states
        if state.type in types
    )
