"""What is told of a file that was let in although it holds more than a document."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Stored codes of the remarks; in the order in which they are told.
AT_THE_DESK = {
    "MACROS": gettext_lazy("Zawiera makra"),
    "SCRIPT": gettext_lazy("Zawiera skrypt"),
    "EMBEDDED_FILES": gettext_lazy("Zawiera inne pliki"),
    "LOCKED": gettext_lazy("Zabezpieczony hasłem, niesprawdzony w środku"),
    "NESTED": gettext_lazy("Zawiera archiwum w archiwum"),
    "UNSEARCHED": gettext_lazy("Nie udało się sprawdzić, czy zawiera skrypt"),
}
TO_THE_SENDER = {
    "MACROS": gettext_lazy("są w nim makra"),
    "SCRIPT": gettext_lazy("jest w nim skrypt"),
    "EMBEDDED_FILES": gettext_lazy("są w nim inne pliki"),
    "LOCKED": gettext_lazy("jest zabezpieczony hasłem, więc nie sprawdziliśmy go w środku"),
    "NESTED": gettext_lazy("jest w nim archiwum w archiwum"),
    "UNSEARCHED": gettext_lazy("nie udało się sprawdzić, czy jest w nim skrypt"),
}


def remark_lines(remarks: Iterable[str]) -> tuple[str, ...]:
    """This will tell a clerk what is to be known of a file before it is opened."""
    return tuple(str(AT_THE_DESK[code]) for code in remarks if code in AT_THE_DESK)


def remark_sentence(remarks: Iterable[str]) -> str:
    """This will tell the sender what the institution will see; empty where there is nothing."""
    what = _told(remarks)
    return _("Możesz wysłać ten plik. Urząd zobaczy, że %(what)s.") % {"what": what} if what else ""


def addressee_sentence(remarks: Iterable[str]) -> str:
    """This will tell a clerk what the addressee will see; empty where there is nothing."""
    what = _told(remarks)
    text = _("Możesz wysłać ten plik. Adresat zobaczy, że %(what)s.")
    return text % {"what": what} if what else ""


def party_sentence(remarks: Iterable[str]) -> str:
    """This will tell a party what to know of a file from an institution before it is opened."""
    what = _told(remarks)
    return _("Uwaga: %(what)s.") % {"what": what} if what else ""


def _told(remarks: Iterable[str]) -> str:
    return ", ".join(str(TO_THE_SENDER[code]) for code in remarks if code in TO_THE_SENDER)
