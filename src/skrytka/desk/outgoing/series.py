"""The words of a series: what is wrong with a file, with a line, with a letter that did not go."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skrytka.delivery.operations.dispatch import DispatchFault
from skrytka.delivery.operations.merge_rows import RowFault, SeriesRow
from skrytka.delivery.operations.merge_table import CannotReadTable, TableFault
from skrytka.delivery.operations.merging import CHANGED, INCOMPLETE, CannotMerge, MergeFault
from skrytka.delivery.queries.merges import MergeDraftView
from skrytka.desk.outgoing.texts import dispatch_text
from skrytka.ui.parts import Pill, Tone

TABLE_FAULTS = {
    TableFault.TOO_LARGE: gettext_lazy("Plik ma ponad 1 MB. Podziel listę na mniejsze."),
    TableFault.NOT_TEXT: gettext_lazy(
        "To nie jest plik CSV. W arkuszu wybierz „Zapisz jako” i format CSV (UTF-8)."
    ),
    TableFault.BROKEN: gettext_lazy(
        "Pliku nie da się odczytać od wiersza %(detail)s. Sprawdź w nim cudzysłowy."
    ),
    TableFault.NO_ROWS: gettext_lazy("Na liście nie ma żadnego adresata."),
    TableFault.NO_ADDRESS: gettext_lazy(
        "W pierwszym wierszu brakuje kolumny „adres_skrytki”. Dodaj ją i wyślij plik ponownie."
    ),
    TableFault.BAD_NAME: gettext_lazy(
        "Nazwa kolumny „%(detail)s” może mieć tylko litery, cyfry i podkreślenia, do 40 znaków."
    ),
    TableFault.REPEATED_NAME: gettext_lazy(
        "Kolumna „%(detail)s” jest na liście dwa razy. Zostaw jedną."
    ),
    TableFault.TOO_MANY_ROWS: gettext_lazy(
        "Lista ma ponad 1000 adresatów. Podziel ją na mniejsze."
    ),
    TableFault.TOO_MANY_COLUMNS: gettext_lazy("Lista ma ponad 50 kolumn. Usuń zbędne."),
}
ROW_FAULTS = {
    RowFault.NO_ADDRESS: gettext_lazy("Brak adresu skrytki"),
    RowFault.NO_BOX: gettext_lazy("Nie ma otwartej skrytki pod tym adresem"),
    RowFault.RESIGNED: gettext_lazy("Nie chce pism na koncie: wyślij na papierze"),
    RowFault.DOUBLE: gettext_lazy("Ten sam adres jest już w wierszu %(detail)s"),
    RowFault.MISSING: gettext_lazy("Brakuje wartości: %(detail)s"),
    RowFault.TOO_MANY_CELLS: gettext_lazy("Wiersz ma więcej komórek niż nagłówek"),
    RowFault.TOO_LONG: gettext_lazy("Tekst po wypełnieniu jest za długi"),
}
MERGE_FAULTS = {
    MergeFault.NOT_FOUND: gettext_lazy("Nie ma już tej wysyłki."),
    MergeFault.DRAFTED: gettext_lazy("Pisma z tej wysyłki są już utworzone."),
    MergeFault.NO_TEXT: gettext_lazy("Wpisz tytuł i treść pisma."),
    MergeFault.PLACES: gettext_lazy(
        "W tekście są pola, których nie ma na liście: %(detail)s. Popraw tekst albo dodaj kolumny."
    ),
    MergeFault.NOTHING_GOOD: gettext_lazy("Żaden wiersz nie nadaje się do wysłania."),
    MergeFault.NO_BOX: gettext_lazy(
        "Instytucja nie ma otwartej skrytki do wysyłania. Otwórz ją w ustawieniach."
    ),
}
NOTES = {
    INCOMPLETE: gettext_lazy("Pismo jest niekompletne. Otwórz je i popraw."),
    CHANGED: gettext_lazy("Pismo zmieniło się w międzyczasie. Wyślij jeszcze raz."),
}


def table_text(refusal: CannotReadTable) -> str:
    """This will tell why a file is not read as a list and what to do."""
    return str(TABLE_FAULTS[refusal.reason]) % {"detail": refusal.detail}


def row_text(row: SeriesRow) -> str:
    """This will tell what is wrong with a line; nothing for a good one."""
    if row.fault is None:
        return ""
    return str(ROW_FAULTS[row.fault]) % {"detail": row.detail}


def merge_text(refusal: CannotMerge) -> str:
    """This will tell why nothing was done with a series."""
    return str(MERGE_FAULTS[refusal.reason]) % {"detail": refusal.detail}


def note_text(note: str) -> str:
    """This will tell why a letter of a series was not sent."""
    if note in NOTES:
        return str(NOTES[note])
    return dispatch_text(DispatchFault(note))


def draft_pill(draft: MergeDraftView) -> Pill:
    """This will say how far a letter of a series is."""
    state = draft.state.value
    looks = (
        (state == "SENT", Pill(_("Wysłane"), Tone.OK, "check")),
        (state == "DISCARDED", Pill(_("Usunięte"), Tone.PLAIN)),
        (draft.is_queued, Pill(_("Wysyłamy"), Tone.INFO, "clock")),
        (bool(draft.note), Pill(_("Nie wysłane"), Tone.BAD, "x")),
        (state == "WAITING", Pill(_("Czeka na zatwierdzenie"), Tone.INFO, "clock")),
        (draft.is_sent_back, Pill(_("Do poprawy"), Tone.WARN, "triangle-alert")),
    )
    ready = Pill(_("Gotowe do wysłania"), Tone.PLAIN)
    return next((pill for is_so, pill in looks if is_so), ready)
