"""What the scanners last said of a file, in one line."""

from django.utils.translation import gettext as _

from skrytka.letters.queries.screenings import Screening
from skrytka.ui.formats import moment


def screened_text(screening: Screening | None) -> str:
    """This will tell when a file was screened and by what; empty where no answer was kept."""
    if screening is None:
        return ""
    told = {"when": moment(screening.at), "engine": screening.engine}
    if screening.is_safe:
        return _("Sprawdzony %(when)s, %(engine)s") % told
    return _("Złośliwe oprogramowanie wykryte %(when)s, %(engine)s") % told
