"""The words of the mails about letters: a link and facts, never the content of a letter."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from skrytka.core.identifiers import ReceiptKind
from skrytka.letters.models import Letter
from skrytka.ui.formats import moment

SubjectAndText = tuple[str, str]


def receipt_text(letter: Letter, kind: ReceiptKind, receipt_no: str, link: str) -> SubjectAndText:
    """This will tell the sender, in their language, that the receipt or the refusal is ready."""
    with override(letter.author.language):
        if kind is ReceiptKind.NPP:
            subject = _("Nie przyjęliśmy Twojego pisma")
            lead = _("W piśmie był plik, którego nie możemy przyjąć. Powód jest na stronie pisma.")
        else:
            subject = _("Pismo doręczone, masz UPO")
            lead = _("Twoje pismo dotarło. Urzędowe poświadczenie odbioru (UPO) czeka na Ciebie.")
        text = "\n".join(
            (
                lead,
                "",
                _("Numer: {number}").format(number=receipt_no),
                _("Adresat: {name}").format(name=letter.institution.name),
                _("Zobacz i pobierz: {link}").format(link=link),
            )
        )
    return subject, text


def arrival_text(letter: Letter, kind: ReceiptKind, inbox: str) -> SubjectAndText:
    """This will tell the institution that a letter came; the sender's name stays in the system.

    One that was refused is not among those received: whoever looked there would find nothing.
    """
    if kind is ReceiptKind.NPP:
        text = (
            f"Do skrytki {letter.box_address} wpłynęło pismo z plikiem, którego nie możemy "
            f"przyjąć. Nadawca dostał poświadczenie nieprzedłożenia.\n\n"
            f"Odrzucone: {inbox}odrzucone/"
        )
        return "Odrzucone pismo", text
    text = f"Do skrytki {letter.box_address} wpłynęło nowe pismo.\n\nOdebrane: {inbox}"
    return "Nowe pismo w skrytce", text


def silent_scanner_text(institution: str, count: int, oldest: datetime) -> SubjectAndText:
    """This will tell an administrator, in the language in force, how much waits and since when."""
    waits = ngettext(
        "%(count)d plik lub pismo czeka na sprawdzenie ponad 10 minut.",
        "%(count)d plików lub pism czeka na sprawdzenie ponad 10 minut.",
        count,
    )
    lines = (
        _("Instytucja: {institution}").format(institution=institution),
        "",
        waits % {"count": count},
        _("Najstarsze czeka od: {when}.").format(when=moment(oldest)),
        "",
        _("Skaner złośliwego oprogramowania nie odpowiada. Powiadom osobę, która prowadzi serwer."),
        _("Pisma nie giną, a ich data wpływu się nie zmieni. Piszemy najwyżej raz na godzinę."),
    )
    return _("Skaner nie odpowiada, pisma czekają"), "\n".join(lines)


def flagged_text(institution: str, count: int, link: str) -> SubjectAndText:
    """This will tell an administrator, in the language in force, that malware was found later."""
    found = ngettext(
        "W %(count)d pliku przyjętego pisma nowsza baza wykryła złośliwe oprogramowanie.",
        "W %(count)d plikach przyjętych pism nowsza baza wykryła złośliwe oprogramowanie.",
        count,
    )
    lines = (
        _("Instytucja: {institution}").format(institution=institution),
        "",
        found % {"count": count},
        _("Pobieranie jest zablokowane. To, co przyjęte, zostaje przyjęte, a UPO się nie zmienia."),
        _("Kto pobrał plik wcześniej, niech sprawdzi swój komputer."),
        "",
        _("Zobacz: {link}").format(link=link),
    )
    return _("Złośliwe oprogramowanie w przyjętym piśmie"), "\n".join(lines)


def flagged_sent_text(institution: str, count: int, link: str) -> SubjectAndText:
    """This will tell an administrator, in the language in force, what was found in letters sent."""
    found = ngettext(
        "W %(count)d pliku, który wysyłacie, nowsza baza wykryła złośliwe oprogramowanie.",
        "W %(count)d plikach, które wysyłacie, nowsza baza wykryła złośliwe oprogramowanie.",
        count,
    )
    lines = (
        _("Instytucja: {institution}").format(institution=institution),
        "",
        found % {"count": count},
        _("Nikt nie może ich teraz pobrać ani wysłać. Wysłane pisma są nadal ważne."),
        _("Zawiadom adresatów, którzy mogli je pobrać, i sprawdź komputery w urzędzie."),
        "",
        _("Zobacz: {link}").format(link=link),
    )
    return _("Złośliwe oprogramowanie w wysłanym piśmie"), "\n".join(lines)
