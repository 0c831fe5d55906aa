"""The mail with a code, in the person's language."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from skrytka.ledger.operations.mails import enqueue_mail


def enqueue_code_mail(code_id: int, email: str, code: str, language: str, *, at: datetime) -> None:
    """This will send the code; the subject does not show it, because telephones show subjects."""
    with override(language):
        subject = _("[Skrytka] Kod do potwierdzenia podpisu")
        text = _(
            "Twój kod: %(code)s\n\n"
            "Wpisz go na stronie, na której podpisujesz pismo. Kod działa 10 minut.\n\n"
            "Jeśli to nie Ty podpisujesz pismo, nie podawaj nikomu tego kodu i zmień hasło.\n"
        ) % {"code": code}
    enqueue_mail(f"factor:{code_id}", email, subject, text, at=at)
