"""What waits too long for the scanner, and what was flagged, is told to those who answer for it.

The log names each case once. Administrators are written to at most once an hour, with counts and a
link, never with names.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from skrytka.accounts.models import Institution
from skrytka.accounts.queries.staff import responsible_for
from skrytka.ledger.operations.mails import enqueue_mail
from skrytka.letters.models import AdministratorsTold, FlaggedFile, FlagState, LateScreening, ToldOf
from skrytka.letters.operations.mail_texts import flagged_text, silent_scanner_text
from skrytka.letters.queries.awaiting import WaitingCase, waiting_cases

BETWEEN_MAILS = timedelta(hours=1)
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


@transaction.atomic
def _tell_of_silence(institution_id: int, cases: list[WaitingCase], at: datetime) -> None:
    if not _is_turn(institution_id, ToldOf.SILENT_SCANNER, at):
        return
    oldest = min(each.since for each in cases)
    name = Institution.objects.get(id=institution_id).name
    for person in responsible_for(institution_id, at=at):
        if person.is_administrator:
            with override(person.language):
                subject, text = silent_scanner_text(name, len(cases), oldest)
            key = f"silent-scanner:{institution_id}:{at:%Y%m%d%H%M}:{person.user_id}"
            enqueue_mail(key, person.email, subject, text, at=at)


@transaction.atomic
def _tell_of_flags(institution_id: int, at: datetime) -> None:
    told = AdministratorsTold.objects.filter(institution=institution_id, of=ToldOf.FLAGGED_FILES)
    last = told.values_list("told_at", flat=True).first()
    flags = FlaggedFile.objects.filter(institution=institution_id, state=FlagState.FLAGGED)
    new = (flags.filter(flagged_at__gt=last) if last else flags).count()
    if not new or not _is_turn(institution_id, ToldOf.FLAGGED_FILES, at):
        return
    name = Institution.objects.get(id=institution_id).name
    for person in responsible_for(institution_id, at=at):
        if person.is_administrator:
            with override(person.language):
                subject, text = flagged_text(name, new, settings.QUARANTINE_LINK)
            key = f"flagged:{institution_id}:{at:%Y%m%d%H%M}:{person.user_id}"
            enqueue_mail(key, person.email, subject, text, at=at)


def _is_turn(institution_id: int, of: ToldOf, at: datetime) -> bool:
    """Whether an hour went by since the last mail; of two who ask at once one is told so."""
    row, is_first = AdministratorsTold.objects.get_or_create(
        institution_id=institution_id, of=of, defaults={"told_at": at}
    )
    late = AdministratorsTold.objects.filter(pk=row.pk, told_at__lte=at - BETWEEN_MAILS)
    return is_first or bool(late.update(told_at=at))
