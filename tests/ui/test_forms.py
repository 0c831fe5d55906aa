from datetime import date

import pytest
from django import forms
from lxml.etree import _Element

from skrytka.ui.forms import CivilDateField
from skrytka.ui.parts import ErrorLine
from skrytka.ui.summary import error_lines, has_faults
from tests.world.page_review import Page, faults_of, parse_fragment, words_of


class Letter(forms.Form):
    title = forms.CharField(label="Tytuł pisma", help_text="Napisz w kilku słowach.")
    body = forms.CharField(label="Treść pisma", widget=forms.Textarea, max_length=10)
    mail = forms.EmailField(label="E-mail", widget=forms.EmailInput({"autocomplete": "email"}))
    secret = forms.CharField(label="Hasło", widget=forms.PasswordInput)
    signature = forms.ChoiceField(
        label="Podpis",
        choices=[("trusted", "Zaufany"), ("none", "Bez podpisu")],
        widget=forms.RadioSelect,
        help_text="Wybierz jeden.",
    )
    topics = forms.MultipleChoiceField(
        label="Temat", choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple
    )
    state = forms.ChoiceField(label="Stan", choices=[("new", "Nowe")])
    born_on = CivilDateField(label="Data urodzenia")
    agreed = forms.BooleanField(label="Znam regulamin", help_text="Przeczytaj go.")
    note = forms.CharField(label="Uwagi", required=False)
    scan = forms.FileField(label="Skan", required=False)
    key = forms.CharField(widget=forms.HiddenInput, initial="k")

    def clean(self) -> None:
        if self.data.get("title") == "sprzeczny":
            raise forms.ValidationError("Te dane sobie przeczą.")


def rendered(form: forms.Form) -> Page:
    page = parse_fragment(str(form))
    assert faults_of(page) == ()
    return page


def by_id(page: Page, name: str) -> _Element:
    (found,) = page.found(f"//*[@id='{name}']")
    return found


def test_an_untouched_form_is_valid_html_with_labels() -> None:
    rendered(Letter())


def test_a_faulty_form_ties_each_error_to_its_field() -> None:
    page = rendered(Letter({}))
    for name in ("title", "body", "mail", "secret", "state", "agreed"):
        field = by_id(page, f"id_{name}")
        assert field.get("aria-invalid") == "true"
        assert f"id_{name}_error" in field.get("aria-describedby", "").split()
        assert "Błąd:" in words_of(by_id(page, f"id_{name}_error"))


def test_a_group_ties_hint_and_error_to_its_fieldset() -> None:
    page = rendered(Letter({}))
    (group,) = page.found("//fieldset[legend='Podpis']")
    assert group.get("aria-describedby") == "id_signature_helptext id_signature_error"


def test_what_was_typed_is_kept() -> None:
    page = rendered(Letter({"title": "Wniosek", "born_on_day": "31", "signature": "none"}))
    assert by_id(page, "id_title").get("value") == "Wniosek"
    assert by_id(page, "id_born_on_day").get("value") == "31"
    assert by_id(page, "id_signature_1").get("checked") is not None


def test_no_field_is_left_to_the_browsers_own_checks() -> None:
    page = rendered(Letter())
    assert not page.found("//*[@required]")
    assert by_id(page, "id_body").get("maxlength") is None


def test_a_long_text_has_a_counter_tied_to_it() -> None:
    page = rendered(Letter())
    body = by_id(page, "id_body")
    assert body.get("data-count-limit") == "10"
    assert body.get("aria-describedby") == "id_body_count"
    assert by_id(page, "id_body_count").get("data-left-one") == "Możesz wpisać jeszcze [n] znak"


def test_a_password_can_be_shown_only_by_script() -> None:
    page = rendered(Letter())
    (button,) = page.found("//button[@data-show-password='id_secret']")
    assert button.get("hidden") is not None


def test_autocomplete_hints_reach_the_field() -> None:
    assert by_id(rendered(Letter()), "id_mail").get("autocomplete") == "email"


def test_only_optional_fields_say_so() -> None:
    page = rendered(Letter())
    marked = [words_of(one) for one in page.found("//label[span[@class='optional']]")]
    assert marked == ["Uwagi (nieobowiązkowe)", "Skan (nieobowiązkowe)"]


def test_a_fault_of_the_whole_form_is_told_above_the_fields() -> None:
    page = rendered(Letter({"title": "sprzeczny", "key": "k"}))
    assert "Te dane sobie przeczą." in page.source


def test_the_summary_lists_every_fault_in_order_and_every_link_reaches_a_field() -> None:
    form = Letter({"title": "sprzeczny"})
    lines = error_lines(form)
    assert lines[0] == ErrorLine("Te dane sobie przeczą.")
    page = rendered(form)
    for line in lines[1:]:
        assert not line.target or by_id(page, line.target) is not None
    assert "id_signature_0" in {line.target for line in lines}
    assert "id_born_on_day" in {line.target for line in lines}


def test_faults_told_beside_a_form_follow_its_own() -> None:
    beside = (ErrorLine("Usuń plik", "files"),)
    assert error_lines(None, beside) == beside
    assert error_lines(Letter({}), beside)[-1] == beside[0]


def test_a_form_nobody_sent_has_no_faults() -> None:
    assert error_lines(Letter()) == ()
    assert not has_faults(Letter())
    assert has_faults(Letter({}))


class Born(forms.Form):
    born_on = CivilDateField(label="Data", required=False)


def test_three_parts_make_a_date() -> None:
    form = Born({"born_on_day": " 7", "born_on_month": "12", "born_on_year": "1980 "})
    assert form.is_valid()
    assert form.cleaned_data["born_on"] == date(1980, 12, 7)


@pytest.mark.parametrize("parts", [("31", "2", "2026"), ("x", "1", "2026"), ("1", "", "2026")])
def test_parts_that_make_no_date_are_refused(parts: tuple[str, str, str]) -> None:
    form = Born(dict(zip(("born_on_day", "born_on_month", "born_on_year"), parts, strict=True)))
    assert not form.is_valid()


def test_no_parts_make_no_date() -> None:
    form = Born({})
    assert form.is_valid()
    assert form.cleaned_data["born_on"] is None


def test_a_date_is_shown_in_its_three_parts() -> None:
    page = rendered(Born(initial={"born_on": date(1980, 12, 7)}))
    assert by_id(page, "id_born_on_year").get("value") == "1980"


def test_a_formset_renders_every_form() -> None:
    formset = forms.formset_factory(Born, extra=2)()
    assert len(parse_fragment(str(formset)).found("//fieldset")) == 2
