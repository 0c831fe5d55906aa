"""Notices: written with their cause, sent by the outbox, each outcome on record with its instant.

KPA art. 46 in the wording of 2014, section 4: what a notice says; section 5: it is repeated;
section 7: it may be made and sent by the system itself. A notice that did not reach the party stops
the way to the fiction of delivery, and those who sent the letter are told.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from skrytka.core.delivery import (
    DeliveryFault,
    Loss,
    NoticeLost,
    NoticeRound,
    NoticeSent,
    advance,
)
from skrytka.delivery.models import Delivery, Notice, NoticeState
from skrytka.delivery.operations.alarms import tell_stopped
from skrytka.delivery.operations.notice_mails import copies_of_notice, notice_mail
from skrytka.delivery.operations.states import fields_of, state_of
from skrytka.delivery.queries.recipients import Recipient, recipients_of
from skrytka.gateways.installed import installed
from skrytka.gateways.mail import MailNotSentError, MailRefusedError, message_id
from skrytka.ledger.operations import (
    Actor,
    Effect,
    EventKind,
    Subject,
    enqueue,
    record_event,
)
from skrytka.ledger.operations.events import SYSTEM
from skrytka.ledger.operations.outbox import last_attempt

NOBODY = "nikt nie reprezentuje adresata"
LONGEST_ERROR = 300
EVENTS = {Loss.FAILED: EventKind.NOTICE_FAILED, Loss.BOUNCED: EventKind.NOTICE_BOUNCED}
STATES = {Loss.FAILED: NoticeState.FAILED, Loss.BOUNCED: NoticeState.BOUNCED}


class BounceFault(StrEnum):
    """Why a report of a bounced mail changed nothing."""

    NOT_A_NOTICE = "NOT_A_NOTICE"
    NOT_SENT = "NOT_SENT"


class CannotNoteBounce(Exception):
    def __init__(self, reason: BounceFault) -> None:
        super().__init__(reason)
        self.reason = reason


def enqueue_notice(delivery: Delivery, which: NoticeRound, *, at: datetime) -> None:
    """This will write the notice and have it sent, in the caller's transaction.

    Where nobody can be told, the notice is lost at once.
    """
    recipients = recipients_of(delivery.party_id, at=at)
    notice = _notice(delivery, which, recipients[0] if recipients else None, at)
    notice.save(force_insert=True)
    if not recipients:
        _lose(notice, Loss.FAILED, NOBODY, SYSTEM, at)
        return
    enqueue(Effect.SEND_NOTICE, notice_key(notice.id), {"notice": str(notice.id)}, at=at)


def notice_key(notice_id: UUID) -> str:
    """This will return the key of a notice's effect and mail."""
    return f"notice:{notice_id}"


def _notice(delivery: Delivery, which: NoticeRound, to: Recipient | None, at: datetime) -> Notice:
    notice = Notice(
        delivery=delivery,
        attempt=delivery.attempt,
        round=which,
        address=to.email if to else "",
        created_at=at,
    )
    notice.message_id = message_id(notice_key(notice.id))
    return notice


def send_notice(
    notice_id: UUID, tries: int, *, at: datetime, then: Callable[[], datetime] | None = None
) -> None:
    """This will send one notice and put its outcome on record; sent or lost, it is not sent again.

    It is sent at the instant the mail server has taken it, which `then` tells (`at` without it):
    handed over after midnight it starts the term a day later. Raises what kept the mail while
    another try is worth it; the last time it is given up, whatever the reason. An address refused
    for good is not tried again.
    """
    notice = Notice.objects.select_related("delivery__letter__institution").get(id=notice_id)
    if notice.state != NoticeState.DUE:
        return
    if not _is_needed(notice, at):
        Notice.objects.filter(id=notice_id).update(state=NoticeState.NOT_NEEDED)
        return
    try:
        _require_mail()
        installed().mailer.send(notice_mail(notice, notice_key(notice_id), at=at))
    except MailRefusedError as refusal:
        _lost(notice_id, Loss.BOUNCED, str(refusal), SYSTEM, at)
    except Exception as error:
        _note_try(notice_id, tries, error)
        if tries < last_attempt(Effect.SEND_NOTICE):
            raise
        _lost(notice_id, Loss.FAILED, f"{type(error).__name__}: {error}", SYSTEM, at)
    else:
        _sent(notice_id, tries, then() if then else at)


def _require_mail() -> None:
    """A notice that only lands in a folder of this machine has told nobody."""
    if not installed().mailer.reaches_people:
        raise MailNotSentError("poczta trafia tylko do folderu: ustaw SKRYTKA_MAIL_URL")


def _is_needed(notice: Notice, at: datetime) -> bool:
    """Not once the delivery has ended or stopped, nor a reminder of a term that is over."""
    state = state_of(notice.delivery)
    if state.has_ended or state.stop is not None or notice.attempt != state.attempt:
        return False
    is_over = state.lapses_at is not None and at >= state.lapses_at
    return notice.round == NoticeRound.FIRST or not is_over


