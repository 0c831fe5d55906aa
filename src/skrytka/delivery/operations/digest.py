"""One mail in the morning of a working day to those who are responsible: numbers and links.

The first look of a day after seven o'clock in Warsaw asks for the digest of every institution; the
key of the outbox lets it happen once per institution and day, however often and late one looks.
"""

from datetime import date, datetime

from django.conf import settings

from skrytka.accounts.models import Employment, Institution, Role
from skrytka.accounts.queries.in_force import in_force
from skrytka.core.calendar import civil_date, civil_moment, day_in_words, is_working_day
from skrytka.delivery.queries.watch import Watch, watch_of
from skrytka.ledger.operations import Effect, enqueue
from skrytka.ledger.operations.mails import enqueue_mail

HOUR = 7
RESPONSIBLE = (Role.CLERK, Role.ADMINISTRATOR)
LINES = (
    ("unread", "Pisma, których nikt nie otworzył od ponad dnia"),
    ("untaken", "Pisma, których nikt nie wziął"),
    ("unopened_boxes", "Skrytki, których nikt nie otworzył od 14 dni"),
    ("ending", "Doręczenia, których termin kończy się w ciągu 3 dni"),
    ("stopped", "Zatrzymane doręczenia"),
    ("unreached", "Pisma, których adresat nie mógł przeczytać"),
)


def ask_for_digests(*, at: datetime) -> int:
    """This will ask for today's digests, and return of how many institutions.

    Nothing before seven in the morning or on a day that is no working day.
    """
    on = civil_date(at)
    if civil_moment(at).hour < HOUR or not is_working_day(on):
        return 0
    ids = list(Institution.objects.filter(is_active=True).values_list("id", flat=True))
    for institution_id in ids:
        payload = {"institution": str(institution_id), "on": on.isoformat()}
        enqueue(Effect.SEND_DIGEST, f"digest:{institution_id}:{on}", payload, at=at)
    return len(ids)


def send_digest(institution_id: int, on: date, *, at: datetime) -> None:
    """This will write the mails of one digest, each person's once; nothing when all is quiet.

    A digest that comes up only on another day is no longer of use.
    """
    watch = watch_of(institution_id, at=at)
    if watch.is_quiet or civil_date(at) != on:
        return
    text = _text(watch)
    subject = f"Kancelaria: co czeka, {day_in_words(on)}"
    for user_id, address in _responsible(institution_id, at):
        enqueue_mail(f"digest:{institution_id}:{on}:{user_id}", address, subject, text, at=at)


def _responsible(institution_id: int, at: datetime) -> list[tuple[int, str]]:
    jobs = Employment.objects.filter(
        in_force(at), institution=institution_id, role__in=RESPONSIBLE, user__is_active=True
    )
    return list(jobs.values_list("user_id", "user__email").distinct().order_by("user_id"))


def _text(watch: Watch) -> str:
    counted = ((text, getattr(watch, name)) for name, text in LINES)
    lines = [f"{text}: {count}" for text, count in counted if count]
    if watch.without_clerk:
        lines.append("Instytucja nie ma nikogo, kto może prowadzić pisma. Nadaj tę rolę.")
    links = (
        "",
        f"Odebrane: {settings.INBOX_LINK}",
        f"Wysłane: {settings.INBOX_LINK}wyslane/",
        f"Terminy: {settings.INBOX_LINK}terminy/",
    )
    return "\n".join((*lines, *links))
