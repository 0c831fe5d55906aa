"""Our words for what can go wrong on the pages of log-in (error catalogue R-*, L-*)."""

from django.utils.translation import gettext_lazy as _

FEWEST_CHARACTERS = 12
LOCKED = _("Za dużo prób. Spróbuj za 15 minut albo ustaw nowe hasło.")
EMAIL_HOW = _("Wpisz adres e-mail, na przykład anna@example.pl")

ERROR_TEXTS = {
    "account_inactive": _("To konto jest wyłączone."),
    "email_password_mismatch": _("E-mail lub hasło się nie zgadza."),
    "too_many_login_attempts": LOCKED,
    "rate_limited": LOCKED,
    "incorrect_code": _("Kod jest niepoprawny. Sprawdź go i wpisz jeszcze raz."),
    "incorrect_password": _("Hasło jest niepoprawne."),
    "enter_current_password": _("Obecne hasło jest niepoprawne."),
    "duplicate_email": _("To już jest Twój adres e-mail. Wpisz inny."),
    "email_taken": _("Nie możesz użyć tego adresu e-mail. Wpisz inny."),
    "invalid_password_reset": _("Ten link już nie działa. Poproś o nowy."),
    "invalid_or_expired_key": _("Ten link już nie działa. Poproś o nowy."),
    "same_as_current": _("Wpisz inny niż obecny."),
    "unverified_primary_email": _("Najpierw potwierdź adres e-mail."),
}
PASSWORD_TEXTS = {
    "password_too_common": _("To hasło jest zbyt popularne. Wymyśl inne."),
    "password_too_similar": _("Hasło jest zbyt podobne do Twojego adresu e-mail. Wymyśl inne."),
}
FACTOR_TEXTS = {
    "incorrect_code": _("Kod jest niepoprawny. Sprawdź go i wpisz jeszcze raz."),
    "unverified_email": _("Najpierw potwierdź adres e-mail."),
    "cannot_delete_authenticator": _("Nie możesz wyłączyć tego zabezpieczenia."),
    "cannot_generate_recovery_codes": _("Najpierw dodaj aplikację z kodami albo klucz dostępu."),
    "add_email_blocked": _("Nie możesz teraz zmienić adresu e-mail."),
}
