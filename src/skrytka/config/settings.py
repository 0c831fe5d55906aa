"""Django's settings, all derived from the environment read in `skrytka.config.environment`."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from skrytka.config.databases import database_settings
from skrytka.config.environment import Mode, read_environment, secret_key_of
from skrytka.config.incoming import upload_folder

ENVIRONMENT = read_environment(os.environ)
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = secret_key_of(ENVIRONMENT)
DEBUG = False
DEMO = ENVIRONMENT.mode is Mode.DEMO
ALLOWED_HOSTS = [ENVIRONMENT.host] + (["127.0.0.1", "localhost", "[::1]"] if DEMO else [])
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.base_url]
BASE_URL = ENVIRONMENT.base_url
# Where mails lead: operations write mails and do not know the edges; a test compares the URLs.
LETTER_LINK = f"{BASE_URL}/pisma/{{letter}}/"
INBOX_LINK = f"{BASE_URL}/kancelaria/"
INCOMING_LINK = f"{BASE_URL}/odebrane/{{letter}}/"
QUARANTINE_LINK = f"{BASE_URL}/kancelaria/ustawienia/kwarantanna/"
WATCH_LINKS = {
    "UNSCREENED": f"{INBOX_LINK}czekaja/",
    "FLAGGED": f"{INBOX_LINK}ostrzezenia/",
    "FLAGGED_SENT": f"{INBOX_LINK}wyslane/?uwaga=FLAGGED",
    "UNREAD": f"{INBOX_LINK}?stan=UNOPENED&wplynelo=WAITING",
    "UNTAKEN": f"{INBOX_LINK}?stan=UNTAKEN&wplynelo=WAITING",
    "SILENT_BOX": f"{INBOX_LINK}?stan=UNOPENED&sort=arrival",
    "NO_CLERK": f"{BASE_URL}/kancelaria/ustawienia/pracownicy/",
    "STOPPED": f"{INBOX_LINK}wyslane/?uwaga=STOPPED",
    "ENDING_SOON": f"{INBOX_LINK}wyslane/?uwaga=SOON&sort=last_day",
    "UNSEEN": f"{INBOX_LINK}wyslane/?uwaga=UNREACHED&sort=last_day",
}
SENT_LINK = f"{BASE_URL}/kancelaria/wyslane/{{letter}}/"
PROFILE_LINK = f"{BASE_URL}/konto/profil/"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "skrytka.web",  # before allauth: our templates go first
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "skrytka.ui",
    "skrytka.ledger",
    "skrytka.accounts",
    "skrytka.evidence",
    "skrytka.catalogue",
    "skrytka.letters",
    "skrytka.delivery",
    "skrytka.desk",
    "skrytka.config",
]

MIDDLEWARE = [
    "skrytka.config.proxies.ClientAddressMiddleware",  # first: the others read the address
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "skrytka.web.typed_text.TypedTextMiddleware",  # after the form was read
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "skrytka.web.idle.IdleLogOutMiddleware",
]

ROOT_URLCONF = "skrytka.config.urls"
WSGI_APPLICATION = "skrytka.config.wsgi.application"
FORM_RENDERER = "skrytka.ui.forms.SkrytkaRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "skrytka.web.context.page_context",
            ],
            "builtins": ["django.templatetags.i18n", "skrytka.ui.templatetags.ui"],
        },
    }
]

DATABASES = {"default": database_settings(ENVIRONMENT.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Rate limits are kept here: the usual 300 entries would push each other out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
# In the session: a cookie of its own would be one more than the page about cookies names.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = [
    "skrytka.config.passwords.MeasuredArgon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AUTHENTICATION_BACKENDS = ["skrytka.web.accounts.backend.PersonBackend"]

ACCOUNT_ADAPTER = "skrytka.web.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 1
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Skrytka] "
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {
    "signup": "skrytka.web.accounts.log_in_forms.SignUpForm",
    "login": "skrytka.web.accounts.log_in_forms.LogInForm",
    "reset_password": "skrytka.web.accounts.log_in_forms.ResetPasswordForm",
    "reset_password_from_key": "skrytka.web.accounts.log_in_forms.NewPasswordForm",
    "change_password": "skrytka.web.accounts.log_in_forms.ChangePasswordForm",
    "add_email": "skrytka.web.accounts.log_in_forms.ChangeEmailForm",
    "reauthenticate": "skrytka.web.accounts.log_in_forms.AskPasswordAgainForm",
}
# A wrong password five times closes the account to guessing for fifteen minutes (L-LOCK).
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/15m/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/15m/key",
    "reset_password_from_key": "20/m/ip",
    "confirm_email": "1/1m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
}
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
MFA_ADAPTER = "skrytka.web.accounts.factor_adapter.FactorAdapter"
MFA_FORMS = {
    "authenticate": "skrytka.web.accounts.log_in_forms.AuthenticateForm",
    "authenticate_webauthn": "skrytka.web.accounts.log_in_forms.AuthenticatePasskeyForm",
    "reauthenticate": "skrytka.web.accounts.log_in_forms.AskCodeAgainForm",
    "reauthenticate_webauthn": "skrytka.web.accounts.log_in_forms.AskPasskeyAgainForm",
    "login_webauthn": "skrytka.web.accounts.log_in_forms.LogInPasskeyForm",
    "activate_totp": "skrytka.web.accounts.log_in_forms.ActivateTotpForm",
    "add_webauthn": "skrytka.web.accounts.log_in_forms.AddPasskeyForm",
    "edit_webauthn": "skrytka.web.accounts.log_in_forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Skrytka"
# Browsers allow passkeys over plain http on the loopback only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENVIRONMENT.is_https
LOGIN_REDIRECT_URL = "web:letters"
LOGIN_URL = "account_login"

SESSION_ENGINE = "skrytka.web.accounts.sessions"
SESSION_COOKIE_NAME = "sessionid"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = ENVIRONMENT.is_https
CSRF_COOKIE_SECURE = ENVIRONMENT.is_https
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "skrytka.web.errors.csrf_failure"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = ENVIRONMENT.is_https
IDLE_SECONDS = 15 * 60
IDLE_WARNING_SECONDS = 2 * 60

SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.is_https else None
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.is_https
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", "Polski"), ("en", "English"), ("uk", "Українська")]
LOCALE_PATHS = [PACKAGE / "ui" / "locale"]
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = ENVIRONMENT.data / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = True

# A multipart upload (no JavaScript) goes to disk, never to memory.
FILE_UPLOAD_TEMP_DIR = upload_folder(ENVIRONMENT)
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 60

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # mail leaves by the outbox only
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"skrytka": {"level": "INFO"}, "django.security": {"level": "WARNING"}},
}
