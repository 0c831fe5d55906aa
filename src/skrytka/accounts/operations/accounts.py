"""An account made without the sign-up pages: for the operator, the demonstration and the tests."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from allauth.account.models import EmailAddress
from django.db import transaction

from skrytka.accounts.models import User
from skrytka.ledger.operations import Actor, EventKind, Subject, record_event


class AccountFault(StrEnum):
    EMAIL_TAKEN = "EMAIL_TAKEN"


class CannotCreateAccount(Exception):
    def __init__(self, reason: AccountFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class AccountData:
    email: str
    password: str = field(repr=False)
    language: str = "pl"


@transaction.atomic
def create_account(data: AccountData, *, at: datetime) -> int:
    """This will make an account whose e-mail counts as confirmed, and return the user's id."""
    if User.objects.filter(email__iexact=data.email).exists():
        raise CannotCreateAccount(AccountFault.EMAIL_TAKEN)
    user = User.objects.create_user(
        data.email, data.password, language=data.language, created_at=at
    )
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    record_event(
        EventKind.ACCOUNT_CREATED, Subject("USER", str(user.pk)), at=at, actor=Actor(str(user.pk))
    )
    return user.pk
