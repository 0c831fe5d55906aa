"""Verified lists as bytes to be kept, and read back a service at a time.

A judging process asks for a few services out of thousands: an index at the start of the bytes leads
to them, and only those are read. What is kept was verified before it was written; it is as much to
be trusted as the place where it lies.

Layout: `MAGIC`, the length of the index as eight octets, the index in JSON, the services in JSON
one behind the other.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, pairwise

from skrytka.core.signatures.lists.index import Key, ServiceIndex, keys_of
from skrytka.core.signatures.lists.listed import SnapshotIdentity
from skrytka.core.signatures.lists.model import Service
from skrytka.core.signatures.lists.names import ISSUING, TIME_STAMPING
from skrytka.core.signatures.lists.plain import (
    IdentityPlain,
    identity_of,
    plain_identity,
    plain_service,
    service_of,
)
from skrytka.core.signatures.lists.snapshot import Snapshot

MAGIC = b"skrytka lists 1\n"
_LENGTH = 8
_KEPT = ISSUING | TIME_STAMPING


class NotKeptListsError(ValueError):
    """The bytes are not kept lists of this version."""


def keep(snapshot: Snapshot) -> bytes:
    """This will write down the services of a snapshot that issue certificates or stamp time."""
    services = [
        service
        for read in snapshot.lists.values()
        for service in read.services
        if any(state.type in _KEPT for state in service.states)
    ]
    bodies = [json.dumps(plain_service(one)).encode() for one in services]
    index = {
        "identity": plain_identity(snapshot.identity),
        "offsets": [0, *accumulate(map(len, bodies))],
        "keys": _keys(services),
    }
    head = json.dumps(index).encode()
    return b"".join((MAGIC, len(head).to_bytes(_LENGTH, "big"), head, *bodies))


def _keys(services: list[Service]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, service in enumerate(services):
        for kind, value in dict.fromkeys(keys_of(service)):
            found.setdefault(f"{kind}:{value.hex()}", []).append(number)
    return found


@dataclass(frozen=True)
class KeptLists:
    """Lists that were kept, ready to be asked like the snapshot they were written from."""

    plain: IdentityPlain
    services: "KeptServices"

    @cached_property
    def identity(self) -> SnapshotIdentity:
        return identity_of(self.plain)

    @cached_property
    def index(self) -> ServiceIndex:
        return ServiceIndex(self.services)

    @classmethod
    def of(cls, data: memoryview) -> "KeptLists":
        """This will open kept lists; services are read when asked for. Raises NotKeptListsError."""
        start = len(MAGIC) + _LENGTH
        end = start + int.from_bytes(data[len(MAGIC) : start], "big")
        if data[: len(MAGIC)] != MAGIC or end > len(data):
            raise NotKeptListsError
        head = json.loads(bytes(data[start:end]))
        spans = tuple((end + low, end + high) for low, high in pairwise(head["offsets"]))
        return cls(head["identity"], KeptServices(data, spans, head["keys"]))


@dataclass(frozen=True)
class KeptServices(Mapping[Key, tuple[Service, ...]]):
    """Services by key, each read once, when it is asked for."""

    data: memoryview
    spans: tuple[tuple[int, int], ...]
    keys_kept: Mapping[str, list[int]]
    read: dict[int, Service] = field(default_factory=dict)

    def __getitem__(self, key: Key) -> tuple[Service, ...]:
        return tuple(map(self._service, self.keys_kept[f"{key[0]}:{key[1].hex()}"]))

    def __iter__(self) -> Iterator[Key]:
        for text in self.keys_kept:
            kind, _, value = text.partition(":")
            yield kind, bytes.fromhex(value)

    def __len__(self) -> int:
        return len(self.keys_kept)

    def _service(self, number: int) -> Service:
        if number not in self.read:
            start, end = self.spans[number]
            self.read[number] = service_of(json.loads(bytes(self.data[start:end])))
        return self.read[number]
