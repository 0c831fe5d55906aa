"""Which store of bytes stands behind an address."""

from pathlib import Path
from urllib.parse import urlsplit

from skrytka.gateways.blob_keys import ScopeKeys
from skrytka.gateways.blobs import INSTALLATION, BlobKeysUnusableError
from skrytka.gateways.folder_parts import FolderParts
from skrytka.gateways.folder_store import FolderStore
from skrytka.gateways.parts import Parts
from skrytka.gateways.raw_store import RawStore
from skrytka.gateways.root_keys import RootKeys
from skrytka.gateways.sealed_store import SealedStore

MISSING = (
    "SKRYTKA_KEYS: brakuje klucza głównego magazynu plików. Przywróć go z kopii (blob-root-*.key)."
)


def open_blobs(url: str, keys: Path, spool: Path | None = None) -> SealedStore:
    """This will open the blob store at a `file:///folder` or `s3://bucket/prefix?…` address.

    The root keys lie in `keys`. What is on its way to an object store waits in `spool`.
    """
    raw = _raw_store(url, spool)
    return SealedStore(raw, ScopeKeys(raw, RootKeys(keys)))


def prepare_blob_keys(store: SealedStore) -> None:
    """This will make the root key of the first run, and mark the store as one that it opens.

    Where keys lie in the store already, their root key is somewhere: a new one would only hide that
    it is missing. Raises BlobKeysUnusableError.
    """
    roots = store.keys.roots
    if roots.all():
        return
    if store.keys.scopes():
        raise BlobKeysUnusableError(MISSING)
    roots.create()
    store.keys.newest(INSTALLATION)


def _raw_store(url: str, spool: Path | None) -> RawStore:
    parts = urlsplit(url)
    if parts.scheme == "file":
        return FolderStore(Path(parts.path))
    # An object store is some megabytes of native code: loaded where there is one.
    from skrytka.gateways.object_store import ObjectStore, open_store  # noqa: PLC0415

    return ObjectStore(open_store(url), spool)


def open_parts(url: str, folder: Path) -> Parts:
    """This will open the store of files on their way in: `folder`, or beside blobs that are shared.

    With an object store there are several machines, and the next part may come to another one.
    What waits for its part to be whole lies in `folder` then.
    """
    if urlsplit(url).scheme == "file":
        return FolderParts(folder)
    from skrytka.gateways.object_parts import ObjectParts  # noqa: PLC0415 - as above
    from skrytka.gateways.object_store import open_store  # noqa: PLC0415 - as above

    return ObjectParts(open_store(url), folder)
