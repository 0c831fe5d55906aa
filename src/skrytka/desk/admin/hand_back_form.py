"""What an administrator decides when a box goes by the rules of its institution again."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from skrytka.letters.operations.handing_back import HandBackFault
from skrytka.ui.forms import CivilDateField

HAND_BACK_FAULTS = {
    HandBackFault.NOT_OWN: _("Tego dnia skrytka nie ma już własnych zasad"),
    HandBackFault.PAST_DAY: _("Wybierz dzisiejszy dzień albo późniejszy"),
}


class HandBackForm(forms.Form):
    in_force_on = CivilDateField(
        label=cast("str", _("Od kiedy obowiązują zasady instytucji")),
        help_text=cast(
            "str",
            _(
                "Pisma, które wpłyną wcześniej, ocenimy według własnych zasad skrytki. "
                "Nowe własne zasady możesz zapisać w każdej chwili."
            ),
        ),
    )
    source = forms.CharField(
        label=_("Źródło zasady"),
        help_text=_("Na przykład zarządzenie albo regulamin, z numerem i datą."),
        max_length=300,
        error_messages={"required": _("Podaj źródło tej zasady")},
    )
