"""The encrypted store of the whole installation: scopes, keys, what is still unencrypted."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from skrytka.gateways.blob_frames import HEADER, parsed_header
from skrytka.gateways.blob_keys import ScopeKeys
from skrytka.gateways.blobs import (
    BlobDamagedError,
    BlobKeysUnusableError,
    BlobMissingError,
    Blobs,
    InstitutionId,
    PlainBlobs,
    aside_key,
    blob_key,
    institution_of,
    scope_name,
)
from skrytka.gateways.raw_store import FoundObject, RawStore
from skrytka.gateways.root_keys import order_of
from skrytka.gateways.sealed_blobs import SealedBlobs, rewrapped


@dataclass(frozen=True)
class UnsealedBlobs:
    """What an earlier release stored in `sha256/` and set aside in `aside/`."""

    raw: RawStore

    def digests(self) -> Iterator[tuple[str, ...]]:
        for folder in ("sha256", "aside"):
            for found in self.raw.listed(folder):
                yield tuple(one.name for one in found)

    def stream(self, sha256: str, start: int = 0, count: int | None = None) -> Iterator[bytes]:
        for key in (blob_key(sha256), aside_key(sha256)):
            try:
                return self.raw.open(key, start, count).chunks
            except FileNotFoundError:
                continue
        raise BlobMissingError(sha256)

    def delete(self, sha256: str) -> None:
        self.raw.delete(blob_key(sha256))
        self.raw.delete(aside_key(sha256))


@dataclass(frozen=True)
class SealedStore:
    """All scopes of one store."""

    raw: RawStore
    keys: ScopeKeys

    @property
    def plain(self) -> PlainBlobs:
        return UnsealedBlobs(self.raw)

    def of(self, institution_id: InstitutionId) -> Blobs:
        return self._sealed(scope_name(institution_id))

    def scopes(self) -> tuple[InstitutionId, ...]:
        return tuple(institution_of(scope) for scope in self.keys.scopes())

    def wrap_blobs_again(self, institution_id: InstitutionId) -> int:
        """This will bring every blob of a scope under its newest key, and return how many were not.

        Cut off at any moment, run again it goes on. A blob that is deleted at the very moment may
        come back; nothing refers to it then, and the sweep takes it.
        """
        blobs = self._sealed(scope_name(institution_id))
        return sum(self._wrap_again(one, blobs) for one in self._objects(blobs.scope))

    def drop_keys(self, institution_id: InstitutionId, *, before: datetime) -> tuple[str, ...]:
        """This will remove the keys of a scope that were replaced `before` and wrap nothing.

        Whoever wraps with a key asks the store for the newest one within minutes, so a key that has
        been replaced for long is taken by nobody any more. Called after `wrap_blobs_again`.
        """
        scope = scope_name(institution_id)
        replaced = self._replaced(scope, before)
        used = self._key_names_in_use(scope) if replaced else set()
        unused = tuple(name for name in replaced if name not in used)
        for name in unused:
            self.keys.drop(scope, name)
        return unused

    def _sealed(self, scope: str) -> SealedBlobs:
        return SealedBlobs(self.raw, self.keys, scope)

    def _objects(self, scope: str) -> Iterator[FoundObject]:
        """Everything of a scope, the own places twice: it may be moved to and fro meanwhile."""
        for folder in ("sha256", "aside", "quarantine", "sha256"):
            for found in self.raw.listed(f"{scope}/{folder}"):
                yield from found

    def _wrap_again(self, one: FoundObject, blobs: SealedBlobs) -> bool:
        """A damaged blob stays as it is, and so does the key that it names."""
        newest = blobs.keys.newest(blobs.scope)
        try:
            if self._key_name_of(one) == newest.name:
                return False
            chunks = rewrapped(self.raw.open(one.key), blobs, one.name, newest)
        except (FileNotFoundError, BlobDamagedError, BlobKeysUnusableError):
            return False
        with self.raw.incoming() as file:
            for chunk in chunks:
                file.write(chunk)
            if self.raw.size(one.key) is not None:
                self.raw.replace(file, one.key)
        return True

    def _replaced(self, scope: str, before: datetime) -> tuple[str, ...]:
        """The keys whose successor stands there for long enough."""
        files = [one for one in self.keys.files() if one.scope == scope]
        files.sort(key=lambda one: order_of(one.name))
        return tuple(old.name for old, newer in pairwise(files) if newer.since < before)

    def _key_names_in_use(self, scope: str) -> set[str]:
        names: set[str] = set()
        for one in self._objects(scope):
            with suppress(FileNotFoundError, BlobDamagedError):
                names.add(self._key_name_of(one))
        return names

    def _key_name_of(self, one: FoundObject) -> str:
        head = b"".join(self.raw.open(one.key, 0, HEADER).chunks)
        return parsed_header(head).key_name
