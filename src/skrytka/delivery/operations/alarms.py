"""Mails to those who sent a letter: the clock stopped, the delivery ended. Links, never content."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from skrytka.accounts.queries.staff import responsible_for
from skrytka.core.delivery import StopCause
from skrytka.delivery.models import OutgoingLetter
from skrytka.ledger.operations.mails import enqueue_mail, key_of

CAUSES = {
    StopCause.FIRST_FAILED: "nie udało się wysłać pierwszego zawiadomienia",
    StopCause.FIRST_BOUNCED: "pierwsze zawiadomienie wróciło",
    StopCause.FIRST_LATE: "pierwsze zawiadomienie wyszło dopiero po końcu terminu",
    StopCause.REPEAT_FAILED: "nie udało się wysłać powtórnego zawiadomienia",
    StopCause.REPEAT_BOUNCED: "powtórne zawiadomienie wróciło",
    StopCause.REPEAT_MISSED: "powtórne zawiadomienie nie wyszło przed końcem terminu",
}


def tell_stopped(letter_id: UUID, attempt: int, cause: StopCause, *, at: datetime) -> None:
    """This will tell the author and the box's own addresses that the letter cannot be deemed."""
    letter = _letter(letter_id)
    text = (
        f"Pismo {_named(letter)} nie zostanie uznane za doręczone: {CAUSES[cause]}.\n"
        "Adresat nadal może je odebrać. Sprawdź adres i zawiadom adresata od nowa.\n\n"
        f"Zobacz: {_link(letter)}"
    )
    for address in _addresses(letter, at):
        key = f"stopped:{letter_id}:{attempt}:{key_of(address)}"
        enqueue_mail(key, address, "Zatrzymane doręczenie pisma", text, at=at)


def tell_senders(letter_id: UUID, subject: str, lead: str, *, at: datetime) -> None:
    """This will tell the author and the box's own addresses how a delivery ended."""
    letter = _letter(letter_id)
    text = f"{lead}\n\nPismo: {_named(letter)}\nZobacz: {_link(letter)}"
    for address in _addresses(letter, at):
        enqueue_mail(f"ended:{letter_id}:{key_of(address)}", address, subject, text, at=at)


def _letter(letter_id: UUID) -> OutgoingLetter:
    return OutgoingLetter.objects.select_related("author", "box").get(id=letter_id)


def _named(letter: OutgoingLetter) -> str:
    return letter.case_mark or letter.document_no


def _link(letter: OutgoingLetter) -> str:
    return str(settings.SENT_LINK.format(letter=letter.id))


def _addresses(letter: OutgoingLetter, at: datetime) -> tuple[str, ...]:
    """The author while still employed there, else whoever answers for the institution's letters."""
    responsible = [each.email for each in responsible_for(letter.institution_id, at=at)]
    author = letter.author.email
    told = [author] if author in responsible else responsible
    return tuple(dict.fromkeys((*told, *letter.box.notify)))
