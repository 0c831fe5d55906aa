"""One letter that went out, with everything the desk has to know of its delivery."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from skrytka.core.calendar import civil_date
from skrytka.core.delivery import (
    POLICIES,
    ClockStart,
    DeliveryDates,
    DeliveryPolicy,
    DeliveryState,
    NoticeRound,
    StopCause,
    delivery_dates,
    is_lapsed,
)
from skrytka.core.signatures.verdict import SignatureVerdict
from skrytka.delivery.models import (
    Delivery,
    Notice,
    NoticeState,
    OutgoingLetter,
    OutgoingSigning,
    UpdSignatures,
)
from skrytka.delivery.operations.states import state_of
from skrytka.delivery.queries.delivered_on import day_of_delivery
from skrytka.delivery.queries.opened import sent_document, sent_files
from skrytka.delivery.queries.tracking import Tracked, delivery_or_none, tracked
from skrytka.delivery.queries.unreached import Unreached, unreached_among
from skrytka.evidence.queries import (
    StoredReceipt,
    StoredReport,
    check_public_receipt,
    receipt_of,
    signature_report_of,
)
from skrytka.ledger.queries import events_of
from skrytka.letters.models import RegisterEntry
from skrytka.letters.queries.desk import NamedEvent, names_of
from skrytka.letters.queries.letters import SentFile

RELATED = ("delivery__ended_by", "author", "signed_by", "released_by", "in_reply_to")


@dataclass(frozen=True)
class NoticeView:
    """One notice to one address, as it went or did not go."""

    id: UUID
    attempt: int
    round: NoticeRound
    address: str
    state: NoticeState
    written_at: datetime
    tries: int
    sent_at: datetime | None
    lost_at: datetime | None
    error: str


@dataclass(frozen=True)
class SentReceipt:
    """The UPD, or the UPP of a letter to an institution; who signed is read from its own bytes.

    `person` is whoever collected the letter; empty where the system alone made the receipt.
    `is_certain`: the public check knows who issued the certificate; else the name is its word only.
    """

    receipt_no: str
    sealed_at: datetime
    size: int
    person: str
    seal: str
    is_certain: bool


@dataclass(frozen=True)
class Way:
    """How far the delivery to a party has come: what the machine holds, and what follows in law."""

    policy: DeliveryPolicy
    attempt: int
    upd_no: str
    upd_signatures: UpdSignatures
    started_at: datetime | None
    first_notice_at: datetime | None
    repeat_notice_at: datetime | None
    stop: StopCause | None
    dates: DeliveryDates | None
    is_lapsed: bool
    delivered_on: date | None
    ended_at: datetime | None
    ended_by: str
    opened_at: datetime | None
    notices: tuple[NoticeView, ...]

    @property
    def last_notices(self) -> tuple[NoticeView, ...]:
        """Those of the term that runs now."""
        return tuple(one for one in self.notices if one.attempt == self.attempt)


@dataclass(frozen=True)
class Answered:
    """The letter that this one answers."""

    id: UUID
    title: str
    register_no: str


@dataclass(frozen=True)
class SentLetter:
    """Everything of the page of a letter that went out. `way` None: it went to an institution."""

    id: UUID
    institution_id: int
    box_address: str
    title: str
    case_mark: str
    document_no: str
    addressee_name: str
    addressee_address: str
    author_name: str
    signed_by: str
    released_by: str
    signing_mode: OutgoingSigning
    report: StoredReport | None
    sent_at: datetime
    document: SentFile
    files: tuple[SentFile, ...]
    answered: Answered | None
    standing: Tracked
    way: Way | None
    receipt: SentReceipt | None
    unreached: Unreached | None
    events: tuple[NamedEvent, ...]


def sent_letter(letter_id: UUID, *, at: datetime) -> SentLetter:
    """This will return a letter that went out. Raises OutgoingLetter.DoesNotExist."""
    letter = OutgoingLetter.objects.select_related(*RELATED).get(id=letter_id)
    delivery = delivery_or_none(letter)
    return SentLetter(
        id=letter.id,
        institution_id=letter.institution_id,
        box_address=letter.box_address,
        title=letter.title,
        case_mark=letter.case_mark,
        document_no=letter.document_no,
        addressee_name=letter.addressee_name,
        addressee_address=letter.addressee_address,
        author_name=str(letter.author),
        signed_by=str(letter.signed_by) if letter.signed_by else "",
        released_by=str(letter.released_by) if letter.released_by else "",
        signing_mode=OutgoingSigning(letter.signing_mode),
        report=signature_report_of(letter.id),
        sent_at=letter.dispatched_at,
        document=sent_document(letter),
        files=sent_files(letter),
        answered=_answered(letter),
        standing=tracked(letter),
        way=_way(delivery, at) if delivery else None,
        receipt=_receipt(receipt_of(receipt_holder(letter)), at),
        unreached=unreached_among([letter.id], at=at).get(letter.id),
        events=_events(letter.id),
    )


def sent_receipt_xml(letter_id: UUID) -> StoredReceipt | None:
    """This will return the UPD, or the UPP of a letter to an institution; None while it is made."""
    letter = OutgoingLetter.objects.only("received_as").get(id=letter_id)
    return receipt_of(receipt_holder(letter))


def receipt_holder(letter: OutgoingLetter) -> UUID:
    """This will return the id under which the receipt stands: the received letter has its own."""
    return letter.received_as_id or letter.id


def institution_of_notice(notice_id: UUID) -> int | None:
    """This will tell which institution's notice it is."""
    rows = Notice.objects.filter(id=notice_id)
    return rows.values_list("delivery__institution_id", flat=True).first()


