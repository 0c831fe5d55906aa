"""What happened to a letter that went out, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skrytka.core.delivery import NoticeRound, StopCause
from skrytka.desk.sent.texts import CAUSES, ROUNDS
from skrytka.ledger.operations import EventKind
from skrytka.letters.queries.desk import NamedEvent
from skrytka.ui.parts import TimelineEvent

TEXTS: Mapping[str, str | Promise] = {
    EventKind.OUTGOING_SIGNED: gettext_lazy("Podpisane"),
    EventKind.OUTGOING_SENT_BACK: gettext_lazy("Odesłane do poprawy"),
    EventKind.OUTGOING_DISCARDED: gettext_lazy("Usunięta wersja robocza"),
    EventKind.OUTGOING_DISPATCHED: gettext_lazy("Pismo wysłane"),
    EventKind.NOTICE_SENT: gettext_lazy("Zawiadomienie wysłane"),
    EventKind.NOTICE_FAILED: gettext_lazy("Zawiadomienie nie wyszło"),
    EventKind.NOTICE_BOUNCED: gettext_lazy("Zawiadomienie wróciło"),
    EventKind.DELIVERY_STOPPED: gettext_lazy("Termin zatrzymany"),
    EventKind.DELIVERY_STARTED_ANEW: gettext_lazy("Powiadomienie od nowa"),
    EventKind.DELIVERY_COLLECTED: gettext_lazy("Odebrane"),
    EventKind.DELIVERY_REFUSED: gettext_lazy("Odmowa przyjęcia"),
    EventKind.DELIVERY_DEEMED: gettext_lazy("Uznane za doręczone"),
    EventKind.DELIVERY_OPENED: gettext_lazy("Otwarte przez adresata"),
    EventKind.FILE_FLAGGED: gettext_lazy("Złośliwe oprogramowanie w pliku"),
    EventKind.FLAG_RELEASED: gettext_lazy("Fałszywy alarm, plik zwolniony"),
    EventKind.RECEIPT_SEALED: gettext_lazy("Wystawione UPD"),
}


def timeline_of(events: tuple[NamedEvent, ...]) -> tuple[TimelineEvent, ...]:
    """This will lay the record out for the page, in order."""
    return tuple(
        TimelineEvent(
            str(TEXTS.get(event.kind, event.kind)), event.at, event.actor, _detail(event), done=True
        )
        for event in events
    )


def _detail(event: NamedEvent) -> str:
    data = event.data
    if data.get("cause") in set(StopCause):
        return str(CAUSES[StopCause(str(data["cause"]))]).rstrip(".").lower()
    if data.get("round") in set(NoticeRound):
        return str(ROUNDS[NoticeRound(str(data["round"]))]).lower()
    if "position" in data:
        return _("załącznik %(position)s") % {"position": data["position"]}
    number = data.get("receipt_no") or data.get("upd_no")
    return _("nr %(number)s") % {"number": number} if number else ""
