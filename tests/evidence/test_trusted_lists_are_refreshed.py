from dataclasses import replace
from datetime import timedelta

from skrytka.core.signatures.lists.problems import ListFault
from skrytka.core.signatures.lists.snapshot import Snapshot, update_snapshot
from skrytka.evidence.operations.refreshing_lists import Refreshed, refresh_lists
from skrytka.gateways.trusted_lists import MemoryLists
from tests.core.signatures.lists.making import EU_ADDRESS, EU_KEY, LOTL, STRANGER, Draft
from tests.core.signatures.lists.test_pivots_lead_to_the_new_signers import NEWEST, PINNED, PIVOTS
from tests.world.pki import AT, certificate_of

PL_ADDRESS = "https://lists.example/PL.xml"
GOOD = {EU_ADDRESS: LOTL.signed(EU_KEY), PL_ADDRESS: Draft().signed()}


def refresh(lists: dict[str, bytes], old: Snapshot | None = None) -> Refreshed:
    pinned = (certificate_of(EU_KEY),)
    return refresh_lists(MemoryLists(lists), EU_ADDRESS, old or Snapshot(AT), pinned=pinned, at=AT)


def faults(refreshed: Refreshed) -> list[tuple[str, ListFault]]:
    return [(one.territory, one.problem.fault) for one in refreshed.snapshot.problems]


def test_lists_are_fetched_where_the_verified_list_of_lists_points() -> None:
    refreshed = refresh(GOOD)
    assert faults(refreshed) == []
    assert set(refreshed.snapshot.lists) == {"PL"}


def test_the_kept_bytes_make_the_same_snapshot_again() -> None:
    refreshed = refresh(GOOD)
    pinned = (certificate_of(EU_KEY),)
    again = update_snapshot(Snapshot(AT), refreshed.given, pinned=pinned, at=AT)
    assert again == refreshed.snapshot


def test_nothing_is_fetched_where_a_stranger_points() -> None:
    refreshed = refresh({**GOOD, EU_ADDRESS: LOTL.signed(STRANGER)})
    assert refreshed.given.national == {}
    assert faults(refreshed) == [("EU", ListFault.SIGNER_UNKNOWN)]


def test_a_source_that_fails_leaves_the_lists_in_use() -> None:
    good = refresh(GOOD)
    later = refresh({}, good.snapshot)
    assert later.snapshot.lists == good.snapshot.lists
    assert faults(later) == [("EU", ListFault.ABSENT), ("PL", ListFault.ABSENT)]


def test_a_worse_national_list_leaves_the_old_one() -> None:
    later = refresh(
        {**GOOD, PL_ADDRESS: replace(Draft(), sequence=3).signed()}, refresh(GOOD).snapshot
    )
    assert later.snapshot.lists["PL"].sequence == 7
    assert faults(later) == [("PL", ListFault.SEQUENCE_BACK)]


def test_pivots_are_fetched_and_followed() -> None:
    lists = {EU_ADDRESS: NEWEST.signed(EU_KEY), PL_ADDRESS: Draft().signed(), **PIVOTS}
    source, at = MemoryLists(lists), AT + timedelta(hours=1)
    refreshed = refresh_lists(source, EU_ADDRESS, Snapshot(AT), pinned=PINNED, at=at)
    assert faults(refreshed) == []
    assert set(refreshed.snapshot.lists) == {"PL"}


def test_a_broken_list_of_lists_names_no_pivots() -> None:
    assert faults(refresh({EU_ADDRESS: b"<a"})) == [("EU", ListFault.NOT_XML)]
