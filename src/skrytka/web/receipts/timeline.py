"""„Co dzieje się z pismem”: what happened, and what comes next."""

from django.utils.translation import gettext as _

from skrytka.catalogue.queries import time_limit_of
from skrytka.letters.queries.letters import LetterView
from skrytka.ui.parts import TimelineEvent


def timeline_of(letter: LetterView) -> tuple[TimelineEvent, ...]:
    """This will tell the way of a letter from sending to the answer."""
    sent = TimelineEvent(_("Wysłane"), at=letter.submitted_at, done=True)
    if letter.is_refused:
        return (sent, _refused(letter))
    return (sent, _delivered(letter), _assigned(letter), _answered(letter))


def _refused(letter: LetterView) -> TimelineEvent:
    sealed_at = letter.receipt.sealed_at if letter.receipt else None
    return TimelineEvent(_("Nieprzyjęte"), at=sealed_at, done=True)


def _delivered(letter: LetterView) -> TimelineEvent:
    if letter.is_awaiting_screening:
        note = _("sprawdzamy załączniki, data wpływu już się liczy")
        return TimelineEvent(_("Doręczone"), note=note)
    if letter.receipt is None:
        return TimelineEvent(_("Doręczone"), note=_("przygotowujemy UPO"))
    at = letter.receipt.sealed_at
    return TimelineEvent(_("Doręczone"), at=at, detail=_("masz UPO"), done=True)


def _assigned(letter: LetterView) -> TimelineEvent:
    if letter.handling is not None and letter.handling.is_assigned:
        return TimelineEvent(_("Przekazane pracownikowi"), done=True)
    return TimelineEvent(_("Przekazane pracownikowi"))


def _answered(letter: LetterView) -> TimelineEvent:
    if letter.handling is not None and letter.handling.state.value == "DONE":
        at = letter.handling.updated_at
        return TimelineEvent(_("Sprawa załatwiona przez urząd"), at=at, done=True)
    return TimelineEvent(_("Odpowiedź"), note=_promised(letter))


def _promised(letter: LetterView) -> str:
    """Only what the institution itself has written on the card of the service, in its own words."""
    limit = time_limit_of(letter.card_code)
    return _("według karty sprawy: %(limit)s") % {"limit": limit} if limit else ""