def letter_of_notice(notice_id: UUID) -> UUID:
    """This will return the letter that a notice told of."""
    return Notice.objects.values_list("delivery_id", flat=True).get(id=notice_id)


def replay(letter_id: UUID, policy_id: str) -> DeliveryDates | None:
    """This will tell which dates another policy would have given the same delivery.

    Nothing is changed. None while the event has not happened that starts the term under that
    policy. Raises KeyError for an unknown policy, Delivery.DoesNotExist without a delivery.
    """
    return replayed(state_of(Delivery.objects.get(pk=letter_id)), _arrival(letter_id), policy_id)


def replays(letter_id: UUID) -> Mapping[str, DeliveryDates | None]:
    """This will replay a delivery under every policy known here."""
    state, arrived_at = state_of(Delivery.objects.get(pk=letter_id)), _arrival(letter_id)
    return {policy_id: replayed(state, arrived_at, policy_id) for policy_id in POLICIES}


def replayed(state: DeliveryState, arrived_at: datetime, policy_id: str) -> DeliveryDates | None:
    """This will compute the dates of a state under another policy, from that policy's own start."""
    policy = POLICIES[policy_id]
    if policy.start is ClockStart.FIRST_NOTICE_SENT:
        started_at = state.first_notice_at
    elif state.policy.start is ClockStart.FIRST_NOTICE_SENT:
        started_at = arrived_at
    else:
        started_at = state.started_at
    return None if started_at is None else delivery_dates(policy, civil_date(started_at))


def _arrival(letter_id: UUID) -> datetime:
    return Delivery.objects.values_list("dispatched_at", flat=True).get(pk=letter_id)


def _way(row: Delivery, at: datetime) -> Way:
    state = state_of(row)
    return Way(
        policy=state.policy,
        attempt=state.attempt,
        upd_no=row.upd_no,
        upd_signatures=UpdSignatures(row.upd_signatures),
        started_at=state.started_at,
        first_notice_at=state.first_notice_at,
        repeat_notice_at=state.repeat_notice_at,
        stop=state.stop,
        dates=state.dates,
        is_lapsed=not state.has_ended and is_lapsed(state, at),
        delivered_on=day_of_delivery(state),
        ended_at=state.ended_at,
        ended_by=str(row.ended_by) if row.ended_by else "",
        opened_at=row.opened_at,
        notices=tuple(map(_notice, row.notices.order_by("created_at", "id"))),
    )


def _notice(row: Notice) -> NoticeView:
    return NoticeView(
        id=row.id,
        attempt=row.attempt,
        round=NoticeRound(row.round),
        address=row.address,
        state=NoticeState(row.state),
        written_at=row.created_at,
        tries=row.tries,
        sent_at=row.sent_at,
        lost_at=row.lost_at,
        error=row.error,
    )


def _receipt(receipt: StoredReceipt | None, at: datetime) -> SentReceipt | None:
    if receipt is None:
        return None
    check = check_public_receipt(receipt.xml, {}, at=at)
    return SentReceipt(
        receipt_no=receipt.receipt_no,
        sealed_at=receipt.sealed_at,
        size=receipt.size,
        person=_name(check.signer),
        seal=_name(check.seal),
        is_certain=check.valid,
    )


def _name(verdict: SignatureVerdict | None) -> str:
    if verdict is None or verdict.signer is None:
        return ""
    return verdict.signer.name or verdict.signer.organisation or ""


def _answered(letter: OutgoingLetter) -> Answered | None:
    answered = letter.in_reply_to
    if answered is None:
        return None
    entry = RegisterEntry.objects.filter(letter=answered.id).first()
    return Answered(answered.id, answered.title, entry.register_no if entry else "")


def _events(letter_id: UUID) -> tuple[NamedEvent, ...]:
    events = events_of("OUTGOING", str(letter_id))
    names = names_of({event.actor_id for event in events})
    return tuple(
        NamedEvent(event.at, event.kind, names.get(event.actor_id, ""), event.data, "")
        for event in events
    )
