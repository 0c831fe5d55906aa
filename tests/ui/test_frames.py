"""The frames and the error pages keep every rule, whoever looks and whatever is missing."""

from dataclasses import dataclass

import pytest
from django import forms
from django.conf import LazySettings
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from skrytka.ui.parts import ErrorLine, MenuEntry, MenuGroup
from tests.world.page_review import Page, faults_of, parse_page, words_of


@dataclass(frozen=True)
class Viewer:
    is_authenticated: bool = True
    display_name: str = "Anna Kowalska"
    acting_as: str = "Firma Jesion"
    unread_count: int = 2
    is_clerk: bool = True
    desk_url: str = "/kancelaria/inbox/"


@dataclass(frozen=True)
class Idle:
    seconds: int = 900
    warn_seconds: int = 120
    keep_alive_url: str = "/zostaje/"
    log_out_url: str = "/wyloguj/"


@dataclass(frozen=True)
class Support:
    phone: str = "33 000 00 00"
    hours: str = "poniedziałek–piątek, 7:30–15:30"


class Title(forms.Form):
    title = forms.CharField()


MENU = (MenuGroup("Pisma", (MenuEntry("Odebrane", "/1/", "inbox", 12, current=True),)),)
FRAMES = ("ui/base.html", "ui/desk_base.html")
ERROR_PAGES = {
    "400": "Nie rozumiemy tego zapytania.",
    "403": "Nie masz dostępu do tej strony.",
    "403_csrf": "Ta strona była otwarta zbyt długo.",
    "404": "Nie ma takiej strony.",
    "429": "Za dużo zapytań.",
    "500": "Coś poszło nie tak po naszej stronie.",
}
SOURCE = (
    "{% extends frame %}{% block title %}Napisz pismo{% endblock %}"
    '{% block content %}<h1 class="title">Napisz pismo</h1>{% endblock %}'
)


@pytest.fixture(autouse=True)
def _addresses(settings: LazySettings) -> None:
    settings.ROOT_URLCONF = "tests.ui.addresses"


def page(frame: str, **values: object) -> Page:
    context = {"frame": frame, "csrf_token": "token", **values}
    return parse_page(Engine.get_default().from_string(SOURCE).render(Context(context)))


def full_page(frame: str) -> Page:
    return page(
        frame,
        viewer=Viewer(),
        idle=Idle(),
        support=Support(),
        desk_menu=MENU,
        desk_search_url="/szukaj/",
        desk_query="ERP",
        institution_name="CUW w Cieszynie",
        show_cookie_notice=True,
        demo_mode=True,
        nav_current="letters",
        request=RequestFactory().get("/x/?a=1&b=2"),
        messages=["Zapisaliśmy pismo."],
    )


@pytest.mark.parametrize("frame", FRAMES)
def test_a_frame_without_any_context_keeps_every_rule(frame: str) -> None:
    assert faults_of(page(frame)) == ()


@pytest.mark.parametrize("frame", FRAMES)
def test_a_frame_with_everything_keeps_every_rule(frame: str) -> None:
    shown = full_page(frame)
    assert faults_of(shown) == ()
    assert "Zapisaliśmy pismo." in words_of(shown.tree)


def test_frames_do_not_need_pages_that_do_not_exist(settings: LazySettings) -> None:
    settings.ROOT_URLCONF = "tests.ui.no_addresses"
    shown = page("ui/base.html", viewer=Viewer())
    assert faults_of(shown) == ()
    assert not shown.found("//nav[@aria-label='Menu główne']//a")


def test_the_current_page_is_told_to_readers() -> None:
    (current,) = full_page("ui/base.html").found(
        "//nav[@aria-label='Menu główne']//a[@aria-current]"
    )
    assert words_of(current).startswith("Moje pisma 2")


def test_a_stranger_is_offered_an_account_and_a_person_the_way_out() -> None:
    account = "//nav[@aria-label='Konto']"
    assert words_of(page("ui/base.html").found(account)[0]) == "Załóż konto Zaloguj się"
    known = words_of(full_page("ui/base.html").found(account)[0])
    assert known == "Kancelaria Anna Kowalska jako Firma Jesion Wyloguj się"


def test_the_idle_warning_is_only_for_who_is_in() -> None:
    assert not page("ui/base.html", idle=Idle()).found("//dialog")
    (dialog,) = full_page("ui/base.html").found("//dialog")
    assert dialog.get("data-idle-seconds") == "900"


def test_languages_change_by_a_plain_form_that_comes_back_here() -> None:
    (form,) = page("ui/base.html", request=RequestFactory().get("/x/?a=1")).found(
        "//form[@action='/set_language/']"
    )
    assert form.xpath(".//input[@name='next']/@value") == ["/x/?a=1"]
    assert form.xpath(".//button/@value") == ["en", "uk"]


def test_the_page_names_its_own_language() -> None:
    with translation.override("uk"):
        shown = page("ui/base.html")
    assert shown.tree.get("lang") == "uk"
    (current,) = shown.found("//span[@aria-current='true']")
    assert current.get("lang") == "uk"


@pytest.mark.parametrize("frame", FRAMES)
def test_a_page_with_a_fault_says_so_in_its_title(frame: str) -> None:
    for values in ({"form": Title({})}, {"faults": (ErrorLine("Usuń plik", "main"),)}):
        assert words_of(page(frame, **values).found("//title")[0]).startswith("Błąd: Napisz pismo")
    assert words_of(page(frame, form=Title()).found("//title")[0]).startswith("Napisz pismo")


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_error_pages_need_no_request_and_no_context(name: str, settings: LazySettings) -> None:
    settings.ROOT_URLCONF = "tests.ui.no_addresses"
    shown = parse_page(Engine.get_default().get_template(f"{name}.html").render(Context()))
    assert faults_of(shown) == ()
    assert words_of(shown.found("//h1")[0]) == ERROR_PAGES[name]


def test_the_number_of_a_fault_is_shown_when_there_is_one() -> None:
    shown = words_of(parse_page(render_to_string("500.html", {"error_id": "a1b2"})).tree)
    assert "Twoje pismo jest zapisane. Numer błędu: a1b2." in shown
