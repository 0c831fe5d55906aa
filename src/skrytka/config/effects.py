"""Which operation brings about which effect of the outbox."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from skrytka.config.clock import now
from skrytka.delivery.operations.deemed_mails import tell_deemed
from skrytka.delivery.operations.merging import send_merged
from skrytka.delivery.operations.notices import send_notice
from skrytka.delivery.operations.refusing import finish_upd
from skrytka.evidence.operations import stamp_receipt
from skrytka.gateways.turns import TURNS
from skrytka.ledger.operations import (
    Actor,
    Effect,
    Lane,
    OutboxItem,
    claim_due,
    mark_done,
    mark_failed,
)
from skrytka.ledger.operations.mails import send_mail
from skrytka.letters.operations.attachments import rescreen_attachment
from skrytka.letters.operations.intake import finish_intake
from skrytka.letters.operations.judging import judge_files
from skrytka.letters.operations.receipts import finish_receipt
from skrytka.letters.operations.taking_in import take_in_file

log = logging.getLogger("skrytka.outbox")

Handler = Callable[[OutboxItem, datetime], None]


def _finish_intake(item: OutboxItem, at: datetime) -> None:
    finish_intake(UUID(item.payload["letter"]), at=at)


def _seal_receipt(item: OutboxItem, at: datetime) -> None:
    finish_receipt(UUID(item.payload["letter"]), at=at)


def _screen_attachment(item: OutboxItem, at: datetime) -> None:
    rescreen_attachment(UUID(item.payload["attachment"]), at=at)


def _take_in_file(item: OutboxItem, at: datetime) -> None:
    take_in_file(UUID(item.payload["transfer"]), at=at)


def _send_notice(item: OutboxItem, at: datetime) -> None:
    send_notice(UUID(item.payload["notice"]), item.attempts, at=at, then=now)


def _seal_upd(item: OutboxItem, at: datetime) -> None:
    finish_upd(UUID(item.payload["letter"]), at=at)


def _tell_deemed(item: OutboxItem, at: datetime) -> None:
    for letter_id in item.payload["letters"].split(","):
        tell_deemed(UUID(letter_id), at=at)


def _send_outgoing(item: OutboxItem, at: datetime) -> None:
    send_merged(UUID(item.payload["draft"]), actor=Actor(item.payload["actor"]), at=at)


def _judge_files(item: OutboxItem, at: datetime) -> None:
    judge_files(UUID(item.payload["letter"]), item.key, item.payload.get("asked_by", ""), at=at)


def _stamp_receipts(item: OutboxItem, at: datetime) -> None:
    for letter_id in item.payload["letters"].split(","):
        stamp_receipt(UUID(letter_id), at=at)


HANDLERS: Mapping[Effect, Handler] = {
    Effect.MAIL: send_mail,
    Effect.FINISH_INTAKE: _finish_intake,
    Effect.SEAL_RECEIPT: _seal_receipt,
    Effect.SCREEN_ATTACHMENT: _screen_attachment,
    Effect.TAKE_IN_FILE: _take_in_file,
    Effect.SEND_NOTICE: _send_notice,
    Effect.SEAL_UPD: _seal_upd,
    Effect.TELL_DEEMED: _tell_deemed,
    Effect.SEND_OUTGOING: _send_outgoing,
    Effect.JUDGE_FILES: _judge_files,
    Effect.STAMP_RECEIPTS: _stamp_receipts,
}


def drain(worker: str, *, limit: int = 50, lane: Lane = Lane.USUAL) -> int:
    """This will bring about one batch of due effects and return how many were claimed."""
    items = claim_due(worker, at=now(), limit=limit, lane=lane)
    for item in items:
        _bring_about(item)
    return len(items)


def _bring_about(item: OutboxItem) -> None:
    try:
        with TURNS.taken():
            HANDLERS[item.effect](item, now())
    except Exception as error:  # noqa: BLE001 - whatever failed is kept, shown and tried again
        log.warning("effect_failed key=%s attempts=%d", item.key, item.attempts)
        mark_failed(item, f"{type(error).__name__}: {error}", at=now())
    else:
        mark_done(item, at=now())
