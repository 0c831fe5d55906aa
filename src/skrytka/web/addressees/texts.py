"""Codes of the addressee's box in the words of the page."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from skrytka.catalogue.addressees import BoxReason
from skrytka.ui.formats import number
from skrytka.web.addressees.choices import Suggestions


def box_reason_text(reason: BoxReason) -> str:
    """This will say why a letter goes to this box."""
    return {
        BoxReason.FOR_PERSONS: _("Piszesz jako osoba prywatna, więc to skrytka dla Ciebie."),
        BoxReason.FOR_COMPANIES: _("Piszesz jako firma, więc to skrytka dla firm."),
        BoxReason.FOR_ASSOCIATIONS: _(
            "Piszesz jako stowarzyszenie, więc to skrytka dla stowarzyszeń."
        ),
        BoxReason.FOR_INSTITUTIONS: _("Tej skrytki urzędy używają między sobą."),
        BoxReason.TAKES_UNSIGNED: _("Ta skrytka przyjmuje pisma z podpisem i bez podpisu."),
        BoxReason.BASIC: _("To adres podstawowy tej instytucji."),
        BoxReason.ONLY_OPEN: _("To jedyna otwarta skrytka tej instytucji."),
    }[reason]


def found_text(found: Suggestions) -> str:
    """This will say how many institutions were found, and that more words would narrow them."""
    count = number(found.count)
    if found.is_cut:
        return _("Znaleziono ponad %(n)s instytucji. Dopisz miejscowość.") % {"n": count}
    text = ngettext("Znaleziono %(n)s instytucję", "Znaleziono %(n)s instytucji", found.count)
    if len(found.lines) < found.count:
        text = f"{text}. {_('Pokazujemy najlepiej pasujące.')}"
    return text % {"n": count}
