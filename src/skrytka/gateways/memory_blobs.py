"""A store that forgets; its contract test runs on the real ones too."""

from pathlib import Path

from obstore.store import MemoryStore

from skrytka.gateways.blob_keys import ScopeKeys
from skrytka.gateways.object_store import ObjectStore
from skrytka.gateways.root_keys import RootKeys
from skrytka.gateways.sealed_store import SealedStore


def memory_blobs(keys: Path) -> SealedStore:
    """This will open a store in memory under the root keys of a folder; one is made if need be."""
    roots = RootKeys(keys)
    if not roots.all():
        roots.create()
    raw = ObjectStore(MemoryStore())
    return SealedStore(raw, ScopeKeys(raw, roots))
