"""Malware of a letter that came in: the letter is refused, the file held and its name recorded."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from skrytka.accounts.models import Institution, User
from skrytka.core.calendar import civil_date
from skrytka.gateways.installed import install, installed
from skrytka.ledger.operations import Actor
from skrytka.ledger.queries import events_of
from skrytka.letters.models import FlaggedFile, Quarantined
from skrytka.letters.operations.attachment_policies import AttachmentRules, adopt_attachment_rules
from skrytka.letters.operations.intake import finish_intake
from skrytka.letters.operations.quarantine import (
    CannotDestroy,
    DestroyFault,
    HeldFile,
    ask_destruction,
    files_to_destroy,
    note_destroyed,
)
from skrytka.letters.queries.screenings import held_file, kept_count, quarantined_files
from tests.world.attachments import scan_with
from tests.world.files import txt
from tests.world.letters import LATER
from tests.world.screened import NEW, OLD, letter_in_waiting, letter_with, wormy

pytestmark = pytest.mark.django_db
GRZEGORZ = Actor("7")


@pytest.fixture(autouse=True)
def _scanner_back() -> Iterator[None]:
    before = installed()
    yield
    install(before)


@pytest.fixture
def held(anna: User, cuw: Institution) -> Quarantined:
    """The second file of Anna's letter, infected."""
    letter = letter_in_waiting(anna, cuw, opis=txt(), faktura=wormy())
    scan_with(NEW)
    finish_intake(letter.id, at=LATER)
    return Quarantined.objects.get()


def test_only_the_infected_file_is_held_for_thirty_days(held: Quarantined) -> None:
    assert held.attachment.file_name == "faktura.txt"
    assert (held.state, held.engine, held.rule) == ("HELD", "mark, baza 2", "mark")
    assert (held.since, held.destroy_after) == (LATER, LATER + timedelta(days=30))


def test_the_record_names_engine_rule_and_digest_but_no_file_name(held: Quarantined) -> None:
    (event,) = (
        event
        for event in events_of("LETTER", str(held.attachment.letter_id))
        if event.kind == "FILE_QUARANTINED"
    )
    assert event.data == {
        "position": 2,
        "sha256": held.attachment.sha256,
        "engine": "mark, baza 2",
        "rule": "mark",
    }


def test_the_term_is_the_rule_of_the_institution(anna: User, cuw: Institution) -> None:
    rules = AttachmentRules(
        "krótko", civil_date(LATER), ("TXT",), 1_000_000, "próba", quarantine_days=7
    )
    adopt_attachment_rules(cuw.pk, rules, at=LATER)
    letter = letter_in_waiting(anna, cuw, faktura=wormy())
    scan_with(NEW)
    finish_intake(letter.id, at=LATER)
    assert Quarantined.objects.get().destroy_after == LATER + timedelta(days=7)


def test_the_same_bytes_in_an_accepted_letter_are_flagged_and_not_held(
    anna: User, celina: User, cuw: Institution, town_hall: Institution
) -> None:
    scan_with(OLD)
    accepted = letter_with(celina, town_hall, umowa=wormy())
    refused = letter_in_waiting(anna, cuw, faktura=wormy())
    scan_with(NEW)
    finish_intake(refused.id, at=LATER)
    assert Quarantined.objects.get().attachment.letter == refused
    flag = FlaggedFile.objects.get()
    assert (flag.attachment.letter, flag.institution) == (accepted, town_hall)


def test_the_list_is_that_of_the_institution(held: Quarantined, town_hall: Institution) -> None:
    (shown,) = quarantined_files(held.institution_id)
    assert (shown.file.file_name, shown.is_held) == ("faktura.txt", True)
    assert shown.file.document_no == held.attachment.letter.document_no
    assert kept_count(held.institution_id) == 1
    assert quarantined_files(town_hall.pk) == ()
    assert held_file(town_hall.pk, held.pk) is None
    assert kept_count(town_hall.pk) == 0


def test_it_falls_due_on_its_day_or_when_asked(held: Quarantined) -> None:
    file = HeldFile(held.pk, held.attachment.sha256, held.institution_id)
    assert files_to_destroy(at=LATER + timedelta(days=29)) == ()
    assert files_to_destroy(at=LATER + timedelta(days=30)) == (file,)
    ask_destruction(held.pk, held.institution_id, actor=GRZEGORZ, at=LATER)
    assert files_to_destroy(at=LATER) == (file,)


def test_who_asked_for_it_is_on_record(held: Quarantined) -> None:
    ask_destruction(held.pk, held.institution_id, actor=GRZEGORZ, at=LATER)
    last = events_of("LETTER", str(held.attachment.letter_id))[-1]
    assert (last.kind, last.actor_id) == ("DESTRUCTION_ASKED", "7")


def test_another_institution_cannot_ask(held: Quarantined, town_hall: Institution) -> None:
    with pytest.raises(CannotDestroy) as refusal:
        ask_destruction(held.pk, town_hall.pk, actor=GRZEGORZ, at=LATER)
    assert refusal.value.reason is DestroyFault.NOT_HELD
    assert files_to_destroy(at=LATER) == ()


def test_it_is_destroyed_once_and_the_row_with_the_digest_stays(held: Quarantined) -> None:
    file = HeldFile(held.pk, held.attachment.sha256, held.institution_id)
    note_destroyed(file, "", at=LATER)
    note_destroyed(file, "", at=LATER + timedelta(days=1))
    (shown,) = quarantined_files(held.institution_id)
    assert (shown.destroyed_at, shown.file.sha256) == (LATER, file.sha256)
    kinds = [event.kind for event in events_of("LETTER", str(held.attachment.letter_id))]
    assert kinds.count("FILE_DESTROYED") == 1
    with pytest.raises(CannotDestroy):
        ask_destruction(held.pk, held.institution_id, actor=GRZEGORZ, at=LATER)


def test_the_database_knows_no_destroyed_file_without_an_instant(held: Quarantined) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Quarantined.objects.update(state="DESTROYED")
