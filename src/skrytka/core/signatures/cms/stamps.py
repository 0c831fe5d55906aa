"""The time-stamps of a signer, and for each kind the octets that it stamps.

ETSI EN 319 122-1 §5.2.8 (content), §5.3 (signature), §5.5 and ETSI TS 101 733 §6.4 (archive),
§6.3.5 and §6.3.6 (references).
"""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property

from skrytka.core.signatures.cms.archive import ArchiveData, Covered, Sources, read_index
from skrytka.core.signatures.cms.ber import CannotRead, Node
from skrytka.core.signatures.cms.certificates import Held
from skrytka.core.signatures.cms.digests import Octets
from skrytka.core.signatures.cms.revocations import (
    CERTIFICATE_VALUES,
    REVOCATION_VALUES,
    certificate_nodes,
    read_revocation_values,
    read_revocations,
)
from skrytka.core.signatures.cms.structure import Attribute, SignerInfo
from skrytka.core.signatures.cms.verification import CONTENT_TIMESTAMP, sha256
from skrytka.core.signatures.evidence import TimestampEvidence, TimestampKind
from skrytka.core.signatures.timestamps import (
    Stamped,
    Token,
    examine_read,
    examine_token,
    read_token,
)

SIGNATURE_TIMESTAMP = "1.2.840.113549.1.9.16.2.14"
CERTIFICATE_REFERENCES = "1.2.840.113549.1.9.16.2.21"
REVOCATION_REFERENCES = "1.2.840.113549.1.9.16.2.22"
ESC_TIMESTAMP = "1.2.840.113549.1.9.16.2.25"
REFERENCES_TIMESTAMP = "1.2.840.113549.1.9.16.2.26"
ARCHIVE_TIMESTAMP_V2 = "1.2.840.113549.1.9.16.2.48"
ARCHIVE_TIMESTAMP_V3 = "0.4.0.1733.2.4"

_ARCHIVE = frozenset({ARCHIVE_TIMESTAMP_V2, ARCHIVE_TIMESTAMP_V3})
_REFERENCES = (CERTIFICATE_REFERENCES, REVOCATION_REFERENCES)
_STAMPED_REFERENCES = {
    ESC_TIMESTAMP: (SIGNATURE_TIMESTAMP, *_REFERENCES),
    REFERENCES_TIMESTAMP: _REFERENCES,
}
_TIMESTAMPS = frozenset({SIGNATURE_TIMESTAMP, *_STAMPED_REFERENCES, *_ARCHIVE})


