"""Trusted lists in a folder, as an operator lays them there or as they were fetched."""

import gzip
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

from cryptography import x509

from skrytka.core.signatures.lists.pivots import Certificates, pivots_named_in
from skrytka.core.signatures.lists.snapshot import ListBytes, Snapshot, build_snapshot
from skrytka.core.signatures.lists.taking import OpenedList, open_list

_LARGEST = 32 * 1024 * 1024


def read_lists(folder: Path, at: datetime, signers: Certificates | None = None) -> Snapshot | None:
    """This will read the lists of a folder into a snapshot as of ``at``.

    ``folder`` holds the list of lists, its pivots and national lists as ``*.xml`` or
    ``*.xml.gz``, under any names but for pivots, which bear the last part of their address
    (``_`` stands for ``-``). ``signers``, or else `signers/*.pem` beside the lists, are the
    certificates trusted to sign: those of the list of lists (before its oldest pivot), or of
    national lists themselves when there is no list of lists. None when the folder is absent.
    Raises `OSError` and `ValueError` for files that cannot be read at all; a list that is not good
    is a problem in the snapshot.
    """
    if not folder.is_dir():
        return None
    files = dict(_files(folder))
    open_once = cache(open_list)
    opened = {name: open_once(data) for name, data in files.items()}
    newest = _newest(opened)
    pivots = _pivots(opened[newest], files) if newest else {}
    national = _national(opened, files)
    lotl = files[newest] if newest else None
    given = ListBytes(lotl, national, pivots)
    pinned = read_certificates(folder / "signers") if signers is None else signers
    return build_snapshot(given, pinned=pinned, at=at, opener=open_once)


def read_certificates(folder: Path) -> Certificates:
    """This will read every certificate in `*.pem`. Raises `OSError` and `ValueError`."""
    return tuple(
        certificate
        for path in sorted(folder.glob("*.pem"))
        for certificate in x509.load_pem_x509_certificates(path.read_bytes())
    )


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.iterdir()):
        if path.name.endswith(".xml"):
            yield path.name, _limited(path.read_bytes())
        elif path.name.endswith(".xml.gz"):
            with gzip.open(path) as packed:
                yield path.name.removesuffix(".gz"), _limited(packed.read(_LARGEST + 1))


def _limited(data: bytes) -> bytes:
    if len(data) > _LARGEST:
        raise ValueError("lista zaufania jest za duża")
    return data


def _newest(opened: dict[str, OpenedList]) -> str | None:
    """This will name the list of lists; of several the one with the highest number."""
    numbers = {
        name: one.unverified.sequence
        for name, one in opened.items()
        if one.unverified and one.unverified.is_list_of_lists
    }
    return max(
        numbers, key=lambda name: (opened[name].list is not None, numbers[name]), default=None
    )


def _pivots(newest: OpenedList, files: dict[str, bytes]) -> dict[str, bytes]:
    named = pivots_named_in(newest.list) if newest.list else ()
    held = {name.replace("_", "-"): data for name, data in files.items()}
    wanted = {address: address.rsplit("/", 1)[-1].replace("_", "-") for address in named}
    return {address: held[name] for address, name in wanted.items() if name in held}


def _national(opened: dict[str, OpenedList], files: dict[str, bytes]) -> dict[str, bytes]:
    """This will choose for each territory the intact list with the highest number."""
    best: dict[str, tuple[bool, int, str]] = {}
    for name, one in opened.items():
        read = one.unverified
        if read is None or read.is_list_of_lists:
            continue
        rank = (one.list is not None, read.sequence, name)
        best[read.territory] = max(rank, best.get(read.territory, rank))
    return {territory: files[name] for territory, (_, _, name) in best.items()}
