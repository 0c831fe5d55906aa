"""What an UPD says of a delivery, collected from the record."""

from datetime import UTC, datetime, time

from skrytka.core.calendar import WARSAW, xml_datetime
from skrytka.core.delivery import DeemedDay, DeliveryDates, DeliveryState
from skrytka.core.receipts import DeliveryWay
from skrytka.delivery.models import Delivery, OutgoingLetterFile
from skrytka.delivery.operations.states import state_of
from skrytka.evidence.delivery_facts import DeliveryFacts
from skrytka.evidence.facts import ReceiptLine

ISSUED_BY_SYSTEM = "Poświadczenie wystawione automatycznie przez elektroniczną skrzynkę podawczą"
NOT_CONFIRMED = "Uznanie za doręczone po upływie {days} dni; adresat nie potwierdził odbioru"
NOT_ACCEPTED = (
    "Odmowa przyjęcia pisma przez adresata; pismo uznaje się za doręczone w dniu odmowy "
    "(art. 47 KPA)"
)
LAST_INSTANT = time(23, 59, 59, 999000)


def collected_facts(row: Delivery, at: datetime) -> DeliveryFacts:
    """This will collect the facts of the UPD that the party signs (KPA art. 46 section 1)."""
    return _facts(row, DeliveryWay.COLLECTED, at, ())


def refused_facts(row: Delivery, at: datetime) -> DeliveryFacts:
    """This will collect the facts of a refusal to accept the letter (KPA art. 47)."""
    lines = (ReceiptLine("Podstawa", NOT_ACCEPTED), *_notices(state_of(row)))
    return _facts(row, DeliveryWay.REFUSED, at, lines)


def deemed_facts(row: Delivery, state: DeliveryState, dates: DeliveryDates) -> DeliveryFacts:
    """This will collect the facts of an automatic UPD: the basis, both notices, the rule, why.

    `received_at` is an instant of the day of law: its very end where the policy takes the last day
    of the term, its beginning where it takes the day that follows.
    """
    basis = NOT_CONFIRMED.format(days=state.policy.days)
    lines = (
        ReceiptLine("Podstawa", f"{basis} ({state.policy.source})"),
        *_notices(state),
        ReceiptLine("Reguła", f"{state.policy.id} wersja {state.policy.version}"),
        *_reasons(dates),
    )
    return _facts(row, DeliveryWay.DEEMED, deemed_at(state, dates), lines)


def deemed_at(state: DeliveryState, dates: DeliveryDates) -> datetime:
    """This will return the instant of law of a deemed delivery, on its day in Warsaw."""
    is_last = state.policy.deemed_day is DeemedDay.LAST
    moment = LAST_INSTANT if is_last else time()
    return datetime.combine(dates.deemed_delivered_on, moment, WARSAW).astimezone(UTC)


def _notices(state: DeliveryState) -> tuple[ReceiptLine, ...]:
    sent = (
        ("Zawiadomienie pierwsze", state.first_notice_at),
        ("Zawiadomienie powtórne", state.repeat_notice_at),
    )
    return tuple(ReceiptLine(kind, xml_datetime(at)) for kind, at in sent if at is not None)


def _reasons(dates: DeliveryDates) -> tuple[ReceiptLine, ...]:
    """Every step of the computation, with its source, so that the date explains itself."""
    deemed = ReceiptLine("Dzień uznania za doręczone", dates.deemed_delivered_on.isoformat())
    access = dates.access_until
    until = (ReceiptLine("Treść dostępna do", access.isoformat()),) if access else ()
    why = (
        ReceiptLine("Uzasadnienie", f"{step.text} ({step.source})") for step in dates.explanation
    )
    return (deemed, *until, *why)


def _facts(
    row: Delivery, way: DeliveryWay, received_at: datetime, lines: tuple[ReceiptLine, ...]
) -> DeliveryFacts:
    letter = row.letter
    return DeliveryFacts(
        receipt_no=row.upd_no,
        institution_name=letter.institution.name,
        institution_entity=letter.institution.entity,
        addressee_name=letter.addressee_name,
        addressee_entity=letter.addressee_address.split("/")[1],
        received_at=received_at,
        case_mark=letter.case_mark,
        document_no=letter.document_no,
        document_sha256=letter.document_sha256,
        way=way,
        lines=(
            *lines,
            ReceiptLine("Źródło", ISSUED_BY_SYSTEM),
            ReceiptLine("Adres skrytki", letter.addressee_address),
            ReceiptLine("Skrót SHA-256 dokumentu", letter.document_sha256),
            *(_attachment(file) for file in letter.files.all()),
        ),
    )


def _attachment(file: OutgoingLetterFile) -> ReceiptLine:
    return ReceiptLine("Załącznik", f"{file.file_name}; {file.size} B; SHA-256 {file.sha256}")
