"""Who gets the letters, and what state they go to."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from skrytka.desk.texts import FAULTS, MOVES
from skrytka.letters.operations.handling import LONGEST_NOTE
from skrytka.letters.operations.handling_moves import HandlingFault, Move
from skrytka.letters.queries.desk import ClerkView


class AssignForm(forms.Form):
    def __init__(self, clerks: tuple[ClerkView, ...], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["assignee"] = forms.ChoiceField(
            label=_("Kto poprowadzi?"),
            widget=forms.RadioSelect,
            choices=[(str(each.user_id), each.name) for each in clerks],
            error_messages={"required": _("Wybierz osobę"), "invalid_choice": _("Wybierz osobę")},
        )


class StateForm(forms.Form):
    move = forms.ChoiceField(
        label=_("Nowy stan"),
        widget=forms.RadioSelect,
        choices=[(move.value, MOVES[move]) for move in Move if move is not Move.ASSIGN],
        error_messages={"required": _("Wybierz stan"), "invalid_choice": _("Wybierz stan")},
    )
    reason = forms.CharField(
        label=_("Powód"),
        help_text=_("Wpisz go przy brakach formalnych: czego brakuje i jak to uzupełnić."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_NOTE,
        required=False,
    )

    def clean(self) -> None:
        super().clean()
        wants_reason = self.cleaned_data.get("move") == Move.MARK_DEFICIENT
        if wants_reason and not str(self.cleaned_data.get("reason", "")).strip():
            self.add_error("reason", str(FAULTS[HandlingFault.NO_REASON]))
