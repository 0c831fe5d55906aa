from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from skrytka.accounts.models import Institution, User
from skrytka.gateways.installed import install, installed
from skrytka.gateways.malware import Silent
from skrytka.ledger.operations import Actor
from skrytka.letters.models import Letter
from skrytka.letters.operations.documents import freeze_document
from skrytka.letters.operations.intake import finish_intake
from skrytka.letters.operations.signing import send_unsigned
from skrytka.letters.operations.submission import submit_letter
from tests.web.compose.cards import general_letter
from tests.world.attachments import added, scan_with
from tests.world.files import EICAR, pdf, txt
from tests.world.letters import LATER, confirm_profile, sign_as_author, written_draft
from tests.world.page_client import PageClient

ReaderOf = Callable[[User], Client]


@pytest.fixture
def reader_of() -> ReaderOf:
    """A client that reviews every page, logged in as a person."""

    def logged_in(user: User) -> Client:
        client = PageClient()
        client.force_login(user)
        return client

    return logged_in


@pytest.fixture
def letter(anna: User, daria: User, cuw: Institution) -> Letter:
    """Anna's signed letter with one attachment, delivered."""
    general_letter()
    confirm_profile(anna, daria, cuw)
    draft = written_draft(anna, cuw)
    added(draft, "umowa najmu.pdf", pdf())
    freeze_document(draft.id, at=LATER)
    sign_as_author(draft.id)
    sent = submit_letter(draft.id, actor=Actor(str(anna.pk)), at=LATER)
    return Letter.objects.get(id=sent.letter_id)


@pytest.fixture
def _scanner_back() -> Iterator[None]:
    before = installed()
    yield
    install(before)


@pytest.fixture
def waiting(anna: User, cuw: Institution, _scanner_back: None) -> Letter:
    """A letter whose file nobody could judge yet, malware in truth."""
    general_letter()
    draft = written_draft(anna, cuw)
    before = installed().malware
    scan_with(Silent())
    added(draft, "zaproszenie.txt", txt() + EICAR)
    freeze_document(draft.id, at=LATER)
    send_unsigned(draft.id)
    sent = submit_letter(draft.id, actor=Actor(str(anna.pk)), at=LATER)
    scan_with(before)
    return Letter.objects.get(id=sent.letter_id)


@pytest.fixture
def refused(waiting: Letter) -> Letter:
    finish_intake(waiting.id, at=LATER)
    return waiting
