"""What an administrator types about deliveries: one of the known rules or an own one."""

from datetime import date
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from skrytka.core.delivery import POLICIES, ClockStart, DeemedDay, DeliveryPolicy, LastDay
from skrytka.delivery.operations.rules import RulesFault
from skrytka.delivery.queries.rules import Release, UpdSignatures
from skrytka.ui.forms import CivilDateField

OWN = "OWN"
STARTS = {
    ClockStart.FIRST_NOTICE_SENT: _("Wysłanie pierwszego zawiadomienia"),
    ClockStart.ARRIVED: _("Wpłynięcie pisma do skrzynki"),
    ClockStart.ARRIVAL_RECORDED: _("Wystawienie dowodu otrzymania"),
}
LAST_DAYS = {
    LastDay.AS_COUNTED: _("Zostaje, jak wypada"),
    LastDay.WORKING_DAY: _("Przesuwa się na najbliższy dzień roboczy"),
}
DEEMED_DAYS = {
    DeemedDay.NEXT: _("Dzień po ostatnim dniu"),
    DeemedDay.LAST: _("Ostatni dzień, z jego końcem"),
}
SIGNATURES = {
    UpdSignatures.PARTY: _("Tylko adresat"),
    UpdSignatures.OFFICE_AND_PARTY: _("Pieczęć instytucji, potem adresat"),
}
RELEASES = {
    Release.AUTHOR: _("Osoba, która je napisała"),
    Release.SECOND_PERSON: _("Druga osoba"),
}
FAULTS = {
    RulesFault.IN_THE_PAST: ("in_force_on", _("Podaj dzisiejszy dzień albo późniejszy")),
    RulesFault.NO_SOURCE: ("source", _("Podaj źródło tej zasady")),
    RulesFault.TERM: ("days", _("Termin ma od 1 do 90 dni")),
    RulesFault.SECOND_NOTICE: (
        "second_notice_days",
        _("Powtórne zawiadomienie wysyła się przed końcem terminu. Wpisz mniejszą liczbę dni."),
    ),
}
NUMBER = {"invalid": _("Wpisz liczbę, na przykład 14")}


class ExampleForm(forms.Form):
    """The day that starts the term of the example; asked by GET, nothing is changed."""

    start = CivilDateField(
        label=cast("str", _("Pierwsze zawiadomienie albo wpływ")),
        help_text=cast("str", _("Na przykład 2 11 2026")),
    )


class DeliveryRulesForm(forms.Form):
    base = forms.ChoiceField(
        label=_("Zasada"),
        widget=forms.RadioSelect,
        choices=[
            *((policy.id, policy.name) for policy in POLICIES.values()),
            (OWN, _("Własna zasada")),
        ],
        error_messages={"required": _("Wybierz zasadę"), "invalid_choice": _("Wybierz zasadę")},
    )
    days = forms.IntegerField(
        label=_("Własna zasada: ile dni na odbiór"), required=False, error_messages=NUMBER
    )
    second_notice_days = forms.IntegerField(
        label=_("Własna zasada: po ilu dniach powtórne zawiadomienie"),
        help_text=_("Zostaw puste, jeśli nie ma powtórnego zawiadomienia."),
        required=False,
        error_messages=NUMBER,
    )
    last_day = forms.ChoiceField(
        label=_("Własna zasada: ostatni dzień w dniu wolnym albo w sobotę"),
        widget=forms.RadioSelect,
        choices=[(code.value, text) for code, text in LAST_DAYS.items()],
        required=False,
    )
    deemed_day = forms.ChoiceField(
        label=_("Własna zasada: dzień uznania za doręczone"),
        widget=forms.RadioSelect,
        choices=[(code.value, text) for code, text in DEEMED_DAYS.items()],
        required=False,
    )
    start = forms.ChoiceField(
        label=_("Własna zasada: od czego biegnie termin"),
        widget=forms.RadioSelect,
        choices=[(code.value, text) for code, text in STARTS.items()],
        required=False,
    )
    access_months = forms.IntegerField(
        label=_("Własna zasada: ile miesięcy treść jest dostępna"),
        help_text=_("Zostaw puste, jeśli zasada tego nie określa."),
        min_value=1,
        max_value=1200,
        required=False,
        error_messages={
            **NUMBER,
            "min_value": _("Wpisz co najmniej 1 miesiąc"),
            "max_value": _("Wpisz najwyżej 1200 miesięcy"),
        },
    )
    upd_signatures = forms.ChoiceField(
        label=_("Kto podpisuje UPD"),
        widget=forms.RadioSelect,
        choices=[(code.value, text) for code, text in SIGNATURES.items()],
        error_messages={"required": _("Wybierz, kto podpisuje")},
    )
    release = forms.ChoiceField(
        label=_("Kto wypuszcza pismo"),
        widget=forms.RadioSelect,
        choices=[(code.value, text) for code, text in RELEASES.items()],
        error_messages={"required": _("Wybierz, kto wypuszcza pismo")},
    )
    in_force_on = CivilDateField(
        label=cast("str", _("Od kiedy obowiązują")),
        help_text=cast("str", _("Dziś albo później.")),
    )
    source = forms.CharField(
        label=_("Źródło zasady"),
        help_text=_("Na przykład zarządzenie albo regulamin, z numerem i datą."),
        max_length=300,
        error_messages={"required": _("Podaj źródło tej zasady")},
    )

    def clean(self) -> dict[str, object]:
        """Of an own rule every part has to be said, but those that may be left out."""
        cleaned: dict[str, object] = self.cleaned_data
        if cleaned.get("base") == OWN:
            for name in ("days", "last_day", "deemed_day", "start"):
                if cleaned.get(name) in {None, ""} and name not in self.errors:
                    self.add_error(name, _("Uzupełnij to pole własnej zasady"))
        return cleaned


def policy_of(form: DeliveryRulesForm, entity: str, version: int) -> DeliveryPolicy:
    """This will build the policy that a valid form names; an own one bears the institution's id."""
    data = form.cleaned_data
    if data["base"] != OWN:
        return POLICIES[data["base"]]
    on: date = data["in_force_on"]
    return DeliveryPolicy(
        id=entity,
        version=version,
        in_force_on=on,
        name="Zasada własna",
        source=data["source"],
        start=ClockStart(data["start"]),
        days=data["days"],
        second_notice_days=data["second_notice_days"],
        last_day=LastDay(data["last_day"]),
        deemed_day=DeemedDay(data["deemed_day"]),
        access_months=data["access_months"],
    )


def typed(policy: DeliveryPolicy, today: date) -> dict[str, object]:
    """This will fill the form with a policy that is in force, to begin from."""
    return {
        "base": policy.id if policy.id in POLICIES else OWN,
        "days": policy.days,
        "second_notice_days": policy.second_notice_days,
        "last_day": policy.last_day.value,
        "deemed_day": policy.deemed_day.value,
        "start": policy.start.value,
        "access_months": policy.access_months,
        "in_force_on": today,
    }
