"""While the scanner is silent a letter is received; then it is accepted or refused, once."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from skrytka.accounts.models import Box, Institution, User
from skrytka.config.effects import drain
from skrytka.core.identifiers import ReceiptKind
from skrytka.core.receipts import read_npp, read_upp
from skrytka.evidence.queries import receipt_of
from skrytka.gateways.installed import install, installed
from skrytka.gateways.malware import MalwareScanner, ScannerSilentError, Silent
from skrytka.ledger.models import OutboxRow, OutboxState
from skrytka.ledger.operations import Actor
from skrytka.letters.models import Draft, IntakeState, Letter, RegisterEntry
from skrytka.letters.operations.documents import freeze_document
from skrytka.letters.operations.intake import finish_intake
from skrytka.letters.operations.signing import send_unsigned
from skrytka.letters.operations.submission import submit_letter
from skrytka.letters.queries.letters import letter_view
from tests.world.attachments import added, scan_with
from tests.world.files import pdf, txt
from tests.world.letters import LATER, written_draft

pytestmark = pytest.mark.django_db
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture
def real_scanner() -> MalwareScanner:
    """What stood before the test; put back afterwards."""
    return installed().malware


@pytest.fixture(autouse=True)
def _scanner_back() -> Iterator[None]:
    before = installed()
    yield
    install(before)


def sent_while_silent(author: User, institution: Institution, name: str, data: bytes) -> UUID:
    draft = written_draft(author, institution)
    scan_with(Silent())
    added(draft, name, data)
    freeze_document(draft.id, at=LATER)
    send_unsigned(draft.id)
    return submit_letter(draft.id, actor=Actor("anna"), at=LATER).letter_id


def test_it_is_received_with_its_instant_and_no_receipt_yet(
    anna: User, cuw: Institution, real_scanner: MalwareScanner
) -> None:
    letter_id = sent_while_silent(anna, cuw, "umowa.pdf", pdf())
    view = letter_view(letter_id)
    assert view is not None
    assert (view.state, view.receipt, view.register_no) == (
        IntakeState.AWAITING_SCREENING,
        None,
        "",
    )
    assert view.submitted_at == LATER
    with pytest.raises(ScannerSilentError):
        finish_intake(letter_id, at=LATER)
    assert not RegisterEntry.objects.exists()


def test_a_clean_file_lets_it_in_with_the_first_instant(
    anna: User, cuw: Institution, real_scanner: MalwareScanner
) -> None:
    letter_id = sent_while_silent(anna, cuw, "umowa.pdf", pdf())
    scan_with(real_scanner)
    finish_intake(letter_id, at=LATER.replace(hour=20))
    finish_intake(letter_id, at=LATER.replace(hour=21))
    receipt = receipt_of(letter_id)
    assert receipt is not None
    assert receipt.kind is ReceiptKind.UPP
    assert read_upp(receipt.xml).delivered_at == LATER
    assert RegisterEntry.objects.count() == 1


def test_malware_brings_a_sealed_refusal_that_names_file_and_rule(
    anna: User, cuw: Institution, real_scanner: MalwareScanner
) -> None:
    letter_id = sent_while_silent(anna, cuw, "zaproszenie.txt", txt() + EICAR)
    scan_with(real_scanner)
    finish_intake(letter_id, at=LATER)
    receipt = receipt_of(letter_id)
    assert receipt is not None
    assert receipt.kind is ReceiptKind.NPP
    (cause,) = read_npp(receipt.xml).causes
    assert (cause.rule, cause.file_name) == ("F-VIRUS", "zaproszenie.txt")
    view = letter_view(letter_id)
    assert view is not None
    assert (view.state, view.refused_file) == (IntakeState.REFUSED, "zaproszenie.txt")
    assert view.handling is None
    assert not RegisterEntry.objects.exists()
    row = OutboxRow.objects.get(key=f"mail:receipt:{letter_id}")
    assert row.payload["subject"] == "Nie przyjęliśmy Twojego pisma"


def test_the_institution_is_led_to_where_the_refused_letter_is(
    anna: User, cuw: Institution, real_scanner: MalwareScanner
) -> None:
    Box.objects.filter(institution=cuw).update(notify=["kancelaria@cuw.example"])
    refused = sent_while_silent(anna, cuw, "zaproszenie.txt", txt() + EICAR)
    taken = sent_while_silent(anna, cuw, "umowa.pdf", pdf())
    scan_with(real_scanner)
    for letter_id in (refused, taken):
        finish_intake(letter_id, at=LATER)
    rows = [
        OutboxRow.objects.get(key__startswith=f"mail:arrival:{one}") for one in (refused, taken)
    ]
    assert [row.payload["subject"] for row in rows] == ["Odrzucone pismo", "Nowe pismo w skrytce"]
    assert "/kancelaria/odrzucone/" in rows[0].payload["text"]
    assert "Odebrane:" not in rows[0].payload["text"]
    assert "odrzucone" not in rows[1].payload["text"]


def test_the_outbox_drives_it_to_the_end(
    anna: User, cuw: Institution, real_scanner: MalwareScanner
) -> None:
    letter_id = sent_while_silent(anna, cuw, "umowa.pdf", pdf())
    drain("worker-1")
    row = OutboxRow.objects.get(key=f"intake:{letter_id}")
    assert (row.state, row.attempts) == (OutboxState.PENDING, 1)
    assert "ScannerSilentError" in row.last_error
    scan_with(real_scanner)
    OutboxRow.objects.filter(key=row.key).update(due_at=LATER)
    drain("worker-1")
    assert receipt_of(letter_id) is not None
    assert OutboxRow.objects.get(key=row.key).state == OutboxState.DONE


def test_a_receipt_cut_off_is_finished_by_the_outbox(
    anna: User, cuw: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = written_draft(anna, cuw)
    freeze_document(draft.id, at=LATER)
    send_unsigned(draft.id)
    with monkeypatch.context() as cut:
        cut.setattr(
            "skrytka.letters.operations.submission.make_receipt_now", lambda *_a, **_k: None
        )
        letter_id = submit_letter(draft.id, actor=Actor("anna"), at=LATER).letter_id
    assert receipt_of(letter_id) is None
    OutboxRow.objects.filter(key=f"receipt:{letter_id}").update(due_at=LATER)
    drain("worker-1")
    drain("worker-1")
    assert receipt_of(letter_id) is not None
    assert (Letter.objects.count(), Draft.objects.count()) == (1, 1)
