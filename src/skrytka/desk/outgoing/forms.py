"""What a clerk types: kept as it is here, judged by the operations."""

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from skrytka.delivery.operations.drafts import (
    LONGEST_CASE_MARK,
    LONGEST_TITLE,
    OutgoingFault,
)
from skrytka.delivery.operations.release import LONGEST_REASON
from skrytka.desk.outgoing.texts import CHANGE_FAULTS
from skrytka.letters.operations.completeness import LONGEST_BODY

# The server keeps whatever was typed; the limit is told, never cut.
LONGEST_TYPED = 200_000


class LetterForm(forms.Form):
    """Title, body and case mark; a draft is saved in any state, and freezing says what lacks."""

    title = forms.CharField(label=_("Tytuł pisma"), max_length=LONGEST_TITLE)
    case_mark = forms.CharField(
        label=_("Znak sprawy"),
        help_text=_("Na przykład CUW.123.4.2026. Zobaczy go adresat, zanim odbierze pismo."),
        max_length=LONGEST_CASE_MARK,
        required=False,
    )
    body = forms.CharField(
        label=_("Treść pisma"),
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "true"}),
    )

    def full_clean(self) -> None:
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data: dict[str, object] = {}


class SendBackForm(forms.Form):
    prefix = "back"
    reason = forms.CharField(
        label=_("Co poprawić?"),
        help_text=_("Autor zobaczy ten tekst nad pismem."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": CHANGE_FAULTS[OutgoingFault.NO_REASON]},
    )
