"""The page client bites: one page that keeps every rule, and one fault per rule."""

import pytest
from django.conf import LazySettings
from django.http import HttpResponse, JsonResponse

from tests.world.page_client import PageClient, PageFaultyError, review
from tests.world.page_review import faults_of, parse_page

GOOD = """<!DOCTYPE html>
<html lang="pl"><head><meta charset="utf-8"><title>Błąd: Napisz pismo – Skrytka</title>
<link rel="stylesheet" href="/static/app.css"><script src="/static/app.js" defer></script></head>
<body><main id="main"><h1>Napisz pismo</h1>
<form action="/pismo/" method="post"><input type="hidden" name="csrfmiddlewaretoken" value="x">
<label for="title">Tytuł</label><input id="title" name="title" aria-describedby="hint" value="{{">
<p id="hint">Na przykład „odwołanie”.</p><a href="#title">Wpisz tytuł</a>
<button type="submit">Dalej</button></form><pre>"dosłownie" {{ x }}</pre></main></body></html>"""


def page_with(old: str, new: str) -> tuple[str, ...]:
    assert old in GOOD
    return faults_of(parse_page(GOOD.replace(old, new, 1)))


def test_a_page_that_keeps_every_rule_passes() -> None:
    assert faults_of(parse_page(GOOD)) == ()


BROKEN = {
    "invalid HTML": ("<h1>", "<p><div></div></p><h1>"),
    "id used 2 times: hint": ('id="main"', 'id="hint"'),
    "field without a label: title": ('<label for="title">Tytuł</label>', ""),
    "field without a label: note": ("<h1>", '<textarea name="note"></textarea><h1>'),
    "button without words": (">Dalej<", "><"),
    "img without alt": ("<h1>", '<img src="/x.png"><h1>'),
    "aria-describedby points at no element: gone": ('"hint" value', '"gone" value'),
    "link points at no element: #gone": ("#title", "#gone"),
    "form without an action": ('action="/pismo/"', ""),
    "form without a method": (' method="post"', ""),
    "POST form without a CSRF token": ("csrfmiddlewaretoken", "token"),
    "GET form gives its CSRF token away": ('method="post"', 'method="get"'),
    "inline handler onclick on h1": ("<h1>", '<h1 onclick="go()">'),
    "inline style on h1": ("<h1>", '<h1 style="color:red">'),
    "inline style sheet": ("</head>", "<style>p{}</style></head>"),
    "inline script": ("</head>", "<script>go()</script></head>"),
    "script in a link": ('href="#title"', 'href="javascript:go()"'),
    "loaded from another host": ('src="/static/app.js"', 'src="//elsewhere.example/app.js"'),
    "template mark left over: {{": ("Dalej", "{{ dalej }}"),
    "template mark left over: {%": ("Dalej", "{% dalej %}"),
    "straight quotes": ("„odwołanie”", '"odwołanie"'),
    "2 h1 elements": ("<h1>", "<h1>Jeszcze</h1><h1>"),
    "0 h1 elements": ("<h1>Napisz pismo</h1>", ""),
    "does not start with h1": ("<h1>Napisz", "<h1>Wyślij"),
    "lang is": (' lang="pl"', ""),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_every_rule_bites(fault: str) -> None:
    assert any(fault in found for found in page_with(*BROKEN[fault]))


def test_straight_quotes_in_spoken_attributes_are_found() -> None:
    assert page_with("<h1>", "<p title='Napisz \"odwołanie\"'>x</p><h1>")


def test_a_faulty_answer_names_the_page_and_its_faults() -> None:
    with pytest.raises(PageFaultyError, match=r"/pismo/[\s\S]*0 h1 elements"):
        review(HttpResponse(GOOD.replace("h1>", "h2>")), "/pismo/")


def test_fragments_need_no_heading_but_keep_the_other_rules() -> None:
    review(HttpResponse("<p>Zapisane o 14:32</p>"), is_fragment=True)
    with pytest.raises(PageFaultyError):
        review(HttpResponse('<p style="color:red">Zapisane</p>'), is_fragment=True)


def test_the_client_itself_reviews_what_it_fetches(settings: LazySettings) -> None:
    settings.ROOT_URLCONF = "tests.ui.addresses"
    assert PageClient().get("/good/").status_code == 200
    with pytest.raises(PageFaultyError, match="/bad/"):
        PageClient().get("/bad/")
    assert PageClient().get("/bad/", headers={"hx-request": "true"}).status_code == 200


def test_answers_that_are_no_pages_are_left_alone() -> None:
    review(JsonResponse({"results": []}))
    review(HttpResponse("<h1>", status=302))
