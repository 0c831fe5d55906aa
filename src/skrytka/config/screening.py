"""What the worker does for files once they are in: alarm, quarantine, screening again.

Nobody waits for any of it: letters and receipts go first.
"""

import logging
from datetime import datetime

from django.conf import settings

from skrytka.config.quarantine import keep_quarantine
from skrytka.delivery.operations.flag_watch import tell_of_flagged_bytes
from skrytka.delivery.operations.rescreening import rescreen_sent_letters
from skrytka.gateways.turns import TURNS
from skrytka.letters.operations.rescreening import rescreen_letters
from skrytka.letters.operations.screening_watch import tell_of_flags, watch_screening
from skrytka.letters.operations.taking_in import list_given_up_files

log = logging.getLogger("skrytka.worker")


def watch_files(*, at: datetime) -> None:
    """This will ring for what waits too long, tell of what was flagged, and keep the quarantine.

    Last it tells the people whose files could not be taken in for a day.
    """
    with TURNS.taken():
        watch_screening(at=at)
        tell_of_flags(at=at)
        tell_of_flagged_bytes(at=at)
        swept = keep_quarantine(at=at)
        given_up = list_given_up_files(at=at)
    if swept.locked or swept.destroyed:
        log.info("quarantine_kept locked=%d destroyed=%d", swept.locked, swept.destroyed)
    if given_up:
        log.warning("files_given_up count=%d", given_up)


def rescreen(*, at: datetime) -> bool:
    """This will screen a few files again, and tell whether more are due.

    Those of letters that came go first: their clerks open them.
    """
    days = settings.ENVIRONMENT.rescreening_days
    with TURNS.taken():
        done = rescreen_letters(days=days, at=at)
        if done.is_done:
            done += rescreen_sent_letters(days=days, at=at)
    if done.screened:
        log.info("letters_rescreened files=%d flagged=%d", done.screened, done.flagged)
    return not done.is_done
