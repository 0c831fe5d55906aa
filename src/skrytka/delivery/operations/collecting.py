"""Collecting a letter: the party signs the UPD, and the content opens.

KPA art. 46 section 1: who collects confirms it by a signature with the date of delivery. The person
is the party itself, who represents it, or its proxy. The UPD, the end of the delivery and the mails
that tell of it are one transaction: there is exactly one UPD for a letter.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from skrytka.accounts.models import Party
from skrytka.accounts.operations.second_factor import FactorConfirmation
from skrytka.accounts.queries import confirmed_profile_of
from skrytka.core.calendar import civil_date, whole_milliseconds
from skrytka.core.delivery import Act
from skrytka.core.signatures.people import ClaimedPerson
from skrytka.delivery.models import Delivery, IssuedUpd, UpdSignatures
from skrytka.delivery.operations.end_mails import tell_collected
from skrytka.delivery.operations.ending import (
    CannotCollect,
    CollectFault,
    end_delivery,
    open_delivery,
)
from skrytka.delivery.operations.signed_elsewhere import require_signed
from skrytka.delivery.operations.upd_facts import collected_facts
from skrytka.evidence.delivery_facts import DeliveryFacts
from skrytka.evidence.operations import (
    CannotSeal,
    sign_upd_for_person,
    store_signed_upd,
    upd_to_sign,
)
from skrytka.gateways.installed import blobs_of
from skrytka.ledger.operations import Actor, EventKind, Subject, record_event


def collecting_purpose(letter_id: UUID, upd_no: str) -> str:
    """This will name what a second factor confirms: the UPD of this delivery, nothing else."""
    return f"collect:{letter_id}:{upd_no}"


@dataclass(frozen=True)
class _SignedUpd:
    facts: DeliveryFacts
    xml: bytes
    signature: str


def collect_trusted(
    letter_id: UUID, confirmation: FactorConfirmation, *, actor: Actor, at: datetime
) -> None:
    """This will collect the letter under a trusted signature of the person who confirmed.

    The person needs a confirmed profile in force and a second factor confirmed for this very UPD
    (rozporządzenie MC 29.06.2020 § 17). Raises CannotCollect.
    """
    at = whole_milliseconds(at)
    row = open_delivery(letter_id, Act.COLLECT, at)
    if confirmation.purpose != collecting_purpose(letter_id, row.upd_no):
        raise CannotCollect(CollectFault.FACTOR)
    person = _person(confirmation.user_id, at)
    facts = collected_facts(row, at)
    try:
        signed = sign_upd_for_person(_unsigned(row, facts, at), person, at=at)
    except CannotSeal as fault:
        raise CannotCollect(CollectFault.UNAVAILABLE) from fault
    upd = _SignedUpd(facts, signed, "TRUSTED")
    _collect(letter_id, upd, user_id=confirmation.user_id, actor=actor, at=at)


def issue_upd(letter_id: UUID, user_id: int, *, at: datetime) -> bytes:
    """This will give out the UPD for signing elsewhere; the day that it bears is the day it is.

    Asked again on the same day in Warsaw it gives the same bytes, on another day a new one. Raises
    CannotCollect.
    """
    at = whole_milliseconds(at)
    row = open_delivery(letter_id, Act.COLLECT, at)
    issued = IssuedUpd.objects.filter(delivery=letter_id, user=user_id).first()
    if issued is not None and civil_date(issued.issued_at) == civil_date(at):
        return blobs_of(row.institution_id).read(issued.sha256)
    try:
        upd = _unsigned(row, collected_facts(row, at), at)
    except CannotSeal as fault:
        raise CannotCollect(CollectFault.UNAVAILABLE) from fault
    kept = {"sha256": blobs_of(row.institution_id).put(upd).sha256, "issued_at": at}
    IssuedUpd.objects.update_or_create(kept, delivery_id=letter_id, user_id=user_id)
    return upd


def collect_with_file(
    letter_id: UUID, data: bytes, *, user_id: int, actor: Actor, at: datetime
) -> None:
    """This will take the UPD back signed elsewhere, and collect the letter with it.

    It must be the one given out to this person today, unchanged: the day of delivery is the day of
    the signature (KPA art. 46 section 1). Raises CannotCollect with what the verifier saw,
    CannotDecode where it came to no end.
    """
    at = whole_milliseconds(at)
    row = open_delivery(letter_id, Act.COLLECT, at)
    issued = IssuedUpd.objects.filter(delivery=letter_id, user=user_id).first()
    if issued is None:
        raise CannotCollect(CollectFault.NOT_ISSUED)
    if civil_date(issued.issued_at) != civil_date(at):
        raise CannotCollect(CollectFault.ANOTHER_DAY)
    upd = blobs_of(row.institution_id).read(issued.sha256)
    require_signed(upd, data, user_id=user_id, at=at)
    facts = collected_facts(row, issued.issued_at)
    _collect(letter_id, _SignedUpd(facts, data, "FILE"), user_id=user_id, actor=actor, at=at)


def _unsigned(row: Delivery, facts: DeliveryFacts, at: datetime) -> bytes:
    with_office = row.upd_signatures == UpdSignatures.OFFICE_AND_PARTY
    return upd_to_sign(facts, with_office=with_office, at=at)


def _person(user_id: int, at: datetime) -> ClaimedPerson:
    """Who signs: by the confirmed profile, with the account it belongs to."""
    profile = confirmed_profile_of(user_id, at)
    account = Party.objects.filter(user=user_id).values_list("box_entity", flat=True).first()
    if profile is None or account is None:
        raise CannotCollect(CollectFault.NO_PROFILE)
    return ClaimedPerson(profile.given_name, profile.family_name, profile.pesel, account)


def _collect(letter_id: UUID, upd: _SignedUpd, *, user_id: int, actor: Actor, at: datetime) -> None:
    with transaction.atomic():
        row = end_delivery(letter_id, Act.COLLECT, user_id=user_id, at=at)
        store_signed_upd(letter_id, row.institution_id, upd.facts, upd.xml, at=at)
        record_event(
            EventKind.DELIVERY_COLLECTED,
            Subject("OUTGOING", str(letter_id)),
            at=at,
            actor=actor,
            institution_id=row.institution_id,
            data={"upd_no": row.upd_no, "signature": upd.signature},
        )
        tell_collected(row, at=at)
