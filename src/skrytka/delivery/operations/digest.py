"""The daily digest: what waits at an institution, told to those who answer for it.

On working days from seven in Warsaw. Whoever was down at seven sends it later the same day; a day
that went by without it is not made up for. Mails hold counts and links, never names or titles.
"""

from datetime import date, datetime, time

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from skrytka.accounts.models import Institution
from skrytka.accounts.queries.staff import (
    Responsible,
    institutions_with_staff,
    responsible_for,
)
from skrytka.core.calendar import civil_date, civil_moment, is_working_day
from skrytka.delivery.models import DigestSent
from skrytka.delivery.queries.watch import Attention, Concern, what_waits
from skrytka.ledger.operations.mails import enqueue_mail
from skrytka.ui.formats import clock_time, day, number
from skrytka.ui.watch_texts import watch_text

HOUR = time(7)
BATCH = 50


def digests_due(*, at: datetime) -> tuple[int, ...]:
    """This will list the institutions whose digest of the day was not seen to yet."""
    if not is_working_day(civil_date(at)) or civil_moment(at).time() < HOUR:
        return ()
    done = DigestSent.objects.filter(on=civil_date(at)).values_list("institution_id", flat=True)
    seen_to = set(done)
    return tuple(each for each in institutions_with_staff(at=at) if each not in seen_to)


def send_digests(*, at: datetime, limit: int = BATCH) -> int:
    """This will see to the digests of one batch of institutions and return how many they were."""
    due = digests_due(at=at)[:limit]
    for institution_id in due:
        _see_to(institution_id, at)
    return len(due)


@transaction.atomic
def _see_to(institution_id: int, at: datetime) -> None:
    on = civil_date(at)
    _row, is_first = DigestSent.objects.get_or_create(institution_id=institution_id, on=on)
    waiting = what_waits(institution_id, at=at) if is_first else ()
    if not waiting:
        return
    name = Institution.objects.get(id=institution_id).name
    for person in responsible_for(institution_id, at=at):
        with override(person.language):
            text = _text(name, waiting, person, at)
            subject = _("Co wymaga uwagi w kancelarii")
        enqueue_mail(_key(institution_id, person, on), person.email, subject, text, at=at)


def _key(institution_id: int, person: Responsible, on: date) -> str:
    return f"digest:{institution_id}:{on.isoformat()}:{person.user_id}"


def _text(name: str, waiting: tuple[Attention, ...], person: Responsible, at: datetime) -> str:
    head = _("Instytucja: {institution}").format(institution=name)
    stand = _("Stan na {day}, godz. {time}").format(day=day(at), time=clock_time(at))
    lines = [f"{head}\n{stand}"]
    for each in waiting:
        counted = f"{number(each.count)} {watch_text(each.concern, each.count)}"
        lines.append("\n".join(filter(None, (counted, _link(each.concern, person)))))
    lines.append(_("Piszemy w dni robocze, tylko gdy coś wymaga uwagi."))
    return "\n\n".join(lines)


def _link(concern: Concern, person: Responsible) -> str:
    """Where to look: the staff for an administrator, letters for a clerk, nothing for others."""
    opens = person.is_administrator if concern is Concern.NO_CLERK else person.is_clerk
    return str(settings.WATCH_LINKS[concern]) if opens else ""
