"""Every component renders into valid, labelled HTML with the parts an edge hands it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string

import skrytka.ui
from skrytka.letters.queries.previews import Preview
from skrytka.ui.judged_texts import judged_file
from skrytka.ui.parts import (
    Choice,
    Crumb,
    Download,
    ErrorLine,
    Fact,
    FileRow,
    FileState,
    Meter,
    Pill,
    Step,
    StepState,
    Tick,
    Tile,
    TimelineEvent,
    Tone,
)
from skrytka.ui.previews import Places, PreviewView
from tests.world.page_review import Page, faults_of, parse_fragment, words_of

AT = datetime(2026, 11, 23, 13, 47, 6, tzinfo=UTC)
TEMPLATES = Path(skrytka.ui.__file__).parent / "templates"
CHOICES = (Choice("a", "Osoba prywatna", checked=True, count=9), Choice("b", "Firma", hint="Z KRS"))
INSIDE_OTHERS = {
    "button_words", "choices", "counter", "date_part", "described", "described_group",
    "file_actions", "files_wait", "hint_error", "label", "upload_row_template",
}  # fmt: skip


def previewed(**shown: object) -> PreviewView:
    """The second of three pages, less what is said otherwise."""
    page = Preview(2, pages=3, width=1100, height=1557)
    places = Places("/p/", "/p/2.png", "/plik/", "/", "Wróć do pisma")
    return PreviewView("umowa.pdf", 12000, replace(page, **shown), places)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Document:
    name: str
    size: int
    digest: str


DOCUMENTS = (Document("pismo.xml", 18000, "9f2c41d0" + "0" * 52 + "7ab3"),)
FACTS = (
    Fact("Adresat", ("Centrum", "/ZOJO_Cieszyn/SkrytkaESP"), mono=True),
    Fact("Telefon", ("33 47 94 200",), url="tel:+48334794200", change_url="/zmien/"),
    Fact("Podpis", (), pill=Pill("Ważny", Tone.OK, "check")),
)
FILES = tuple(
    FileRow(f"k{place}", f"plik-{place}.zip", 2_100_000, state, percent=35, preview_url="/p/")
    for place, state in enumerate(FileState)
)
FIELD: dict[str, object] = {
    "id": "x",
    "name": "x",
    "label": "Pole",
    "hint": "Podpowiedź",
    "error": "Wpisz coś",
}
GROUP: dict[str, object] = {
    "id": "x",
    "name": "x",
    "legend": "Kto",
    "choices": CHOICES,
    "hint": "h",
    "error": "e",
}
COMPONENTS: dict[str, dict[str, object]] = {
    "addressee": {"name": "Urząd", "box_address": "/u/SEKAP", "change_url": "/z/", "reason": "bo"},
    "autocomplete": {**FIELD, "source_url": "/szukaj/", "chosen_name": "box"},
    "breadcrumbs": {"crumbs": (Crumb("Start", "/"), Crumb("Pismo"))},
    "button": {"text": "Dalej", "about": "do podpisu", "icon_after": "arrow-right", "name": "a"},
    "callout": {"heading": "Uwaga", "text": "Sprawdź.", "url": "/x/", "link": "Zobacz"},
    "checkboxes": GROUP,
    "confirm": {
        "heading": "Usunąć?", "text": "Nie odzyskasz.", "action": "/u/", "yes": "Usuń",
        "back_url": "/", "hidden": (("k", "v"),), "csrf_token": "x",
    },
    "copy_button": {"copy": "/u/SEKAP", "about": "adres"},
    "date_input": {**GROUP, "day": "1", "month": "2", "year": "2026"},
    "details": {"summary": "Czym jest UPO?", "text": "Poświadczeniem."},
    "digests": {"documents": DOCUMENTS, "caption": "Załączniki"},
    "done_panel": {"heading": "Pismo doręczone", "text": "Dziś"},
    "downloads": {"downloads": (Download("Pobierz UPO", "/upo/", "XML, 12 kB"),)},
    "empty": {"heading": "Pusto", "text": "Nie ma pism.", "url": "/", "link": "Start"},
    "error_summary": {"lines": (ErrorLine("Wpisz tytuł"), ErrorLine("Wpisz treść", "x"))},
    "facts": {"facts": FACTS, "wide": True},
    "file_row": {"file": FILES[0]},
    "input": {**FIELD, "type": "email", "autocomplete": "email", "inputmode": "email", "width": 20},
    "judged_files": {"files": (judged_file("umowa.pdf", "VALID", ["Anna Kowalska"]),)},
    "link_button": {"text": "Usuń", "about": "plik", "name": "action", "value": "remove:1"},
    "logo": {"url": "/"},
    "meter": {"meter": Meter(96_400_000, 150_000_000)},
    "notification": {"text": "Link wysłany.", "tone": "success", "heading": "Gotowe"},
    "pagination": {"page": Paginator(range(300), 10).page(7), "label": "Strony", "query": "q=a"},
    "pill": {"text": "Nowe", "tone": Tone.NEW, "icon": "check"},
    "preview": {"view": previewed()},
    "print_button": {},
    "radios": GROUP,
    "receipt_paper": {
        "title": "UPO", "receipt_no": "ESP-1", "facts": FACTS, "documents": DOCUMENTS,
    },
    "saved": {"saved_at": AT, "days": 30, "oob": True},
    "seal": {"broken": True},
    "search": {"action": "/katalog/", "label": "Co chcesz załatwić?", "hint": "Na przykład: x"},
    "select": {**FIELD, "choices": CHOICES},
    "steps": {
        "steps": (
            Step("Adresat", StepState.DONE, "/1/"), Step("Pismo", StepState.NOW), Step("Podpis"),
            Step("Gotowe", StepState.DONE),
        )
    },
    "textarea": {**FIELD, "limit": 10000, "value": "Proszę"},
    "ticks": {"ticks": (Tick("Adresat", done=True), Tick("Podpis"))},
    "tiles": {"tiles": (Tile("12", "nowych", "dziś 18", "/", hot=True), Tile("1", "plik"))},
    "timeline": {"events": (TimelineEvent("Wysłane", AT, done=True), TimelineEvent("Odpowiedź"))},
    "upload": {
        "files": FILES, "meter": Meter(1, 150_000_000), "hint": "Do 150 MB", "upload_url": "/u/",
        "error": "Usuń plik", "accept": ".pdf",
    },
}  # fmt: skip


def drawn(name: str, /, **values: object) -> Page:
    return parse_fragment(render_to_string(f"ui/components/{name}.html", values))


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_is_valid_labelled_html(name: str) -> None:
    page = drawn(name, **COMPONENTS[name])
    assert faults_of(page) == ()
    assert words_of(page.found("//body")[0]) or page.found("//svg")


def test_every_component_is_tried_here() -> None:
    names = {path.stem for path in (TEMPLATES / "ui/components").glob("*.html")}
    assert names - INSIDE_OTHERS == set(COMPONENTS)


def test_no_template_is_longer_than_sixty_lines() -> None:
    for path in TEMPLATES.rglob("*.html"):
        assert len(path.read_text().splitlines()) <= 60, path


@pytest.mark.parametrize("name", ["input", "textarea", "select"])
def test_a_field_is_described_by_its_hint_and_its_error(name: str) -> None:
    page = drawn(name, **COMPONENTS[name])
    (field,) = page.found("//*[@aria-invalid='true']")
    assert field.get("aria-describedby", "").split()[:2] == ["x_helptext", "x_error"]
    assert "Błąd:" in words_of(page.found("//*[@id='x_error']")[0])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.state)
def test_every_state_of_a_file_is_told_in_words(file: FileRow) -> None:
    page = drawn("file_row", file=file)
    assert faults_of(page) == ()
    assert str(file.look.text) in words_of(page.found("//li")[0])


def test_the_buttons_of_a_file_name_the_file() -> None:
    page = drawn("file_row", file=FILES[0])
    assert [words_of(one) for one in page.found("//button")] == ["Usuń plik plik-0.zip"]


def test_a_refused_file_says_so_without_colour() -> None:
    refused = FileRow(
        "k", "umowa.pages", 4, FileState.REFUSED, text="Nie przyjmujemy plików PAGES."
    )
    assert "Błąd: Nie przyjmujemy plików PAGES." in words_of(drawn("file_row", file=refused).tree)


def test_a_file_still_being_checked_asks_again() -> None:
    row = FileRow("k", "a.pdf", 4, FileState.SCREENING, poll_url="/stan/k/")
    assert drawn("file_row", file=row).found("//li[@hx-get='/stan/k/']")
    assert not drawn("file_row", file=FILES[0]).found("//li[@hx-get]")


def test_the_name_of_a_file_cannot_bring_markup() -> None:
    row = FileRow("k", "<script>x</script>.pdf", 4, FileState.SAFE)
    assert not drawn("file_row", file=row).found("//script")


def test_a_meter_never_passes_its_limit() -> None:
    assert Meter(200, 150).percent == 100
    assert Meter(200, 150).left == 0
    assert Meter(1, 0).percent == 100


def test_the_summary_counts_in_polish() -> None:
    page = drawn("error_summary", lines=(ErrorLine("a"), ErrorLine("b")))
    assert "Popraw 2 rzeczy, żeby przejść dalej" in words_of(page.tree)
    assert drawn("error_summary", lines=()).found("//h2") == []


def test_buttons_become_links_when_they_only_lead_somewhere() -> None:
    page = drawn(
        "button", text="Napisz pismo", url="/napisz/", icon="pen-line", variant="secondary"
    )
    (link,) = page.found("//a[@href='/napisz/']")
    assert words_of(link) == "Napisz pismo"
    assert drawn("link_button", text="Zmień", url="/z/").found("//a[@href='/z/']")
