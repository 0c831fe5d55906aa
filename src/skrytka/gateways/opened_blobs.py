"""Which blob store stands behind an address."""

from pathlib import Path
from urllib.parse import urlsplit

from skrytka.gateways.blobs import Blobs
from skrytka.gateways.folder_blobs import FolderBlobs


def open_blobs(url: str) -> Blobs:
    """This will open the blob store at a `file:///folder` or `s3://bucket/prefix?…` address."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return FolderBlobs(Path(parts.path))
    # An object store is some megabytes of native code: loaded where there is one.
    from skrytka.gateways.object_blobs import ObjectBlobs, open_store  # noqa: PLC0415

    return ObjectBlobs(open_store(url))
