import re
from pathlib import Path

import pytest

import skrytka.ui
from skrytka.ui.icons import IconDoesNotExist, icon
from skrytka.ui.parts import ICONS_BY_ENDING, LOOKS, Download

SOURCES = Path(skrytka.ui.__file__).parent.parent


def test_an_icon_is_hidden_from_screen_readers() -> None:
    drawn = icon("clock")
    assert 'aria-hidden="true"' in drawn
    assert 'class="icon"' in drawn
    assert 'class="icon spin"' in icon("loader-circle", "spin")


def test_a_name_the_set_does_not_have_is_refused() -> None:
    with pytest.raises(IconDoesNotExist):
        icon("no-such-icon")


def test_a_class_cannot_break_out_of_its_attribute() -> None:
    assert "<script>" not in icon("clock", '"><script>')


def test_every_icon_named_in_a_template_exists() -> None:
    for template in SOURCES.rglob("*.html"):
        for name in re.findall(r'{% icon "([^"]+)"', template.read_text()):
            assert icon(name), template


def test_every_icon_named_in_the_parts_exists() -> None:
    names = {look.icon for look in LOOKS.values()} | set(ICONS_BY_ENDING.values())
    for name in names | {"file-x", "file-text", Download("x", "/x").icon}:
        assert icon(name)
