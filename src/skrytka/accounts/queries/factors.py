"""Which second factors a person can use."""

from dataclasses import dataclass
from enum import StrEnum

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator


class FactorMethod(StrEnum):
    """How a person confirms that it is them, the strongest first."""

    PASSKEY = "PASSKEY"
    TOTP = "TOTP"
    EMAIL_CODE = "EMAIL_CODE"


@dataclass(frozen=True)
class FactorsView:
    """What a person has set up."""

    has_totp: bool
    passkey_count: int
    recovery_codes_left: int


def factors_of(user_id: int) -> FactorsView:
    kinds = list(Authenticator.objects.filter(user_id=user_id).values_list("type", flat=True))
    return FactorsView(
        has_totp=Authenticator.Type.TOTP in kinds,
        passkey_count=kinds.count(Authenticator.Type.WEBAUTHN),
        recovery_codes_left=_recovery_codes_left(user_id),
    )


def factor_methods_of(user_id: int) -> tuple[FactorMethod, ...]:
    """This will list the second factors a person can sign with, the strongest first."""
    kinds = set(Authenticator.objects.filter(user_id=user_id).values_list("type", flat=True))
    available = {
        FactorMethod.PASSKEY: Authenticator.Type.WEBAUTHN in kinds,
        FactorMethod.TOTP: Authenticator.Type.TOTP in kinds,
        FactorMethod.EMAIL_CODE: confirmed_email_of(user_id) is not None,
    }
    return tuple(method for method, there in available.items() if there)


def confirmed_email_of(user_id: int) -> str | None:
    """This will return the address whose owner the person has shown to be."""
    address = EmailAddress.objects.filter(user_id=user_id, verified=True).order_by("-primary")
    found: str | None = address.values_list("email", flat=True).first()
    return found


def _recovery_codes_left(user_id: int) -> int:
    row = Authenticator.objects.filter(
        user_id=user_id, type=Authenticator.Type.RECOVERY_CODES
    ).first()
    return len(row.wrap().get_unused_codes()) if row else 0
