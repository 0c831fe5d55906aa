"""Files that one can read in one sitting, with names that say what is in them."""

import re

import pytest

from tests.house.tracked import named, tracked

LONGEST_FILE, LONGEST_TEMPLATE = 400, 60
DRAWERS = re.compile(r"(utils?|helpers?|common|services?|signals?|misc)(\.py)?")
INLINE_STYLE = re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE)
HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    long = {
        named(path): lines
        for path in tracked("*.py", "*.html", "*.scss", "*.js", "*.mjs")
        if (lines := path.read_text().count("\n")) > LONGEST_FILE
    }
    assert long == {}


def test_nothing_is_kept_in_a_drawer_for_everything() -> None:
    names = [path.relative_to(path.anchor).parts for path in tracked("*.py")]
    assert [parts for parts in names if any(DRAWERS.fullmatch(part) for part in parts[-3:])] == []


def test_the_drawers_would_be_noticed() -> None:
    assert all(map(DRAWERS.fullmatch, ["utils.py", "helpers", "common.py", "services.py"]))
    assert not DRAWERS.fullmatch("useful.py")


def test_no_template_is_longer_than_sixty_lines() -> None:
    long = {
        named(path): lines
        for path in tracked("src/*.html")
        if (lines := path.read_text().count("\n")) > LONGEST_TEMPLATE
    }
    assert long == {}


def faults_of(source: str) -> list[str]:
    """Code or looks inside a page, which the content policy would refuse anyway."""
    scripts = [tag[1] for tag in SCRIPT.finditer(source)]
    code = [tag for tag in scripts if "src=" not in tag and "application/json" not in tag]
    return INLINE_STYLE.findall(source) + HANDLER.findall(source) + code


def test_templates_hold_no_styles_handlers_or_scripts() -> None:
    faulty = {named(path): faults_of(path.read_text()) for path in tracked("src/*.html")}
    assert {name: faults for name, faults in faulty.items() if faults} == {}


@pytest.mark.parametrize(
    "source", ['<p style="x">', '<a href="#" onclick="x()">', "<script>x()</script>"]
)
def test_inline_code_would_be_noticed(source: str) -> None:
    assert faults_of(source)
