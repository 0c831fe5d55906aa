"""What a person tells about themselves and their organisations."""

from django import forms
from django.utils.translation import gettext_lazy as _

from skrytka.accounts.operations import OrganisationData, PersonalData
from skrytka.accounts.queries import Address, PartyDetails, PartyKind, Viewer
from skrytka.ui.navigation import LANGUAGES

KINDS = (
    (PartyKind.COMPANY.value, _("Firma")),
    (PartyKind.ASSOCIATION.value, _("Stowarzyszenie, fundacja albo inna organizacja")),
)


WIDTHS = {
    "street": 20,
    "building": 5,
    "flat": 5,
    "postal_code": 5,
    "town": 20,
    "given_name": 20,
    "family_name": 20,
    "name": 30,
    "nip": 10,
    "regon": 10,
    "krs": 10,
    "box_address": 30,
}


class NarrowForm(forms.Form):
    """A form whose fields are as wide as what one types into them."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        for name, field in self.fields.items():
            if name in WIDTHS:
                field.widget.attrs["class"] = f"govuk-input--width-{WIDTHS[name]}"


class AddressForm(NarrowForm):
    street = forms.CharField(label=_("Ulica"), max_length=120, required=False)
    building = forms.CharField(label=_("Numer domu"), max_length=20, required=False)
    flat = forms.CharField(label=_("Numer mieszkania"), max_length=20, required=False)
    postal_code = forms.RegexField(
        r"^\d{2}-\d{3}$",
        label=_("Kod pocztowy"),
        required=False,
        error_messages={"invalid": _("Wpisz kod pocztowy, na przykład 43-400")},
    )
    town = forms.CharField(label=_("Miejscowość"), max_length=80, required=False)

    def address(self) -> Address:
        data = self.cleaned_data
        return Address(
            data["street"], data["building"], data["flat"], data["postal_code"], data["town"]
        )


class PersonalDataForm(AddressForm):
    given_name = forms.CharField(
        label=_("Imię"), max_length=100, error_messages={"required": _("Wpisz imię")}
    )
    family_name = forms.CharField(
        label=_("Nazwisko"), max_length=100, error_messages={"required": _("Wpisz nazwisko")}
    )
    language = forms.ChoiceField(
        label=_("Język stron i wiadomości"), choices=LANGUAGES, initial="pl"
    )
    field_order = ("given_name", "family_name")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, hint in AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = hint

    def personal_data(self) -> PersonalData:
        data = self.cleaned_data
        return PersonalData(
            data["given_name"], data["family_name"], self.address(), data["language"]
        )


AUTOCOMPLETE = {
    "given_name": "given-name",
    "family_name": "family-name",
    "postal_code": "postal-code",
    "town": "address-level2",
}


def initial_of(party: PartyDetails | None, viewer: Viewer) -> dict[str, str]:
    """This will fill the form with what we know."""
    if party is None:
        return {"language": viewer.language}
    address = party.address
    return {
        "given_name": party.given_name,
        "family_name": party.family_name,
        "street": address.street,
        "building": address.building,
        "flat": address.flat,
        "postal_code": address.postal_code,
        "town": address.town,
        "language": viewer.language,
    }


class OrganisationForm(AddressForm):
    kind = forms.ChoiceField(
        label=_("Rodzaj organizacji"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Wybierz rodzaj organizacji")},
    )
    name = forms.CharField(
        label=_("Nazwa"), max_length=200, error_messages={"required": _("Wpisz nazwę")}
    )
    nip = forms.CharField(label=_("NIP"), max_length=20, required=False)
    regon = forms.CharField(label=_("REGON"), max_length=20, required=False)
    krs = forms.CharField(
        label=_("KRS"), max_length=20, required=False, help_text=_("10 cyfr, razem z zerami")
    )
    field_order = ("kind", "name", "nip", "regon", "krs")

    def organisation_data(self) -> OrganisationData:
        data = self.cleaned_data
        return OrganisationData(
            PartyKind(data["kind"]),
            data["name"],
            self.address(),
            data["nip"],
            data["regon"],
            data["krs"],
        )


class MandateForm(NarrowForm):
    box_address = forms.CharField(
        label=_("Adres skrzynki pełnomocnika"),
        max_length=200,
        help_text=_(
            "Na przykład /bnowak/domyslna. Pełnomocnik znajdzie go na swojej stronie konta."
        ),
        error_messages={"required": _("Wpisz adres skrzynki pełnomocnika")},
    )
