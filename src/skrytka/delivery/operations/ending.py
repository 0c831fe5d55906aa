"""The end that a party brings about: of any number of callers one does, the others are told why.

Two tabs, a proxy beside the party, a click that comes again: the row of the delivery is the gate.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from skrytka.core.delivery import Act, DeliveryFault, DeliveryState, Standing, advance
from skrytka.core.signatures.verdict import ValidationReport
from skrytka.delivery.models import ENDED, Delivery, Notice, NoticeState
from skrytka.delivery.operations.notices import notice_key
from skrytka.delivery.operations.states import fields_of, state_of
from skrytka.ledger.operations import close

RELATED = ("letter__institution", "letter__box")


class CollectFault(StrEnum):
    """Why the delivery was not ended. S-… are the codes of the error catalogue.

    COLLECTED, REFUSED, DEEMED: it has ended, and so. LAPSED: it is deemed delivered by law and only
    the sealed UPD is still to come.
    """

    COLLECTED = "COLLECTED"
    REFUSED = "REFUSED"
    DEEMED = "DEEMED"
    LAPSED = "LAPSED"
    FACTOR = "FACTOR"
    NO_PROFILE = "NO_PROFILE"
    UNAVAILABLE = "S-OFF"
    NOT_ISSUED = "NOT_ISSUED"
    ANOTHER_DAY = "ANOTHER_DAY"
    NOT_SIGNED = "NOT_SIGNED"
    NOT_INSIDE = "NOT_INSIDE"
    BAD = "S-BAD"
    OTHER_CONTENT = "OTHER_CONTENT"
    CERTIFICATE_EXPIRED = "S-CERT"
    NOT_A_PERSON = "NOT_A_PERSON"
    ANOTHER_PERSON = "S-WHO"
    TOO_LARGE = "TOO_LARGE"


ENDS = {
    Standing.COLLECTED: CollectFault.COLLECTED,
    Standing.REFUSED: CollectFault.REFUSED,
    Standing.DEEMED: CollectFault.DEEMED,
}


class CannotCollect(Exception):
    """The delivery stays as it was; `report` says what the verifier saw, where it was asked."""

    def __init__(self, reason: CollectFault, report: ValidationReport | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.report = report


def open_delivery(letter_id: UUID, act: Act, at: datetime) -> Delivery:
    """This will return the delivery while the act still ends it. Raises CannotCollect.

    For what has to be made before the transaction: nothing is signed for a letter that is deemed
    delivered by law already.
    """
    row = Delivery.objects.select_related(*RELATED).get(pk=letter_id)
    _after(row, act, at)
    return row


def end_delivery(letter_id: UUID, act: Act, *, user_id: int, at: datetime) -> Delivery:
    """This will end the delivery by the act, in the caller's transaction. Raises CannotCollect.

    A notice that is still on its way out is no longer needed.
    """
    rows = Delivery.objects.select_related(*RELATED).select_for_update(of=("self",))
    row = rows.get(pk=letter_id)
    after = _after(row, act, at)
    ended = Delivery.objects.filter(pk=letter_id).exclude(standing__in=ENDED)
    if not ended.update(**fields_of(after), ended_by=user_id):
        raise CannotCollect(CollectFault.COLLECTED)
    _close_notices(letter_id, at)
    return row


def _after(row: Delivery, act: Act, at: datetime) -> DeliveryState:
    before = state_of(row)
    after = advance(before, act, at)
    if isinstance(after, DeliveryFault):
        raise CannotCollect(ENDS.get(before.standing, CollectFault.LAPSED))
    return after


def _close_notices(letter_id: UUID, at: datetime) -> None:
    due = Notice.objects.filter(delivery=letter_id, state=NoticeState.DUE)
    for notice_id in list(due.values_list("id", flat=True)):
        close(notice_key(notice_id), at=at)
    due.update(state=NoticeState.NOT_NEEDED)
