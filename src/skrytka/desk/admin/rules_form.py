"""What an administrator types about attachments: formats, limits, contents, archives, names."""

from typing import cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from skrytka.accounts.queries import BoxView
from skrytka.desk.admin.forms import LinesField
from skrytka.letters.operations.attachment_policies import AttachmentRules
from skrytka.letters.screening import (
    ArchiveLimits,
    ContentTerms,
    FileFormat,
    NameRules,
    ScreeningPolicy,
    Treatment,
)
from skrytka.letters.screening.policy import QUARANTINE_DAYS
from skrytka.ui.forms import CivilDateField

Text = str | Promise
MEGABYTE = 1_000_000
LARGEST_MEGABYTES = 2_000
LONGEST_PATTERN, MOST_PATTERNS = 100, 50
TREATMENTS = {
    Treatment.REPORT: _("Przyjmuj. Powiemy o tym nadawcy i kancelarii"),
    Treatment.REFUSE: _("Nie przyjmuj"),
}


def _treatment(label: Text, help_text: Text) -> forms.ChoiceField:
    wrong = _("Wybierz jedną możliwość")
    return forms.ChoiceField(
        label=cast("str", label),
        help_text=cast("str", help_text),
        widget=forms.RadioSelect,
        choices=[(code.value, text) for code, text in TREATMENTS.items()],
        error_messages={"required": wrong, "invalid_choice": wrong},
    )


def _count(label: Text, least: int, most: int, message: Text) -> forms.IntegerField:
    told = dict.fromkeys(("required", "invalid", "min_value", "max_value"), message)
    return forms.IntegerField(
        label=cast("str", label),
        min_value=least,
        max_value=most,
        error_messages=cast("dict[str, str]", told),
    )


