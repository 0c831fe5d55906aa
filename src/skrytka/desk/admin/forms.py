"""What an administrator types: boxes, staff, texts, attachment rules, statement."""

from collections.abc import Iterable
from typing import cast

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from skrytka.accounts.queries import Role
from skrytka.letters.screening.formats import FileFormat
from skrytka.ui.forms import CivilDateField

MEGABYTE = 1_000_000
LARGEST_MEGABYTES = 2_000
ROLES = {
    Role.CLERK: _("Prowadzący sprawy: czyta pisma i je prowadzi"),
    Role.FRONT_DESK: _("Punkt kancelaryjny: widzi pisma, nic w nich nie zmienia"),
    Role.ADMINISTRATOR: _("Administrator: ustawienia, bez wglądu w pisma"),
}


def lines_of(text: str) -> tuple[str, ...]:
    """This will return the lines of a text that hold something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)


class LinesField(forms.Field):
    """Several values, one in each line; gives a tuple."""

    widget = forms.Textarea

    def prepare_value(self, value: object) -> object:
        return _lines(map(str, value)) if isinstance(value, tuple) else value

    def to_python(self, value: object) -> tuple[str, ...]:
        return lines_of(str(value or ""))

    def run_validators(self, value: tuple[str, ...]) -> None:
        for line in value:
            super().run_validators(line)


class BoxForm(forms.Form):
    title = forms.CharField(
        label=_("Nazwa skrytki"),
        max_length=200,
        error_messages={"required": _("Wpisz nazwę skrytki")},
    )
    purpose = forms.CharField(
        label=_("Dla kogo i do czego"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Napisz, dla kogo jest ta skrytka")},
    )
    notify = LinesField(
        label=_("Kogo zawiadamiać o nowym piśmie"),
        help_text=_("Jeden adres e-mail w każdym wierszu."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        validators=[validate_email],
        error_messages={"invalid": _("Wpisz adres e-mail, na przykład kancelaria@example.pl")},
    )
    is_open = forms.BooleanField(
        label=_("Skrytka przyjmuje pisma"),
        help_text=_("Gdy ją zamkniesz, nadawca zobaczy, że ma wybrać inną skrytkę."),
        required=False,
    )


class EmployForm(forms.Form):
    email = forms.EmailField(
        label=_("Adres e-mail konta"),
        help_text=_("Ta osoba musi mieć już konto."),
        error_messages={
            "required": _("Wpisz adres e-mail, na przykład anna@example.pl"),
            "invalid": _("Wpisz adres e-mail, na przykład anna@example.pl"),
        },
    )
    role = forms.ChoiceField(
        label=_("Rola"),
        widget=forms.RadioSelect,
        choices=[(role.value, text) for role, text in ROLES.items()],
        error_messages={"required": _("Wybierz rolę"), "invalid_choice": _("Wybierz rolę")},
    )


class TextsForm(forms.Form):
    lead = forms.CharField(label=_("Zdanie pod nazwą"), max_length=300, required=False)
    phone = forms.CharField(label=_("Telefon"), max_length=40, required=False)
    email = forms.EmailField(
        label=_("Adres e-mail"),
        required=False,
        error_messages={"invalid": _("Wpisz adres e-mail, na przykład urzad@example.pl")},
    )
    website = forms.URLField(
        label=_("Strona internetowa"),
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Wpisz adres strony, na przykład https://example.pl")},
    )
    hours = LinesField(
        label=_("Godziny pracy"),
        help_text=_("Jeden wiersz na przykład: pon.–śr. 7:30–15:30"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    channel_effect = forms.CharField(
        label=_("Skutek prawny tej drogi"),
        help_text=_("To zdanie trafi też do każdego UPO."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    signature_rule = forms.CharField(
        label=_("Które pisma trzeba podpisać"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    privacy_text = forms.CharField(
        label=_("Informacja o danych osobowych (RODO)"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )


class RulesForm(forms.Form):
    formats = forms.MultipleChoiceField(
        label=_("Przyjmowane formaty"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(kind.value, kind.value) for kind in FileFormat],
        error_messages={"required": _("Wybierz co najmniej jeden format")},
    )
    megabytes = forms.IntegerField(
        label=_("Limit wszystkich załączników jednego pisma, w MB"),
        min_value=1,
        max_value=LARGEST_MEGABYTES,
        error_messages={
            "required": _("Wpisz liczbę, na przykład 150"),
            "invalid": _("Wpisz liczbę, na przykład 150"),
            "min_value": _("Limit musi mieć co najmniej 1 MB"),
            "max_value": _("Limit może mieć najwyżej 2000 MB"),
        },
    )
    file_count = forms.IntegerField(
        label=_("Najwięcej plików w jednym piśmie"),
        min_value=1,
        max_value=500,
        error_messages={
            "required": _("Wpisz liczbę, na przykład 50"),
            "invalid": _("Wpisz liczbę, na przykład 50"),
            "min_value": _("Pozwól na co najmniej 1 plik"),
            "max_value": _("Pozwól najwyżej na 500 plików"),
        },
    )
    quarantine_days = forms.IntegerField(
        label=_("Ile dni trzymać w kwarantannie pliki odrzuconych pism"),
        help_text=_("Potem je niszczymy. Puste pole znaczy 30 dni."),
        required=False,
        min_value=1,
        max_value=365,
        error_messages={
            "invalid": _("Wpisz liczbę, na przykład 30"),
            "min_value": _("Wpisz co najmniej 1 dzień"),
            "max_value": _("Wpisz najwyżej 365 dni"),
        },
    )
    in_force_on = CivilDateField(
        label=cast("str", _("Od kiedy obowiązują")),
        help_text=cast("str", _("Na przykład 1 1 2027")),
    )
    source = forms.CharField(
        label=_("Źródło zasady"),
        help_text=_("Na przykład zarządzenie albo regulamin, z numerem i datą."),
        max_length=300,
        error_messages={"required": _("Podaj źródło tej zasady")},
    )


class StatementForm(forms.Form):
    published_on = CivilDateField(label=cast("str", _("Data publikacji strony")))
    updated_on = CivilDateField(
        label=cast("str", _("Data ostatniej istotnej zmiany")), required=False
    )
    prepared_on = CivilDateField(label=cast("str", _("Data sporządzenia deklaracji")))
    reviewed_on = CivilDateField(label=cast("str", _("Data przeglądu deklaracji")), required=False)
    status = forms.ChoiceField(
        label=_("Zgodność z ustawą"),
        widget=forms.RadioSelect,
        choices=[
            ("FULL", _("Zgodna")),
            ("PARTIAL", _("Częściowo zgodna")),
            ("NONE", _("Niezgodna")),
        ],
        error_messages={"required": _("Wybierz zgodność")},
    )
    exceptions = forms.CharField(
        label=_("Co nie jest dostępne"),
        help_text=_("Jedna rzecz w każdym wierszu."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    person = forms.CharField(label=_("Osoba do kontaktu"), max_length=200, required=False)
    email = forms.EmailField(
        label=_("Adres e-mail do kontaktu"),
        required=False,
        error_messages={"invalid": _("Wpisz adres e-mail, na przykład anna@example.pl")},
    )
    phone = forms.CharField(label=_("Telefon do kontaktu"), max_length=40, required=False)
    architecture = forms.CharField(
        label=_("Dostępność architektoniczna"),
        help_text=_("Jeden akapit w każdym wierszu."),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )
    auditor = forms.CharField(label=_("Kto ocenił stronę"), max_length=200, required=False)
