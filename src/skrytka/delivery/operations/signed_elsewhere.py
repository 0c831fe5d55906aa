"""An UPD that a person signed elsewhere: is it the one given out today, signed by that person?"""

from datetime import datetime

from skrytka.accounts.queries import confirmed_profile_of
from skrytka.core.calendar import civil_date
from skrytka.core.receipts import ReceiptUnreadable, read_upd
from skrytka.core.signatures.verdict import SignatureVerdict
from skrytka.delivery.operations.ending import CannotCollect, CollectFault
from skrytka.evidence.operations import CannotTakeUpd, UpdFault, check_upd_signed_elsewhere

FAULTS = {
    UpdFault.NOT_SIGNED: CollectFault.NOT_SIGNED,
    UpdFault.NOT_INSIDE: CollectFault.NOT_INSIDE,
    UpdFault.BROKEN: CollectFault.BAD,
    UpdFault.OTHER_CONTENT: CollectFault.OTHER_CONTENT,
    UpdFault.CERTIFICATE_EXPIRED: CollectFault.CERTIFICATE_EXPIRED,
    UpdFault.NOT_A_PERSON: CollectFault.NOT_A_PERSON,
    UpdFault.TOO_LARGE: CollectFault.TOO_LARGE,
}


def require_signed(upd: bytes, signed: bytes, *, user_id: int, at: datetime) -> None:
    """This will raise CannotCollect unless that UPD holds the person's own signature."""
    try:
        check = check_upd_signed_elsewhere(upd, signed, at=at)
    except CannotTakeUpd as refusal:
        fault = FAULTS[refusal.reason]
        if fault is CollectFault.OTHER_CONTENT and _is_of_another_day(signed, at):
            fault = CollectFault.ANOTHER_DAY
        raise CannotCollect(fault, refusal.report) from refusal
    _require_own(check.signer, user_id, at)


def _is_of_another_day(signed: bytes, at: datetime) -> bool:
    """The day that a file states is taken from it for the words of the refusal only."""
    try:
        return civil_date(read_upd(signed).received_at) != civil_date(at)
    except ReceiptUnreadable:
        return False


def _require_own(signer: SignatureVerdict | None, user_id: int, at: datetime) -> None:
    """A person with a confirmed profile signs with a certificate of their own, never another's."""
    profile = confirmed_profile_of(user_id, at)
    named = signer.signer.pesel if signer and signer.signer else None
    if profile is not None and profile.pesel and named and named != profile.pesel:
        raise CannotCollect(CollectFault.ANOTHER_PERSON)