class Stamps:
    """All time-stamps of one signer."""

    def __init__(self, sources: Sources, signer: SignerInfo, others: tuple[Held, ...]) -> None:
        self._sources = sources
        self._signer = signer
        self._others = others
        self._archive = ArchiveData(sources, signer)
        self._value = sha256(signer.value)
        self._proved: dict[int, frozenset[str]] = {}
        self._references: dict[str, tuple[Octets, frozenset[str]]] = {}

    def examine(self) -> tuple[TimestampEvidence, ...]:
        """This will make evidence of every token, in the order of the attributes.

        Raises `CannotRead` with RES_COUNT when they bring too many certificates.
        """
        found = []
        for attribute in timestamp_attributes(self._signer):
            for value in attribute.values:
                found.append(self._examine(attribute, value))
                self._sources.count_certificates(len(found[-1].pool))
        return tuple(found)

    def _examine(self, attribute: Attribute, value: Node) -> TimestampEvidence:
        if attribute.oid == CONTENT_TIMESTAMP:
            content = self._sources.content.digest
            return self._plain(value, content, TimestampKind.CONTENT, frozenset())
        if attribute.oid == SIGNATURE_TIMESTAMP:
            names = frozenset({self._value})
            return self._plain(value, self._signer.value, TimestampKind.SIGNATURE, names)
        if attribute.oid in _ARCHIVE:
            return self._archived(attribute, value)
        if attribute.oid not in self._references:
            self._references[attribute.oid] = self._join_references(attribute.oid)
        stamped, names = self._references[attribute.oid]
        return self._plain(value, stamped.digest, TimestampKind.REFERENCES, names)

    def _plain(
        self, value: Node, stamped: Stamped, kind: TimestampKind, names: frozenset[str]
    ) -> TimestampEvidence:
        return examine_token(value.raw, stamped, kind=kind, protects=names, others=self._others)

    def _join_references(self, identifier: str) -> tuple[Octets, frozenset[str]]:
        """Type and values of the attributes, without the tag around the two (§6.3.5 note 2)."""
        kinds = _STAMPED_REFERENCES[identifier]
        covered = [one for kind in kinds for one in self._signer.unsigned_attributes(kind)]
        stamped = b"".join(one.type_node.raw + one.set_node.raw for one in covered)
        names = frozenset().union(*map(self._names, covered))
        if identifier == ESC_TIMESTAMP:
            return Octets(self._signer.value + stamped), names | {self._value}
        return Octets(stamped), names

    def _archived(self, attribute: Attribute, value: Node) -> TimestampEvidence:
        kind = TimestampKind.ARCHIVE
        try:
            token = read_token(value.raw)
            stamped, covered = self._stamped(attribute, token)
            names = self._all_names(covered)
            return examine_read(token, stamped, kind=kind, protects=names, others=self._others)
        except CannotRead:
            return examine_token(value.raw, None, kind=kind, others=self._others)

    def _stamped(self, attribute: Attribute, token: Token) -> tuple[Stamped, Covered]:
        index = read_index(token.signer.unsigned)
        if attribute.oid == ARCHIVE_TIMESTAMP_V3:
            return self._archive.by_index(index) if index else (None, Covered((), (), ()))
        earlier = tuple(one for one in self._signer.unsigned if self._is_before(one, token))
        return self._archive.as_it_stands(earlier, token.imprint)

    def _is_before(self, attribute: Attribute, token: Token) -> bool:
        """Of the archive time-stamps only the earlier ones were there."""
        if attribute.oid not in _ARCHIVE:
            return True
        times = self._archive_times[attribute.node.start]
        return bool(times) and max(times) < token.time

    @cached_property
    def _archive_times(self) -> dict[int, tuple[datetime, ...]]:
        attributes = self._signer.unsigned_attributes(*_ARCHIVE)
        return {one.node.start: tuple(_times(one)) for one in attributes}

    def _all_names(self, covered: Covered) -> frozenset[str]:
        names = {self._value}
        names |= {sha256(node.raw) for node in covered.certificates}
        names |= {sha256(der) for der in read_revocations(covered.revocations).all}
        return frozenset(names).union(*map(self._names, covered.attributes))

    def _names(self, attribute: Attribute) -> frozenset[str]:
        """The names of everything inside an attribute that can be proved to have existed."""
        if attribute.node.start not in self._proved:
            self._proved[attribute.node.start] = frozenset(map(sha256, _values(attribute)))
        return self._proved[attribute.node.start]


def timestamp_attributes(signer: SignerInfo) -> tuple[Attribute, ...]:
    """This will list the attributes that hold time-stamp tokens."""
    return (
        *signer.signed_attributes(CONTENT_TIMESTAMP),
        *signer.unsigned_attributes(*_TIMESTAMPS),
    )


def _values(attribute: Attribute) -> Iterator[bytes]:
    if attribute.oid == CERTIFICATE_VALUES:
        yield from (node.raw for node in certificate_nodes(attribute))
    elif attribute.oid == REVOCATION_VALUES:
        yield from read_revocation_values(attribute).all
    elif attribute.oid in _TIMESTAMPS:
        for value in attribute.values:
            yield value.raw
            yield from _inside(value)


def _times(attribute: Attribute) -> Iterator[datetime]:
    for value in attribute.values:
        try:
            yield read_token(value.raw).time
        except CannotRead:
            continue


def _inside(value: Node) -> Iterator[bytes]:
    try:
        token = read_token(value.raw)
    except CannotRead:
        return
    yield from (held.der for held in token.pool)
    yield from token.revocations.all
