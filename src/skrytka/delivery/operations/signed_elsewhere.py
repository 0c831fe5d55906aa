"""An UPD that a person signed elsewhere: is it the one given out today, signed by that person?"""

import re
from datetime import datetime

from skrytka.accounts.models import User
from skrytka.accounts.queries import confirmed_profile_of
from skrytka.core.calendar import civil_date
from skrytka.core.receipts import ReceiptUnreadable, read_upd
from skrytka.core.signatures.verdict import SignatureVerdict, Signer
from skrytka.delivery.operations.ending import CannotCollect, CollectFault
from skrytka.evidence.operations import CannotTakeUpd, UpdFault, check_upd_signed_elsewhere

_BETWEEN = re.compile(r"[\s-]+")
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
    """This will raise CannotCollect unless that UPD holds the person's own signature.

    CannotDecode where the verifier came to no end.
    """
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
    """A person signs with a certificate of their own: by its PESEL, else by the name it bears."""
    if signer is None or signer.signer is None:
        return
    profile, named = confirmed_profile_of(user_id, at), signer.signer
    if profile is not None and profile.pesel and named.pesel:
        is_own = named.pesel == profile.pesel
    else:
        is_own = _is_name_of(user_id, named)
    if not is_own:
        raise CannotCollect(CollectFault.ANOTHER_PERSON)


def _is_name_of(user_id: int, named: Signer) -> bool:
    """One part of each name is enough; a certificate that leaves a name out names nobody else."""
    user = User.objects.get(id=user_id)
    pairs = ((named.given_name, user.given_name), (named.surname, user.family_name))
    return all(not said or not own or _parts(said) & _parts(own) for said, own in pairs)


def _parts(name: str) -> set[str]:
    return set(_BETWEEN.split(name.casefold().strip()))
