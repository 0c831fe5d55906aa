"""What an administrator writes down when a finding was a false alarm."""

from django import forms
from django.utils.translation import gettext_lazy as _

from skrytka.letters.operations.flags import LONGEST_REASON


class ReleaseForm(forms.Form):
    reason = forms.CharField(
        label=_("Skąd wiesz, że to fałszywy alarm?"),
        help_text=_("Na przykład: odpowiedź producenta skanera. Powód zostaje w historii."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Wpisz powód")},
    )
