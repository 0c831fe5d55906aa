"""What an archive time-stamp stamps: everything about a signer that was there before it.

Version 3 (ETSI EN 319 122-1 §5.5.3) names each certificate, revocation value and attribute by its
digest in an index inside the token; version 2 (ETSI TS 101 733 §6.4.1) stamps them as they stand.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from skrytka.core.signatures.cms.ber import (
    SEQUENCE,
    SET,
    CannotRead,
    Node,
    encode,
    octets,
    to_der,
)
from skrytka.core.signatures.cms.digests import Digester, Octets, digest, digest_name
from skrytka.core.signatures.cms.structure import (
    Attribute,
    SignedData,
    SignerInfo,
    read_algorithm,
)
from skrytka.core.signatures.reasons import ReasonCode

_INDEXES = ("0.4.0.1733.2.5", "0.4.0.19122.1.4", "0.4.0.19122.1.5")
_UNSIGNED = 0xA1
_MOST_CERTIFICATES = 2048  # in all tokens together, where the same ones stand again and again
_MOST_HASHED = 256 * 1024 * 1024  # octets of attributes that all archive time-stamps stamp again


@dataclass(frozen=True)
class Index:
    """ATSHashIndex of any version: its digest's name, and the digests that it lists."""

    digest: str
    certificates: frozenset[bytes]
    revocations: frozenset[bytes]
    attributes: frozenset[bytes]
    raw: bytes


@dataclass(frozen=True)
class Covered:
    """The values that an archive time-stamp stamps one by one."""

    certificates: tuple[Node, ...]
    revocations: tuple[Node, ...]
    attributes: tuple[Attribute, ...]


class Sources:
    """The parts of a SignedData that archive time-stamps stamp, digested once an algorithm."""

    def __init__(self, signed_data: SignedData, content: Octets) -> None:
        self.signed_data = signed_data
        self.content = content
        self._named: dict[str, tuple[dict[bytes, Node], dict[bytes, Node]]] = {}
        self._begun: dict[str, list[hashlib._Hash]] = {}
        self._left = _MOST_HASHED
        self._certificates_left = _MOST_CERTIFICATES

    @cached_property
    def certificates(self) -> tuple[Node, ...]:
        node = self.signed_data.certificates
        return node.children if node else ()

    @cached_property
    def revocations(self) -> tuple[Node, ...]:
        node = self.signed_data.revocations
        return node.children if node else ()

    def named(self, name: str) -> tuple[dict[bytes, Node], dict[bytes, Node]]:
        """This will list certificates and revocation values by their digests."""
        if name not in self._named:
            self._named[name] = (
                {digest(name, node.raw): node for node in self.certificates},
                {digest(name, node.raw): node for node in self.revocations},
            )
        return self._named[name]

    def begun(self, name: str) -> "list[hashlib._Hash] | None":
        """This will digest content, certificates and revocation values, in each known encoding."""
        if self.content.octets is None or name not in hashlib.algorithms_available:
            return None
        if name not in self._begun:
            self._begun[name] = list(self._begin(name))
        return self._begun[name]

    def count_certificates(self, count: int) -> None:
        """This will count what tokens bring along. Raises `CannotRead`: too many."""
        self._certificates_left -= count
        if self._certificates_left < 0:
            raise CannotRead(ReasonCode.RES_COUNT)

    def spend(self, size: int) -> None:
        """This will count octets that are digested once more. Raises `CannotRead`: too many."""
        self._left -= size
        if self._left < 0:
            raise CannotRead(ReasonCode.RES_COUNT)

    def _begin(self, name: str) -> "Iterator[hashlib._Hash]":
        data = self.signed_data
        collections = [one for one in (data.certificates, data.revocations) if one]
        tagged = b"".join(one.raw for one in collections)
        as_sets = b"".join(to_der(one, SET) for one in collections)
        received = data.encapsulated
        streamed = received.parts is not None  # of indefinite length: DER is another encoding
        outside = self.content.octets if data.content_node is None else b""
        for head in (received.raw, to_der(received)) if streamed else (received.raw,):
            started = hashlib.new(name, head, usedforsecurity=False)
            started.update(outside or b"")
            for tail in dict.fromkeys((tagged, as_sets)):
                copy = started.copy()
                copy.update(tail)
                yield copy


