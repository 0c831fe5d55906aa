"""Second factors: our words, our names, secrets kept encrypted."""

import base64
import hashlib
from typing import ClassVar

from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from skrytka.web.accounts.texts import FACTOR_TEXTS

PRODUCT = "Skrytka"


class FactorAdapter(DefaultMFAAdapter):
    """The secret of an authenticator app is of no use to who reads the database alone."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultMFAAdapter.error_messages,
        **FACTOR_TEXTS,
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, _user: object, _type: object) -> str:
        return _("Mój klucz")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The host that the person sees in their browser; passkeys are bound to it."""
        request = allauth_context.request
        host = request.get_host() if request is not None else settings.ENVIRONMENT.host
        return {"id": str(host).partition(":")[0], "name": PRODUCT}


def _cipher() -> Fernet:
    key = hashlib.sha256(b"skrytka.second-factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
