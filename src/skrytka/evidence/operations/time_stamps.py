"""Time-stamps of receipts: asked for with the receipt, added when they come.

A receipt is sealed and shown at once; that an authority of time does not answer holds up nothing
and nobody. What was sealed is never written over: the token stands in a row of its own and is put
into the seal wherever the receipt is handed out (XAdES-B-B becomes B-T).
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from skrytka.core.signatures.stamping import CannotStamp, value_to_stamp
from skrytka.evidence.models import Receipt, ReceiptTimestamp
from skrytka.gateways.installed import installed
from skrytka.gateways.turns import TURNS
from skrytka.ledger.operations import Effect, enqueue
from skrytka.ledger.statements import append_once

# Receipts and notices that are due go first.
A_WHILE = timedelta(minutes=1)
log = logging.getLogger("skrytka.evidence")


def ask_for_time_stamps(letter_ids: Sequence[UUID], *, at: datetime) -> None:
    """This will ask for a time-stamp of each receipt, in the transaction that stores them."""
    if letter_ids and installed().time_stamper.is_configured:
        payload = {"letters": ",".join(map(str, letter_ids))}
        enqueue(Effect.STAMP_RECEIPTS, f"stamps:{letter_ids[0]}", payload, at=at, wait=A_WHILE)


def stamp_receipt(letter_id: UUID, *, at: datetime) -> None:
    """This will have the receipt of a letter stamped; called again it changes nothing.

    Raises NoTimestampError. A receipt whose last signature is not by our template, as one that an
    addressee signed with another program, is left as it is.
    """
    receipt = Receipt.objects.get(letter_id=letter_id)
    if ReceiptTimestamp.objects.filter(receipt=receipt).exists():
        return
    try:
        value = value_to_stamp(bytes(receipt.xml))
    except CannotStamp:
        log.info("receipt_not_stamped letter=%s", letter_id)
        return
    with TURNS.aside():
        token = installed().time_stamper.stamp(value, at=at)
    append_once(
        ReceiptTimestamp(
            receipt=receipt,
            token=token.der,
            time=token.time,
            authority=token.address,
            stamped_at=at,
        )
    )
