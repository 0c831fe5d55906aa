"""What was flagged of what an institution sends is told to its administrators, once an hour."""

from datetime import datetime

from django.conf import settings

from skrytka.delivery.models import FlaggedBytes
from skrytka.delivery.queries.flags import flagged_since
from skrytka.letters.models import FlagState, ToldOf
from skrytka.letters.operations.mail_texts import SubjectAndText, flagged_sent_text
from skrytka.letters.operations.telling import tell_administrators, told_at


def tell_of_flagged_bytes(*, at: datetime) -> None:
    """This will write to the administrators where bytes were flagged since the last time."""
    flags = FlaggedBytes.objects.filter(state=FlagState.FLAGGED)
    for institution_id in sorted(set(flags.values_list("institution_id", flat=True))):
        _tell(institution_id, at)


def _tell(institution_id: int, at: datetime) -> None:
    new = flagged_since(institution_id, told_at(institution_id, ToldOf.FLAGGED_SENT))

    def words(institution: str) -> SubjectAndText:
        return flagged_sent_text(institution, new, settings.QUARANTINE_LINK)

    if new:
        tell_administrators(institution_id, ToldOf.FLAGGED_SENT, words, at=at)
