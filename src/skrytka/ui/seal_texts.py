"""What is said of a seal that ends: of whose, until when, what stops and what to do."""

from datetime import datetime

from django.utils.translation import gettext as _

from skrytka.ui.formats import day


def ending_text(purpose: str, until: datetime, at: datetime) -> str:
    """This will say when a seal ends or ended, what waits then, and the way out.

    ``purpose`` is RECEIPT or TRUSTED_PROFILE.
    """
    return _TEXTS[purpose, at > until]() % {"day": day(until)}


_TEXTS = {
    ("RECEIPT", False): lambda: _(
        "%(day)s kończy się certyfikat pieczęci poświadczeń. Pisma będą przyjmowane, ale UPP, UPO "
        "i UPD poczekają na nową pieczęć. Wgrywa ją administrator serwera."
    ),
    ("RECEIPT", True): lambda: _(
        "%(day)s skończył się certyfikat pieczęci poświadczeń. Pisma są przyjmowane, ale UPP, UPO "
        "i UPD czekają na nową pieczęć. Wgrywa ją administrator serwera."
    ),
    ("TRUSTED_PROFILE", False): lambda: _(
        "%(day)s kończy się certyfikat pieczęci podpisu zaufanego. Potem nikt nie złoży tu tego "
        "podpisu, aż administrator serwera wgra nową pieczęć."
    ),
    ("TRUSTED_PROFILE", True): lambda: _(
        "%(day)s skończył się certyfikat pieczęci podpisu zaufanego. Nikt nie złoży tu tego "
        "podpisu, aż administrator serwera wgra nową pieczęć."
    ),
}
