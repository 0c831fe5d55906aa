"""Files that Skrytka does not take: each is told by its own words, and the rest of the draft stays.

The person keeps working on one draft: whatever is refused, title, text and the honest file stay.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.citizen import CELINA, Citizen
from tests.journeys.place import Place
from tests.world.browser import Scripts, visit
from tests.world.files import EICAR, exe, locked_zip, pdf, txt, zipped

pytestmark = pytest.mark.browser
TITLE, BODY = "Skarga na hałas", "Proszę o zbadanie hałasu.\nZażółć gęślą jaźń."
HONEST = "opis.txt"
HALF = 75_500_000


@dataclass(frozen=True)
class Refused:
    """A file and what the page says of it."""

    name: str
    data: bytes
    told: str


REFUSED = (
    Refused(
        "eicar.txt",
        EICAR,
        "W pliku eicar.txt wykryliśmy złośliwe oprogramowanie. Usunęliśmy ten plik "
        "i nie wyślemy go. Sprawdź komputer programem antywirusowym i dodaj czysty plik.",
    ),
    Refused(
        "paczka.zip",
        zipped({"pismo.pdf": pdf(), "dane/notatka.txt": EICAR}),
        "W pliku paczka.zip wykryliśmy złośliwe oprogramowanie. Usunęliśmy ten plik "
        "i nie wyślemy go. Sprawdź komputer programem antywirusowym i dodaj czysty plik.",
    ),
    Refused(
        "faktura.pdf",
        exe(),
        "Plik faktura.pdf ma końcówkę .pdf, ale w środku jest inny format (program EXE). "
        "Zapisz go jeszcze raz w programie, w którym powstał.",
    ),
    Refused(
        "pusty.txt",
        b"",
        "Plik pusty.txt jest pusty. Sprawdź go na swoim komputerze i dodaj ponownie.",
    ),
    Refused(
        "tajne.zip",
        locked_zip(),
        "Plik tajne.zip jest zabezpieczony hasłem, więc nie możemy go sprawdzić. "
        "Usuń hasło i dodaj plik ponownie.",
    ),
)
TOO_MUCH = (
    "Załączniki mają razem 151,0 MB, a mogą mieć 150 MB. "
    "Usuń pliki o łącznym rozmiarze co najmniej 1,1 MB."
)


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def padded_pdf(folder: Path, name: str, size: int) -> Path:
    """An honest PDF of about `size` bytes, with content of its own in a long stream."""
    stream = name.encode() + b"x" * size
    body = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)
    return write(folder, name, pdf(body))


@pytest.fixture
def nothing_is_lost(
    browser: Browser, place: Place, scripts: Scripts, tmp_path: Path
) -> Iterator[Citizen]:
    """A draft with text and one honest file, for a story; both are there when it ends."""
    with visit(browser, place.url, scripts=scripts) as page:
        celina = Citizen(page, CELINA, scripts)
        celina.logs_in()
        celina.finds_the_general_letter()
        celina.chooses_addressee()
        celina.writes_and_waits(TITLE, BODY)
        celina.attaches(write(tmp_path, HONEST, txt()))
        yield celina
        page.reload()
        expect(page.get_by_label("Tytuł pisma")).to_have_value(TITLE)
        expect(page.get_by_label("Treść pisma")).to_have_value(BODY)
        assert "Plik bezpieczny" in celina.row(HONEST)


def test_every_bad_file_is_refused_by_its_own_words(
    nothing_is_lost: Citizen, tmp_path: Path
) -> None:
    writer = nothing_is_lost
    for refused in REFUSED:
        writer.attaches_in_vain(write(tmp_path, refused.name, refused.data), refused.told)
    assert len({refused.told for refused in REFUSED}) == len(REFUSED)


def test_a_hundred_and_fifty_one_megabytes_are_one_too_many(
    nothing_is_lost: Citizen, tmp_path: Path
) -> None:
    writer = nothing_is_lost
    first, second = (padded_pdf(tmp_path, name, HALF) for name in ("pierwszy.pdf", "drugi.pdf"))
    assert 151_000_000 <= first.stat().st_size + second.stat().st_size < 151_010_000
    writer.attaches(first)
    arrived = writer.page.locator("li.file").filter(has_text="pierwszy.pdf")
    expect(arrived).to_contain_text("Plik bezpieczny", timeout=60_000)
    writer.attaches_in_vain(second, TOO_MUCH)
    assert TOO_MUCH in writer.row("drugi.pdf")
