"""Which store of bytes stands behind an address."""

from pathlib import Path
from urllib.parse import urlsplit

from skrytka.gateways.blobs import Blobs
from skrytka.gateways.folder_blobs import FolderBlobs
from skrytka.gateways.folder_parts import FolderParts
from skrytka.gateways.parts import Parts


def open_blobs(url: str) -> Blobs:
    """This will open the blob store at a `file:///folder` or `s3://bucket/prefix?…` address."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return FolderBlobs(Path(parts.path))
    # An object store is some megabytes of native code: loaded where there is one.
    from skrytka.gateways.object_blobs import ObjectBlobs, open_store  # noqa: PLC0415

    return ObjectBlobs(open_store(url))


def open_parts(url: str, folder: Path) -> Parts:
    """This will open the store of files on their way in: `folder`, or beside blobs that are shared.

    With an object store there are several machines, and the next part may come to another one.
    """
    if urlsplit(url).scheme == "file":
        return FolderParts(folder)
    from skrytka.gateways.object_blobs import open_store  # noqa: PLC0415 - as above
    from skrytka.gateways.object_parts import ObjectParts  # noqa: PLC0415 - as above

    return ObjectParts(open_store(url))
