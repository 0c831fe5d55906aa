"""What a preview of a file shows and says, at the desk and to the citizen.

By code, because edges that do not know each other show the same.
"""

from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

LONGEST_NUMBER = 6
BUSY = "BUSY"
PDF = "application/pdf"


class Shown(Protocol):
    """What is known of the page of a file: a picture, lines of text, or why there is neither."""

    @property
    def page_no(self) -> int: ...
    @property
    def pages(self) -> int: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def lines(self) -> tuple[str, ...]: ...
    @property
    def is_cut(self) -> bool: ...
    @property
    def fault(self) -> str | None: ...
    @property
    def incident(self) -> str: ...


@dataclass(frozen=True)
class Places:
    """The addresses around a preview: its own, its picture's, the file's, and the way back."""

    own: str
    picture: str
    download: str
    back: str
    back_text: str


@dataclass(frozen=True)
class PreviewView:
    """One page of a file as the component lays it out."""

    name: str
    size: int
    shown: Shown
    places: Places
    media_type: str = PDF

    @property
    def is_document(self) -> bool:
        """Whether the pages may hold text, which a picture of them does not."""
        return self.media_type == PDF

    @property
    def is_busy(self) -> bool:
        return self.shown.fault == BUSY

    @property
    def told(self) -> str:
        """Why there is nothing to see; empty where there is."""
        return fault_text(self.shown.fault) if self.shown.fault else ""

    @property
    def position(self) -> str:
        numbers = {"no": self.shown.page_no, "count": self.shown.pages}
        return _("Strona %(no)s z %(count)s") % numbers

    @property
    def alternative(self) -> str:
        """What is said of the picture to whom cannot see it."""
        if not self.is_document and self.shown.pages == 1:
            return _("Obraz z pliku %(name)s") % {"name": self.name}
        return _("Strona %(no)s z %(count)s pliku %(name)s") % {
            "no": self.shown.page_no,
            "count": self.shown.pages,
            "name": self.name,
        }

    @property
    def own_url(self) -> str:
        return self._page(self.shown.page_no)

    @property
    def previous_url(self) -> str:
        return self._page(self.shown.page_no - 1) if self.shown.page_no > 1 else ""

    @property
    def next_url(self) -> str:
        goes_on = self.shown.page_no < self.shown.pages
        return self._page(self.shown.page_no + 1) if goes_on else ""

    def _page(self, page_no: int) -> str:
        return f"{self.places.own}?page={page_no}"


def fault_text(code: str) -> str:
    """This will say why a page cannot be seen, and what to do. Raises KeyError."""
    return {
        "BROKEN": _("Nie umiemy pokazać tego pliku. Pobierz go i otwórz u siebie."),
        "TOO_LARGE": _("Ten plik jest za duży na podgląd. Pobierz go i otwórz u siebie."),
        "TOO_LONG": _(
            "Przygotowanie tej strony trwa zbyt długo. Pobierz plik i otwórz go u siebie."
        ),
        BUSY: _("Przygotowujemy teraz inne podglądy. Spróbuj ponownie za chwilę."),
        "NO_SUCH_PAGE": _("Ten plik nie ma takiej strony."),
    }[code]


def asked_page(text: str) -> int:
    """This will read the number of a page from an address; anything else is page zero of none."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return int(text) if is_number else 0
