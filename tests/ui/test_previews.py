"""What is shown of a file, and what is said where there is nothing to see."""

from dataclasses import replace

import pytest
from django.template.loader import render_to_string

from skrytka.gateways.rendering import RenderFault
from skrytka.ui.previews import asked_page, fault_text
from tests.ui.test_components import previewed
from tests.world.page_review import faults_of, parse_fragment


def drawn(**shown: object) -> str:
    source = render_to_string("ui/components/preview.html", {"view": previewed(**shown)})
    assert faults_of(parse_fragment(source)) == ()
    return source


def test_a_page_is_a_picture_with_words_for_whom_cannot_see_it() -> None:
    page = drawn()
    assert 'src="/p/2.png" alt="Strona 2 z 3 pliku umowa.pdf" width="1100" height="1557"' in page
    assert 'href="/plik/" download' in page
    assert "<span>Strona 2 z 3</span>" in page


def test_a_picture_is_no_page_and_holds_no_text() -> None:
    view = replace(previewed(page_no=1, pages=1), media_type="image/jpeg")
    page = render_to_string("ui/components/preview.html", {"view": view})
    assert 'alt="Obraz z pliku umowa.pdf"' in page
    assert "To pomniejszony obraz." in page
    assert "czytnikiem ekranu" not in page
    scan = replace(previewed(), media_type="image/tiff")
    assert scan.alternative == "Strona 2 z 3 pliku umowa.pdf"


def test_pages_are_turned_over_by_links() -> None:
    middle, first, last = drawn(), drawn(page_no=1), drawn(page_no=3)
    assert ("?page=1" in middle, "?page=3" in middle) == (True, True)
    assert ('rel="prev"' in first, "?page=2" in first) == (False, True)
    assert ('rel="next"' in last, "?page=2" in last) == (False, True)
    assert "<nav" not in drawn(page_no=1, pages=1)


def test_lines_are_shown_as_they_are_written_and_run_nothing() -> None:
    page = drawn(page_no=1, pages=0, lines=("<script>x()</script>", "a & b"), is_cut=True)
    assert "&lt;script&gt;x()&lt;/script&gt;\na &amp; b" in page
    assert "To początek pliku." in page
    assert "<img" not in page
    assert "To początek pliku." not in drawn(page_no=1, pages=0, lines=("a",))


@pytest.mark.parametrize("fault", RenderFault)
def test_every_fault_has_its_words(fault: RenderFault) -> None:
    page = drawn(pages=0, fault=fault)
    assert fault_text(fault) in page
    assert "<img" not in page


def test_a_failure_is_told_with_the_number_in_the_log() -> None:
    assert "0a1b2c" in drawn(pages=0, fault=RenderFault.TOO_LONG, incident="0a1b2c")
    assert "Numer zdarzenia" not in drawn(pages=0, fault=RenderFault.BROKEN)


def test_who_found_no_place_is_led_to_the_same_page_again() -> None:
    page = drawn(pages=0, fault=RenderFault.BUSY)
    assert 'href="/p/?page=2">Spróbuj ponownie</a>' in page
    assert "Spróbuj ponownie</a>" not in drawn(pages=0, fault=RenderFault.BROKEN)


@pytest.mark.parametrize("text", ["", "x", "-1", "1.5", "²", "9999999"])
def test_what_is_no_number_is_no_page(text: str) -> None:
    assert asked_page(text) == 0


def test_a_number_is_a_page() -> None:
    assert asked_page("12") == 12
