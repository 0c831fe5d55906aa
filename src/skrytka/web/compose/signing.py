"""Refusals of a signature and of a second factor, in the words of the error catalogue."""

from django.utils.translation import gettext as _

from skrytka.accounts.operations.second_factor import FactorFault
from skrytka.core.signatures.verdict import SignatureVerdict, ValidationReport
from skrytka.letters.operations.signing import CannotSign, SigningFault
from skrytka.ui.formats import day


def signing_text(refusal: CannotSign) -> str:
    """This will tell why the letter was not signed and what to do."""
    if refusal.reason is SigningFault.CERTIFICATE_EXPIRED:
        return _expired(refusal.report)
    return _texts()[refusal.reason]


def signing_needed_text() -> str:
    """This will tell that this letter goes nowhere without a signature (S-NONE)."""
    return _texts()[SigningFault.NEEDED]


def reasons_of(refusal: CannotSign) -> tuple[str, ...]:
    """This will list what the verifier found wrong, one sentence each and none twice."""
    if refusal.report is None:
        return ()
    found = [*refusal.report.reasons]
    for verdict in refusal.report.signatures:
        found += verdict.reasons
    return tuple(dict.fromkeys(_(reason.text) for reason in found))


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


def _expired(report: ValidationReport | None) -> str:
    ends = [verdict.signer.valid_until for verdict in _signed(report) if verdict.signer]
    if not ends:
        return _("Certyfikat podpisu stracił ważność. Użyj innego podpisu.")
    return _("Certyfikat podpisu stracił ważność %(day)s. Użyj innego podpisu.") % {
        "day": day(min(ends))
    }


def _signed(report: ValidationReport | None) -> tuple[SignatureVerdict, ...]:
    return report.signatures if report else ()
