"""What an UPD says of a delivery, collected from the record."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import NamedTuple

from skrytka.core.calendar import WARSAW, xml_datetime
from skrytka.core.delivery import (
    DeemedDay,
    DeliveryDates,
    DeliveryPolicy,
    DeliveryState,
    delivery_dates,
)
from skrytka.core.receipts import DeliveryWay, Information
from skrytka.delivery.models import Delivery
from skrytka.delivery.operations.states import state_of
from skrytka.evidence.delivery_facts import DeliveryFacts

ISSUED_BY_SYSTEM = Information(
    "Źródło", "Poświadczenie wystawione automatycznie przez elektroniczną skrzynkę podawczą"
)
NOT_CONFIRMED = "Uznanie za doręczone po upływie {days} dni; adresat nie potwierdził odbioru"
NOT_ACCEPTED = (
    "Odmowa przyjęcia pisma przez adresata; pismo uznaje się za doręczone w dniu odmowy "
    "(art. 47 KPA)"
)
LAST_INSTANT = time(23, 59, 59, 999000)


class NamedFile(NamedTuple):
    """A file of the letter: its name, its size in bytes, its SHA-256 in hex."""

    file_name: str
    size: int
    sha256: str


class UpdSubject(NamedTuple):
    """What an UPD names of a letter; `addressee_address` is the party's box address."""

    upd_no: str
    institution_name: str
    institution_entity: str
    addressee_name: str
    addressee_address: str
    case_mark: str
    document_no: str
    document_sha256: str
    files: tuple[NamedFile, ...]


def subject_of(row: Delivery) -> UpdSubject:
    """This will collect what an UPD names of the letter of a delivery."""
    letter = row.letter
    return UpdSubject(
        upd_no=row.upd_no,
        institution_name=letter.institution.name,
        institution_entity=letter.institution.entity,
        addressee_name=letter.addressee_name,
        addressee_address=letter.addressee_address,
        case_mark=letter.case_mark,
        document_no=letter.document_no,
        document_sha256=letter.document_sha256,
        files=tuple(NamedFile(f.file_name, f.size, f.sha256) for f in letter.files.all()),
    )


def collected_facts(row: Delivery, at: datetime) -> DeliveryFacts:
    """This will collect the facts of the UPD that the party signs (KPA art. 46 section 1).

    Files go by their number, not by name: the party holds this UPD before it may know what the
    letter says. Their digests bind them all the same.
    """
    subject = subject_of(row)
    files = (
        file._replace(file_name=f"plik {number}")
        for number, file in enumerate(subject.files, start=1)
    )
    return _facts(subject._replace(files=tuple(files)), DeliveryWay.COLLECTED, at, ())


def refused_facts(row: Delivery, at: datetime) -> DeliveryFacts:
    """This will collect the facts of a refusal to accept the letter (KPA art. 47)."""
    lines = (Information("Podstawa", NOT_ACCEPTED), *_notices(state_of(row)))
    return _facts(subject_of(row), DeliveryWay.REFUSED, at, lines)


def deemed_facts(subject: UpdSubject, state: DeliveryState, dates: DeliveryDates) -> DeliveryFacts:
    """This will collect the facts of an automatic UPD: the basis, both notices, the rule, why.

    `received_at` is an instant of the day of law: its very end where the policy takes the last day
    of the term, its beginning where it takes the day that follows.
    """
    rule = _rule(state.policy, dates.start_on)
    lines = (rule.basis, *_notices(state), *rule.lines)
    return _facts(subject, DeliveryWay.DEEMED, rule.deemed_at, lines)


@dataclass(frozen=True, slots=True)
class _Rule:
    """What all UPDs say alike whose term began on the same day under the same policy."""

    basis: Information
    lines: tuple[Information, ...]
    deemed_at: datetime


@lru_cache(maxsize=1024)
def _rule(policy: DeliveryPolicy, start_on: date) -> _Rule:
    dates = delivery_dates(policy, start_on)
    basis = f"{NOT_CONFIRMED.format(days=policy.days)} ({policy.source})"
    named = Information("Reguła", f"{policy.id} wersja {policy.version}")
    moment = LAST_INSTANT if policy.deemed_day is DeemedDay.LAST else time()
    return _Rule(
        basis=Information("Podstawa", basis),
        lines=(named, *_reasons(dates)),
        deemed_at=datetime.combine(dates.deemed_delivered_on, moment, WARSAW).astimezone(UTC),
    )


def _notices(state: DeliveryState) -> tuple[Information, ...]:
    first, repeat = state.first_notice_at, state.repeat_notice_at
    lines = [Information("Zawiadomienie pierwsze", xml_datetime(first))] if first else []
    if repeat:
        lines.append(Information("Zawiadomienie powtórne", xml_datetime(repeat)))
    return tuple(lines)


def _reasons(dates: DeliveryDates) -> tuple[Information, ...]:
    """Every step of the computation, with its source, so that the date explains itself."""
    deemed = Information("Dzień uznania za doręczone", dates.deemed_delivered_on.isoformat())
    access = dates.access_until
    until = (Information("Treść dostępna do", access.isoformat()),) if access else ()
    why = (
        Information("Uzasadnienie", f"{step.text} ({step.source})") for step in dates.explanation
    )
    return (deemed, *until, *why)


def _facts(
    subject: UpdSubject, way: DeliveryWay, received_at: datetime, lines: tuple[Information, ...]
) -> DeliveryFacts:
    return DeliveryFacts(
        receipt_no=subject.upd_no,
        institution_name=subject.institution_name,
        institution_entity=subject.institution_entity,
        addressee_name=subject.addressee_name,
        addressee_entity=subject.addressee_address.split("/")[1],
        received_at=received_at,
        case_mark=subject.case_mark,
        document_no=subject.document_no,
        document_sha256=subject.document_sha256,
        way=way,
        lines=(
            *lines,
            *(() if way is DeliveryWay.COLLECTED else (ISSUED_BY_SYSTEM,)),
            Information("Adres skrytki", subject.addressee_address),
            Information("Skrót SHA-256 dokumentu", subject.document_sha256),
            *(_attachment(file) for file in subject.files),
        ),
    )


def _attachment(file: NamedFile) -> Information:
    return Information("Załącznik", f"{file.file_name}; {file.size} B; SHA-256 {file.sha256}")
