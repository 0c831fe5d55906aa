"""What is promised in documents and mails is what the code does."""

import re
from enum import StrEnum
from uuid import UUID

import pytest
from django.conf import settings
from django.urls import resolve

from skrytka.accounts.operations.second_factor import FactorFault
from skrytka.cli.main import COMMANDS
from skrytka.delivery.operations.ending import CannotCollect, CollectFault
from skrytka.letters.operations.signing import CannotSign, SigningFault
from skrytka.letters.screening.faults import AttachmentFault
from skrytka.ui.refusal_texts import TEXTS, refusal_text
from skrytka.ui.signing_texts import factor_text
from skrytka.web.compose.signing import signing_text
from skrytka.web.incoming.texts import collect_text
from tests.house.tracked import ROOT

LETTER = UUID("00000000-0000-4000-8000-000000000001")


def test_links_of_mails_lead_to_the_letter_and_to_the_inbox() -> None:
    letter = settings.LETTER_LINK.format(letter=LETTER).removeprefix(settings.BASE_URL)
    assert resolve(letter).view_name == "web:letter"
    assert resolve(letter).kwargs == {"letter_id": LETTER}
    inbox = settings.INBOX_LINK.removeprefix(settings.BASE_URL)
    assert resolve(inbox).view_name == "desk:inbox"
    incoming = settings.INCOMING_LINK.format(letter=LETTER).removeprefix(settings.BASE_URL)
    assert resolve(incoming).view_name == "web:incoming_letter"
    sent = settings.SENT_LINK.format(letter=LETTER).removeprefix(settings.BASE_URL)
    assert resolve(sent).view_name == "desk:sent_letter"
    assert resolve(sent).kwargs == {"letter_id": LETTER}
    profile = settings.PROFILE_LINK.removeprefix(settings.BASE_URL)
    assert resolve(profile).view_name == "web:account_profile"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_handbook(command: str) -> None:
    handbook = (ROOT / "docs/operators/commands.md").read_text()
    assert re.search(rf"`skrytka {command}\b", handbook)


def is_sentence(text: str) -> bool:
    return bool(re.fullmatch(r"[A-ZŁŚŻ].*[.\w]", text, re.DOTALL)) and "%(" not in text


@pytest.mark.parametrize("code", AttachmentFault)
def test_every_stored_code_of_a_file_has_its_words(code: AttachmentFault) -> None:
    assert code in TEXTS
    assert is_sentence(refusal_text(code, "pismo.pdf", {}))


@pytest.mark.parametrize("fault", [*SigningFault, *FactorFault])
def test_every_refused_signature_has_its_words(fault: StrEnum) -> None:
    words = factor_text(fault) if isinstance(fault, FactorFault) else signing_text(sign(fault))
    assert is_sentence(words)


@pytest.mark.parametrize("fault", CollectFault)
def test_every_letter_that_was_not_collected_has_its_words(fault: CollectFault) -> None:
    assert is_sentence(collect_text(CannotCollect(fault)))


def sign(fault: StrEnum) -> CannotSign:
    return CannotSign(SigningFault(fault))


def test_decisions_are_numbered_without_gaps() -> None:
    names = sorted(path.name for path in (ROOT / "docs/adr").glob("*.md"))
    numbers = [int(name[:4]) for name in names if name[:4].isdecimal()]
    assert numbers == list(range(1, len(numbers) + 1))
