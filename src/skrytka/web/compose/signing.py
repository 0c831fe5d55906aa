"""Refusals of a signature, in the words of the error catalogue."""

from django.utils.translation import gettext as _

from skrytka.letters.operations.signing import CannotSign, SigningFault
from skrytka.web.signed_file.reports import expired_text


def signing_text(refusal: CannotSign) -> str:
    """This will tell why the letter was not signed and what to do."""
    if refusal.reason is SigningFault.CERTIFICATE_EXPIRED:
        return expired_text(refusal.report)
    return _texts()[refusal.reason]


def signing_needed_text() -> str:
    """This will tell that this letter goes nowhere without a signature (S-NONE)."""
    return _texts()[SigningFault.NEEDED]


def _texts() -> dict[SigningFault, str]:
    broken = _("Podpis jest nieważny: dokument zmienił się po podpisaniu. Podpisz go jeszcze raz.")
    return {
        SigningFault.NEEDED: _("Tę sprawę trzeba podpisać. Wybierz rodzaj podpisu."),
        SigningFault.BAD: broken,
        SigningFault.OTHER_CONTENT: _(
            "W tym pliku jest inny dokument. "
            "Pobierz XML z tej strony, podpisz go bez zmian i dodaj."
        ),
        SigningFault.ANOTHER_PERSON: _(
            "Podpis należy do innej osoby niż właściciel konta. "
            "Zaloguj się na właściwe konto albo podpisz samodzielnie."
        ),
        SigningFault.UNAVAILABLE: _(
            "Usługa podpisu teraz nie odpowiada. Pismo jest zapisane, spróbuj za kilka minut."
        ),
        SigningFault.NO_PROFILE: _("Nie masz potwierdzonego profilu. Wybierz inny podpis."),
        SigningFault.NOT_FROZEN: _(
            "Pismo zmieniło się w międzyczasie. Przejdź do podpisu jeszcze raz."
        ),
        SigningFault.FACTOR: _("Kod był dla innej wersji pisma. Potwierdź jeszcze raz."),
        SigningFault.NOT_SIGNED: _(
            "W tym pliku nie ma podpisu. Podpisz plik XML i dodaj go ponownie."
        ),
        SigningFault.TOO_LARGE: _(
            "Ten plik jest za duży na podpisane pismo. Dodaj podpisany plik XML."
        ),
    }
