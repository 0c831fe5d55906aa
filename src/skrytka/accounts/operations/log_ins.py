"""Who came and went, and what they changed about how they come in."""

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from skrytka.accounts.models import User
from skrytka.ledger.operations import Actor, EventKind, Subject, record_event


class AccountChange(StrEnum):
    """What a person changed about their own log-in."""

    EMAIL = "EMAIL"
    EMAIL_CONFIRMED = "EMAIL_CONFIRMED"
    PASSWORD = "PASSWORD"  # noqa: S105 - a code, no password
    TOTP_ADDED = "TOTP_ADDED"
    TOTP_REMOVED = "TOTP_REMOVED"
    PASSKEY_ADDED = "PASSKEY_ADDED"
    PASSKEY_REMOVED = "PASSKEY_REMOVED"
    RECOVERY_CODES = "RECOVERY_CODES"


KINDS = {
    AccountChange.EMAIL: EventKind.SETTINGS_CHANGED,
    AccountChange.EMAIL_CONFIRMED: EventKind.SETTINGS_CHANGED,
    AccountChange.PASSWORD: EventKind.PASSWORD_CHANGED,
}


@transaction.atomic
def record_sign_up(user_id: int, language: str, *, at: datetime, remote_address: str) -> None:
    """This will note when the account came to be, and in which language."""
    User.objects.filter(id=user_id).update(created_at=at, language=language)
    _record(EventKind.ACCOUNT_CREATED, user_id, at, remote_address)


@transaction.atomic
def record_log_in(user_id: int, *, at: datetime, remote_address: str) -> None:
    User.objects.filter(id=user_id).update(last_seen_at=at)
    _record(EventKind.LOGGED_IN, user_id, at, remote_address)


def record_log_out(user_id: int, *, at: datetime) -> None:
    _record(EventKind.LOGGED_OUT, user_id, at, None)


def record_failed_log_in(email: str, *, at: datetime, remote_address: str) -> None:
    """This will note a failed try on a known account; unknown addresses are not written down."""
    user = User.objects.filter(email__iexact=email).first()
    if user is not None:
        _record(EventKind.LOGIN_FAILED, user.pk, at, remote_address)


def record_account_change(
    user_id: int, change: AccountChange, *, at: datetime, remote_address: str
) -> None:
    record_event(
        KINDS.get(change, EventKind.FACTOR_CHANGED),
        Subject("USER", str(user_id)),
        at=at,
        actor=Actor(str(user_id), remote_address),
        data={"what": change.value},
    )


def _record(kind: EventKind, user_id: int, at: datetime, remote_address: str | None) -> None:
    actor = Actor(str(user_id), remote_address)
    record_event(kind, Subject("USER", str(user_id)), at=at, actor=actor)
