"""The way of a letter as its page draws it: what happened, and what comes next with its day."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from skrytka.delivery.queries.tracked_letter import SentLetter, Way
from skrytka.delivery.queries.tracking import Tracked
from skrytka.desk.sent.texts import STANDINGS
from skrytka.ui.formats import day
from skrytka.ui.parts import TimelineEvent

DAY = timedelta(days=1)


def way_of(letter: SentLetter) -> tuple[TimelineEvent, ...]:
    """This will lay the way out in order; a step ahead names the day on which it comes."""
    sent = TimelineEvent(_words(Tracked.SENT), at=letter.sent_at, done=True)
    if letter.way is None:
        return (sent, TimelineEvent(_words(Tracked.RECEIVED), at=letter.sent_at, done=True))
    return (sent, *_notices(letter.way, letter.standing), *_end(letter.way, letter.standing))


def _notices(way: Way, standing: Tracked) -> Iterator[TimelineEvent]:
    first, second = _words(Tracked.NOTIFIED), _words(Tracked.REMINDED)
    if way.first_notice_at is not None:
        yield TimelineEvent(first, at=way.first_notice_at, done=True)
    elif standing is Tracked.SENT:
        yield TimelineEvent(first, note=_("w drodze"))
    if way.repeat_notice_at is not None:
        yield TimelineEvent(second, at=way.repeat_notice_at, done=True)
    elif standing is Tracked.NOTIFIED and way.dates and way.dates.second_notice_on:
        # It goes out as soon as the day of the term has fully lapsed.
        note = _("%(day)s, jeśli nikt nie odbierze pisma")
        yield TimelineEvent(second, note=note % {"day": day(way.dates.second_notice_on + DAY)})


def _end(way: Way, standing: Tracked) -> Iterator[TimelineEvent]:
    if standing is Tracked.STOPPED:
        yield TimelineEvent(_words(standing), note=_("termin zatrzymany"), done=True)
    elif standing is Tracked.DEEMED and way.delivered_on:
        yield TimelineEvent(_words(standing), note=day(way.delivered_on), done=True)
    elif way.ended_at is not None:
        yield TimelineEvent(_words(standing), at=way.ended_at, detail=way.ended_by, done=True)
    elif way.dates is not None:
        yield _ahead(way, day(way.dates.deemed_delivered_on))


def _ahead(way: Way, on: str) -> TimelineEvent:
    """A term that is over needs nobody any more, though its UPD is still to be sealed."""
    note = on if way.is_lapsed else _("%(day)s, jeśli nikt nie odbierze pisma") % {"day": on}
    return TimelineEvent(_words(Tracked.DEEMED), note=note, done=way.is_lapsed)


def _words(standing: Tracked) -> str:
    return str(STANDINGS[standing][0])
