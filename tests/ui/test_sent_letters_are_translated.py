"""The pages of letters that went out hold no Polish but what people and the law say in it."""

from datetime import date

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, Role, User
from skrytka.config import clock
from skrytka.delivery.models import FlaggedBytes, OutgoingDraft, OutgoingFile, OutgoingLetter
from skrytka.gateways.installed import install, installed
from skrytka.letters.operations.attachment_policies import AttachmentRules, adopt_attachment_rules
from tests.desk.world import employed
from tests.ui.test_translations import TRANSLATED, assert_translated, page_of, reader
from tests.world.deliveries import collect, waiting_letter
from tests.world.letters import confirm_profile
from tests.world.outgoing import TEXT, days, night_at, signed_draft
from tests.world.sent_files import found_in_pdfs
from tests.world.sent_letters import letter_between, notice_of, stopped_letter

pytestmark = pytest.mark.django_db
# What stands in the specimen of a letter and in the certificates of the run.
WRITTEN = (
    "Przykładowa",
    "z upoważnienia dyrektora",
    "Anna Żak",
    "Pieczęć instytucji (TYLKO DO PRÓB)",
)


@pytest.fixture(autouse=True)
def _later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: days(12))


@pytest.fixture
def waiting(daria: User, cuw: Institution, anna: User) -> OutgoingLetter:
    confirm_profile(anna, daria, cuw)
    letter = waiting_letter(daria, cuw, anna)
    OutgoingDraft.objects.update(body=TEXT)
    return letter


def check(user: User, *addresses: str) -> None:
    for address in addresses:
        for language in TRANSLATED:
            assert_translated(page_of(reader(user), address, language), language, WRITTEN)


def url(name: str, letter: OutgoingLetter) -> str:
    return reverse(f"desk:{name}", args=[letter.id])


def test_the_lists(waiting: OutgoingLetter, daria: User, cuw: Institution, anna: User) -> None:
    stopped_letter(daria, cuw, anna)
    lists = [reverse("desk:sent"), reverse("desk:deadlines")]
    check(daria, *lists, f"{lists[0]}?q=nic", f"{lists[0]}?dzien=2026-11-16")
    check(daria, f"{lists[1]}?miesiac=2026-12")


def test_a_letter_that_waits_and_how_it_is_stopped(waiting: OutgoingLetter, daria: User) -> None:
    check(daria, f"{url('sent_letter', waiting)}?zasada=ude-art42", url("sent_restart", waiting))
    check(daria, reverse("desk:sent_bounced", args=[notice_of(waiting).id]))


def test_a_collected_letter(waiting: OutgoingLetter, daria: User, anna: User) -> None:
    collect(waiting, anna)
    check(daria, url("sent_letter", waiting))


def test_a_deemed_letter(waiting: OutgoingLetter, daria: User) -> None:
    night_at(days(7, 15))
    night_at(days(14, 15))
    check(daria, url("sent_letter", waiting))


def test_a_letter_to_an_institution(daria: User, cuw: Institution, town_hall: Institution) -> None:
    check(daria, url("sent_letter", letter_between(daria, cuw, town_hall)))


def test_a_file_found_infected_where_it_is_told(
    waiting: OutgoingLetter, daria: User, anna: User, celina: User, cuw: Institution
) -> None:
    draft = signed_draft(daria, cuw, anna.party)
    OutgoingDraft.objects.filter(id=draft.id).update(body=TEXT)
    before = installed()
    found_in_pdfs(celina)
    install(before)
    admin = employed("Grzegorz", "Maj", cuw, Role.ADMINISTRATOR)
    check(daria, url("sent_letter", waiting), reverse("desk:sent") + "?uwaga=FLAGGED")
    check(daria, reverse("desk:outgoing_letter", args=[draft.id]))
    released = reverse("desk:release_sent_bytes", args=[FlaggedBytes.objects.get().pk])
    check(admin, reverse("desk:quarantine"), released)
    collect(waiting, anna)
    check(anna, reverse("web:incoming_letter", args=[waiting.id]))


def test_what_files_hold_and_a_box_that_is_given_back(
    waiting: OutgoingLetter, daria: User, anna: User, cuw: Institution
) -> None:
    draft = signed_draft(daria, cuw, anna.party)
    OutgoingDraft.objects.filter(id=draft.id).update(body=TEXT)
    OutgoingFile.objects.filter(draft=draft).update(remarks=["MACROS", "LOCKED"])
    check(daria, reverse("desk:outgoing_letter", args=[draft.id]))
    box = cuw.boxes.get(name="skrytka")
    own = AttachmentRules("own", date(2026, 1, 2), ("PDF",), 1_000_000, "2026", box_id=box.pk)
    adopt_attachment_rules(cuw.pk, own, at=days(1))
    admin = employed("Grzegorz", "Maj", cuw, Role.ADMINISTRATOR)
    check(admin, reverse("desk:attachment_rules"), reverse("desk:hand_back_box", args=[box.pk]))
