"""The keys of the blob store as the operator has them changed, and as the night tends them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from skrytka.gateways.blobs import (
    BlobDamagedError,
    BlobKeysUnusableError,
    InstitutionId,
    institution_of,
    scope_name,
)
from skrytka.gateways.installed import installed
from skrytka.gateways.opened_blobs import prepare_blob_keys
from skrytka.gateways.sealed_store import SealedStore

# A key that was replaced is kept for so long, whatever is wrapped under it.
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class KeyState:
    """One key of a scope: is it the one that new blobs are under, and does it open."""

    institution_id: InstitutionId
    name: str
    root_name: str
    is_newest: bool
    opens: bool


@dataclass(frozen=True)
class Tended:
    """What was done to the keys of a scope: blobs wrapped again, keys that went."""

    institution_id: InstitutionId
    wrapped: int
    dropped: tuple[str, ...]


def blob_store() -> SealedStore:
    """This will return the blob store of this process with its keys."""
    store = installed().blobs
    if not isinstance(store, SealedStore):
        raise TypeError(store)
    return store


def prepare_keys_of_blobs() -> None:
    """This will make the root key of the first run. Raises BlobKeysUnusableError."""
    prepare_blob_keys(blob_store())


def key_states() -> Iterator[KeyState]:
    """This will tell of every key in the store, scope by scope."""
    keys = blob_store().keys
    for file in keys.files():
        is_newest = keys.names(file.scope)[-1] == file.name
        institution_id = institution_of(file.scope)
        opens = _opens(file.scope, file.name)
        yield KeyState(institution_id, file.name, file.root_name, is_newest, opens)


def new_key(institution_id: InstitutionId) -> str:
    """This will make a newer key of a scope, and return its name. Older blobs stay as they are."""
    return blob_store().keys.create(scope_name(institution_id)).name


def new_root() -> str:
    """This will make a newer root key and return its name."""
    return blob_store().keys.roots.create().name


def tend_root() -> int:
    """This will wrap every key under the newest root key, and return how many were not.

    A root key that nothing is wrapped under any more is put away. Cut off, run again it goes on.
    """
    keys = blob_store().keys
    newest = keys.roots.newest().name
    done = {(file.scope, file.name) for file in keys.files() if file.root_name == newest}
    every = {(scope, name) for scope in keys.scopes() for name in keys.names(scope)}
    old = every - done
    for scope, name in old:
        keys.wrap_again(scope, name)
    used = {file.root_name for file in keys.files()}
    for root in keys.roots.all():
        if root.name not in used | {newest}:
            keys.roots.retire(root.name)
    return len(old)


def tend_keys(institution_id: InstitutionId, *, at: datetime) -> Tended:
    """This will bring the blobs of a scope under its newest key and drop those replaced a day ago.

    Nothing is read where there is one key only. Cut off, run again it goes on.
    """
    store = blob_store()
    if len(store.keys.names(scope_name(institution_id))) == 1:
        return Tended(institution_id, 0, ())
    wrapped = store.wrap_blobs_again(institution_id)
    dropped = store.drop_keys(institution_id, before=at - KEPT)
    return Tended(institution_id, wrapped, dropped)


def tend_all_keys(*, at: datetime) -> tuple[Tended, ...]:
    """This will do so for every scope."""
    return tuple(tend_keys(each, at=at) for each in blob_store().scopes())


def _opens(scope: str, name: str) -> bool:
    try:
        blob_store().keys.named(scope, name)
    except (BlobDamagedError, BlobKeysUnusableError):
        return False
    return True
