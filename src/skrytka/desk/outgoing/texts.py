"""The words of letters that go out: states, refusals, what is missing."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from skrytka.delivery.operations.completeness import OutgoingGap, OutgoingProblem
from skrytka.delivery.operations.dispatch import DispatchFault
from skrytka.delivery.operations.drafts import OutgoingFault
from skrytka.delivery.queries.outgoing import OutgoingRow, OutgoingView
from skrytka.letters.operations.room import CannotAttach
from skrytka.letters.screening import AttachmentFault
from skrytka.ui.formats import number
from skrytka.ui.parts import Pill, Tone
from skrytka.ui.refusal_texts import refusal_text

FILES_FIELD = "files"
CHANGE_FAULTS = {
    OutgoingFault.NOT_FOUND: gettext_lazy("Nie ma już tego pisma."),
    OutgoingFault.CHANGED_ELSEWHERE: gettext_lazy(
        "To pismo zmieniło się w innej karcie. Wczytaj nowszą wersję albo zapisz swoją jako kopię."
    ),
    OutgoingFault.ALREADY_SENT: gettext_lazy("To pismo zostało już wysłane."),
    OutgoingFault.DISCARDED: gettext_lazy("To pismo jest usunięte. Możesz je przywrócić."),
    OutgoingFault.WAITING: gettext_lazy(
        "Pismo czeka na zatwierdzenie. Wycofaj je, żeby je zmienić."
    ),
    OutgoingFault.NO_BOX: gettext_lazy(
        "Instytucja nie ma otwartej skrytki do wysyłania. Otwórz ją w ustawieniach."
    ),
    OutgoingFault.BOX_CLOSED: gettext_lazy("Ta skrytka nie przyjmuje teraz pism. Wybierz inną."),
    OutgoingFault.OWN_BOX: gettext_lazy("To skrytka Twojej instytucji. Wybierz innego adresata."),
    OutgoingFault.NOT_THE_AUTHOR: gettext_lazy("To pismo pisze inna osoba."),
    OutgoingFault.NO_REASON: gettext_lazy("Wpisz, co poprawić"),
    OutgoingFault.OWN_LETTER: gettext_lazy(
        "Swojego pisma nie możesz zatwierdzić. Zrobi to inna osoba."
    ),
}
DISPATCH_FAULTS = {
    DispatchFault.NOT_FOUND: gettext_lazy("Nie ma już tego pisma."),
    DispatchFault.NO_ADDRESSEE: gettext_lazy("Wybierz adresata."),
    DispatchFault.NOT_SIGNED: gettext_lazy("Pismo nie jest podpisane. Podpisz je i wyślij."),
    DispatchFault.NOT_RELEASED: gettext_lazy("Pismo czeka na zatwierdzenie przez inną osobę."),
    DispatchFault.CHANGED: gettext_lazy(
        "Pismo zmieniło się po podpisaniu. Podpisz je jeszcze raz."
    ),
    DispatchFault.DISCARDED: gettext_lazy("To pismo jest usunięte. Możesz je przywrócić."),
    DispatchFault.ADDRESSEE_CLOSED: gettext_lazy(
        "Adresat nie przyjmuje teraz pism pod tym adresem. Wybierz inną skrytkę."
    ),
    DispatchFault.ADDRESSEE_RESIGNED: gettext_lazy(
        "Adresat nie chce pism z urzędów na koncie. Wyślij to pismo na papierze."
    ),
    DispatchFault.FILE_INFECTED: gettext_lazy(
        "W załączniku wykryliśmy złośliwe oprogramowanie, więc pisma nie można wysłać. "
        "Usuń ten plik i podpisz pismo jeszcze raz."
    ),
}
BEYOND_RULES = {
    OutgoingGap.FILE_NOT_TAKEN,
    OutgoingGap.FILES_TOO_BIG,
    OutgoingGap.FILE_HOLDS_MORE,
    OutgoingGap.FILE_LOCKED,
}
INFECTED = gettext_lazy(
    "W pliku %(name)s wykryliśmy złośliwe oprogramowanie. "
    "Usuń go. Jeśli to pomyłka, administrator może go zwolnić."
)
SIGNINGS = {
    "TRUSTED": gettext_lazy("Podpis zaufany"),
    "UPLOADED": gettext_lazy("Podpisany plik"),
    "SEALED": gettext_lazy("Pieczęć instytucji"),
}


def change_text(fault: OutgoingFault) -> str:
    """This will tell why a draft was not changed and what to do."""
    return str(CHANGE_FAULTS[fault])


def dispatch_text(fault: DispatchFault) -> str:
    """This will tell why a letter was not sent and what to do."""
    return str(DISPATCH_FAULTS[fault])


def attach_text(refusal: CannotAttach) -> str:
    """This will say why a file was not taken; nothing of it is kept."""
    data = refusal.data
    if refusal.reason is AttachmentFault.SCANNER_SILENT:
        text = _(
            "Nie możemy teraz sprawdzić pliku %(name)s, więc go nie dodaliśmy. "
            "Dodaj go ponownie za kilka minut."
        )
        return text % {"name": data.file_name}
    return refusal_text(refusal.reason, data.file_name, data.as_details())


def infected_text(file_name: str) -> str:
    """This will say that malware was found in a file after it was added."""
    return str(INFECTED) % {"name": file_name}


def problem_text(draft: OutgoingView, problem: OutgoingProblem) -> str:
    """This will say one problem of a draft to the clerk who writes it."""
    if problem.gap is OutgoingGap.BODY_TOO_LONG:
        return too_long(problem.number)
    if problem.gap is OutgoingGap.PLACE_LEFT:
        text = _("W tekście zostało pole %(place)s. Wpisz w tym miejscu właściwy tekst.")
        return text % {"place": problem.text}
    if problem.gap is OutgoingGap.FILE_INFECTED:
        return infected_text(problem.text)
    if problem.gap in BEYOND_RULES:
        return _beyond_rules(draft, problem)
    return {
        OutgoingGap.NO_ADDRESSEE: _("Wybierz adresata."),
        OutgoingGap.BOX_CLOSED: change_text(OutgoingFault.BOX_CLOSED),
        OutgoingGap.RESIGNED: dispatch_text(DispatchFault.ADDRESSEE_RESIGNED),
        OutgoingGap.NO_TITLE: _("Wpisz tytuł pisma"),
        OutgoingGap.NO_BODY: _("Wpisz treść pisma albo dodaj załącznik"),
        OutgoingGap.NO_NAME: _("Podaj swoje imię i nazwisko na koncie. Stoją w piśmie."),
    }[problem.gap]


def too_long(excess: int) -> str:
    """This will tell by how many characters the letter is too long (B-LONG)."""
    return ngettext(
        "Treść jest za długa o %(n)s znak. Skróć ją albo dodaj jako plik PDF.",
        "Treść jest za długa o %(n)s znaków. Skróć ją albo dodaj jako plik PDF.",
        excess,
    ) % {"n": number(excess)}


def state_pill(row: OutgoingRow) -> Pill:
    """This will say how far a draft is."""
    if row.state.value == "WAITING":
        return Pill(_("Czeka na zatwierdzenie"), Tone.INFO, "clock")
    if row.is_sent_back:
        return Pill(_("Do poprawy"), Tone.WARN, "triangle-alert")
    if row.is_signed:
        return Pill(_("Podpisane"), Tone.OK, "check")
    return Pill(_("Wersja robocza"), Tone.PLAIN)


def _beyond_rules(draft: OutgoingView, problem: OutgoingProblem) -> str:
    """The institution's rules have changed since the file came."""
    extension = problem.text.rpartition(".")[2].upper()
    details: dict[str, str | int] = {
        "extension": extension,
        "size": problem.number,
        "limit": draft.rules.total_bytes,
        "remark": problem.remark,
    }
    return refusal_text(problem.gap, problem.text, details)
