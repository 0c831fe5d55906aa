"""allauth's forms with our labels, hints and words."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from skrytka.web.accounts.adapter import VERIFICATION_EMAIL
from skrytka.web.accounts.texts import EMAIL_HOW

PASSWORD_HINT = _("Co najmniej 12 znaków. Może to być kilka zwykłych słów")
CODE_HINT = _("6 cyfr z aplikacji w telefonie")


def word_field(field: forms.Field, label: object, hint: object = "", required: object = "") -> None:
    """This will give a field of allauth our label and hint, and take its placeholder away."""
    field.label = str(label)
    field.help_text = str(hint)
    field.widget.attrs.pop("placeholder", None)
    field.error_messages["required"] = str(required or _("Wypełnij to pole"))


def word_email(field: forms.Field, hint: object = "") -> None:
    word_field(field, _("Adres e-mail"), hint, EMAIL_HOW)
    field.widget.attrs["class"] = "govuk-input--width-30"
    field.error_messages["invalid"] = str(EMAIL_HOW)
    for check in field.validators:
        if hasattr(check, "message"):
            check.message = EMAIL_HOW


def word_new_password(field: forms.Field) -> None:
    word_field(field, _("Nowe hasło"), PASSWORD_HINT, _("Wpisz nowe hasło"))


class SignUpForm(account.SignupForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        word_email(self.fields["email"], _("Wyślemy na niego potwierdzenia"))
        word_field(self.fields["password1"], _("Hasło"), PASSWORD_HINT, _("Wpisz hasło"))

    def try_save(self, request: HttpRequest) -> object:
        """This will remember the address for the next page, whether or not it was new to us."""
        saved = super().try_save(request)
        request.session[VERIFICATION_EMAIL] = self.cleaned_data["email"]
        return saved


class LogInForm(account.LoginForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        word_email(self.fields["login"])
        word_field(self.fields["password"], _("Hasło"), required=_("Wpisz hasło"))


class ResetPasswordForm(account.ResetPasswordForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        word_email(self.fields["email"], _("Ten, którym się logujesz"))


class NewPasswordForm(account.ResetPasswordKeyForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        word_new_password(self.fields["password1"])
        # „Pokaż hasło” does what typing it twice was for.
        del self.fields["password2"]


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        word_field(self.fields["oldpassword"], _("Obecne hasło"), required=_("Wpisz obecne hasło"))
        word_new_password(self.fields["password1"])
        del self.fields["password2"]


class ChangeEmailForm(account.AddEmailForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        word_email(self.fields["email"], _("Wyślemy na niego link do potwierdzenia"))
        self.fields["email"].label = _("Nowy adres e-mail")


class AskPasswordAgainForm(account.ReauthenticateForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        word_field(self.fields["password"], _("Hasło"), required=_("Wpisz hasło"))


class _CodeMixin:
    fields: dict[str, forms.Field]

    def word_code(self) -> None:
        word_field(self.fields["code"], _("Kod"), CODE_HINT, _("Wpisz kod"))
        self.fields["code"].widget.attrs.update(
            {"inputmode": "numeric", "class": "govuk-input--width-10"}
        )


class AuthenticateForm(_CodeMixin, mfa.AuthenticateForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.word_code()
        self.fields["code"].help_text = _("6 cyfr z aplikacji albo kod zapasowy")


class AskCodeAgainForm(_CodeMixin, mfa.ReauthenticateForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.word_code()


class ActivateTotpForm(_CodeMixin, totp.ActivateTOTPForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.word_code()


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        word_field(self.fields["name"], _("Nazwa klucza"), _("Na przykład „Telefon”"))
        self.fields["name"].widget.attrs["class"] = "govuk-input--width-20"
        self.fields["passwordless"].label = _("Chcę logować się samym kluczem, bez hasła")
        self.fields["passwordless"].help_text = _(
            "Klucz poprosi wtedy o PIN, odcisk palca albo twarz."
        )
        word_credential(self.fields["credential"])


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        word_field(self.fields["name"], _("Nazwa klucza"), required=_("Wpisz nazwę"))


class AuthenticatePasskeyForm(webauthn.AuthenticateWebAuthnForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        word_credential(self.fields["credential"])


class AskPasskeyAgainForm(webauthn.ReauthenticateWebAuthnForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        word_credential(self.fields["credential"])


class LogInPasskeyForm(webauthn.LoginWebAuthnForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        word_credential(self.fields["credential"])


def word_credential(field: forms.Field) -> None:
    text = _("Nie udało się odczytać klucza. Spróbuj jeszcze raz.")
    field.error_messages.update(required=str(text), invalid=str(text))
