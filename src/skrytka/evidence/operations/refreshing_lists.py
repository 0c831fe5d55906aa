"""Fetching trusted lists anew: what is worse than the list in use never replaces it."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from skrytka.core.signatures.lists.pivots import Certificates, pivots_named_in
from skrytka.core.signatures.lists.snapshot import (
    ListBytes,
    Snapshot,
    national_pointers,
    update_snapshot,
)
from skrytka.core.signatures.lists.taking import open_list
from skrytka.gateways.lists_store import ListsStore
from skrytka.gateways.trusted_lists import ListNotFetchedError, TrustedLists

log = logging.getLogger("skrytka.lists")


@dataclass(frozen=True)
class Refreshed:
    """The lists in use now, and the bytes they were verified from, to be kept for a replay."""

    snapshot: Snapshot
    given: ListBytes


def refresh_lists(
    source: TrustedLists, address: str, old: Snapshot, *, pinned: Certificates, at: datetime
) -> Refreshed:
    """This will fetch the list of lists at ``address``, its pivots and the lists it points to.

    National lists are fetched only at the pointers of a list of lists that was verified. What was
    not fetched is reported in the snapshot as absent; it raises nothing.
    """
    lotl = _fetched(source, address)
    above = ListBytes(lotl, {}, _many(source, _pivots_of(lotl)))
    verified = update_snapshot(old, above, pinned=pinned, at=at).list_of_lists
    pointers = national_pointers(verified) if verified else ()
    national: dict[str, bytes] = {}
    for pointer in pointers:
        data = _fetched(source, pointer.location)
        if data is not None:
            national[pointer.territory] = data
    given = ListBytes(lotl, national, above.pivots)
    return Refreshed(update_snapshot(old, given, pinned=pinned, at=at), given)


def _pivots_of(lotl: bytes | None) -> tuple[str, ...]:
    opened = open_list(lotl).list if lotl is not None else None
    return pivots_named_in(opened) if opened else ()


def _many(source: TrustedLists, addresses: Iterable[str]) -> dict[str, bytes]:
    found = {address: _fetched(source, address) for address in addresses}
    return {address: data for address, data in found.items() if data is not None}


def _fetched(source: TrustedLists, address: str) -> bytes | None:
    try:
        return source.fetch(address)
    except ListNotFetchedError:
        return None


def refresh_store(source: TrustedLists, address: str, store: ListsStore, *, at: datetime) -> None:
    """This will fetch all lists anew and put them in use where they are good.

    Raises OSError and ValueError when what is kept, or the pins, cannot be read or written.
    """
    old = store.snapshot() or Snapshot(at)
    refreshed = refresh_lists(source, address, old, pinned=store.pinned(), at=at)
    store.replace(refreshed.snapshot, refreshed.given)
    for one in refreshed.snapshot.problems:
        log.warning("trusted_list territory=%s fault=%s", one.territory, one.problem.fault)
