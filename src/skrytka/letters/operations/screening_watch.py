"""What waits too long for the scanner, and what was flagged, is told to those who answer for it.

The log names each case once. Administrators are written to at most once an hour, with counts and a
link, never with names.
"""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from skrytka.letters.models import FlaggedFile, FlagState, LateScreening, ToldOf
from skrytka.letters.operations.mail_texts import (
    SubjectAndText,
    flagged_text,
    silent_scanner_text,
)
from skrytka.letters.operations.telling import tell_administrators, told_at
from skrytka.letters.queries.awaiting import WaitingCase, waiting_cases

log = logging.getLogger("skrytka.letters")


def watch_screening(*, at: datetime) -> int:
    """This will note what waits for more than ten minutes and return how many cases are new.

    Safe to repeat and to run in several workers at once: who writes the row of a case logs it, who
    changes the row of an institution sends its mail.
    """
    cases = tuple(waiting_cases(at=at))
    new = sum(_note(case, at) for case in _unnoted(cases))
    for institution_id in sorted({each.institution_id for each in cases if each.institution_id}):
        own = [each for each in cases if each.institution_id == institution_id]
        _tell_of_silence(institution_id, own, at)
    return new


def tell_of_flags(*, at: datetime) -> None:
    """This will write to the administrators where files were flagged since the last time."""
    flags = FlaggedFile.objects.filter(state=FlagState.FLAGGED)
    for institution_id in sorted(set(flags.values_list("institution_id", flat=True))):
        _tell_of_flags(institution_id, at)


def _unnoted(cases: tuple[WaitingCase, ...]) -> Iterable[WaitingCase]:
    noted = set(
        LateScreening.objects.filter(subject_id__in=[each.id for each in cases]).values_list(
            "subject_id", flat=True
        )
    )
    return (each for each in cases if each.id not in noted)


def _note(case: WaitingCase, at: datetime) -> bool:
    _row, is_new = LateScreening.objects.get_or_create(
        subject_id=case.id,
        defaults={
            "institution_id": case.institution_id,
            "waiting_since": case.since,
            "noticed_at": at,
        },
    )
    if is_new:
        since = case.since.isoformat(timespec="seconds")
        log.warning("screening_waits %s=%s since=%s", case.kind, case.id, since)
    return is_new


def _tell_of_silence(institution_id: int, cases: list[WaitingCase], at: datetime) -> None:
    oldest = min(each.since for each in cases)

    def words(institution: str) -> SubjectAndText:
        return silent_scanner_text(institution, len(cases), oldest)

    tell_administrators(institution_id, ToldOf.SILENT_SCANNER, words, at=at)


def _tell_of_flags(institution_id: int, at: datetime) -> None:
    last = told_at(institution_id, ToldOf.FLAGGED_FILES)
    flags = FlaggedFile.objects.filter(institution=institution_id, state=FlagState.FLAGGED)
    new = (flags.filter(flagged_at__gt=last) if last else flags).count()

    def words(institution: str) -> SubjectAndText:
        return flagged_text(institution, new, settings.QUARANTINE_LINK)

    if new:
        tell_administrators(institution_id, ToldOf.FLAGGED_FILES, words, at=at)
