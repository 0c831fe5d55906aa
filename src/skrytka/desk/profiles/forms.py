"""What a clerk types at the counter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from skrytka.accounts.queries import SeenDocument

DOCUMENTS = (
    (SeenDocument.ID_CARD.value, _("Dowód osobisty")),
    (SeenDocument.MOBILE_ID.value, _("mDowód w aplikacji mObywatel")),
    (SeenDocument.PASSPORT.value, _("Paszport")),
    (SeenDocument.RESIDENCE_CARD.value, _("Karta pobytu")),
)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Kod prośby"),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
        help_text=_("8 znaków, które poda osoba przy okienku, na przykład ABCD-2345"),
        error_messages={"required": _("Wpisz kod prośby")},
    )


class IdentityForm(forms.Form):
    document = forms.ChoiceField(
        label=_("Jaki dokument widzisz?"),
        choices=DOCUMENTS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Wybierz dokument")},
    )
    pesel = forms.CharField(
        label=_("PESEL z dokumentu"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-10"}
        ),
        error_messages={"required": _("Wpisz PESEL")},
    )
    is_same = forms.BooleanField(
        label=_("Zdjęcie, imię i nazwisko zgadzają się z osobą i z prośbą"),
        error_messages={
            "required": _("Porównaj dokument z osobą. Jeśli coś się nie zgadza, odmów.")
        },
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Powód"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-30"}),
        help_text=_("Osoba zobaczy ten tekst. Nie wpisuj w nim danych z dokumentu."),
        error_messages={"required": _("Wpisz powód")},
    )
