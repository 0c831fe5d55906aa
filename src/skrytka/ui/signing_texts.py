"""Refusals of a signature and of a second factor, in the words of the error catalogue.

By code, because citizens and clerks sign at edges that do not know each other.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from skrytka.ui.formats import day

EXPIRED = "S-CERT"


def signing_text(code: str, expired_at: datetime | None = None) -> str:
    """This will tell why a letter was not signed and what to do. Raises KeyError."""
    if code == EXPIRED:
        return _expired(expired_at)
    return _texts()[code]


def undecodable_text(incident: str) -> str:
    """This will tell that a signed file was not taken because nobody got to its end."""
    return _(
        "Nie udało się sprawdzić podpisu w tym pliku, więc go nie przyjęliśmy. "
        "Spróbuj jeszcze raz. Jeśli to nie pomoże, podpisz innym programem "
        "albo zgłoś usterkę i podaj numer zdarzenia: %(incident)s."
    ) % {"incident": incident}


def factor_text(code: str) -> str:
    """This will tell why a second factor was not taken and what to do. Raises KeyError."""
    return {
        "NOT_SET_UP": _("Nie masz ustawionego tego sposobu. Wybierz inny."),
        "NO_CODE": _("Ten kod już nie działa. Wyślij nowy kod i wpisz go tutaj."),
        "EXPIRED": _("Kod stracił ważność po 10 minutach. Wyślij nowy kod."),
        "WRONG_CODE": _("Kod się nie zgadza. Sprawdź go i wpisz jeszcze raz."),
        "TOO_MANY_ATTEMPTS": _("Za dużo prób. Odczekaj 5 minut albo wyślij nowy kod."),
        "TOO_MANY_CODES": _("Wysłaliśmy już 5 kodów. Następny wyślemy za godzinę."),
        "PASSKEY_REFUSED": _(
            "Nie udało się potwierdzić kluczem dostępu. "
            "Spróbuj jeszcze raz albo wybierz inny sposób."
        ),
    }[code]


def _texts() -> dict[str, str]:
    return {
        "S-NONE": _("Tę sprawę trzeba podpisać. Wybierz rodzaj podpisu."),
        "S-BAD": _(
            "Podpis jest nieważny: dokument zmienił się po podpisaniu. Podpisz go jeszcze raz."
        ),
        "OTHER_CONTENT": _(
            "W tym pliku jest inny dokument. "
            "Pobierz XML z tej strony, podpisz go bez zmian i dodaj."
        ),
        "S-WHO": _(
            "Podpis należy do innej osoby niż właściciel konta. "
            "Zaloguj się na właściwe konto albo podpisz samodzielnie."
        ),
        "S-OFF": _(
            "Usługa podpisu teraz nie odpowiada. Pismo jest zapisane, spróbuj za kilka minut."
        ),
        "NO_PROFILE": _("Nie masz potwierdzonego profilu. Wybierz inny podpis."),
        "NOT_FROZEN": _("Pismo zmieniło się w międzyczasie. Przejdź do podpisu jeszcze raz."),
        "FACTOR": _("Kod był dla innej wersji pisma. Potwierdź jeszcze raz."),
        "NOT_SIGNED": _("W tym pliku nie ma podpisu. Podpisz plik XML i dodaj go ponownie."),
        "TOO_LARGE": _("Ten plik jest za duży na podpisane pismo. Dodaj podpisany plik XML."),
    }


def _expired(expired_at: datetime | None) -> str:
    if expired_at is None:
        return _("Certyfikat podpisu stracił ważność. Użyj innego podpisu.")
    return _("Certyfikat podpisu stracił ważność (%(day)s). Użyj innego podpisu.") % {
        "day": day(expired_at)
    }
