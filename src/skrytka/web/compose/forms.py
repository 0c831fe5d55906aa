"""What a person types on the way: kept as it is here, judged by the operations."""

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from skrytka.letters.operations.completeness import LONGEST_BODY
from skrytka.letters.operations.drafts import LONGEST_TITLE

# The server keeps whatever was typed; the limit of the law is told, never cut.
LONGEST_TYPED = 200_000


class JudgedElsewhereForm(forms.Form):
    """A form that only shows: a draft is saved in any state, and freezing says what lacks."""

    def full_clean(self) -> None:
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data: dict[str, object] = {}


class LetterForm(JudgedElsewhereForm):
    """Title and body of a letter."""

    title = forms.CharField(
        label=_("Tytuł pisma"),
        help_text=_("Napisz w kilku słowach, czego dotyczy sprawa."),
        max_length=LONGEST_TITLE,
    )
    body = forms.CharField(
        label=_("Treść pisma"),
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 7, "spellcheck": "true"}),
    )
