"""What a trusted list says, as plain values (ETSI TS 119 612 clause 5)."""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from skrytka.core.signatures.lists.criteria import Rule


@dataclass(frozen=True)
class Identity:
    """How a service is recognised (clause 5.5.3): its certificates, or subject key identifiers."""

    certificates: tuple[x509.Certificate, ...] = ()
    key_identifiers: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class ServiceState:
    """One service from ``starts_at`` until ``ends_at`` (None: still so).

    ``purposes`` are the additionalServiceInformation identifiers; ``rules`` attach qualifiers to
    certificates; ``taken_over_by`` names the provider that took the service over.
    """

    type: str
    status: str
    starts_at: datetime
    ends_at: datetime | None = None
    purposes: frozenset[str] = frozenset()
    rules: tuple[Rule, ...] = ()
    expired_certificates_from: datetime | None = None
    taken_over_by: str | None = None

    def holds_at(self, time: datetime) -> bool:
        """This will tell whether the state was in force at a time."""
        return self.starts_at <= time and (self.ends_at is None or time < self.ends_at)


@dataclass(frozen=True)
class Service:
    """A trust service with its states, the newest first."""

    provider: str
    name: str
    territory: str
    identity: Identity
    states: tuple[ServiceState, ...]

    def state_at(self, time: datetime) -> ServiceState | None:
        """This will return the state that was in force at a time, if the list knows one."""
        return next((state for state in self.states if state.holds_at(time)), None)


@dataclass(frozen=True)
class Pointer:
    """A pointer to another list with the certificates that may sign it (clause 5.3.13)."""

    territory: str
    location: str
    mime_type: str
    type: str
    certificates: tuple[x509.Certificate, ...]


@dataclass(frozen=True)
class TrustedList:
    """A whole list. ``next_update`` None: a closed list that is not issued again.

    ``sha256`` is of the bytes it was read from.
    """

    version: int
    sequence: int
    type: str
    territory: str
    issued_at: datetime
    next_update: datetime | None
    information: tuple[str, ...]
    pointers: tuple[Pointer, ...]
    services: tuple[Service, ...]
    sha256: str = ""

    @property
    def is_list_of_lists(self) -> bool:
        """Whether it points to the lists of the member states."""
        return self.type.lower().endswith("/eulistofthelists")

    def is_stale_at(self, time: datetime) -> bool:
        """This will tell whether a newer edition should have been there (clause 5.3.15)."""
        return self.next_update is not None and self.next_update < time
