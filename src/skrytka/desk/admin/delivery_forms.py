"""What an administrator types about deliveries: rules built in, rules of their own, an example."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from skrytka.core.delivery import POLICIES, ClockStart, DeemedDay, DeliveryPolicy, LastDay
from skrytka.delivery.operations.rules import LONGEST_TERM, NewRules
from skrytka.delivery.queries.rules import Release, RulesView, UpdSignatures
from skrytka.desk.admin.delivery_words import (
    DEEMED_DAYS,
    LAST_DAYS,
    RELEASES,
    SIGNATURES,
    STARTS,
    Word,
)
from skrytka.ui.forms import CivilDateField

LONGEST_ID, LONGEST_NAME, LONGEST_SOURCE = 40, 120, 300
FIRST_YEAR, LAST_YEAR = 1990, 2200
MOST_MONTHS = 120


def _radios(label: str, words: Mapping[Any, Word]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        widget=forms.RadioSelect,
        choices=[(code.value, text) for code, text in words.items()],
        error_messages={"required": _("Wybierz jedną możliwość")},
    )


def _count(label: str, most: int, message: Word, **more: Any) -> forms.IntegerField:
    told = dict.fromkeys(("required", "invalid", "min_value", "max_value"), message)
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=cast("dict[str, Any]", told),
        **more,
    )


class RulesForm(forms.Form):
    """What every version decides, whatever the rule about the term."""

    upd_signatures = _radios(cast("str", _("Podpisy na UPD")), SIGNATURES)
    release = _radios(cast("str", _("Kto wysyła pismo")), RELEASES)
    in_force_on = CivilDateField(
        label=cast("str", _("Od kiedy obowiązują")),
        help_text=cast("str", _("Od dziś albo później. Na przykład 1 1 2027")),
    )
    source = forms.CharField(
        label=_("Decyzja instytucji"),
        help_text=_("Na przykład: zarządzenie dyrektora nr 7/2026"),
        max_length=LONGEST_SOURCE,
        error_messages={"required": _("Podaj decyzję, którą przyjęto te zasady")},
    )

    def clean_in_force_on(self) -> date:
        return _computable(cast("date", self.cleaned_data["in_force_on"]))

    def policy(self) -> DeliveryPolicy:
        raise NotImplementedError

    def office(self) -> tuple[date, UpdSignatures, Release, str]:
        """This will return what the institution decides beside the rule about the term."""
        data = self.cleaned_data
        signatures, release = UpdSignatures(data["upd_signatures"]), Release(data["release"])
        return data["in_force_on"], signatures, release, data["source"]

    def rules(self, policy: DeliveryPolicy) -> NewRules:
        on, signatures, release, source = self.office()
        return NewRules(policy, on, signatures, release, source)


class BuiltInRulesForm(RulesForm):
    """One of the rules that the product knows."""

    base = forms.ChoiceField(
        label=_("Reguła"),
        widget=forms.RadioSelect,
        choices=[(policy.id, policy.name) for policy in POLICIES.values()],
        error_messages={"required": _("Wybierz regułę")},
    )
    field_order = ("base",)

    def policy(self) -> DeliveryPolicy:
        return POLICIES[self.cleaned_data["base"]]


class OwnRulesForm(RulesForm):
    """A rule of the institution's own."""

    own_id = forms.CharField(
        label=_("Kod reguły"),
        help_text=_(
            "Małe litery bez polskich znaków, cyfry i łączniki, na przykład cuw-21-dni. "
            "Trafi do każdego UPD."
        ),
        max_length=LONGEST_ID,
        validators=[RegexValidator(r"\A[a-z0-9]+(-[a-z0-9]+)*\Z", code="invalid")],
        error_messages={
            "required": _("Wpisz kod reguły, na przykład cuw-21-dni"),
            "invalid": _("Użyj małych liter bez polskich znaków, cyfr i łączników"),
        },
    )
    name = forms.CharField(
        label=_("Nazwa reguły"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Wpisz nazwę reguły")},
    )
    law = forms.CharField(
        label=_("Podstawa prawna"),
        help_text=_("Przepis, z którego wynika termin. Trafi do UPD i do wyjaśnienia terminu."),
        max_length=LONGEST_SOURCE,
        error_messages={"required": _("Podaj przepis, z którego wynika termin")},
    )
    start = _radios(cast("str", _("Termin zaczyna bieg")), STARTS)
    days = _count(cast("str", _("Ile dni na odbiór")), LONGEST_TERM, _("Wpisz liczbę od 1 do 90"))
    second_notice_days = _count(
        cast("str", _("Po ilu dniach powtórne zawiadomienie")),
        LONGEST_TERM,
        _("Wpisz liczbę dni albo zostaw puste pole"),
        help_text=_("Zostaw puste, jeśli go nie ma."),
        required=False,
    )
    last_day = _radios(cast("str", _("Gdy ostatni dzień jest wolny")), LAST_DAYS)
    deemed_day = _radios(cast("str", _("Pismo uznaje się za doręczone")), DEEMED_DAYS)
    access_months = _count(
        cast("str", _("Przez ile miesięcy treść jest potem dostępna")),
        MOST_MONTHS,
        _("Wpisz liczbę od 1 do 120 albo zostaw puste pole"),
        help_text=_("Zostaw puste, jeśli reguła tego nie ogranicza."),
        required=False,
    )
    field_order = (
        "own_id", "name", "law", "start", "days", "second_notice_days", "last_day", "deemed_day",
        "access_months",
    )  # fmt: skip

    def clean_own_id(self) -> str:
        own_id = str(self.cleaned_data["own_id"])
        if own_id in POLICIES:
            raise forms.ValidationError(_("Ten kod ma już reguła wbudowana. Wpisz inny."))
        return own_id

    def policy(self) -> DeliveryPolicy:
        data = self.cleaned_data
        return DeliveryPolicy(
            id=data["own_id"],
            version=1,
            in_force_on=data["in_force_on"],
            name=data["name"],
            source=data["law"],
            start=ClockStart(data["start"]),
            days=data["days"],
            second_notice_days=data["second_notice_days"],
            last_day=LastDay(data["last_day"]),
            deemed_day=DeemedDay(data["deemed_day"]),
            access_months=data["access_months"],
        )


class ExampleForm(forms.Form):
    on = CivilDateField(label=cast("str", _("Dzień, od którego liczymy")))

    def clean_on(self) -> date:
        return _computable(cast("date", self.cleaned_data["on"]))


def _computable(on: date) -> date:
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        raise forms.ValidationError(_("Wpisz rok od 1990 do 2200"))
    return on


def typed(rules: RulesView, today: date) -> dict[str, object]:
    """This will fill both forms with what is in force."""
    policy = rules.policy
    return {
        "base": policy.id,
        "own_id": "" if policy.id in POLICIES else policy.id,
        "name": "" if policy.id in POLICIES else policy.name,
        "law": policy.source,
        "start": policy.start,
        "days": policy.days,
        "second_notice_days": policy.second_notice_days,
        "last_day": policy.last_day,
        "deemed_day": policy.deemed_day,
        "access_months": policy.access_months,
        "upd_signatures": rules.upd_signatures,
        "release": rules.release,
        "in_force_on": today,
    }
