from django import forms
from django.utils.translation import gettext_lazy as _


class FriendForm(forms.Form):
    """One address and no text of one's own: a free text would make this a gate for spam."""

    email = forms.EmailField(
        label=_("E-mail znajomego"),
        help_text=_("Wyślemy tylko link do tej strony. Nie zapiszemy tego adresu."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Wpisz adres e-mail, na przykład anna@example.pl"),
            "invalid": _("Wpisz adres e-mail, na przykład anna@example.pl"),
            "max_length": _("Wpisz adres e-mail, na przykład anna@example.pl"),
        },
    )
