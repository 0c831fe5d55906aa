"""Rules of delivery in words: what they say, and what a new version changes."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from skrytka.core.delivery import ClockStart, DeemedDay, DeliveryPolicy, LastDay
from skrytka.delivery.operations.rules import RulesFault
from skrytka.delivery.queries.rules import Release, RulesView, UpdSignatures
from skrytka.ui.formats import day

Word = str | Promise
STARTS: dict[ClockStart, Word] = {
    ClockStart.FIRST_NOTICE_SENT: gettext_lazy("Wysłanie pierwszego zawiadomienia"),
    ClockStart.ARRIVED: gettext_lazy("Wpływ pisma na skrytkę adresata"),
    ClockStart.ARRIVAL_RECORDED: gettext_lazy("Zapisanie wpływu pisma na skrytkę adresata"),
}
LAST_DAYS: dict[LastDay, Word] = {
    LastDay.AS_COUNTED: gettext_lazy("Zostaje, jak policzono"),
    LastDay.WORKING_DAY: gettext_lazy("Przesuwa się na najbliższy dzień roboczy"),
}
DEEMED_DAYS: dict[DeemedDay, Word] = {
    DeemedDay.LAST: gettext_lazy("Ostatni dzień terminu"),
    DeemedDay.NEXT: gettext_lazy("Dzień po ostatnim dniu terminu"),
}
SIGNATURES: dict[UpdSignatures, Word] = {
    UpdSignatures.PARTY: gettext_lazy("Podpis adresata"),
    UpdSignatures.OFFICE_AND_PARTY: gettext_lazy("Pieczęć urzędu i podpis adresata"),
}
RELEASES: dict[Release, Word] = {
    Release.AUTHOR: gettext_lazy("Osoba, która napisała pismo"),
    Release.SECOND_PERSON: gettext_lazy("Druga osoba, nigdy autor pisma"),
}
# Of each refusal: the field it stands at, and what it says.
FAULTS: dict[RulesFault, tuple[str, Word]] = {
    RulesFault.IN_THE_PAST: (
        "in_force_on",
        gettext_lazy("Zasady mogą obowiązywać od dziś albo później"),
    ),
    RulesFault.NO_SOURCE: ("source", gettext_lazy("Podaj decyzję, którą przyjęto te zasady")),
    RulesFault.TERM: ("days", gettext_lazy("Wpisz liczbę od 1 do 90")),
    RulesFault.SECOND_NOTICE: (
        "second_notice_days",
        gettext_lazy("Powtórne zawiadomienie musi wyjść wcześniej, niż mija termin"),
    ),
}


@dataclass(frozen=True)
class RuleLine:
    """One thing the rules say; `before` is what they said, where that was something else."""

    term: str
    text: str
    before: str = ""


def lines_of(rules: RulesView) -> tuple[RuleLine, ...]:
    """This will say everything the rules decide."""
    return (*_of_policy(rules.policy), *_of_office(rules))


def changes(before: RulesView, after: RulesView) -> tuple[RuleLine, ...]:
    """This will say what is different, with what it was."""
    pairs = zip(lines_of(before), lines_of(after), strict=True)
    return tuple(
        RuleLine(new.term, new.text, old.text or "–") for old, new in pairs if old.text != new.text
    )


def _of_policy(policy: DeliveryPolicy) -> tuple[RuleLine, ...]:
    return (
        RuleLine(_("Reguła"), f"{policy.name} ({policy.id}, {policy.version})"),
        RuleLine(_("Podstawa prawna"), policy.source),
        RuleLine(_("Termin zaczyna bieg"), str(STARTS[policy.start])),
        RuleLine(_("Czas na odbiór"), _days(policy.days)),
        RuleLine(_("Powtórne zawiadomienie"), _second(policy.second_notice_days)),
        RuleLine(_("Gdy ostatni dzień jest wolny"), str(LAST_DAYS[policy.last_day])),
        RuleLine(_("Uznanie za doręczone"), str(DEEMED_DAYS[policy.deemed_day])),
        RuleLine(_("Treść dostępna potem przez"), _months(policy.access_months)),
    )


def _of_office(rules: RulesView) -> tuple[RuleLine, ...]:
    return (
        RuleLine(_("Podpisy na UPD"), str(SIGNATURES[rules.upd_signatures])),
        RuleLine(_("Kto wysyła pismo"), str(RELEASES[rules.release])),
        RuleLine(_("Od kiedy obowiązują"), day(rules.in_force_on) if rules.version else ""),
        RuleLine(_("Decyzja instytucji"), rules.source),
    )


def _days(count: int) -> str:
    return ngettext("%(count)d dzień", "%(count)d dni", count) % {"count": count}


def _second(count: int | None) -> str:
    return _("nie ma") if count is None else _("po: %(days)s") % {"days": _days(count)}


def _months(count: int | None) -> str:
    if count is None:
        return _("bez ograniczenia")
    return ngettext("%(count)d miesiąc", "%(count)d miesięcy", count) % {"count": count}
