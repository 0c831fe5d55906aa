from dataclasses import replace
from datetime import timedelta

import pytest

from skrytka.core.signatures.lists.problems import ListFault
from skrytka.core.signatures.lists.snapshot import (
    ListBytes,
    Snapshot,
    build_snapshot,
    update_snapshot,
)
from tests.core.signatures.lists.making import (
    EU_KEY,
    LOTL,
    PL_KEY,
    STRANGER,
    Draft,
    moment,
    pointer,
    stamp,
)
from tests.world.pki import AT, certificate_of

PINNED = (certificate_of(EU_KEY),)
GOOD_LOTL = LOTL.signed(EU_KEY)
GOOD_PL = Draft().signed()
LATER = AT + timedelta(days=1)


def build(national: dict[str, bytes], lotl: bytes | None = GOOD_LOTL) -> Snapshot:
    return build_snapshot(ListBytes(lotl, national), pinned=PINNED, at=AT)


def update(old: Snapshot, national: bytes, lotl: bytes = GOOD_LOTL) -> Snapshot:
    return update_snapshot(old, ListBytes(lotl, {"PL": national}), pinned=PINNED, at=LATER)


def faults(snapshot: Snapshot) -> list[tuple[str, ListFault]]:
    return [(one.territory, one.problem.fault) for one in snapshot.problems]


def test_good_lists_make_a_snapshot_without_problems() -> None:
    snapshot = build({"PL": GOOD_PL})
    assert faults(snapshot) == []
    assert snapshot.lists["PL"].sequence == 7


def test_a_missing_list_is_reported_and_blocks_no_other() -> None:
    two = replace(LOTL, pointers=(*LOTL.pointers, pointer("DE", STRANGER)))
    snapshot = build({"PL": GOOD_PL}, two.signed(EU_KEY))
    assert faults(snapshot) == [("DE", ListFault.ABSENT)]
    assert set(snapshot.lists) == {"PL"}


def test_a_broken_list_is_reported_and_blocks_no_other() -> None:
    two = replace(LOTL, pointers=(*LOTL.pointers, pointer("DE", STRANGER)))
    snapshot = build({"PL": GOOD_PL, "DE": b"<"}, two.signed(EU_KEY))
    assert faults(snapshot) == [("DE", ListFault.NOT_XML)]
    assert set(snapshot.lists) == {"PL"}


def test_the_signer_of_one_country_does_not_sign_for_another() -> None:
    two = replace(LOTL, pointers=(*LOTL.pointers, pointer("DE", STRANGER)))
    snapshot = build({"PL": Draft().signed(STRANGER)}, two.signed(EU_KEY))
    assert ("PL", ListFault.SIGNER_UNKNOWN) in faults(snapshot)
    assert snapshot.lists == {}


def test_a_list_of_another_territory_is_refused() -> None:
    snapshot = build({"PL": Draft(territory="DE").signed()})
    assert faults(snapshot) == [("PL", ListFault.TERRITORY)]
    assert snapshot.lists == {}


def test_a_newer_good_list_replaces_the_old() -> None:
    updated = update(build({"PL": GOOD_PL}), Draft(sequence=8).signed())
    assert updated.lists["PL"].sequence == 8
    assert faults(updated) == []


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (Draft(sequence=6).signed(), ListFault.SEQUENCE_BACK),
        (Draft(sequence=8).signed(STRANGER), ListFault.SIGNER_UNKNOWN),
        (Draft(sequence=8, without="SchemeName").signed(), ListFault.ELEMENT_MISSING),
        (Draft(sequence=8).signed().replace(b">65535<", b">1<"), ListFault.SIGNATURE_BROKEN),
        (b"", ListFault.NOT_XML),
    ],
)
def test_a_worse_list_leaves_the_old_one_in_place(given: bytes, fault: ListFault) -> None:
    updated = update(build({"PL": GOOD_PL}), given)
    assert updated.lists["PL"].sequence == 7
    assert faults(updated) == [("PL", fault)]


def test_a_list_that_was_not_given_again_stays() -> None:
    updated = update_snapshot(build({"PL": GOOD_PL}), ListBytes(GOOD_LOTL), pinned=PINNED, at=LATER)
    assert updated.lists["PL"].sequence == 7
    assert faults(updated) == [("PL", ListFault.ABSENT)]


@pytest.mark.parametrize(
    "lotl",
    [
        replace(LOTL, sequence=99).signed(EU_KEY),
        replace(LOTL, sequence=101).signed(STRANGER),
        b"<a",
    ],
)
def test_a_worse_list_of_lists_leaves_the_old_one_in_place(lotl: bytes) -> None:
    updated = update(build({"PL": GOOD_PL}), GOOD_PL, lotl)
    assert updated.list_of_lists is not None
    assert updated.list_of_lists.sequence == 100
    assert updated.lists["PL"].sequence == 7
    assert updated.problems[0].territory == "EU"


def test_a_list_of_lists_that_was_not_given_again_stays() -> None:
    given = ListBytes(None, {"PL": GOOD_PL})
    updated = update_snapshot(build({"PL": GOOD_PL}), given, pinned=PINNED, at=LATER)
    assert faults(updated) == [("EU", ListFault.ABSENT)]
    assert set(updated.lists) == {"PL"}


def test_a_national_list_does_not_pass_for_the_list_of_lists() -> None:
    snapshot = build({}, Draft().signed(EU_KEY))
    assert snapshot.list_of_lists is None
    assert faults(snapshot) == [("EU", ListFault.ELEMENT_VALUE)]


def test_without_a_list_of_lists_pinned_signers_sign_national_lists() -> None:
    given = ListBytes(None, {"PL": GOOD_PL})
    pinned = build_snapshot(given, pinned=(certificate_of(PL_KEY),), at=AT)
    assert set(pinned.lists) == {"PL"}
    assert build_snapshot(given, pinned=PINNED, at=AT).lists == {}


def test_a_stale_list_is_in_use_with_a_warning() -> None:
    stale = Draft(next_update=f"<dateTime>{stamp(moment(2026))}</dateTime>").signed()
    snapshot = build({"PL": stale})
    assert faults(snapshot) == [("PL", ListFault.STALE)]
    assert set(snapshot.lists) == {"PL"}


def test_a_pointer_to_a_human_readable_list_is_passed_over() -> None:
    printed = pointer("DE", STRANGER).replace("application/vnd.etsi.tsl+xml", "application/pdf")
    two = replace(LOTL, pointers=(*LOTL.pointers, printed))
    assert faults(build({"PL": GOOD_PL}, two.signed(EU_KEY))) == []


def test_two_pointers_to_one_list_allow_the_signers_of_both() -> None:
    two = replace(LOTL, pointers=(*LOTL.pointers, pointer("PL", STRANGER)))
    snapshot = build({"PL": Draft().signed(STRANGER)}, two.signed(EU_KEY))
    assert set(snapshot.lists) == {"PL"}


def test_the_same_bytes_make_the_same_snapshot() -> None:
    assert build({"PL": GOOD_PL}) == build({"PL": GOOD_PL})


def test_an_old_list_that_stays_too_long_is_said_to_be_stale() -> None:
    much_later = AT + timedelta(days=60)
    updated = update_snapshot(
        build({"PL": GOOD_PL}), ListBytes(GOOD_LOTL), pinned=PINNED, at=much_later
    )
    assert ("PL", ListFault.STALE) in faults(updated)
    assert updated.lists["PL"].sequence == 7
