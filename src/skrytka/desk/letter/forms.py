"""What a clerk writes down about a letter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from skrytka.desk.texts import EFFECTS, FAULTS
from skrytka.letters.operations.handling import LONGEST_NOTE
from skrytka.letters.operations.handling_moves import HandlingFault


class NoteForm(forms.Form):
    prefix = "note"
    text = forms.CharField(
        label=_("Notatka"),
        help_text=_("Widzi ją tylko kancelaria."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": FAULTS[HandlingFault.NO_TEXT]},
    )


class DeficiencyForm(forms.Form):
    prefix = "deficiency"
    reason = forms.CharField(
        label=_("Czego brakuje?"),
        help_text=_("Na przykład: brak podpisu, brak adresu, brak żądania."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": FAULTS[HandlingFault.NO_REASON]},
    )


class AssessmentForm(forms.Form):
    prefix = "assessment"
    effect = forms.ChoiceField(
        label=_("Skutek pisma"),
        widget=forms.RadioSelect,
        choices=[(effect.value, text) for effect, text in EFFECTS.items()],
        error_messages={"required": _("Wybierz ocenę"), "invalid_choice": _("Wybierz ocenę")},
    )
    reason = forms.CharField(
        label=_("Uzasadnienie"),
        help_text=_("Oceny nie da się usunąć. Możesz dopisać następną."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": FAULTS[HandlingFault.NO_REASON]},
    )
