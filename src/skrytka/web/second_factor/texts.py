"""Refusals of a second factor, in words."""

from django.utils.translation import gettext as _

from skrytka.accounts.operations.second_factor import FactorFault


def factor_text(fault: FactorFault) -> str:
    """This will tell why a second factor was not taken and what to do."""
    return {
        FactorFault.NOT_SET_UP: _("Nie masz ustawionego tego sposobu. Wybierz inny."),
        FactorFault.NO_CODE: _("Ten kod już nie działa. Wyślij nowy kod i wpisz go tutaj."),
        FactorFault.EXPIRED: _("Kod stracił ważność po 10 minutach. Wyślij nowy kod."),
        FactorFault.WRONG_CODE: _("Kod się nie zgadza. Sprawdź go i wpisz jeszcze raz."),
        FactorFault.TOO_MANY_ATTEMPTS: _("Za dużo prób. Odczekaj 5 minut albo wyślij nowy kod."),
        FactorFault.TOO_MANY_CODES: _("Wysłaliśmy już 5 kodów. Następny wyślemy za godzinę."),
        FactorFault.PASSKEY_REFUSED: _(
            "Nie udało się potwierdzić kluczem dostępu. "
            "Spróbuj jeszcze raz albo wybierz inny sposób."
        ),
    }[fault]