class RulesForm(forms.Form):
    """One version of the rules, for the whole institution or for one of its boxes."""

    box = forms.TypedChoiceField(
        label=_("Których pism dotyczą"), coerce=int, empty_value=None, required=False
    )
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
    each_megabytes = forms.IntegerField(
        label=_("Limit jednego pliku, w MB"),
        help_text=_("Zostaw puste, jeśli jeden plik może zająć cały limit pisma."),
        min_value=1,
        required=False,
        error_messages={
            "invalid": _("Wpisz liczbę, na przykład 50"),
            "min_value": _("Limit musi mieć co najmniej 1 MB"),
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
    macros = _treatment(_("Makra w plikach DOC i XLS"), _("Złośliwych nie przyjmujemy nigdy."))
    scripts = _treatment(
        _("Skrypty w plikach PDF"), _("Mają je na przykład formularze, które same liczą.")
    )
    embedded_files = _treatment(
        _("Pliki ukryte w plikach PDF, DOC, XLS i RTF"),
        _("Mają je na przykład faktury elektroniczne."),
    )
    locked = _treatment(
        _("Pliki zabezpieczone hasłem"),
        _("Takiego pliku nie da się sprawdzić w środku, także programem antywirusowym."),
    )
    archive_nesting = _count(
        _("Ile archiwów ZIP może być jedno w drugim"), 0, 3, _("Wpisz liczbę od 0 do 3")
    )
    archive_entries = _count(
        _("Najwięcej plików w archiwum ZIP"), 1, 10_000, _("Wpisz liczbę od 1 do 10 000")
    )
    archive_depth = _count(
        _("Najwięcej folderów jeden w drugim"), 1, 20, _("Wpisz liczbę od 1 do 20")
    )
    archive_megabytes = _count(
        _("Limit archiwum po rozpakowaniu, w MB"), 1, 10_000, _("Wpisz liczbę od 1 do 10 000")
    )
    archive_ratio = _count(
        _("Ile razy plik może urosnąć po rozpakowaniu"), 10, 1000, _("Wpisz liczbę od 10 do 1000")
    )
    longest_name = _count(
        _("Najwięcej znaków w nazwie pliku"), 20, 255, _("Wpisz liczbę od 20 do 255")
    )
    forbidden_names = LinesField(
        label=_("Nazwy, których nie przyjmujecie"),
        help_text=_("Jedna w każdym wierszu. Gwiazdka zastępuje dowolny tekst: *.tmp.pdf"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
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

    def offer_boxes(self, boxes: tuple[BoxView, ...]) -> None:
        """This will let the rules go for one of these boxes alone."""
        field = cast("forms.TypedChoiceField", self.fields["box"])
        field.choices = [
            ("", cast("str", _("Wszystkich pism do instytucji"))),
            *((str(box.id), box.address) for box in boxes),
        ]

    def clean_forbidden_names(self) -> tuple[str, ...]:
        patterns = cast("tuple[str, ...]", self.cleaned_data["forbidden_names"])
        if len(patterns) > MOST_PATTERNS or any(len(each) > LONGEST_PATTERN for each in patterns):
            raise forms.ValidationError(
                _("Wpisz najwyżej 50 nazw, każda najwyżej po 100 znaków"), code="too_many"
            )
        if any(each.strip("*?") == "" for each in patterns):
            raise forms.ValidationError(
                _("Sama gwiazdka oznacza każdy plik. Dopisz część nazwy"), code="all"
            )
        return patterns

    def clean(self) -> dict[str, object]:
        """One file cannot be allowed more than the letter."""
        data = super().clean() or {}
        each, total = data.get("each_megabytes"), data.get("megabytes")
        if each and total and each > total:
            self.add_error(
                "each_megabytes", _("Limit jednego pliku nie może być większy niż limit pisma")
            )
        return data


def typed_rules(policy: ScreeningPolicy) -> dict[str, object]:
    """This will return what the form shows at first: the rules that go now."""
    terms, archives, largest = policy.terms, policy.archives, policy.largest_file
    return {
        "formats": [kind.value for kind in policy.formats],
        "megabytes": policy.total_bytes // MEGABYTE,
        "each_megabytes": largest // MEGABYTE if largest else None,
        "file_count": policy.file_count,
        "macros": terms.macros.value,
        "scripts": terms.scripts.value,
        "embedded_files": terms.embedded_files.value,
        "locked": terms.locked.value,
        "archive_nesting": archives.nesting,
        "archive_entries": archives.entries,
        "archive_depth": archives.depth,
        "archive_megabytes": archives.unpacked_bytes // MEGABYTE,
        "archive_ratio": archives.ratio,
        "longest_name": policy.names.longest,
        "forbidden_names": policy.names.forbidden,
        "quarantine_days": policy.quarantine_days,
        "source": policy.source,
    }


def rules_of(form: RulesForm, entity: str) -> AttachmentRules:
    """This will return the rules of a form without faults."""
    data = form.cleaned_data
    each = data["each_megabytes"]
    return AttachmentRules(
        policy_id=f"{entity}-{data['in_force_on']:%Y}"[:40],
        in_force_on=data["in_force_on"],
        formats=tuple(data["formats"]),
        total_bytes=data["megabytes"] * MEGABYTE,
        source=data["source"],
        file_count=data["file_count"],
        largest_file=each * MEGABYTE if each else None,
        archives=_archives(form),
        terms=ContentTerms(
            *(Treatment(data[name]) for name in ("macros", "scripts", "embedded_files", "locked"))
        ),
        names=NameRules(data["longest_name"], data["forbidden_names"]),
        box_id=data["box"],
        quarantine_days=data["quarantine_days"] or QUARANTINE_DAYS,
    )


def _archives(form: RulesForm) -> ArchiveLimits:
    data = form.cleaned_data
    return ArchiveLimits(
        entries=data["archive_entries"],
        depth=data["archive_depth"],
        unpacked_bytes=data["archive_megabytes"] * MEGABYTE,
        ratio=data["archive_ratio"],
        nesting=data["archive_nesting"],
    )
