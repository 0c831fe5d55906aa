"""A file is announced, comes part by part, and stands in the list when it is whole."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.config.effects import drain
from skrytka.gateways.installed import blobs_of, install, installed
from skrytka.gateways.malware import Silent
from skrytka.ledger.operations import Lane
from skrytka.letters.models import AttachmentState, Draft, DraftAttachment, DraftState, Transfer
from skrytka.letters.operations import receiving
from skrytka.letters.operations.documents import CannotFreeze, freeze_document
from skrytka.letters.operations.drafts import CannotChangeDraft
from skrytka.letters.operations.receiving import (
    Checksum,
    Part,
    TransferFault,
    receive_part,
)
from skrytka.letters.operations.room import CannotAttach
from skrytka.letters.operations.taking_in import take_in_file
from skrytka.letters.operations.transfers import NewTransfer, begin_transfer
from skrytka.letters.queries.transfers import transfer_to, transfers_to
from tests.world import files
from tests.world.attachments import AT, added, draft_of, listed, scan_with, small_rules
from tests.world.coming_files import HALF, PDF, begun, came, fault_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(anna: User, cuw: Institution) -> Draft:
    return draft_of(anna, cuw)


def whole(draft: Draft, name: str, data: bytes) -> UUID:
    transfer_id = begun(draft, name, len(data))
    came(transfer_id, 0, data)
    take_in_file(transfer_id, at=AT)
    return transfer_id


def test_a_file_in_two_parts_becomes_an_attachment_of_the_same_id(draft: Draft) -> None:
    transfer_id = begun(draft)
    assert came(transfer_id, 0, PDF[:HALF]) == HALF
    (coming,) = transfers_to(draft.id)
    assert (coming.offset, coming.percent) == (HALF, 100 * HALF // len(PDF))
    assert not coming.has_arrived
    came(transfer_id, HALF, PDF[HALF:])
    (arrived,) = transfers_to(draft.id)
    assert arrived.has_arrived
    assert listed(draft.id) == []
    drain("worker-1", lane=Lane.FILES)
    row = DraftAttachment.objects.get(id=transfer_id)
    assert (row.state, row.sha256) == (AttachmentState.SAFE, hashlib.sha256(PDF).hexdigest())
    assert blobs_of(row.kept_by_id).read(row.sha256) == PDF
    assert transfers_to(draft.id) == ()


def test_the_usual_effects_do_not_wait_for_files(draft: Draft) -> None:
    came(begun(draft), 0, PDF)
    assert drain("worker-1") == 0
    assert drain("worker-1", lane=Lane.FILES) == 1


def test_taking_in_twice_changes_nothing(draft: Draft) -> None:
    transfer_id = whole(draft, "skan.pdf", PDF)
    take_in_file(transfer_id, at=AT)
    assert drain("worker-1", lane=Lane.FILES) == 0
    assert listed(draft.id) == [("skan.pdf", "SAFE", "")]


def test_a_process_that_died_before_it_tidied_up_lists_the_file_once(draft: Draft) -> None:
    transfer_id = begun(draft)
    came(transfer_id, 0, PDF)
    kept = Transfer.objects.get(id=transfer_id)
    take_in_file(transfer_id, at=AT)
    kept.save(force_insert=True)
    take_in_file(transfer_id, at=AT)
    assert listed(draft.id) == [("skan.pdf", "SAFE", "")]
    assert not Transfer.objects.exists()


def cut_after(*chunks: bytes) -> Iterator[bytes]:
    yield from chunks
    raise ConnectionResetError


def test_a_cut_connection_keeps_what_came(draft: Draft) -> None:
    transfer_id = begun(draft)
    with pytest.raises(ConnectionResetError):
        receive_part(transfer_id, Part(0, cut_after(PDF[:10]), len(PDF)), at=AT)
    assert came(transfer_id, 10, PDF[10:]) == len(PDF)
    take_in_file(transfer_id, at=AT)
    assert listed(draft.id) == [("skan.pdf", "SAFE", "")]


def test_a_part_from_another_place_is_refused(draft: Draft) -> None:
    transfer_id = begun(draft)
    came(transfer_id, 0, PDF[:HALF])
    assert fault_of(transfer_id, Part(0, [PDF])) is TransferFault.OTHER_OFFSET
    assert fault_of(transfer_id, Part(HALF + 1, [b"x"])) is TransferFault.OTHER_OFFSET


@pytest.mark.parametrize("length", [len(PDF) + 1, 0])
def test_more_than_was_announced_is_refused(draft: Draft, length: int) -> None:
    transfer_id = begun(draft)
    part = Part(0, [PDF, b"x"], length)
    assert fault_of(transfer_id, part) is TransferFault.TOO_LONG


def test_a_part_that_was_damaged_on_the_way_is_not_kept(draft: Draft) -> None:
    transfer_id = begun(draft)
    wrong = Checksum("sha1", hashlib.sha1(b"inne", usedforsecurity=False).digest())
    assert fault_of(transfer_id, Part(0, [PDF[:HALF]], HALF, wrong)) is TransferFault.DAMAGED
    right = Checksum("sha256", hashlib.sha256(PDF[:HALF]).digest())
    assert came(transfer_id, 0, PDF[:HALF], checksum=right) == HALF
    came(transfer_id, HALF, PDF[HALF:])
    take_in_file(transfer_id, at=AT)
    assert listed(draft.id) == [("skan.pdf", "SAFE", "")]


def test_a_part_with_a_checksum_that_was_cut_is_not_kept(draft: Draft) -> None:
    transfer_id = begun(draft)
    right = Checksum("sha256", hashlib.sha256(PDF).digest())
    with pytest.raises(ConnectionResetError):
        receive_part(transfer_id, Part(0, cut_after(PDF[:10]), len(PDF), right), at=AT)
    found = transfer_to(draft.id, transfer_id)
    assert found is not None
    assert found.offset == 0


def test_whoever_comes_later_has_the_file(draft: Draft) -> None:
    """A dead connection that comes to life again neither writes nor moves the offset."""
    transfer_id = begun(draft)

    def chunks() -> Iterator[bytes]:
        yield PDF[:10]
        assert came(transfer_id, 0, PDF[:20]) == 20
        yield PDF[10:HALF]

    assert fault_of(transfer_id, Part(0, chunks())) is TransferFault.TAKEN_OVER
    assert came(transfer_id, 20, PDF[20:]) == len(PDF)
    take_in_file(transfer_id, at=AT)
    assert listed(draft.id) == [("skan.pdf", "SAFE", "")]


def test_what_came_over_a_dead_connection_counts_until_another_one_comes(draft: Draft) -> None:
    """The two meet between the look at the offset and the first byte."""
    transfer_id = begun(draft)

    def first() -> Iterator[bytes]:
        yield PDF[:10]

    def second() -> Iterator[bytes]:
        yield PDF[:5]

    late = Part(0, second())
    assert came(transfer_id, 0, *first()) == 10
    assert fault_of(transfer_id, late) is TransferFault.OTHER_OFFSET
    assert came(transfer_id, 10, PDF[10:]) == len(PDF)


REFUSED_BEFOREHAND = {
    "F-EMPTY": ("pusty.pdf", 0),
    "F-TYPE": ("program.exe", 10),
    "F-SIZE1": ("film.zip", 150_000_001),
}


@pytest.mark.parametrize("code", REFUSED_BEFOREHAND)
def test_what_the_rules_refuse_by_name_and_size_does_not_begin(draft: Draft, code: str) -> None:
    name, size = REFUSED_BEFOREHAND[code]
    with pytest.raises(CannotAttach) as refused:
        begun(draft, name, size)
    assert refused.value.reason == code
    assert refused.value.data.file_name == name


def test_files_on_their_way_count_in_the_sum_and_the_number(draft: Draft, cuw: Institution) -> None:
    small_rules(cuw, total=1000, count=2)
    begun(draft, "a.pdf", 600)
    with pytest.raises(CannotAttach, match="F-SIZE2"):
        begun(draft, "b.pdf", 401)
    begun(draft, "c.pdf", 400)
    with pytest.raises(CannotAttach, match="F-COUNT"):
        begun(draft, "d.pdf", 1)


def test_the_sum_is_looked_at_again_with_every_part(draft: Draft, cuw: Institution) -> None:
    transfer_id = begun(draft)
    small_rules(cuw, total=len(PDF) - 1)
    with pytest.raises(CannotAttach, match="F-SIZE1"):
        came(transfer_id, 0, PDF)
    small_rules(cuw, total=len(PDF) + 5)
    added(draft, "inny.txt", b"abcdef")
    with pytest.raises(CannotAttach, match="F-SIZE2"):
        came(transfer_id, 0, PDF)


def test_one_announced_later_does_not_push_out_an_earlier_one(
    draft: Draft, cuw: Institution
) -> None:
    first = begun(draft)
    begin_transfer(NewTransfer(draft.id, "b.pdf", 50), at=AT + timedelta(seconds=1))
    small_rules(cuw, total=len(PDF) + 10)
    assert came(first, 0, PDF) == len(PDF)


def test_announcing_twice_under_one_id_is_announcing_once(draft: Draft) -> None:
    """The answer to the first may have been lost; its size must not count twice."""
    new = NewTransfer(draft.id, "a.pdf", 100_000_000, id=uuid4())
    assert begin_transfer(new, at=AT) == begin_transfer(new, at=AT) == new.id
    assert len(transfers_to(draft.id)) == 1


def test_an_id_of_somebody_elses_file_is_not_given_out(
    draft: Draft, celina: User, cuw: Institution
) -> None:
    theirs = begun(draft)
    listed_id = added(draft, "b.txt", b"tekst").id
    other = draft_of(celina, cuw)
    for taken in (theirs, listed_id):
        new = NewTransfer(other.id, "a.pdf", 5, id=taken)
        assert begin_transfer(new, at=AT) not in {theirs, listed_id}


TOLD_IN_THE_LIST = {
    "F-VIRUS": ("test.txt", files.EICAR),
    "F-MAGIC": ("rachunek.pdf", files.exe()),
    "F-DUP": ("drugi.pdf", PDF),
}


@pytest.mark.parametrize("code", TOLD_IN_THE_LIST)
def test_whatever_is_wrong_stands_in_the_list(draft: Draft, code: str) -> None:
    added(draft, "pierwszy.pdf", PDF)
    name, data = TOLD_IN_THE_LIST[code]
    whole(draft, name, data)
    assert listed(draft.id) == [("pierwszy.pdf", "SAFE", ""), (name, "REFUSED", code)]
    assert not Transfer.objects.exists()


def test_bytes_that_changed_on_the_disk_are_told_and_not_sent_on(draft: Draft) -> None:
    transfer_id = begun(draft)
    came(transfer_id, 0, PDF)
    parts = installed().parts
    list(parts.write(transfer_id, 0, [PDF[:-3] + b"xyz"]))
    take_in_file(transfer_id, at=AT)
    assert listed(draft.id) == [("skan.pdf", "REFUSED", "F-STORE")]


@pytest.fixture
def silence() -> Iterator[None]:
    before = installed()
    scan_with(Silent())
    yield
    install(before)


@pytest.mark.usefixtures("silence")
def test_a_silent_scanner_leaves_the_file_stored(draft: Draft) -> None:
    whole(draft, "skan.pdf", PDF)
    assert listed(draft.id) == [("skan.pdf", "STORED", "F-SCAN")]


def test_the_letter_waits_for_files_on_their_way(draft: Draft) -> None:
    Draft.objects.filter(id=draft.id).update(title="Tytuł", body="Treść")
    transfer_id = begun(draft)
    with pytest.raises(CannotFreeze, match="F-WAIT"):
        freeze_document(draft.id, at=AT)
    came(transfer_id, 0, PDF)
    with pytest.raises(CannotFreeze, match="F-WAIT"):
        freeze_document(draft.id, at=AT)
    take_in_file(transfer_id, at=AT)
    assert freeze_document(draft.id, at=AT).sha256


@pytest.mark.parametrize("state", [DraftState.SENT, DraftState.DISCARDED])
def test_nothing_comes_to_a_draft_that_is_closed(draft: Draft, state: DraftState) -> None:
    first, second = begun(draft), begun(draft, "b.pdf", 5)
    came(first, 0, PDF)
    Draft.objects.filter(id=draft.id).update(state=state)
    with pytest.raises(CannotChangeDraft):
        begun(draft, "c.pdf", 5)
    with pytest.raises(CannotChangeDraft):
        came(second, 0, b"abcde")
    take_in_file(first, at=AT)
    assert listed(draft.id) == []
    assert transfer_to(draft.id, first) is None


def test_a_draft_that_is_not_there_takes_nothing(db: None) -> None:
    with pytest.raises(CannotChangeDraft):
        begin_transfer(NewTransfer(uuid4(), "a.pdf", 5), at=AT)
    assert fault_of(uuid4(), Part(0, [b"a"])) is TransferFault.NOT_FOUND


def test_no_connection_is_held_while_bytes_are_waited_for(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There are fewer connections than people who send: a pool of 16 must serve all others too."""
    told: list[str] = []
    monkeypatch.setattr(receiving, "give_connection_back", lambda: told.append("given back"))

    def chunks() -> Iterator[bytes]:
        told.append("waits")
        yield PDF

    receive_part(begun(draft), Part(0, chunks(), len(PDF)), at=AT)
    assert told == ["given back", "waits", "given back"]


def test_only_a_whole_file_is_waited_for(draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sent the last byte will not come again; before that they ask how far it came."""
    notes: list[int] = []

    @contextmanager
    def light_commit() -> Iterator[None]:
        yield
        notes.append(Transfer.objects.get().offset)

    monkeypatch.setattr(receiving, "light_commit", light_commit)
    transfer_id = begun(draft)
    came(transfer_id, 0, PDF[:HALF])
    came(transfer_id, HALF, PDF[HALF:])
    assert notes == [0, HALF, HALF]
