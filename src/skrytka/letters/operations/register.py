"""The register of incoming letters: one number, in the transaction that accepts the letter."""

from datetime import datetime

from skrytka.accounts.models import Institution
from skrytka.core.calendar import civil_date
from skrytka.core.identifiers import RegisterNo
from skrytka.ledger.operations.counters import next_number
from skrytka.ledger.statements import append
from skrytka.letters.models import Letter, RegisterCounter, RegisterEntry


def register_letter(letter: Letter, institution: Institution, *, at: datetime) -> RegisterNo:
    """This will give the letter its number, unique within the calendar year in Warsaw.

    Source: instrukcja kancelaryjna § 11. The year is that of the arrival, `Letter.submitted_at`, so
    a letter of New Year's Eve that is registered after midnight stays in its year.
    """
    arrived_on = civil_date(letter.submitted_at)
    seq = next_number(RegisterCounter, institution_id=institution.pk, year=arrived_on.year)
    number = RegisterNo(institution.office_code, seq, arrived_on.year)
    entry = RegisterEntry(
        letter=letter,
        institution=institution,
        year=number.year,
        seq=number.seq,
        register_no=number.value,
        registered_at=at,
        arrived_on=arrived_on,
    )
    append(entry)
    return number
