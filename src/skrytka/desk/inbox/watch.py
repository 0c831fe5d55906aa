"""The panel „Uwaga” above the inbox: what has been left lying, each line a link to it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from skrytka.delivery.queries.tracking import Concern
from skrytka.delivery.queries.watch import Watch
from skrytka.desk.sent.lines import concern_url
from skrytka.letters.queries.inbox import Arrival
from skrytka.letters.queries.states import HandlingState
from skrytka.ui.formats import number


@dataclass(frozen=True)
class WatchLine:
    """One thing to look at; without an address where nothing can be opened."""

    text: str
    url: str


def watch_lines(watch: Watch) -> tuple[WatchLine, ...]:
    """This will say what needs a look, the gravest first; empty when all is quiet."""
    inbox = reverse("desk:inbox")
    waiting = f"{inbox}?stan={HandlingState.NEW.value}&wplynelo={Arrival.WAITING.value}"
    lines = (
        (watch.without_clerk, _("Nikt nie może prowadzić pism: nadaj komuś tę rolę"), ""),
        (watch.stopped, _stopped(watch.stopped), concern_url(Concern.STOPPED)),
        (watch.unreached, _unreached(watch.unreached), concern_url(Concern.UNREACHED)),
        (watch.ending, _ending(watch.ending), concern_url(Concern.SOON)),
        (watch.unread, _unread(watch.unread), waiting),
        (watch.untaken, _untaken(watch.untaken), inbox),
        (watch.unopened_boxes, _unopened(watch.unopened_boxes), f"{inbox}?sort=arrival"),
    )
    return tuple(WatchLine(text, url) for count, text, url in lines if count)


def _stopped(n: int) -> str:
    return _said(ngettext("%(n)s zatrzymane doręczenie", "%(n)s zatrzymanych doręczeń", n), n)


def _unreached(n: int) -> str:
    text = ngettext(
        "%(n)s pisma adresat nie mógł przeczytać", "%(n)s pism adresat nie mógł przeczytać", n
    )
    return _said(text, n)


def _ending(n: int) -> str:
    text = ngettext(
        "%(n)s termin odbioru kończy się w ciągu 3 dni",
        "%(n)s terminów odbioru kończy się w ciągu 3 dni",
        n,
    )
    return _said(text, n)


def _unread(n: int) -> str:
    text = ngettext(
        "%(n)s pisma nikt nie otworzył od ponad dnia",
        "%(n)s pism nikt nie otworzył od ponad dnia",
        n,
    )
    return _said(text, n)


def _untaken(n: int) -> str:
    text = ngettext("%(n)s pisma nikt nie wziął", "%(n)s pism nikt nie wziął", n)
    return _said(text, n)


def _unopened(n: int) -> str:
    text = ngettext(
        "%(n)s skrytki nikt nie otworzył od 14 dni", "%(n)s skrytek nikt nie otworzył od 14 dni", n
    )
    return _said(text, n)


def _said(text: str, n: int) -> str:
    return text % {"n": number(n)}
