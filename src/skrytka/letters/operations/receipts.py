"""From an intended receipt to the one that stands on record and the mail that tells of it."""

import logging
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from skrytka.accounts.models import PartyKind
from skrytka.evidence.operations import CannotSeal, SealedReceipt, seal_receipt, store_receipt
from skrytka.evidence.queries import intent_of, is_receipt_stored
from skrytka.ledger.operations import EventKind, Subject, close, record_event
from skrytka.ledger.operations.mails import enqueue_mail, key_of
from skrytka.ledger.statements import Prepared, slot
from skrytka.letters.models import Letter
from skrytka.letters.operations.mail_texts import arrival_text, receipt_text

# The letter with what the mails need to know, and no more.
TOLD_ABOUT = Prepared(
    lambda: (
        Letter.objects.select_related("author", "institution", "box", "sender")
        .only(
            *("institution_id", "box_address", "title", "sender__kind"),
            *("author__email", "author__language", "institution__name", "box__notify"),
        )
        .filter(id=slot("id", Letter))
    )
)
log = logging.getLogger("skrytka.letters")


def receipt_key(letter_id: UUID) -> str:
    """This will return the outbox key under which an unfinished receipt is driven again."""
    return f"receipt:{letter_id}"


def make_receipt_now(letter_id: UUID, *, at: datetime) -> bool:
    """This will seal and store the letter's receipt, and tell whether it stands now.

    A fault of key or seal leaves the letter accepted and its receipt in the outbox: the sender is
    told that it is being made, and the operator why it is stuck.
    """
    try:
        finish_receipt(letter_id, at=at)
    except CannotSeal as fault:
        log.error("receipt_not_sealed letter=%s reason=%s", letter_id, fault.reason)  # noqa: TRY400 - the reason says it all
        return False
    return True


def finish_receipt(letter_id: UUID, *, at: datetime) -> None:
    """This will carry the sealing protocol to its end; called again it changes nothing.

    Raises CannotSeal. Two workers at the same letter make one receipt: the database lets one in.
    """
    intent = intent_of(letter_id)
    if intent.is_fulfilled:
        close(receipt_key(letter_id), at=at)
        return
    sealed = seal_receipt(intent.id, at=at)
    try:
        with transaction.atomic():
            _put_on_record(letter_id, sealed, at)
    except IntegrityError:
        if not is_receipt_stored(letter_id):
            raise


def _put_on_record(letter_id: UUID, sealed: SealedReceipt, at: datetime) -> None:
    """The receipt, the event and the mails that tell of it: all or none."""
    store_receipt(sealed, at=at)
    letter = TOLD_ABOUT.get(id=letter_id)
    record_event(
        EventKind.RECEIPT_SEALED,
        Subject("LETTER", str(letter_id)),
        at=at,
        institution_id=letter.institution_id,
        data={"receipt_no": sealed.receipt_no},
    )
    _tell_sender(letter, sealed, at)
    for address in letter.box.notify:
        subject, text = arrival_text(letter, sealed.kind, settings.INBOX_LINK)
        enqueue_mail(f"arrival:{letter_id}:{key_of(address)}", address, subject, text, at=at)
    close(receipt_key(letter_id), at=at)


def _tell_sender(letter: Letter, sealed: SealedReceipt, at: datetime) -> None:
    """An institution sees at its desk that its letter arrived; a mail for each would bury it."""
    if letter.sender.kind == PartyKind.INSTITUTION:
        return
    link = settings.LETTER_LINK.format(letter=letter.id)
    subject, text = receipt_text(letter, sealed.kind, sealed.receipt_no, link)
    enqueue_mail(f"receipt:{letter.id}", letter.author.email, subject, text, at=at)
