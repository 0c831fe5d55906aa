"""Verified lists reach the judging process through a file, and the store remembers their bytes."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from skrytka.core.signatures.lists.names import WITHDRAWN
from skrytka.core.signatures.lists.problems import ListFault
from skrytka.core.signatures.lists.snapshot import ListBytes, Snapshot, build_snapshot
from skrytka.core.signatures.report import report_as_json
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.validation import validate
from skrytka.core.signatures.words import Indication
from skrytka.evidence.operations.refreshing_lists import refresh_store
from skrytka.gateways.judging import ProcessJudge, Question
from skrytka.gateways.judging.question import trust_as_json
from skrytka.gateways.kept_lists import read_kept, write_kept
from skrytka.gateways.lists_folder import read_lists
from skrytka.gateways.lists_store import ListsStore
from skrytka.gateways.trusted_lists import MemoryLists
from tests.core.signatures.crafting import LETTER, Shape, sign
from tests.core.signatures.lists.making import EU_ADDRESS, EU_KEY, LOTL, STRANGER, Draft, State
from tests.core.signatures.lists.test_pivots_lead_to_the_new_signers import FIRST, NEWEST, PIVOTS
from tests.core.signatures.trusted.listing import (
    COMPLIANT,
    DEVICE,
    TO_SIGN,
    holder,
    issuer,
    listed,
    snapshot,
)
from tests.world.pki import AT, certificate_of

SIGNED = sign(LETTER, Shape(key=holder(COMPLIANT, DEVICE, TO_SIGN).key))
ASKED = Question(SIGNED, {}, TrustStore(), AT)
PL_ADDRESS = "https://lists.example/PL.xml"
PL = Draft(services=(listed(),))
GOOD = {EU_ADDRESS: LOTL.signed(EU_KEY), PL_ADDRESS: PL.signed()}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "made" / "lists.kept"


@pytest.fixture
def judge(kept: Path) -> Iterator[ProcessJudge]:
    judge = ProcessJudge(lists=kept)
    yield judge
    judge.close()


@pytest.fixture
def store(tmp_path: Path) -> ListsStore:
    pins = tmp_path / "pins"
    pins.mkdir()
    pem = certificate_of(EU_KEY).public_bytes(Encoding.PEM)
    (pins / "eu.pem").write_bytes(pem)
    return ListsStore(tmp_path / "lists", pins)


def refresh(store: ListsStore, lists: dict[str, bytes]) -> None:
    refresh_store(MemoryLists(lists), EU_ADDRESS, store, at=AT)


def test_the_judging_process_asks_the_lists_that_are_kept(judge: ProcessJudge, kept: Path) -> None:
    assert judge.judge(ASKED).indication is Indication.INDETERMINATE
    lists = snapshot(listed())
    write_kept(lists, kept)
    said = judge.judge(ASKED)
    assert (said.indication, said.incident) == (Indication.TOTAL_PASSED, "")
    assert said.report["signatures"][0]["qualification"] == "QESig"
    used = said.report["trusted_lists"]
    assert used is not None
    assert used["sha256"] == lists.identity.sha256


def test_newer_lists_are_in_use_with_the_next_file(judge: ProcessJudge, kept: Path) -> None:
    write_kept(snapshot(listed()), kept)
    judge.judge(ASKED)
    process = judge._kept[0].process.pid
    write_kept(snapshot(listed(by=issuer("Inny wystawca"))), kept)
    assert judge.judge(ASKED).indication is Indication.INDETERMINATE
    assert judge._kept[0].process.pid == process


@pytest.mark.parametrize("data", [b"", b"not kept lists", b"skrytka lists 1\n" + bytes(8)])
def test_lists_that_cannot_be_read_leave_a_file_undecided(
    judge: ProcessJudge, kept: Path, data: bytes
) -> None:
    kept.parent.mkdir()
    kept.write_bytes(data)
    said = judge.judge(ASKED)
    assert said.indication is Indication.INDETERMINATE
    assert said.report["reasons"][0]["code"] == "ENGINE-FAULT"
    assert said.incident


def test_lists_do_not_cross_with_a_question() -> None:
    told = trust_as_json(TrustStore(lists=snapshot(listed())))
    assert "lists" not in told


def test_nothing_is_kept_before_the_first_lists(kept: Path, store: ListsStore) -> None:
    assert read_kept(kept) is None
    assert store.identity() is None
    assert store.snapshot() is None


def test_lists_that_were_fetched_are_in_use(store: ListsStore) -> None:
    refresh(store, GOOD)
    identity = store.identity()
    assert identity is not None
    assert [one.territory for one in identity.editions] == ["EU", "PL"]
    assert store.snapshot() == taken(GOOD)
    held = {path.name for path in store.folder.glob("*.*")}
    assert held == {"EU.xml", "PL.xml", "lists.kept"}


def test_a_verdict_is_drawn_again_from_the_editions_that_it_names(
    store: ListsStore, tmp_path: Path
) -> None:
    refresh(store, GOOD)
    before = report(store)
    newer = Draft(sequence=8, services=(listed(State(WITHDRAWN)),))
    refresh(store, {**GOOD, PL_ADDRESS: newer.signed()})
    assert report(store) != before
    replayed = tmp_path / "replayed"
    replayed.mkdir()
    for edition in json.loads(before)["trusted_lists"]["lists"]:
        (found,) = (store.folder / "history").glob(f"*-{edition['sha256']}.xml.gz")
        (replayed / found.name).write_bytes(found.read_bytes())
    lists = read_lists(replayed, AT, store.pinned())
    trust = TrustStore(lists=lists)
    assert report_as_json(validate(SIGNED, detached={}, trust=trust, at=AT)) == before


def report(store: ListsStore) -> str:
    trust = TrustStore(lists=read_kept(store.kept))
    return report_as_json(validate(SIGNED, detached={}, trust=trust, at=AT))


def taken(lists: dict[str, bytes]) -> Snapshot:
    given = ListBytes(lists[EU_ADDRESS], {"PL": lists[PL_ADDRESS]})
    return build_snapshot(given, pinned=(certificate_of(EU_KEY),), at=AT)


def test_a_source_that_fails_leaves_the_lists_and_says_so(
    store: ListsStore, caplog: pytest.LogCaptureFixture
) -> None:
    refresh(store, GOOD)
    before = store.snapshot()
    refresh(store, {EU_ADDRESS: LOTL.signed(STRANGER), PL_ADDRESS: PL.signed(STRANGER)})
    after = store.snapshot()
    assert before is not None
    assert after is not None
    assert after.lists == before.lists
    assert f"territory=EU fault={ListFault.SIGNER_UNKNOWN}" in caplog.text
    assert (store.folder / "PL.xml").read_bytes() == GOOD[PL_ADDRESS]


def test_pivots_are_kept_for_the_next_time(store: ListsStore) -> None:
    pem = certificate_of(FIRST).public_bytes(Encoding.PEM)
    (store.pins / "eu.pem").write_bytes(pem)
    refresh(store, {EU_ADDRESS: NEWEST.signed(EU_KEY), PL_ADDRESS: PL.signed(), **PIVOTS})
    found = store.snapshot()
    assert found is not None
    assert found.problems == ()
    assert set(found.lists) == {"PL"}


def test_a_list_of_lists_that_is_not_taken_leaves_no_pivots(store: ListsStore) -> None:
    refresh(store, {EU_ADDRESS: NEWEST.signed(STRANGER), **PIVOTS})
    assert {path.name for path in store.folder.iterdir()} == {"lists.kept"}


def test_what_an_earlier_release_kept_is_fetched_anew(store: ListsStore) -> None:
    refresh(store, GOOD)
    store.kept.write_bytes(b"skrytka lists 0\n")
    assert store.snapshot() is None
    refresh(store, GOOD)
    assert store.snapshot() == taken(GOOD)
