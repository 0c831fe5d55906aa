"""The pages of log-in that allauth answers: only those this house uses, under its own addresses."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path

from skrytka.web.accounts import log_in_views

urlpatterns = [
    path("zaloguj/", account.login, name="account_login"),
    path("wyloguj/", account.logout, name="account_logout"),
    path("wylaczone/", account.account_inactive, name="account_inactive"),
    path("zaloz/", account.signup, name="account_signup"),
    path("potwierdz-email/", log_in_views.check_mail, name="account_email_verification_sent"),
    path("potwierdz-email/jeszcze-raz/", log_in_views.send_again, name="account_send_again"),
    re_path(
        r"^potwierdz-email/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"
    ),
    path("potwierdz-haslem/", account.reauthenticate, name="account_reauthenticate"),
    path("email/", account.email, name="account_email"),
    path("haslo/", account.password_change, name="account_change_password"),
    path("haslo/nowe/", account.password_reset, name="account_reset_password"),
    path("haslo/nowe/wyslane/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^haslo/nowe/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "haslo/nowe/gotowe/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("drugi-skladnik/", mfa.index, name="mfa_index"),
    path("drugi-skladnik/podaj/", mfa.authenticate, name="mfa_authenticate"),
    path("drugi-skladnik/podaj-ponownie/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("drugi-skladnik/aplikacja/", totp.activate_totp, name="mfa_activate_totp"),
    path("drugi-skladnik/aplikacja/usun/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("drugi-skladnik/klucze/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("drugi-skladnik/klucze/dodaj/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("drugi-skladnik/klucze/zaloguj/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path(
        "drugi-skladnik/klucze/podaj-ponownie/",
        webauthn.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "drugi-skladnik/klucze/<int:pk>/usun/", webauthn.remove_webauthn, name="mfa_remove_webauthn"
    ),
    path("drugi-skladnik/klucze/<int:pk>/nazwa/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("kody-zapasowe/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "kody-zapasowe/nowe/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path(
        "kody-zapasowe/pobierz/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("sesje/", log_in_views.list_sessions, name="usersessions_list"),
]
