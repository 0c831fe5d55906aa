"""Letters on a desk, and the people who may or may not see them there."""

from datetime import timedelta
from uuid import uuid4

from skrytka.accounts.models import Institution, Role, User
from skrytka.accounts.operations import employ
from skrytka.gateways.installed import blobs_of
from skrytka.ledger.operations import Actor
from skrytka.letters.models import (
    AttachmentState,
    Draft,
    DraftAttachment,
    HandlingState,
    IntakeState,
    Letter,
    LetterHandling,
    LetterIntake,
)
from skrytka.letters.operations.arrivals import put_on_desk
from skrytka.letters.operations.documents import freeze_document
from skrytka.letters.operations.handling import Clerk
from skrytka.letters.operations.intake import finish_intake
from skrytka.letters.operations.register import register_letter
from skrytka.letters.operations.signing import send_unsigned
from skrytka.letters.operations.submission import submit_letter
from tests.world.attachments import added
from tests.world.cast import LONG_AGO, person
from tests.world.files import EICAR, pdf, txt
from tests.world.letters import LATER, confirm_profile, sign_as_author, written_draft
from tests.world.page_client import PageClient


def client_at(user: User) -> PageClient:
    client = PageClient()
    client.force_login(user)
    return client


def clerk_of(user: User) -> Clerk:
    return Clerk(user.pk, Actor(str(user.pk), "192.0.2.7"))


def employed(given_name: str, family_name: str, institution: Institution, role: Role) -> User:
    user = person(given_name, family_name)
    employ(user.pk, institution.pk, role, at=LONG_AGO)
    return user


def signed_letter(author: User, by: User, institution: Institution) -> Letter:
    """A letter with a trusted signature and one attachment."""
    confirm_profile(author, by, institution)
    draft = written_draft(author, institution)
    added(draft, "umowa najmu.pdf", pdf())
    freeze_document(draft.id, at=LATER)
    sign_as_author(draft.id)
    return _sent(draft, author)


def refused_letter(author: User, institution: Institution) -> Letter:
    """A letter sent while the scanner was silent, and refused once it found the test virus."""
    draft = written_draft(author, institution)
    attachment = added(draft, "faktura.txt", txt())
    found = blobs_of(institution.pk).put(txt() + EICAR)
    DraftAttachment.objects.filter(id=attachment.id).update(
        state=AttachmentState.STORED, sha256=found.sha256, size=found.size
    )
    freeze_document(draft.id, at=LATER)
    send_unsigned(draft.id)
    letter = _sent(draft, author)
    finish_intake(letter.id, at=LATER)
    return letter


def handling_of(letter: Letter) -> LetterHandling:
    return LetterHandling.objects.get(letter=letter)


def state_of(letter: Letter) -> HandlingState:
    return HandlingState(handling_of(letter).state)


def copies_of(letter: Letter, senders: list[str], document_sha256: str = "") -> list[Letter]:
    """Copies of a letter from other senders, each an hour older, put on the same desk."""
    copies = []
    for number, sender in enumerate(senders, start=1):
        copy = Letter.objects.get(id=letter.id)
        copy.id, copy.draft_id = uuid4(), uuid4()
        copy.document_no = f"KOPIA-{copy.id.hex}"
        copy.title, copy.sender_name = f"Pismo numer {number}", sender
        copy.document_sha256 = document_sha256 or letter.document_sha256
        copy.submitted_at = letter.submitted_at - timedelta(hours=number)
        copy.save(force_insert=True)
        LetterIntake.objects.create(letter=copy, state=IntakeState.ACCEPTED)
        accepted = register_letter(copy, copy.institution, at=LATER)
        put_on_desk(copy, accepted, at=LATER)
        copies.append(copy)
    return copies


def _sent(draft: Draft, author: User) -> Letter:
    sent = submit_letter(draft.id, actor=Actor(str(author.pk)), at=LATER)
    return Letter.objects.get(id=sent.letter_id)