def note_bounce(mail_id: str, why: str, *, at: datetime) -> bool:
    """This will take in that a notice came back; `mail_id` is the Message-ID of its mail.

    Returns whether the delivery stands still now; one that has ended stays as it ended.

    Raises CannotNoteBounce when no notice went out by that id. Told twice it changes nothing.
    """
    notice = Notice.objects.filter(message_id=mail_id).first()
    if notice is None:
        raise CannotNoteBounce(BounceFault.NOT_A_NOTICE)
    _bounced(notice, why, SYSTEM, at)
    delivery = Delivery.objects.get(pk=notice.delivery_id)
    return state_of(delivery).stop is not None


def report_bounce(notice_id: UUID, *, actor: Actor, at: datetime) -> None:
    """This will take in a clerk's word that the mail of a notice came back."""
    notice = Notice.objects.filter(id=notice_id).first()
    if notice is None:
        raise CannotNoteBounce(BounceFault.NOT_A_NOTICE)
    _bounced(notice, "zgłoszone przez kancelarię", actor, at)


def _bounced(notice: Notice, why: str, actor: Actor, at: datetime) -> None:
    if notice.state == NoticeState.BOUNCED:
        return
    if notice.state != NoticeState.SENT:
        raise CannotNoteBounce(BounceFault.NOT_SENT)
    _lost(notice.id, Loss.BOUNCED, why, actor, at)


def _note_try(notice_id: UUID, tries: int, error: Exception) -> None:
    Notice.objects.filter(id=notice_id).update(tries=tries, error=str(error)[:LONGEST_ERROR])


def _sent(notice_id: UUID, tries: int, at: datetime) -> None:
    with transaction.atomic():
        notice, delivery = _locked(notice_id)
        # It went out, even if the letter was collected in that very moment.
        unsent = [NoticeState.DUE, NoticeState.NOT_NEEDED]
        sent = Notice.objects.filter(id=notice_id, state__in=unsent).update(
            state=NoticeState.SENT, sent_at=at, tries=tries, error=""
        )
        if not sent:
            return
        _record(EventKind.NOTICE_SENT, notice, delivery, SYSTEM, at)
        if notice.attempt != delivery.attempt:
            return
        after = advance(state_of(delivery), NoticeSent(NoticeRound(notice.round)), at)
        if isinstance(after, DeliveryFault):
            return
        Delivery.objects.filter(pk=delivery.pk).update(**fields_of(after))
        copies_of_notice(notice, recipients_of(delivery.party_id, at=at)[1:], at=at)
        if after.stop is not None:
            tell_stopped(delivery.pk, after.attempt, after.stop, at=at)


def _lost(notice_id: UUID, loss: Loss, why: str, actor: Actor, at: datetime) -> None:
    with transaction.atomic():
        notice, _delivery = _locked(notice_id)
        # A sending that fails beside one that went well loses nothing; only a bounce does.
        if loss is Loss.BOUNCED or notice.state == NoticeState.DUE:
            _lose(notice, loss, why, actor, at)


def _lose(notice: Notice, loss: Loss, why: str, actor: Actor, at: datetime) -> None:
    """Put the loss on record, and stop the clock if the delivery still runs by that notice."""
    delivery = notice.delivery
    Notice.objects.filter(id=notice.id).update(
        state=STATES[loss], lost_at=at, error=why[:LONGEST_ERROR]
    )
    _record(EVENTS[loss], notice, delivery, actor, at)
    before = state_of(delivery)
    if notice.attempt != before.attempt:
        return
    after = advance(before, NoticeLost(NoticeRound(notice.round), loss), at)
    if isinstance(after, DeliveryFault) or after == before or after.stop is None:
        return
    Delivery.objects.filter(pk=delivery.pk).update(**fields_of(after))
    record_event(
        EventKind.DELIVERY_STOPPED,
        Subject("OUTGOING", str(delivery.pk)),
        at=at,
        institution_id=delivery.institution_id,
        data={"cause": after.stop},
    )
    tell_stopped(delivery.pk, after.attempt, after.stop, at=at)


def _locked(notice_id: UUID) -> tuple[Notice, Delivery]:
    """The delivery's row is the gate: whatever happens to it happens one after the other."""
    notice = Notice.objects.get(id=notice_id)
    delivery = Delivery.objects.select_for_update().get(pk=notice.delivery_id)
    notice.delivery = delivery
    return notice, delivery


def _record(
    kind: EventKind, notice: Notice, delivery: Delivery, actor: Actor, at: datetime
) -> None:
    record_event(
        kind,
        Subject("OUTGOING", str(delivery.pk)),
        at=at,
        actor=actor,
        institution_id=delivery.institution_id,
        data={"round": notice.round, "attempt": notice.attempt},
    )
