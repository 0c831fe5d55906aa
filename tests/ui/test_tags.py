"""The tags as a template uses them."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Engine

from tests.world.page_review import parse_fragment

AT = datetime(2026, 11, 23, 13, 47, 6, tzinfo=UTC)
DIGEST = "9f2c41d0" + "0" * 52 + "7ab3"


class Title(forms.Form):
    title = forms.CharField(label="Tytuł")


def drawn(source: str, value: object) -> str:
    template = Engine.get_default().from_string("{% load ui %}" + source)
    return template.render(Context({"value": value})).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("source", "value", "shown"),
    [
        ("{{ value|file_size }}", 2_100_000, "2,1 MB"),
        ("{{ value|number }}", 9716, "9 716"),
        ("{{ value|day }}", date(2026, 11, 23), "23 listopada 2026 r."),
        ("{{ value|moment }}", AT, "23 listopada 2026 r., godz. 14:47:06"),
        ("{{ value|short_moment }}", AT, "23.11.2026, 14:47:06"),
        ("{{ value|clock_time }}", AT, "14:47"),
        ("{{ value|official_time }}", AT, "czas urzędowy, UTC+1"),
        ("{{ value|iso_moment }}", AT, "2026-11-23T14:47:06+01:00"),
        ("{{ value|digest }}", DIGEST, "9f2c 41d0 … 7ab3"),
        ("{{ value|initials }}", "Maria Wójcik Nowak", "MW"),
        ("{% maybe_url value %}", "no:such_page", ""),
    ],
)
def test_a_filter_writes_as_people_do(source: str, value: object, shown: str) -> None:
    assert drawn(source, value) == shown


def test_a_whole_digest_keeps_every_digit() -> None:
    assert drawn("{{ value|whole_digest }}", DIGEST).replace(" ", "") == DIGEST


def test_one_field_can_be_placed_by_itself() -> None:
    page = parse_fragment(drawn("{% field value.title %}", Title()))
    assert page.found("//label[@for='id_title']")
