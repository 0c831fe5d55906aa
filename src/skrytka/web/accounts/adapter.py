"""Where allauth meets this house: our words, our mail, our record."""

import uuid
from typing import ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from skrytka.accounts.operations.log_ins import (
    AccountChange,
    record_account_change,
    record_failed_log_in,
    record_log_in,
    record_sign_up,
)
from skrytka.accounts.queries import has_party
from skrytka.config import clock
from skrytka.ledger.operations.mails import enqueue_mail
from skrytka.ui.navigation import address_of
from skrytka.web.accounts.leaving import log_out
from skrytka.web.accounts.texts import ERROR_TEXTS, FEWEST_CHARACTERS, PASSWORD_TEXTS

# allauth tells of each change by a mail; the name of the mail says what changed.
CHANGES = {
    "account/email/password_changed": AccountChange.PASSWORD,
    "account/email/password_set": AccountChange.PASSWORD,
    "account/email/password_reset": AccountChange.PASSWORD,
    "account/email/email_changed": AccountChange.EMAIL,
    "account/email/email_confirm": AccountChange.EMAIL_CONFIRMED,
    "mfa/email/totp_activated": AccountChange.TOTP_ADDED,
    "mfa/email/totp_deactivated": AccountChange.TOTP_REMOVED,
    "mfa/email/webauthn_added": AccountChange.PASSKEY_ADDED,
    "mfa/email/webauthn_removed": AccountChange.PASSKEY_REMOVED,
    "mfa/email/recovery_codes_generated": AccountChange.RECOVERY_CODES,
}
VERIFICATION_EMAIL = "verification_email"


class AccountAdapter(DefaultAccountAdapter):
    """Our words instead of allauth's, mail by the outbox, every coming and going on record."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        **ERROR_TEXTS,
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """This will write one of our plain texts and leave it to the outbox."""
        words = {**context, "email": email, "base_url": settings.BASE_URL}
        for name in ("signup_url", "password_reset_url"):
            if name in words:
                words[name] = on_base_url(str(words[name]))
        subject = render_to_string(f"{template_prefix}_subject.txt", words)
        text = render_to_string(f"{template_prefix}_message.txt", words)
        enqueue_mail(
            f"account:{uuid.uuid4()}",
            email,
            settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + " ".join(subject.split()),
            text.strip() + "\n",
            at=clock.now(),
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: object,
        context: dict[str, object] | None = None,
        email: str | None = None,
    ) -> None:
        change = CHANGES.get(template_prefix)
        if change is not None:
            record_account_change(
                _id_of(user), change, at=clock.now(), remote_address=self._remote_address()
            )
        words = {**(context or {}), "at": clock.now()}
        super().send_notification_mail(template_prefix, user, words, email)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: object) -> str:
        return on_base_url(super().get_email_confirmation_url(request, emailconfirmation))

    def get_reset_password_from_key_url(self, key: str) -> str:
        return on_base_url(super().get_reset_password_from_key_url(key))

    def clean_password(self, password: str, user: object = None) -> str:
        """This will refuse a password with our words; the length first (R-PASS)."""
        if len(password) < FEWEST_CHARACTERS:
            text = _("Hasło musi mieć co najmniej 12 znaków. Masz %(count)d.")
            raise ValidationError(text % {"count": len(password)}, code="password_too_short")
        try:
            validate_password(password, user)  # type: ignore[arg-type]  # allauth's user has no type
        except ValidationError as fault:
            raise _in_our_words(fault) from fault
        return password

    def respond_email_verification_sent(self, request: HttpRequest, user: object) -> HttpResponse:
        if user is not None:
            request.session[VERIFICATION_EMAIL] = getattr(user, "email", "")
        return HttpResponseRedirect(reverse("account_email_verification_sent"))

    def save_user(self, request: HttpRequest, user: object, form: object) -> object:
        saved = super().save_user(request, user, form)
        record_sign_up(
            _id_of(saved),
            get_language() or "pl",
            at=clock.now(),
            remote_address=self._remote_address(),
        )
        return saved

    def login(self, request: HttpRequest, user: object) -> None:
        super().login(request, user)
        record_log_in(_id_of(user), at=clock.now(), remote_address=self._remote_address())

    def logout(self, request: HttpRequest) -> None:
        log_out(request)

    def authentication_failed(self, _request: HttpRequest, **credentials: object) -> None:
        record_failed_log_in(
            str(credentials.get("email", "")),
            at=clock.now(),
            remote_address=self._remote_address(),
        )

    def post_login(self, request: HttpRequest, user: object, **details: object) -> HttpResponse:
        """This will ask a person who has not given their data yet to do so first."""
        response: HttpResponse = super().post_login(request, user, **details)
        if has_party(_id_of(user)):
            return response
        url = reverse("web:account_data")
        wanted = str(details.get("redirect_url") or "")
        return HttpResponseRedirect(f"{url}?{urlencode({'next': wanted})}" if wanted else url)

    def get_login_redirect_url(self, _request: HttpRequest) -> str:
        return address_of("web:letters") or "/"

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def get_logout_redirect_url(self, _request: HttpRequest) -> str:
        return address_of("web:start") or "/"

    def get_password_change_redirect_url(self, _request: HttpRequest) -> str:
        return reverse("web:account")

    def get_email_verification_redirect_url(self, _email_address: object) -> str:
        is_known = self.request.user.is_authenticated
        return reverse("web:account") if is_known else reverse("account_login")

    def _remote_address(self) -> str:
        request = allauth_context.request
        return str(self.get_client_ip(request)) if request is not None else ""


def on_base_url(url: str) -> str:
    """This will put the address of this installation in front of a link that goes out by mail.

    The host that a request names may be anything that reached us.
    """
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{settings.BASE_URL}{parts.path}{query}"


def _id_of(user: object) -> int:
    return int(getattr(user, "pk", 0))


def _in_our_words(fault: ValidationError) -> ValidationError:
    codes = [str(one.code) for one in fault.error_list]
    texts = [
        PASSWORD_TEXTS.get(code, _lazy("To hasło jest za słabe. Wymyśl inne.")) for code in codes
    ]
    return ValidationError([str(text) for text in dict.fromkeys(texts)])