class ArchiveData:
    """The stamped data of one signer's archive time-stamps."""

    def __init__(self, sources: Sources, signer: SignerInfo) -> None:
        self._sources = sources
        self._signer = signer
        self._named: dict[str, dict[bytes, Attribute]] = {}

    def by_index(self, index: Index) -> tuple[Digester, Covered]:
        """This will tell what a version 3 stamp is over, and which values its index names.

        A value that was taken away since is not proved to have existed; what is left still is.
        Raises `CannotRead`.
        """
        certificates, revocations = self._sources.named(index.digest)
        attributes = self._attributes(index.digest)
        covered = Covered(
            tuple(certificates[one] for one in index.certificates if one in certificates),
            tuple(revocations[one] for one in index.revocations if one in revocations),
            tuple(attributes[one] for one in index.attributes if one in attributes),
        )
        return (lambda name: self._version_3(name, index.raw)), covered

    def as_it_stands(
        self, attributes: tuple[Attribute, ...], imprint: bytes
    ) -> tuple[Digester, Covered]:
        """This will tell what a version 2 stamp is over, given the attributes before it.

        Writers differ in which tags they stamp; of the known forms the one that gives the imprint
        is taken. All of them are over the same values.
        """
        covered = Covered(self._sources.certificates, self._sources.revocations, attributes)
        return (lambda name: self._version_2(name, attributes, imprint)), covered

    def _version_3(self, name: str, index: bytes) -> bytes | None:
        content = self._sources.content.digest(name)
        if content is None:
            return None
        content_type = self._sources.signed_data.encapsulated.children[0].raw
        self._sources.spend(len(self._head) + len(index))
        return digest(name, content_type + content + self._head + index)

    @cached_property
    def _head(self) -> bytes:
        return b"".join(to_der(node) for node in self._signer.head)

    def _version_2(
        self, name: str, attributes: tuple[Attribute, ...], imprint: bytes
    ) -> bytes | None:
        begun = self._sources.begun(name)
        if begun is None:
            return None
        head = b"".join(node.raw for node in self._signer.head)
        bare = b"".join(one.node.raw for one in attributes)
        found = None
        for start, tail in product(begun, (bare, encode(_UNSIGNED, bare), encode(SET, bare))):
            self._sources.spend(len(head) + len(tail))
            hasher = start.copy()
            hasher.update(head + tail)
            found = hasher.digest()
            if found == imprint:
                return found
        return found

    def _attributes(self, name: str) -> dict[bytes, Attribute]:
        """By the digest of the whole attribute (version 1), and of type and value (version 3)."""
        if name not in self._named:
            known = self._named[name] = {}
            for one in self._signer.unsigned:
                known[digest(name, one.node.raw)] = one
                for value in one.values:
                    known[digest(name, one.type_node.raw + value.raw)] = one
        return self._named[name]


def read_index(attributes: Iterable[Attribute]) -> Index | None:
    """This will read the index among a token's unsigned attributes. Raises `CannotRead`."""
    found = [one for one in attributes if one.oid in _INDEXES]
    if not found:
        return None
    node = found[0].single.expect(SEQUENCE)
    fields = list(node.children)
    name = digest_name(read_algorithm(fields.pop(0))) if len(fields) == 4 else "sha256"
    if len(fields) != 3:
        raise CannotRead
    certificates, revocations, listed = (
        frozenset(octets(one) for one in field.children) for field in fields
    )
    return Index(name, certificates, revocations, listed, node.raw)
