"""From a PDF to the evidence of all its signatures and document time-stamps."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from cryptography.hazmat.primitives.serialization import Encoding

from skrytka.core.signatures.evidence import (
    Cover,
    FileEvidence,
    SignatureEvidence,
    SignedContent,
    TimestampEvidence,
    TimestampKind,
)
from skrytka.core.signatures.pdf.changes import Changes
from skrytka.core.signatures.pdf.document import Access, Document, attempt, open_document
from skrytka.core.signatures.pdf.places import (
    MOST_SIGNATURES,
    RANGE_MARK,
    PdfRefused,
    Place,
    Revision,
    SubFilter,
    digester,
    find_places,
)
from skrytka.core.signatures.pdf.store import Store, read_store, refuse_crowds
from skrytka.core.signatures.pdf.values import examine_value
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.timestamps import examine_token
from skrytka.core.signatures.words import Packaging, Scope, SignatureLevel

_BREAKING = frozenset({ReasonCode.PDF_MDP})
_PARTIAL = frozenset({ReasonCode.PDF_MODIFIED, ReasonCode.PDF_MDP, ReasonCode.PDF_COVERAGE_UNCLEAR})
_NAME = "PDF"
_Item = TypeVar("_Item")


@dataclass(frozen=True)
class _Stamp:
    """A document time-stamp with its place in the file."""

    revision: Revision | None
    evidence: TimestampEvidence


def examine_pdf(data: bytes) -> FileEvidence:
    """This will decode every signature of a PDF. Never raises for what the file holds.

    ``content`` of an intact signature is the revision that it covers, cut where it ends: what was
    added later is neither read nor shown. Changes after a signature are told by its codes.
    """
    try:
        places = find_places(data)
        if not places:
            unread = RANGE_MARK in data
            code = ReasonCode.PDF_SYNTAX if unread else ReasonCode.NO_SIGNATURE
            return FileEvidence(refusal=code)
        return _File(data, open_document(data), places).examine()
    except PdfRefused as refusal:
        return FileEvidence(refusal=refusal.code)


class _File:
    """One file under examination: each expensive thing in it is read once."""

    def __init__(self, data: bytes, document: Document | None, places: tuple[Place, ...]) -> None:
        self._data = data
        self._document = document
        self._originals, self._copied = _without_copies(places)
        self._changes = Changes(data, document)
        self._digests = {place: digester(data, place) for place in self._originals}
        self._shared = document.shared_values() if document else frozenset()
        last = document.revisions - 1 if document else None
        self._store = refuse_crowds(read_store(document, last))

    def examine(self) -> FileEvidence:
        signing = [one for one in self._originals if one.sub_filter is not SubFilter.TIMESTAMP]
        found = [
            (place, one)
            for place in signing
            for one in examine_value(self._data, place, self._digests[place])
        ]
        if len(found) > MOST_SIGNATURES:
            raise PdfRefused(ReasonCode.RES_COUNT)
        stamps = self._stamps([(place, one.value_sha256) for place, one in found])
        signatures = tuple(self._signature(place, one, stamps) for place, one in found)
        return FileEvidence(
            signatures,
            refusal=None if signatures else ReasonCode.NO_SIGNATURE,
            timestamps=tuple(stamp.evidence for stamp in stamps),
        )

    def _stamps(self, values: list[tuple[Place, str]]) -> tuple[_Stamp, ...]:
        stamps: list[_Stamp] = []
        for place in self._originals:
            if place.sub_filter is SubFilter.TIMESTAMP:
                stamps.append(self._stamp(place, values, stamps))
        return tuple(stamps)

    def _stamp(
        self, place: Place, values: list[tuple[Place, str]], earlier: list[_Stamp]
    ) -> _Stamp:
        inside = {name for signed, name in values if _is_inside(signed.revision, place.revision)}
        before = [one for one in earlier if _is_inside(one.revision, place.revision)]
        tokens = {one.evidence.sha256 for one in before}
        found = examine_token(
            place.contents,
            self._digests[place],
            kind=TimestampKind.DOCUMENT,
            protects=frozenset(inside | tokens | _names(self._store_at(place))),
            others=self._store.certificates,
        )
        codes = _joined(place.codes, found.security, self._codes_after(place))
        intact = found.intact and not place.codes
        return _Stamp(place.revision, replace(found, intact=intact, security=codes))

    def _store_at(self, place: Place) -> Store:
        document = self._document
        if document is None:
            return Store()
        return read_store(document, attempt(lambda: document.revision_of(self._data, place)))

    def _signature(
        self, place: Place, found: SignatureEvidence, stamps: tuple[_Stamp, ...]
    ) -> SignatureEvidence:
        later = tuple(one for one in stamps if _is_inside(place.revision, one.revision))
        codes = _joined(found.security, self._codes_after(place))
        intact = found.intact and not _BREAKING.intersection(codes)
        merged = replace(
            found,
            intact=intact,
            security=codes,
            covers=self._covers(place, codes),
            content=self._content(place.revision) if intact else None,
            pool=_joined(found.pool, self._store.certificates),
            crls=_joined(found.crls, self._store.crls),
            ocsps=_joined(found.ocsps, self._store.ocsps),
            timestamps=(*found.timestamps, *(one.evidence for one in later)),
        )
        return replace(merged, level=self._level(merged, later))

    def _codes_after(self, place: Place) -> tuple[ReasonCode, ...]:
        twice = place.number in self._shared or place in self._copied
        locked = self._document is not None and self._document.access is Access.LOCKED
        return (
            *((ReasonCode.PDF_FIELD,) if twice else ()),
            *((ReasonCode.PDF_ENCRYPTED,) if locked else ()),
            *self._changes.codes_after(place),
        )

    def _covers(self, place: Place, codes: tuple[ReasonCode, ...]) -> tuple[Cover, ...]:
        sha256 = self._digests[place]("sha256")
        if sha256 is None:
            return ()
        partial = bool(_PARTIAL.intersection(codes)) or self._changes.fills_after(place)
        return (Cover(_NAME, sha256.hex(), Scope.PARTIAL if partial else Scope.FULL),)

    def _content(self, revision: Revision | None) -> SignedContent | None:
        shown = None if revision is None else self._data[: revision.end]
        return None if shown is None else SignedContent(Packaging.PDF_REVISION, shown)

    def _level(self, found: SignatureEvidence, later: tuple[_Stamp, ...]) -> SignatureLevel:
        """What stands in it (EN 319 142-1 §6): each level includes the one below."""
        stamped = any(one.imprint_intact for one in found.timestamps)
        if found.level is not SignatureLevel.PADES_B or not stamped:
            return found.level
        if not self._store.has_revocation:
            return SignatureLevel.PADES_T
        archived = any(one.evidence.protects & _revocation_names(self._store) for one in later)
        return SignatureLevel.PADES_LTA if archived else SignatureLevel.PADES_LT


def _joined(*several: tuple[_Item, ...]) -> tuple[_Item, ...]:
    """This will join tuples, each item once."""
    return tuple(dict.fromkeys(item for items in several for item in items))


def _without_copies(places: tuple[Place, ...]) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """A later dictionary with the range and value of an earlier one is a copy, no signature.

    It covers nothing of its own; what it adds to the file is a change after the first.
    """
    originals: dict[object, Place] = {}
    copied: list[Place] = []
    for place in sorted(places, key=lambda one: one.revision is None):
        first = originals.setdefault((place.dictionary.get("ByteRange"), place.contents), place)
        if first is not place:
            copied.append(first)
    return tuple(one for one in places if one in originals.values()), tuple(copied)


def _is_inside(inner: Revision | None, outer: Revision | None) -> bool:
    return inner is not None and outer is not None and inner.end <= outer.gap_start


def _names(store: Store) -> set[str]:
    ders = (certificate.public_bytes(Encoding.DER) for certificate in store.certificates)
    return _hashed(ders) | _revocation_names(store)


def _revocation_names(store: Store) -> set[str]:
    return _hashed((*store.crls, *store.ocsps))


def _hashed(values: Iterable[bytes]) -> set[str]:
    return {hashlib.sha256(value).hexdigest() for value in values}
