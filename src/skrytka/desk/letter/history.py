"""What happened to a letter, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skrytka.desk.texts import STATES
from skrytka.ledger.operations import EventKind
from skrytka.letters.queries.desk import NamedEvent
from skrytka.letters.queries.states import HandlingState
from skrytka.ui.parts import TimelineEvent

Text = str | Promise
TEXTS: dict[str, Text] = {
    EventKind.LETTER_RECEIVED: gettext_lazy("Pismo wpłynęło"),
    EventKind.LETTER_ACCEPTED: gettext_lazy("Wpisane do rejestru"),
    EventKind.LETTER_REFUSED: gettext_lazy("Odrzucone"),
    EventKind.FILE_QUARANTINED: gettext_lazy("Plik w kwarantannie"),
    EventKind.DESTRUCTION_ASKED: gettext_lazy("Plik do zniszczenia przed czasem"),
    EventKind.FILE_DESTROYED: gettext_lazy("Plik z kwarantanny zniszczony"),
    EventKind.FILE_FLAGGED: gettext_lazy("Złośliwe oprogramowanie w pliku"),
    EventKind.FLAG_RELEASED: gettext_lazy("Fałszywy alarm, plik zwolniony"),
    EventKind.RECEIPT_SEALED: gettext_lazy("Wystawione UPO"),
    EventKind.LETTER_SIGNED: gettext_lazy("Podpisane"),
    EventKind.LETTER_OPENED: gettext_lazy("Otwarte po raz pierwszy"),
    EventKind.LETTER_ASSIGNED: gettext_lazy("Przydzielone"),
    EventKind.LETTER_STATE_CHANGED: gettext_lazy("Zmieniony stan"),
    EventKind.LETTER_NOTED: gettext_lazy("Dodana notatka"),
}


def timeline_of(events: tuple[NamedEvent, ...]) -> tuple[TimelineEvent, ...]:
    """This will lay the record out for the page, in order."""
    return tuple(
        TimelineEvent(str(_text(event)), event.at, event.actor, _detail(event), done=True)
        for event in events
    )


def _text(event: NamedEvent) -> Text:
    if "assessment" in event.data:
        return gettext_lazy("Oceniony skutek")
    return TEXTS.get(event.kind, event.kind)


def _detail(event: NamedEvent) -> str:
    if event.kind == EventKind.LETTER_ASSIGNED:
        return event.assignee
    if event.kind == EventKind.LETTER_STATE_CHANGED:
        return str(STATES[HandlingState(str(event.data["after"]))][0]).lower()
    if "position" in event.data:
        return _("załącznik %(position)s") % {"position": event.data["position"]}
    number = event.data.get("register_no") or event.data.get("receipt_no")
    return _("nr %(number)s") % {"number": number} if number else ""
