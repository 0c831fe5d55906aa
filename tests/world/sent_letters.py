"""Letters of an institution at every standing, as the operations bring them there."""

from datetime import datetime
from uuid import UUID

from skrytka.accounts.models import Institution, User
from skrytka.accounts.operations.log_ins import record_log_in
from skrytka.delivery.models import Notice, OutgoingDraft, OutgoingLetter
from skrytka.delivery.operations.dispatch import dispatch_letter
from skrytka.delivery.operations.notices import note_bounce
from skrytka.ledger.operations import Actor
from skrytka.letters.models import Letter
from tests.world.outgoing import (
    SENT_AT,
    days,
    night_at,
    noticed_letter,
    send_notices,
    signed_draft,
)


def named_letter(
    author: User,
    institution: Institution,
    addressee: User,
    *,
    title: str,
    mark: str = "",
    at: datetime = SENT_AT,
) -> OutgoingLetter:
    """A letter with a title and a case mark of its own, its first notice sent."""
    draft = signed_draft(author, institution, addressee.party)
    OutgoingDraft.objects.filter(id=draft.id).update(title=title, case_mark=mark)
    sent = dispatch_letter(draft.id, actor=Actor(str(author.pk)), at=at)
    send_notices(at)
    return OutgoingLetter.objects.get(id=sent.letter_id)


def reminded_letter(author: User, institution: Institution, addressee: User) -> OutgoingLetter:
    """A letter whose second notice went out in the eighth night."""
    letter = noticed_letter(author, institution, addressee)
    night_at(days(7, 15))
    return letter


def deemed_letter(author: User, institution: Institution, addressee: User) -> OutgoingLetter:
    """A letter nobody collected: both notices went out, the term has lapsed."""
    letter = reminded_letter(author, institution, addressee)
    night_at(days(14, 15))
    return letter


def stopped_letter(author: User, institution: Institution, addressee: User) -> OutgoingLetter:
    """A letter whose first notice came back the next day."""
    letter = noticed_letter(author, institution, addressee)
    note_bounce(notice_of(letter).message_id, "550 nie ma takiej skrzynki", at=days(1))
    return letter


def letter_between(author: User, sender: Institution, addressee: Institution) -> OutgoingLetter:
    """A letter to another institution, delivered on arrival."""
    draft = signed_draft(author, sender, None)
    box = addressee.boxes.get(is_basic=True)
    OutgoingDraft.objects.filter(id=draft.id).update(to_box=box)
    sent = dispatch_letter(draft.id, actor=Actor(str(author.pk)), at=SENT_AT)
    return OutgoingLetter.objects.get(id=sent.letter_id)


def notice_of(letter: OutgoingLetter) -> Notice:
    """The last notice of a letter."""
    return Notice.objects.filter(delivery=letter.id).latest("created_at")


def log_in(user: User, at: datetime) -> None:
    record_log_in(user.pk, at=at, remote_address="192.0.2.1")


def received(letter: OutgoingLetter) -> Letter:
    """The letter that one to an institution became there."""
    return Letter.objects.get(id=_known(letter.received_as_id))


def _known(letter_id: UUID | None) -> UUID:
    assert letter_id is not None
    return letter_id
