"""The power goes between any two arrows of the sealing protocol: one receipt, nothing lost.

A real server is killed, with its worker and the process that watches over them, at a different
place for every letter. Started again it heals what the last cut left, with the next cut armed.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import APIRequestContext, Error, sync_playwright

from tests.crash.records import Records, read_records
from tests.crash.sending import Sender
from tests.world.postgres import free_port
from tests.world.server import RunningServer, start_skrytka, wait_until_ready

pytestmark = pytest.mark.crash
SEALING = "skrytka.evidence.operations.sealing"
SUBMISSION = "skrytka.letters.operations.submission"
SECONDS_TO_DIE = 30
SECONDS_TO_HEAL = 60


@dataclass(frozen=True)
class Cut:
    """Where the power goes, and whether the letter was on record by then."""

    name: str
    at: str
    was_accepted: bool = True
    was_sealed: bool = False


CUTS = (
    Cut("accepted", f"before {SUBMISSION}.make_receipt_now"),
    Cut("rendered", f"after {SEALING}.render_receipt"),
    Cut("read back", f"after {SEALING}.require_reads_back"),
    Cut("sealed", f"after {SEALING}.put_seal"),
    Cut("verified", f"after {SEALING}.require_verifies"),
    Cut("stored, not committed", "after skrytka.letters.operations.receipts.store_receipt"),
    Cut("on record, not answered", f"after {SUBMISSION}.make_receipt_now", was_sealed=True),
    # The last one: what it leaves is a draft, which the healed server sends as if it were new.
    Cut("intent written, not committed", "after skrytka.letters.operations.intake.record_intent",
        was_accepted=False),
)  # fmt: skip
# Five codes an hour is what one person gets.
SIGNED = ("rendered", "sealed", "stored, not committed")


@dataclass
class House:
    """One installation through all its lives: the same folder, the same port."""

    data: Path
    port: int
    running: RunningServer

    def lives_again(self, cut: Cut | None) -> None:
        self.running.kill()
        self.running = started(self.data, self.port, cut)

    def dies_by_itself(self) -> None:
        """Every process of the group is gone, the one that was started first among them."""
        assert self.running.process.wait(SECONDS_TO_DIE) == -9


def started(data: Path, port: int, cut: Cut | None, *, demo: bool = False) -> RunningServer:
    armed = {"SKRYTKA_WSGI": "tests.world.server_crashing:application"} if cut else {}
    where = {"CRASH_AT": cut.at} if cut else {}
    server = start_skrytka(data, armed | where, demo=demo, port=port)
    wait_until_ready(server)
    return server


def until(data: Path, is_true: Callable[[Records], bool]) -> Records:
    end = time.monotonic() + SECONDS_TO_HEAL
    while not is_true(found := read_records(data)):
        assert time.monotonic() < end, f"not healed: {found}"
        time.sleep(0.2)
    return found


def is_cut_off(send: Callable[[], object]) -> None:
    with pytest.raises(Error):
        send()


def dies_at(house: House, cut: Cut, sender: Sender, draft: str) -> None:
    """The letter is sent, the answer never comes, and the record says how far it had got."""
    is_cut_off(lambda: sender.sends(draft))
    house.dies_by_itself()
    records = read_records(house.data)
    letter = records.letter_of_draft.get(UUID(draft))
    assert (letter is not None) is cut.was_accepted
    if letter is not None:
        assert (records.numbered[letter], records.intended[letter]) == (1, 1)
        assert records.receipts[letter] == int(cut.was_sealed)


def is_healed(sender: Sender, draft: str, data: Path) -> None:
    """The client sends again, as clients do, and is led to the one letter with its receipt."""
    answer = sender.sends(draft)
    letter = read_records(data).letter_of_draft[UUID(draft)]
    assert str(letter) in answer.url + answer.text()
    until(data, lambda records: records.receipts[letter] == 1)


def check_record(records: Records, drafts: list[str]) -> None:
    letters = [records.letter_of_draft[UUID(draft)] for draft in drafts]
    once = dict.fromkeys(letters, 1)
    assert len(records.letter_of_draft) == len(set(letters)) == len(drafts)
    assert records.numbered == records.intended == records.receipts == once
    assert records.sealed_events == records.mails == once
    assert records.register_seqs == tuple(range(1, len(drafts) + 1))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    port = free_port()
    standing = House(tmp_path, port, started(tmp_path, port, None, demo=True))
    yield standing
    standing.running.kill()


@pytest.fixture
def wire(house: House) -> Iterator[APIRequestContext]:
    with sync_playwright() as playwright:
        context = playwright.request.new_context(base_url=house.running.url)
        yield context
        context.dispose()


def test_killed_at_every_arrow_there_is_one_receipt_for_every_letter(
    house: House, wire: APIRequestContext
) -> None:
    began = time.monotonic()
    sender = Sender(wire, house.data)
    sender.logs_in()
    drafts = [sender.has_draft(cut.name, signed=cut.name in SIGNED) for cut in CUTS]
    for number, (cut, draft) in enumerate(zip(CUTS, drafts, strict=True)):
        house.lives_again(cut)
        if number:
            is_healed(sender, drafts[number - 1], house.data)
        dies_at(house, cut, sender, draft)
    house.lives_again(None)
    is_healed(sender, drafts[-1], house.data)
    records = until(house.data, lambda found: not found.unfinished)
    check_record(records, drafts)
    print(f"\n{len(CUTS)} kills, {time.monotonic() - began:.0f} s")
