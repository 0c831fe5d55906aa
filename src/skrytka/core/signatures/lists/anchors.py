"""Where a certificate path may end on the word of trusted lists (TS 119 615 clause 4.3).

A signer's path ends at the authority of a service for qualified certificates that was granted at
some time: what it was worth at the signature is a matter of the qualification. A time-stamp's path
ends at a time-stamping service, a unit or its authority; whether it was granted when it stamped is
asked with that time. The end is the listed certificate itself: one of the same name and key could
be anybody's making.
"""

from datetime import datetime

from cryptography import x509

from skrytka.core.signatures.lists.listed import ListedServices
from skrytka.core.signatures.lists.model import Service, ServiceState
from skrytka.core.signatures.lists.names import CA_QC, TIME_STAMPING, VOUCHING

FOR_SIGNERS = frozenset({CA_QC})
FOR_STAMPS = TIME_STAMPING


def is_anchor(
    listed: ListedServices,
    certificate: x509.Certificate,
    types: frozenset[str],
    at: datetime | None = None,
) -> bool:
    """This will tell whether a path may end here, for a service granted ``at`` that time or ever.

    ``types`` is `FOR_SIGNERS` or `FOR_STAMPS`.
    """
    return any(
        _vouches(service, types, at)
        for service in listed.index.services_of(certificate)
        if certificate in service.identity.certificates or not service.identity.certificates
    )


def anchors_named(
    listed: ListedServices, subject: x509.Name, types: frozenset[str]
) -> tuple[x509.Certificate, ...]:
    """This will return the certificates of a name where a path may end."""
    return tuple(
        dict.fromkeys(
            certificate
            for service in listed.index.services_named(subject)
            if _vouches(service, types, None)
            for certificate in service.identity.certificates
        )
    )


def _vouches(service: Service, types: frozenset[str], at: datetime | None) -> bool:
    return any(_grants(state, types, at) for state in service.states)


def _grants(state: ServiceState, types: frozenset[str], at: datetime | None) -> bool:
    timely = at is None or state.holds_at(at)
    return timely and state.type in types and state.status in VOUCHING
