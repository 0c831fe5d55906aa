"""What the scanners last said of a file, in one line."""

from django.utils.translation import gettext as _

from skrytka.letters.queries.screenings import Screening
from skrytka.ui.formats import clock_time, day


def screened_text(screening: Screening | None) -> str:
    """This will tell when a file was screened and by what; empty where no answer was kept."""
    if screening is None:
        return ""
    told = {
        "day": day(screening.at),
        "time": clock_time(screening.at),
        "engine": screening.engine,
    }
    if screening.is_safe:
        return _("Sprawdzony %(day)s, %(time)s. Skaner: %(engine)s") % told
    return _("Złośliwe oprogramowanie wykryte %(day)s, %(time)s. Skaner: %(engine)s") % told
