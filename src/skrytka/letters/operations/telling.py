"""Mails to the administrators of an institution: at most one of a kind in an hour."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import override

from skrytka.accounts.models import Institution
from skrytka.accounts.queries.staff import responsible_for
from skrytka.ledger.operations.mails import enqueue_mail
from skrytka.letters.models import AdministratorsTold, ToldOf
from skrytka.letters.operations.mail_texts import SubjectAndText

BETWEEN_MAILS = timedelta(hours=1)
KEYS = {
    ToldOf.SILENT_SCANNER: "silent-scanner",
    ToldOf.FLAGGED_FILES: "flagged",
    ToldOf.FLAGGED_SENT: "flagged-sent",
}
# What the mail says of an institution of that name, in the language in force.
Words = Callable[[str], SubjectAndText]


def told_at(institution_id: int, of: ToldOf) -> datetime | None:
    """This will tell when the administrators were last written to of this."""
    told = AdministratorsTold.objects.filter(institution=institution_id, of=of)
    return told.values_list("told_at", flat=True).first()


@transaction.atomic
def tell_administrators(institution_id: int, of: ToldOf, words: Words, *, at: datetime) -> None:
    """This will write to each in their own language, unless an hour has not gone by.

    Safe to run in several workers at once: who changes the row of the institution writes.
    """
    if not _is_turn(institution_id, of, at):
        return
    name = Institution.objects.get(id=institution_id).name
    for person in responsible_for(institution_id, at=at):
        if person.is_administrator:
            with override(person.language):
                subject, text = words(name)
            key = f"{KEYS[of]}:{institution_id}:{at:%Y%m%d%H%M}:{person.user_id}"
            enqueue_mail(key, person.email, subject, text, at=at)


def _is_turn(institution_id: int, of: ToldOf, at: datetime) -> bool:
    """Whether an hour went by since the last mail; of two who ask at once one is told so."""
    row, is_first = AdministratorsTold.objects.get_or_create(
        institution_id=institution_id, of=of, defaults={"told_at": at}
    )
    late = AdministratorsTold.objects.filter(pk=row.pk, told_at__lte=at - BETWEEN_MAILS)
    return is_first or bool(late.update(told_at=at))
